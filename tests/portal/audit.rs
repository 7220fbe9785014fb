//! The audit log says who did what, and never what somebody wrote or who they are.

use contract::officer::AuditPage;
use domain::role::Role;
use serde_json::json;

use crate::support::{Colleague, Portal, Told, take_reports};

async fn portal() -> Portal {
    Portal::with(take_reports).await
}

#[tokio::test]
async fn every_act_leaves_a_line_with_its_author() {
    let portal = portal().await;
    let auditor = Colleague::signed_in(&portal, "auditor", &[Role::Auditor]).await;
    let boss = Colleague::signed_in(&portal, "boss", &[Role::Administrator]).await;
    let triage = Colleague::signed_in(&portal, "triage", &[Role::Triage]).await;
    let id = portal.report(Told::of("金丝雀在桃花溪边唱歌")).await;
    triage.act(&id, "accept", json!({})).await;
    triage.act(&id, "ask", json!({ "text": "金丝雀几点唱歌" })).await;
    triage.act(&id, "refuse", json!({ "reason": "金丝雀不归我管" })).await;
    let new = json!({ "name": "zhao", "display_name": "赵工", "roles": ["payer"] });
    assert_eq!(boss.post("users", new).await.status, 201);
    triage.try_sign_in("金丝雀当密码", "000000").await;

    let page: AuditPage = auditor.read("audit").await;
    let line = |action: &str| {
        let found = page.entries.iter().find(|entry| entry.action == action);
        let found = found.unwrap_or_else(|| panic!("{action} is missing"));
        (found.actor.clone(), found.subject.clone())
    };
    let stored = id.replace('-', "");
    for action in ["accept", "ask", "refuse"] {
        assert_eq!(line(action), ("triage".to_owned(), stored.clone()));
    }
    assert_eq!(line("sign_in_failed"), ("system".to_owned(), "triage".to_owned()));
    let added: Vec<_> = page.entries.iter().filter(|entry| entry.action == "user_add").collect();
    assert!(added.iter().any(|entry| entry.actor == "boss" && entry.subject == "zhao"));
    let all = auditor.get("audit").await.text().to_owned();
    assert!(!all.contains("金丝雀"), "{all}");
    let ids: Vec<_> = page.entries.iter().map(|entry| entry.id).collect();
    assert!(ids.is_sorted_by(|a, b| a > b), "newest first: {ids:?}");
}

#[tokio::test]
async fn the_log_is_narrowed_by_its_address() {
    let portal = portal().await;
    let auditor = Colleague::signed_in(&portal, "auditor", &[Role::Auditor]).await;
    let triage = Colleague::signed_in(&portal, "triage", &[Role::Triage]).await;
    let (first, second) =
        (portal.report(Told::of("一")).await, portal.report(Told::of("二")).await);
    triage.act(&first, "accept", json!({})).await;
    triage.act(&second, "accept", json!({})).await;
    let count =
        async |query: &str| auditor.read::<AuditPage>(&format!("audit?{query}")).await.total;
    assert_eq!(count(&format!("subject={first}")).await, 1);
    assert_eq!(count(&format!("subject={}", first.to_lowercase())).await, 1, "in any spelling");
    assert_eq!(count("actor=triage&action=accept").await, 2);
    assert_eq!(count("from=2026-11-24").await, 0);
    assert_eq!(count("to=2026-11-22").await, 0);
    let wrong = auditor.get("audit?from=yesterday").await;
    assert_eq!((wrong.status, wrong.json()["parameter"].as_str()), (400, Some("from")));
}
