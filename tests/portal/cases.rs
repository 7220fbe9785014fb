//! Officers take a report from its arrival to its end.

use contract::officer::{BulkOutcome, Case, Inbox, SealedIdentity};
use domain::{
    report::{ActionKind, Finding, PublicId, State},
    role::Role,
};
use jiff::SignedDuration;
use serde_json::json;

use crate::support::{Colleague, Portal, Told, take_reports};

async fn portal() -> Portal {
    Portal::with(take_reports).await
}

fn refusal(case: &Case, kind: ActionKind) -> Option<&str> {
    let offered = case.actions.iter().find(|offered| offered.action == kind).expect("offered");
    offered.refusal.as_ref().map(|text| text.zh.as_str())
}

#[tokio::test]
async fn a_report_goes_its_way_from_arrival_to_closing() {
    let portal = portal().await;
    let triage = Colleague::signed_in(&portal, "triage", &[Role::Triage]).await;
    let handler = Colleague::of(&portal, "handler", &[Role::Handler], Some("water")).await;
    handler.sign_in().await;
    let verifier = Colleague::signed_in(&portal, "verifier", &[Role::Verifier]).await;
    let id = portal.report(Told::of("桃花溪边有油花")).await;
    assert_eq!(handler.get(&format!("cases/{id}")).await.status, 404, "not its department's");

    let case = triage.act(&id, "accept", json!({})).await;
    assert_eq!(
        (case.line.state, case.line.due.unwrap().to_string().as_str()),
        (State::Accepted, "2027-01-22")
    );
    let body = json!({ "department": "water", "assignee": "handler" });
    let case = triage.act(&id, "dispatch", body).await;
    assert_eq!(case.line.assignee.as_deref(), Some("handler 同志"));
    assert_eq!(case.department.as_ref().map(|place| place.code.as_str()), Some("water"));

    let case = handler.act(&id, "start", json!({})).await;
    assert_eq!(refusal(&case, ActionKind::AddEvidence), None);
    assert!(refusal(&case, ActionKind::Close).unwrap().contains("权限"), "handlers do not close");
    let waiting = verifier.case(&id).await;
    assert!(refusal(&waiting, ActionKind::Close).unwrap().contains("证据"), "no evidence yet");
    let early =
        verifier.try_act(&id, "close", json!({ "reason": "已查", "finding": "founded" })).await;
    assert_eq!((early.status, early.json()["code"].as_str()), (409, Some("conflict")));
    handler.act(&id, "add_evidence", json!({ "text": "现场封堵，取样送检" })).await;

    let without = verifier.try_act(&id, "close", json!({ "reason": "已查" })).await;
    assert_eq!(
        (without.status, without.json()["fields"][0]["field"].as_str()),
        (422, Some("finding"))
    );
    let body = json!({ "reason": "餐饮单位偷排，已责令改正", "finding": "founded" });
    let case = verifier.act(&id, "close", body).await;
    assert_eq!((case.line.state, case.line.finding), (State::Closed, Some(Finding::Founded)));
    assert_eq!(
        (case.line.due, case.contest_until.unwrap().to_string().as_str()),
        (None, "2026-12-07")
    );
    let course: Vec<_> = case.course.iter().map(|step| (step.by.as_str(), step.state)).collect();
    assert_eq!(
        course,
        [
            ("", State::Submitted),
            ("triage 同志", State::Accepted),
            ("triage 同志", State::Dispatched),
            ("handler 同志", State::InHandling),
            ("handler 同志", State::InHandling),
            ("verifier 同志", State::Closed),
        ]
    );
    assert_eq!(case.course[5].reason.as_deref(), Some("餐饮单位偷排，已责令改正"));
    assert!(
        case.messages.iter().any(
            |message| message.internal && message.text.as_deref() == Some("现场封堵，取样送检")
        )
    );
}

