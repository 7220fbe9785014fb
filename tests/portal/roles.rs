//! Every role, every action: the interface allows what the table of roles says, and refuses the rest with a reason.

use domain::{
    rectification::{Body, Cause, CheckStep, Facts, Link, Stage, Term},
    report::ActionKind,
    reward::RewardAction,
    role::{Permission, Role},
};
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Colleague, Portal, Told, facts, take_reports};

async fn portal() -> Portal {
    Portal::with(take_reports).await
}

fn may(role: Role, needed: &[Permission]) -> bool {
    let has = |permission: &Permission| role.permissions().contains(permission);
    has(&Permission::ReadCases) && needed.iter().any(has)
}

/// What the interface answers must be a refusal exactly where the table says so; a permitted action meets the version that
/// nobody has seen.
#[track_caller]
fn agrees(answer: &crate::support::Answer, permitted: bool, what: &str) {
    if permitted {
        assert_eq!(answer.status, 409, "{what}: {}", answer.text());
        return;
    }
    let body: Value = answer.json();
    assert_eq!((answer.status, body["code"].as_str()), (403, Some("not_permitted")), "{what}");
    assert!(
        body["detail"].as_str().is_some_and(|reason| !reason.is_empty()),
        "{what} has no reason"
    );
}

#[tokio::test]
async fn every_role_does_to_a_case_what_the_table_says() {
    let portal = portal().await;
    let case = portal.report(Told::of("排口有油花")).await;
    let mut pairs = 0;
    for role in Role::ALL {
        let colleague = Colleague::signed_in(&portal, role.key(), &[*role]).await;
        for kind in ActionKind::ALL {
            let answer = colleague.act_on(&case, 0, kind.key(), json!({})).await;
            let what = format!("{} × {}", role.key(), kind.key());
            agrees(&answer, may(*role, kind.permissions()), &what);
            pairs += 1;
        }
    }
    assert_eq!(pairs, Role::ALL.len() * ActionKind::ALL.len());
    println!("{pairs} pairs of role and action");
}

#[tokio::test]
async fn every_role_does_to_a_reward_what_the_table_says() {
    let portal = portal().await;
    let case = portal.report(Told::of("排口有油花")).await;
    for role in Role::ALL {
        let colleague = Colleague::signed_in(&portal, role.key(), &[*role]).await;
        for action in RewardAction::ALL.iter().copied() {
            let body = json!({ "seen_version": 0, "action": action });
            let answer = colleague.post(&format!("rewards/{case}/actions"), body).await;
            let permitted = action.permission().is_some_and(|needed| may(*role, &[needed]));
            agrees(&answer, permitted, &format!("{} × {action:?}", role.key()));
        }
    }
}

/// Every event of an issue, filled in; whether the version that was seen is the last is asked after the roles.
fn events() -> Vec<(Body, Vec<Permission>)> {
    let facts: Facts = serde_json::from_value(facts()).unwrap();
    let (text, unit) = (|| "已核实".to_owned(), || "water".to_owned());
    let station = || Link::Station(crate::support::STATION.to_owned());
    let day = jiff::civil::date(2026, 12, 31);
    let due = Some(day);
    let check = |step| Body::Checked { step, passed: true, record: text(), evidence: Vec::new() };
    let mut events = vec![
        Body::Found { facts: facts.clone() },
        Body::Amended { facts, reason: text() },
        Body::Assigned { unit: unit(), lead: None, term: Term::Dated, due },
        Body::Reassigned { unit: unit(), lead: None, reason: text() },
        Body::DeadlineChanged { term: Term::Dated, due, reason: text() },
        Body::MeasuresSet { goal: text(), measures: text(), plan: Vec::new(), reason: None },
        Body::Progress { permille: 100, text: text(), pace: None, evidence: Vec::new() },
        Body::PhaseDone { result: text(), evidence: Vec::new() },
        Body::Done { result: text(), evidence: Vec::new() },
        Body::Published { from: day, until: day, link: None },
        Body::Objected { objection: 1, sha256: "ab".repeat(32) },
        Body::ObjectionAnswered { objection: 1, upheld: false, answer: text() },
        Body::Closed,
        Body::Reopened { cause: Cause::Rebound, reason: text(), evidence: Vec::new() },
        Body::EvidenceAdded { evidence: Vec::new() },
        Body::Linked { link: station() },
        Body::Unlinked { link: station() },
        Body::CarriedOver { stage: Stage::Done, document: text(), result: text() },
    ];
    let all: Vec<_> = CheckStep::ALL.iter().map(|step| check(*step)).collect();
    events.extend(all);
    let needed = |body: &Body| match body {
        Body::Checked { step, .. } => vec![step.permission()],
        // The public's and an import's alone.
        Body::Objected { .. } | Body::CarriedOver { .. } => Vec::new(),
        other => other.kind().permissions().to_vec(),
    };
    events.into_iter().map(|body| (body.clone(), needed(&body))).collect()
}

