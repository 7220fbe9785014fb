//! From a closed case to a paid reward: three people, and a ledger that remembers.

use contract::{
    officer::{LedgerView, RewardCase, Rewards},
    paths,
    report::{HolderAct, Track, TrackAct, Tracked},
};
use domain::{
    ledger::LedgerActor,
    period::beijing_day,
    reward::{RewardActor, RewardState, RewardStep, VoucherNumber},
    role::Role,
};
use jiff::SignedDuration;
use serde_json::{Value, json};
use server::{
    cases::reward,
    jobs,
    officers::{
        cases::file::{CaseFile, stored_id},
        names::Names,
        rewards::act::stored,
    },
};
use store::{NewLedgerEntry, ReportChange, Seen, StoreError};

use crate::support::{Colleague, Portal, Told, claim_code, report_id, smoke, take_reports};

pub(crate) async fn portal() -> Portal {
    Portal::with(take_reports).await
}

/// Everything that an officer must have found for a proposal.
fn verdicts() -> Value {
    let keys = [
        "channel",
        "citizen",
        "definite_object",
        "listed_violation",
        "staff",
        "statutory_duty",
        "known_matter",
        "dishonest",
        "dispute",
    ];
    keys.into_iter()
        .map(|key| (key.to_owned(), json!("met")))
        .collect::<serde_json::Map<_, _>>()
        .into()
}

pub(crate) fn proposal() -> Value {
    json!({ "basis": "clue", "tier_fen": 100_000, "verdicts": verdicts() })
}

/// A case that was found to be true; its number.
pub(crate) async fn founded(portal: &Portal) -> String {
    let id = portal.report(Told::of("桃花溪边有油花")).await;
    find_true(portal, &id).await;
    id
}

/// Takes a report to the end that it was found to be true.
pub(crate) async fn find_true(portal: &Portal, id: &str) {
    let roles = [Role::Triage, Role::Handler, Role::Verifier];
    let office = Colleague::signed_in(portal, "office", &roles).await;
    office.act(id, "accept", json!({})).await;
    office.act(id, "dispatch", json!({ "department": "water" })).await;
    office.act(id, "start", json!({})).await;
    office.act(id, "add_evidence", json!({ "text": "现场记录" })).await;
    office.act(id, "close", json!({ "reason": "属实", "finding": "founded" })).await;
}

/// What the holder of the code does: asks for the voucher.
pub(crate) async fn claimed(portal: &Portal, id: &str) -> String {
    let report =
        portal.store().report_by_public_id(&stored_id(id).unwrap()).await.unwrap().unwrap();
    let rules = Names::of(portal.app()).rules.clone();
    let voucher = VoucherNumber::new(0x0123_4567_89ab_cdef);
    let (at, given) = (portal.now(), voucher.clone());
    let decide = move |view: &store::View<'_>, report: &store::ReportRow| {
        let file = CaseFile::read(view, report)?;
        let step = RewardStep::Claim(given);
        let reward = reward::known(file.reward.as_ref());
        let acted = reward.act(step, RewardActor::Reporter, beijing_day(at), &rules);
        let (next, body) = acted.expect("it may be claimed");
        let mut change = ReportChange::of(report, "", "claim", at);
        let kept = reward::Kept::of(file.reward.as_ref())?;
        change.reward = Some(stored(&next, &kept, &rules));
        change.ledger.push(NewLedgerEntry { at, actor: LedgerActor::Reporter, body });
        Ok::<_, StoreError>(change)
    };
    portal.store().act_on_report(&report.id, Seen::Any, decide).await.unwrap();
    voucher.to_string()
}