#[tokio::test]
async fn who_acts_on_an_older_version_is_told_who_changed_what() {
    let portal = portal().await;
    let one = Colleague::signed_in(&portal, "one", &[Role::Triage]).await;
    let other = Colleague::signed_in(&portal, "other", &[Role::Triage]).await;
    let id = portal.report(Told::of("桃花溪边有油花")).await;
    let seen = one.case(&id).await.version;
    other.act(&id, "accept", json!({})).await;
    let answer = one.act_on(&id, seen, "refuse", json!({ "reason": "非本区" })).await;
    assert_eq!(answer.status, 409);
    let stale = &answer.json()["stale"];
    assert_eq!(
        (stale["by"].as_str(), stale["action"].as_str()),
        (Some("other 同志"), Some("accept"))
    );
    assert_eq!(one.case(&id).await.line.state, State::Accepted);
}

#[tokio::test]
async fn what_the_state_does_not_know_is_refused_in_words() {
    let portal = portal().await;
    let all =
        Colleague::signed_in(&portal, "all", &[Role::Triage, Role::Handler, Role::Verifier]).await;
    let id = portal.report(Told::of("桃花溪边有油花")).await;
    for (action, more) in [
        ("start", json!({})),
        ("send_back", json!({ "reason": "不属本部门" })),
        ("reopen", json!({ "reason": "再查" })),
        ("close", json!({ "reason": "已查", "finding": "partly" })),
        ("unseal", json!({ "reason": "核实" })),
    ] {
        let answer = all.try_act(&id, action, more).await;
        assert_eq!(answer.status, 409, "{action}: {}", answer.text());
        assert!(!answer.json()["detail"].as_str().unwrap().is_empty(), "{action}");
    }
    let blank = all.try_act(&id, "refuse", json!({ "reason": "  " })).await;
    assert_eq!((blank.status, blank.json()["fields"][0]["field"].as_str()), (422, Some("reason")));
    let tricks = all.try_act(&id, "refuse", json!({ "reason": "\u{202e}反写" })).await;
    assert_eq!(tricks.status, 422, "{}", tricks.text());
    let nowhere = json!({ "department": "nowhere" });
    assert_eq!(
        all.try_act(&id, "dispatch", nowhere).await.json()["fields"][0]["field"],
        "department"
    );
    assert_eq!(all.case(&id).await.version, 1, "nothing was done");
}

#[tokio::test]
async fn a_case_is_sent_back_opened_again_and_extended() {
    let portal = portal().await;
    let all =
        Colleague::signed_in(&portal, "all", &[Role::Triage, Role::Handler, Role::Verifier]).await;
    let id = portal.report(Told::of("桃花溪边有油花")).await;
    all.act(&id, "accept", json!({})).await;
    all.act(&id, "dispatch", json!({ "department": "water" })).await;
    let back = all.act(&id, "send_back", json!({ "reason": "属城管职责" })).await;
    assert_eq!((back.line.state, back.line.department), (State::Accepted, None));
    all.act(&id, "dispatch", json!({ "department": "city_management" })).await;
    let extended = all.act(&id, "extend", json!({ "reason": "需送检" })).await;
    assert_eq!(extended.line.due.unwrap().to_string(), "2027-02-21");
    assert!(refusal(&extended, ActionKind::Extend).is_some(), "once");
    all.act(&id, "start", json!({})).await;
    all.act(&id, "add_evidence", json!({ "text": "未见异常" })).await;
    all.act(&id, "close", json!({ "reason": "未见异常", "finding": "unfounded" })).await;
    let open = all.act(&id, "reopen", json!({ "reason": "新证据" })).await;
    assert_eq!((open.line.state, open.line.finding), (State::Reopened, None));
    assert!(open.line.due.is_some());
    let kinds: Vec<_> =
        portal.store().ledger(0, 100).await.unwrap().into_iter().map(|e| e.kind).collect();
    assert_eq!(kinds, ["received", "eligibility", "eligibility"], "no longer invalid");
}