#[tokio::test]
async fn every_role_does_to_an_issue_what_the_table_says() {
    let portal = portal().await;
    let new = json!({ "number": "R-1", "on": "2026-11-02", "facts": facts() });
    let triage = Colleague::signed_in(&portal, "records", &[Role::Triage]).await;
    assert_eq!(triage.post("record/items", new).await.status, 201);
    let (events, mut pairs) = (events(), 0);
    for role in Role::ALL {
        let colleague = Colleague::signed_in(&portal, role.key(), &[*role]).await;
        for (body, needed) in &events {
            let what = format!("{} × {}", role.key(), body.kind().key());
            let permitted = may(*role, needed);
            let act = json!({ "seen_version": 0, "body": body });
            let answer = colleague.post("record/items/R-1/acts", act).await;
            agrees(&answer, permitted, &what);
            // Many at once are no way round it.
            let bulk = json!({ "items": [["R-1", 0]], "body": body });
            let answer = colleague.post("record/items/bulk", bulk).await;
            assert!(permitted || answer.status == 403, "{what} at once: {}", answer.text());
            pairs += 1;
        }
    }
    assert_eq!(triage.issue("R-1").await.version, 1);
    println!("{pairs} pairs of role and event");
}

#[tokio::test]
async fn every_role_reads_what_the_table_says() {
    let portal = portal().await;
    let case = portal.report(Told::of("排口有油花")).await;
    let pages: [(&str, &[Permission]); 13] = [
        ("cases", &[Permission::ReadCases]),
        ("case", &[Permission::ReadCases]),
        ("rewards", &[Permission::ReadCases]),
        ("moderation", &[Permission::Moderate]),
        ("users", &[Permission::ManageUsers]),
        ("audit", &[Permission::ReadAudit]),
        ("statistics", &[Permission::Statistics]),
        ("ledger", &[Permission::ApproveReward, Permission::PayReward, Permission::ReadAudit]),
        ("record/items", &[Permission::ReadCases]),
        ("record/items.csv", &[Permission::ReadCases]),
        ("record/objections", &[Permission::StrikeOff, Permission::ReadAudit]),
        ("record/scorecard", &[Permission::EditContent]),
        ("session", &[]),
    ];
    for role in Role::ALL {
        let colleague = Colleague::signed_in(&portal, role.key(), &[*role]).await;
        for (page, needed) in pages {
            let path = if page == "case" { format!("cases/{case}") } else { page.to_owned() };
            let answer = colleague.get(&path).await;
            let has = |permission: &Permission| role.permissions().contains(permission);
            let expected = if needed.is_empty() || needed.iter().any(has) { 200 } else { 403 };
            assert_eq!(answer.status, expected, "{} reads {page}: {}", role.key(), answer.text());
        }
    }
}