#[tokio::test]
async fn a_reward_is_proposed_approved_claimed_and_paid_by_different_people() {
    let portal = portal().await;
    let id = founded(&portal).await;
    let one = Colleague::signed_in(&portal, "one", &[Role::Verifier]).await;
    let two = Colleague::signed_in(&portal, "two", &[Role::Verifier]).await;
    let payer = Colleague::signed_in(&portal, "payer", &[Role::Payer]).await;

    let before = one.case(&id).await.reward;
    assert_eq!(before.state, RewardState::None);
    let unclear = before.criteria.iter().filter(|criterion| criterion.verdict == "unclear").count();
    assert!(unclear >= 9, "nobody has looked yet: {unclear}");
    assert!(before.criteria.iter().any(|c| c.key == "first_effective" && c.verdict == "met"));

    let proposed = one.reward(&id, "propose", proposal()).await;
    assert_eq!((proposed.state, proposed.amount_fen), (RewardState::Proposed, Some(100_000)));
    assert_eq!(proposed.proposed_by.as_deref(), Some("one 同志"));
    assert_eq!(two.reward(&id, "approve", json!({})).await.state, RewardState::Approved);
    let told = two.reward(&id, "notify", json!({})).await;
    assert_eq!(
        (told.state, told.claim_until.unwrap().to_string().as_str()),
        (RewardState::AwaitingClaim, "2027-05-23")
    );

    let voucher = claimed(&portal, &id).await;
    let wrong = payer.try_reward(&id, "pay", json!({ "voucher": "V-0000-0000-0000-0" })).await;
    assert_eq!(wrong.status, 409, "{}", wrong.text());
    let typo = payer.try_reward(&id, "pay", json!({ "voucher": "V-1" })).await;
    assert_eq!((typo.status, typo.json()["fields"][0]["field"].as_str()), (422, Some("voucher")));
    let paid = payer.reward(&id, "pay", json!({ "voucher": voucher })).await;
    assert_eq!((paid.state, paid.paid_by.as_deref()), (RewardState::Paid, Some("payer 同志")));
    let twice = payer.try_reward(&id, "pay", json!({ "voucher": voucher })).await;
    assert_eq!(twice.status, 409, "a voucher is paid once");

    let ledger: LedgerView = payer.read("ledger").await;
    let kinds: Vec<_> = ledger.entries.iter().map(|entry| entry.kind.as_str()).collect();
    assert_eq!(kinds, ["received", "proposed", "approved", "notified", "voucher_issued", "paid"]);
    assert_eq!(ledger.broken, None);
    assert_eq!(ledger.head, ledger.entries[5].hash);
    let list: Rewards = payer.read("rewards?state=paid").await;
    assert_eq!((list.rewards.len(), list.by_state[&RewardState::Paid]), (1, 1));
}

#[tokio::test]
async fn nobody_decides_on_a_proposal_of_their_own() {
    let portal = portal().await;
    let id = founded(&portal).await;
    let every = Role::ALL.to_vec();
    let one = Colleague::signed_in(&portal, "one", &every).await;
    let two = Colleague::signed_in(&portal, "two", &every).await;
    one.reward(&id, "propose", proposal()).await;
    let refused = |answer: crate::support::Answer, what: &str| {
        let body = answer.json();
        assert_eq!((answer.status, body["code"].as_str()), (403, Some("not_permitted")), "{what}");
        assert!(body["detail"].as_str().unwrap().contains("另一人"), "{what}: {body}");
    };
    refused(one.try_reward(&id, "approve", json!({})).await, "approves");
    refused(one.try_reward(&id, "reject", json!({})).await, "rejects");
    // Losing and regaining a role, another session, a rejection and a new proposal: the account stays the same.
    two.reward(&id, "reject", json!({ "reason": "金额待核" })).await;
    one.reward(&id, "propose", proposal()).await;
    portal.pass(SignedDuration::from_secs(30));
    one.sign_in().await;
    refused(one.try_reward(&id, "approve", json!({})).await, "approves in another session");
    two.reward(&id, "approve", json!({})).await;
    two.reward(&id, "notify", json!({})).await;
    let voucher = claimed(&portal, &id).await;
    for colleague in [&one, &two] {
        refused(colleague.try_reward(&id, "pay", json!({ "voucher": voucher })).await, "pays");
    }
    let three = Colleague::signed_in(&portal, "three", &[Role::Payer]).await;
    assert_eq!(
        three.reward(&id, "pay", json!({ "voucher": voucher })).await.state,
        RewardState::Paid
    );
}