#[tokio::test]
async fn reports_of_one_problem_are_found_linked_and_merged() {
    let portal = portal().await;
    let triage = Colleague::signed_in(&portal, "triage", &[Role::Triage]).await;
    let first = portal.report(Told::of("桃花溪边有刺鼻气味和油花")).await;
    portal.pass(SignedDuration::from_mins(10));
    let second = portal.report(Told::of("桃花溪边有刺鼻气味，水面有油花")).await;
    let mut far = Told::of("桃花溪边有刺鼻气味和油花");
    far.place.lat_micro += 20_000;
    portal.report(far).await;

    let case = triage.case(&second).await;
    let similar: Vec<_> = case.similar.iter().map(|link| link.line.public_id.clone()).collect();
    assert_eq!(similar, std::slice::from_ref(&first), "nearby alone");
    assert_eq!(case.similar[0].distance_m, Some(0));
    assert!(case.similar[0].text_distance.unwrap() < 25);

    assert_eq!(triage.try_act(&second, "link", json!({ "other": second })).await.status, 422);
    assert_eq!(triage.try_act(&second, "link", json!({ "other": "R0000-0000" })).await.status, 422);
    let linked = triage.act(&second, "link", json!({ "other": first })).await;
    assert_eq!((linked.links.len(), linked.similar.len(), linked.line.linked), (1, 0, 1));
    // Taken back from the other side, the ledger's entry of the one that was linked goes, too.
    let freed = triage.act(&first, "unlink", json!({ "other": second })).await;
    assert_eq!(freed.links.len(), 0);
    let merged = triage.act(&second, "merge", json!({ "other": first })).await;
    assert_eq!(merged.line.state, State::Merged);
    let kinds: Vec<_> =
        portal.store().ledger(0, 100).await.unwrap().into_iter().map(|e| e.kind).collect();
    assert_eq!(kinds, ["received", "received", "received", "linked", "unlinked", "linked"]);
}

#[tokio::test]
async fn the_public_copy_is_masked_previewed_published_and_taken_down() {
    let portal = portal().await;
    let publisher = Colleague::signed_in(&portal, "publisher", &[Role::Publisher]).await;
    let id = portal.report(Told::of("桃花溪边有油花，电话13812345678，再打 13912345678")).await;
    let queue: Inbox = publisher.read("moderation").await;
    assert_eq!(queue.total, 1);
    let case = publisher.case(&id).await;
    assert_eq!(case.personal.len(), 2);
    let preview = case.preview.text.unwrap();
    assert!(!preview.contains("138") && !preview.contains("139"), "{preview}");
    assert_eq!(case.preview.cell_m, Some(50));
    let body = json!({ "public_text": "桃花溪边有油花，请联系 13812345678" });
    let case = publisher.act(&id, "publish", body).await;
    assert_eq!(case.publication, contract::report::Publication::Published);
    let text = case.preview.text.unwrap();
    assert!(
        text.starts_with("桃花溪边有油花") && !text.contains("138"),
        "masked once more: {text}"
    );
    assert_eq!(publisher.read::<Inbox>("moderation").await.total, 0);
    let case = publisher.act(&id, "hide", json!({ "reason": "含商户名称" })).await;
    assert_eq!(case.publication, contract::report::Publication::Hidden);
    let other = portal.report(Told::of("隔壁张三家")).await;
    let reason = json!({ "reason": "指名道姓" });
    let case = publisher.act(&other, "hide", reason.clone()).await;
    assert_eq!(case.publication, contract::report::Publication::Hidden);
    assert_eq!(publisher.read::<Inbox>("moderation").await.total, 0, "it has been looked at");
    assert_eq!(publisher.try_act(&other, "hide", reason).await.status, 409, "it is hidden already");
}