/// What is asked of the console beside cases' and rewards' actions: method, address, body, and who may.
fn other_changes(case: &str) -> [(Method, String, Value, &'static [Permission]); 16] {
    let user = json!({ "name": "newcomer", "display_name": "新人", "roles": [] });
    let photo = format!("cases/{case}/photos/{}/redaction", "ab".repeat(32));
    let identity = format!("cases/{case}/identity");
    let new = json!({ "number": "not a number", "on": "2026-11-02", "facts": facts() });
    let item = |act: &str| format!("record/items/R-1/photos/{}/{act}", "ab".repeat(32));
    let import = json!({ "token": "00", "skip_faults": false });
    let both = json!({ "zh": "", "en": "" });
    let score = json!({ "seen": 0, "name": both, "value": "1", "unit": "", "year": null, "sign": "=",
        "quote": "", "source": "", "note": { "zh": "", "en": "" }, "publish": true });
    let page =
        json!({ "seen_version": 0, "text": { "title": both, "summary": both, "body": both } });
    let contact = "record/items/R-1/objections/1/identity".to_owned();
    let disabled = json!({ "seen_version": 0, "active": false });
    let roles = json!({ "seen_version": 0, "roles": ["payer"] });
    [
        (Method::POST, identity, json!({ "reason": "核实" }), &[Permission::ReadIdentity]),
        (Method::POST, photo, json!({ "boxes": [] }), &[Permission::Moderate]),
        (Method::POST, "users".to_owned(), user, &[Permission::ManageUsers]),
        (Method::PATCH, "users/nobody".to_owned(), disabled, &[Permission::ManageUsers]),
        (Method::PATCH, "users/someone".to_owned(), roles, &[Permission::ManageUsers]),
        (Method::POST, "users/nobody/reset".to_owned(), json!({}), &[Permission::ManageUsers]),
        (Method::POST, "users/nobody/handover".to_owned(), json!({}), &[Permission::ManageUsers]),
        (Method::POST, "record/items".to_owned(), new, &[Permission::RecordItems]),
        (Method::POST, item("redaction"), json!({ "boxes": [] }), &[Permission::Moderate]),
        (Method::POST, item("publication"), json!({ "publish": true }), &[Permission::Publish]),
        (Method::POST, contact, json!({ "reason": "回访" }), &[Permission::ReadIdentity]),
        (Method::POST, "record/import/run".to_owned(), import, &[Permission::RecordItems]),
        (Method::POST, "record/import/dry-run".to_owned(), json!({}), &[Permission::RecordItems]),
        (Method::PUT, "record/scorecard/air.x".to_owned(), score, &[Permission::EditContent]),
        (Method::PUT, "record/programmes/x".to_owned(), page, &[Permission::EditContent]),
        (Method::POST, "record/markdown".to_owned(), json!(both), &[Permission::EditContent]),
    ]
}

#[tokio::test]
async fn every_role_changes_accounts_photos_and_seals_as_the_table_says() {
    let portal = portal().await;
    let case = portal.report(Told::of("排口有油花")).await;
    Colleague::added(&portal, "someone", &[]).await;
    let mut pairs = 0;
    for role in Role::ALL {
        let colleague = Colleague::signed_in(&portal, role.key(), &[*role]).await;
        for (method, path, body, needed) in other_changes(&case) {
            let answer = colleague.send(method, &path, Some(body)).await;
            let permitted = needed.iter().any(|needed| role.permissions().contains(needed));
            let what = format!("{} × {path}: {} {}", role.key(), answer.status, answer.text());
            assert_eq!(answer.status != 403, permitted, "{what}");
            assert!(answer.status < 500, "{what}");
            pairs += 1;
        }
    }
    println!("{pairs} pairs of role and other change");
}

#[tokio::test]
async fn many_cases_at_once_are_no_way_round_the_table() {
    let portal = portal().await;
    let case = portal.report(Told::of("排口有油花")).await;
    for role in Role::ALL {
        let colleague = Colleague::signed_in(&portal, role.key(), &[*role]).await;
        for kind in ActionKind::ALL {
            let act = json!({ "seen_version": 0, "action": kind.key() });
            let answer =
                colleague.post("cases/bulk", json!({ "cases": [[case, 0]], "act": act })).await;
            let what = format!("{} × {}: {}", role.key(), kind.key(), answer.text());
            if answer.status == 403 {
                continue;
            }
            // Who may do it meets the version that nobody has seen; nobody else comes that far.
            let reason =
                answer.json()["refused"][0][1]["zh"].as_str().unwrap_or_default().to_owned();
            assert_eq!(
                (answer.status, answer.json()["done"].as_array().unwrap().len()),
                (200, 0),
                "{what}"
            );
            assert_eq!(!reason.contains("权限"), may(*role, kind.permissions()), "{what}");
        }
    }
}

#[tokio::test]
async fn nothing_is_done_or_read_without_a_session() {
    let portal = portal().await;
    let case = portal.report(Told::of("排口有油花")).await;
    let nobody = Colleague::added(&portal, "nobody", &[]).await;
    let act = format!("cases/{case}/actions");
    let (reward, identity) = (format!("rewards/{case}/actions"), format!("cases/{case}/identity"));
    let changes = [
        "cases/bulk",
        "users",
        "users/x/reset",
        "users/x/handover",
        "record/items",
        "record/items/bulk",
        "record/items/R-1/acts",
        "record/import/run",
        "record/import/dry-run",
        "record/markdown",
        &act,
        &reward,
        &identity,
    ];
    for path in changes {
        let answer = nobody.post(path, json!({})).await;
        assert_eq!(answer.status, 401, "{path}: {}", answer.text());
    }
    let case = format!("cases/{case}");
    let pages = [
        "cases",
        &case,
        "rewards",
        "moderation",
        "users",
        "audit",
        "statistics",
        "ledger",
        "record/items",
        "record/items/R-1",
        "record/objections",
    ];
    for path in pages {
        assert_eq!(nobody.get(path).await.status, 401, "{path}");
    }
    assert_eq!(nobody.send(Method::DELETE, "session", None).await.status, 401);
}