#[tokio::test]
async fn amounts_are_the_rules_and_conditions_are_looked_at() {
    let portal = portal().await;
    let id = founded(&portal).await;
    let one = Colleague::signed_in(&portal, "one", &[Role::Verifier]).await;
    let unclear = json!({ "basis": "clue", "tier_fen": 100_000 });
    assert_eq!(one.try_reward(&id, "propose", unclear).await.status, 409, "conditions are open");
    let own = json!({ "basis": "clue", "tier_fen": 123_456, "verdicts": verdicts() });
    assert_eq!(one.try_reward(&id, "propose", own).await.status, 422, "no such tier");
    let more = json!({ "basis": "penalty", "fine_fen": 10_000_000, "amount_fen": 900_000, "verdicts": verdicts() });
    assert_eq!(one.try_reward(&id, "propose", more).await.status, 409, "5 % is 500,000 fen");
    let penalty = json!({ "basis": "penalty", "fine_fen": 10_000_000, "verdicts": verdicts() });
    assert_eq!(one.reward(&id, "propose", penalty).await.amount_fen, Some(500_000));

    let unfounded = portal.report(Told::of("另一处")).await;
    let not = json!({ "verdicts": { "dispute": "not_met" } });
    let found = one.reward(&unfounded, "find_not_eligible", not).await;
    assert_eq!(found.state, RewardState::NotEligible);
    assert_eq!(one.reward(&unfounded, "reconsider", json!({})).await.state, RewardState::None);
}

#[tokio::test]
async fn of_linked_reports_only_the_first_is_rewarded() {
    let portal = portal().await;
    let first = portal.report(Told::of("桃花溪边有油花")).await;
    portal.pass(SignedDuration::from_mins(5));
    let second = founded(&portal).await;
    let triage = Colleague::signed_in(&portal, "triage", &[Role::Triage]).await;
    let one = Colleague::signed_in(&portal, "one", &[Role::Verifier]).await;
    let verdict = |reward: &RewardCase| {
        let found = reward.criteria.iter().find(|criterion| criterion.key == "first_effective");
        found.unwrap().verdict.clone()
    };
    assert_eq!(verdict(&one.case(&second).await.reward), "met");
    triage.act(&second, "link", json!({ "other": first })).await;
    assert_eq!(verdict(&one.case(&second).await.reward), "not_met");
    assert_eq!(one.try_reward(&second, "propose", proposal()).await.status, 409);
    // The first one turns out not to be valid: then the second is.
    triage.act(&first, "refuse", json!({ "reason": "无具体对象" })).await;
    assert_eq!(verdict(&one.case(&second).await.reward), "met");
}

#[tokio::test]
async fn a_reward_that_nobody_claims_in_time_lapses_by_itself_and_its_holder_is_told() {
    let portal = portal().await;
    let id = portal.file(1, &smoke(1)).await.public_id;
    find_true(&portal, &id).await;
    let one = Colleague::signed_in(&portal, "one", &[Role::Verifier]).await;
    let two = Colleague::signed_in(&portal, "two", &[Role::Verifier]).await;
    one.reward(&id, "propose", proposal()).await;
    two.reward(&id, "approve", json!({})).await;
    let told = two.reward(&id, "notify", json!({})).await;
    assert_eq!(told.claim_until.unwrap().to_string(), "2027-05-23");

    let tracked = async || -> Tracked {
        portal.post_json(paths::TRACK, &Track { code: claim_code(1) }).await.read()
    };
    // A quarter past two on the last day, and ten hours later.
    portal.pass(SignedDuration::from_hours(181 * 24));
    jobs::look_after_reports(portal.app()).await;
    assert_eq!(tracked().await.reward.state, RewardState::AwaitingClaim);
    portal.pass(SignedDuration::from_hours(10));
    jobs::look_after_reports(portal.app()).await;
    let lapsed = tracked().await;
    assert_eq!((lapsed.reward.state, lapsed.reward.voucher), (RewardState::Expired, None));
    let body = TrackAct {
        code: claim_code(1),
        version: lapsed.version,
        act_id: report_id(500),
        act: HolderAct::Claim,
    };
    assert_eq!(portal.post_json(paths::TRACK_ACT, &body).await.status, 403, "too late");

    jobs::look_after_reports(portal.app()).await;
    let kept = portal.kept(&id).await;
    let entries = portal.store().ledger_of(&kept.id).await.unwrap();
    let kinds: Vec<_> = entries.iter().map(|entry| entry.kind.as_str()).collect();
    assert_eq!(kinds, ["received", "proposed", "approved", "notified", "expired"], "once");
    assert!(entries[4].body.contains("\"actor\":\"system\""), "{}", entries[4].body);
}