#[tokio::test]
async fn the_inbox_is_narrowed_by_its_address() {
    let portal = portal().await;
    let triage = Colleague::signed_in(&portal, "triage", &[Role::Triage]).await;
    let first = portal.report(Told::of("第一件")).await;
    portal.pass(SignedDuration::from_mins(10));
    let mut told = Told::of("第二件");
    (told.category, told.street) = ("noise".into(), "xipeng".into());
    let second = portal.report(told).await;
    triage.act(&second, "accept", json!({})).await;
    triage.act(&second, "prioritise", json!({ "assignee": "urgent" })).await;
    let listed = async |query: &str| {
        let inbox: Inbox = triage.read(&format!("cases?{query}")).await;
        inbox.cases.into_iter().map(|line| line.public_id).collect::<Vec<_>>()
    };
    assert_eq!(listed("").await, [second.clone(), first.clone()]);
    assert_eq!(listed("sort=oldest").await, [first.clone(), second.clone()]);
    assert_eq!(listed("state=accepted").await, std::slice::from_ref(&second));
    assert_eq!(
        listed("state=submitted,accepted&category=noise").await,
        std::slice::from_ref(&second)
    );
    assert_eq!(listed("street=huayan").await, std::slice::from_ref(&first));
    assert_eq!(listed("queue=urgent").await, std::slice::from_ref(&second));
    assert_eq!(listed("q=%E7%AC%AC%E4%B8%80").await, std::slice::from_ref(&first));
    let number = PublicId::parse(&first).unwrap();
    for spelling in [number.to_string(), number.as_str().to_lowercase()] {
        assert_eq!(listed(&format!("q={spelling}")).await, std::slice::from_ref(&first));
    }
    assert_eq!(listed("assignee=me").await, Vec::<String>::new());
    assert_eq!(listed("overdue=1").await, Vec::<String>::new());
    portal.pass(SignedDuration::from_hours(24 * 20));
    triage.sign_in().await;
    let inbox: Inbox = triage.read("cases?overdue=1").await;
    assert_eq!((inbox.total, inbox.overdue, inbox.cases[0].public_id.clone()), (1, 1, first));
    assert!(inbox.cases[0].working_days_left.unwrap() < 0);
    let wrong = triage.get("cases?state=lost").await;
    assert_eq!((wrong.status, wrong.json()["parameter"].as_str()), (400, Some("state")));
    assert_eq!(triage.get("cases?page=0").await.status, 400);
}

#[tokio::test]
async fn one_refusal_does_not_hold_up_the_other_cases() {
    let portal = portal().await;
    let triage = Colleague::signed_in(&portal, "triage", &[Role::Triage]).await;
    let (first, second) =
        (portal.report(Told::of("一")).await, portal.report(Told::of("二")).await);
    triage.act(&second, "accept", json!({})).await;
    let act = json!({ "seen_version": 0, "action": "accept" });
    let body = json!({ "cases": [[first, 1], [second, 1], ["R0000-0000", 1]], "act": act });
    let outcome: BulkOutcome = triage.post("cases/bulk", body).await.read();
    assert_eq!((outcome.done.as_slice(), outcome.refused.len()), (&[first.clone()][..], 2));
    let closing =
        json!({ "seen_version": 0, "action": "close", "reason": "x", "finding": "founded" });
    let body = json!({ "cases": [[first, 2]], "act": closing });
    assert_eq!(triage.post("cases/bulk", body).await.status, 403, "each closing is looked at");
}

#[tokio::test]
async fn a_sealed_contact_is_handed_out_with_a_reason_and_leaves_a_trace() {
    let portal = portal().await;
    let verifier = Colleague::signed_in(&portal, "verifier", &[Role::Verifier]).await;
    let handler = Colleague::signed_in(&portal, "handler", &[Role::Handler]).await;
    let sealed = "-----BEGIN AGE ENCRYPTED FILE-----\nx\n-----END AGE ENCRYPTED FILE-----\n";
    let id = portal.report(Told { contact: Some(sealed.into()), ..Told::of("油花") }).await;
    let path = format!("cases/{id}/identity");
    let ask = |reason: &str| json!({ "reason": reason });
    assert_eq!(handler.post(&path, ask("看看")).await.status, 403);
    let without = verifier.post(&path, ask(" ")).await;
    assert_eq!(
        (without.status, without.json()["fields"][0]["field"].as_str()),
        (422, Some("reason"))
    );
    let given: SealedIdentity = verifier.post(&path, ask("核实奖励资格")).await.read();
    assert_eq!(given.sealed, sealed);
    let case = verifier.case(&id).await;
    let last = case.course.last().unwrap();
    assert_eq!((last.action, last.by.as_str()), (Some(ActionKind::Unseal), "verifier 同志"));
    let auditor = Colleague::signed_in(&portal, "auditor", &[Role::Auditor]).await;
    let log = auditor.get(&format!("audit?subject={id}&action=identity_taken")).await;
    assert!(log.text().contains("核实奖励资格"), "{}", log.text());
    let anonymous = portal.report(Told::of("另一件")).await;
    assert_eq!(
        verifier.post(&format!("cases/{anonymous}/identity"), ask("核实")).await.status,
        409
    );
}
