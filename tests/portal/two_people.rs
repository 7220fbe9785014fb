//! Money takes two people, and a third to pay it: whatever one person tries at once, in turn, or in several sessions.

use contract::officer::LedgerView;
use domain::{reward::RewardState, role::Role};
use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::{
    rewards_flow::{claimed, founded, portal, proposal},
    support::{Answer, Colleague},
};

/// What an officer of every role may try; a payment carries the voucher.
const ACTIONS: [&str; 7] =
    ["propose", "approve", "reject", "notify", "pay", "find_not_eligible", "reconsider"];

fn body(action: &str, version: u64, voucher: &str) -> Value {
    let mut body = match action {
        "propose" => proposal(),
        "find_not_eligible" => json!({ "verdicts": { "dispute": "not_met" } }),
        _ => json!({ "reason": "再议", "voucher": voucher }),
    };
    let object = body.as_object_mut().unwrap();
    object.insert("action".to_owned(), action.into());
    object.insert("seen_version".to_owned(), version.into());
    body
}

/// Tries an action on every version that the reward may have now.
async fn tried(colleague: &Colleague<'_>, case: &str, action: &str, voucher: &str) -> Vec<Answer> {
    let path = format!("rewards/{case}/actions");
    let now = colleague.case(case).await.reward.version;
    let tries = (now..now + 3).map(|version| colleague.post(&path, body(action, version, voucher)));
    join_all(tries).await
}

fn taken(answers: &[Answer]) -> usize {
    answers.iter().filter(|answer| answer.status == 200).count()
}

/// Who did each thing, by the ledger.
async fn ledger(auditor: &Colleague<'_>) -> Vec<(String, Value)> {
    let view: LedgerView = auditor.read("ledger").await;
    assert_eq!(view.broken, None);
    let of = |body: &str| serde_json::from_str::<Value>(body).unwrap()["actor"].clone();
    view.entries.iter().map(|entry| (entry.kind.clone(), of(&entry.body))).collect()
}

#[tokio::test]
async fn one_person_with_every_role_and_two_sessions_never_gets_past_a_proposal() {
    let portal = portal().await;
    let case = founded(&portal).await;
    let one = Colleague::signed_in(&portal, "one", Role::ALL).await;
    portal.pass(jiff::SignedDuration::from_secs(30));
    let session = (one.cookie(), one.csrf());
    let again = Colleague::again(&one).await;
    assert_ne!(session, (again.cookie(), again.csrf()));
    let voucher = "V-0000-0000-0000-0";
    // Everything at once in both sessions, round after round, so that undoing and doing again come in every order.
    for round in 0..ACTIONS.len() {
        let all = ACTIONS.iter().cycle().skip(round).take(ACTIONS.len());
        let tries = all.flat_map(|action| {
            [&one, &again].map(|session| tried(session, &case, action, voucher))
        });
        join_all(tries).await;
        let state = one.case(&case).await.reward.state;
        let harmless = [RewardState::None, RewardState::Proposed, RewardState::NotEligible];
        assert!(harmless.contains(&state), "round {round}: {state:?}");
    }
    let auditor = Colleague::signed_in(&portal, "auditor", &[Role::Auditor]).await;
    let entries = ledger(&auditor).await;
    assert!(entries.iter().any(|(kind, _)| kind == "proposed"), "{entries:?}");
    let decided = ["approved", "rejected", "notified", "paid"];
    assert!(!entries.iter().any(|(kind, _)| decided.contains(&kind.as_str())), "{entries:?}");
}

#[tokio::test]
async fn of_many_decisions_at_once_one_counts_and_each_was_another_persons() {
    let portal = portal().await;
    let case = founded(&portal).await;
    let mut colleagues = Vec::new();
    for name in ["one", "two", "three", "four"] {
        colleagues.push(Colleague::signed_in(&portal, name, Role::ALL).await);
    }
    colleagues[0].reward(&case, "propose", proposal()).await;
    let all_try = async |action: &str, voucher: &str| {
        let tries = colleagues
            .iter()
            .flat_map(|colleague| [0; 3].map(|_| tried(colleague, &case, action, voucher)));
        let answers: Vec<Answer> = join_all(tries).await.into_iter().flatten().collect();
        assert!(answers.iter().all(|answer| [200, 403, 409, 422].contains(&answer.status)));
        taken(&answers)
    };
    assert_eq!(all_try("approve", "").await, 1, "approved once");
    assert_eq!(all_try("notify", "").await, 1, "notified once");
    let voucher = claimed(&portal, &case).await;
    assert_eq!(all_try("pay", &voucher).await, 1, "paid once");
    let auditor = Colleague::signed_in(&portal, "auditor", &[Role::Auditor]).await;
    let entries = ledger(&auditor).await;
    let who = |kind: &str| {
        let mut of = entries.iter().filter(|(known, _)| known == kind);
        let (_, actor) = of.next().unwrap_or_else(|| panic!("no entry {kind}: {entries:?}"));
        assert!(of.next().is_none(), "{kind} twice");
        actor.to_string()
    };
    let people = ["proposed", "approved", "paid"].map(who);
    assert!(
        people[0] != people[1] && people[1] != people[2] && people[2] != people[0],
        "{people:?}"
    );
}

#[tokio::test]
async fn whoever_proposed_before_is_not_freed_by_another_accounts_rejection() {
    let portal = portal().await;
    let case = founded(&portal).await;
    let one = Colleague::signed_in(&portal, "one", Role::ALL).await;
    let two = Colleague::signed_in(&portal, "two", Role::ALL).await;
    one.reward(&case, "propose", proposal()).await;
    two.reward(&case, "reject", json!({ "reason": "金额待核" })).await;
    // Now the roles are exchanged: what counts is who proposed what is decided.
    two.reward(&case, "propose", proposal()).await;
    for action in ["approve", "reject"] {
        assert_eq!(taken(&tried(&two, &case, action, "").await), 0, "{action}");
    }
    assert_eq!(taken(&tried(&one, &case, "approve", "").await), 1);
    two.reward(&case, "notify", json!({})).await;
    let voucher = claimed(&portal, &case).await;
    for colleague in [&one, &two] {
        assert_eq!(taken(&tried(colleague, &case, "pay", &voucher).await), 0, "{}", colleague.name);
    }
    let third = Colleague::signed_in(&portal, "third", &[Role::Payer]).await;
    assert_eq!(taken(&tried(&third, &case, "pay", &voucher).await), 1);
}
