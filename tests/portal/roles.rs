//! Every role, every action: the interface allows what the table of roles says, and refuses the rest with a reason.

use domain::{
    report::ActionKind,
    reward::RewardAction,
    role::{Permission, Role},
};
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Colleague, Portal, Told, take_reports};

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

#[tokio::test]
async fn every_role_reads_what_the_table_says() {
    let portal = portal().await;
    let case = portal.report(Told::of("排口有油花")).await;
    let pages: [(&str, &[Permission]); 9] = [
        ("cases", &[Permission::ReadCases]),
        ("case", &[Permission::ReadCases]),
        ("rewards", &[Permission::ReadCases]),
        ("moderation", &[Permission::Moderate]),
        ("users", &[Permission::ManageUsers]),
        ("audit", &[Permission::ReadAudit]),
        ("statistics", &[Permission::Statistics]),
        ("ledger", &[Permission::ApproveReward, Permission::PayReward, Permission::ReadAudit]),
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
fn other_changes(case: &str) -> [(Method, String, Value, &'static [Permission]); 6] {
    let user = json!({ "name": "newcomer", "display_name": "新人", "roles": [] });
    let photo = format!("cases/{case}/photos/{}/redaction", "ab".repeat(32));
    let identity = format!("cases/{case}/identity");
    let disabled = json!({ "seen_version": 0, "active": false });
    let roles = json!({ "seen_version": 0, "roles": ["payer"] });
    [
        (Method::POST, identity, json!({ "reason": "核实" }), &[Permission::ReadIdentity]),
        (Method::POST, photo, json!({ "boxes": [] }), &[Permission::Moderate]),
        (Method::POST, "users".to_owned(), user, &[Permission::ManageUsers]),
        (Method::PATCH, "users/nobody".to_owned(), disabled, &[Permission::ManageUsers]),
        (Method::PATCH, "users/someone".to_owned(), roles, &[Permission::ManageUsers]),
        (Method::POST, "users/nobody/reset".to_owned(), json!({}), &[Permission::ManageUsers]),
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
    let changes = ["cases/bulk", "users", "users/x/reset", &act, &reward, &identity];
    for path in changes {
        let answer = nobody.post(path, json!({})).await;
        assert_eq!(answer.status, 401, "{path}: {}", answer.text());
    }
    let case = format!("cases/{case}");
    let pages = ["cases", &case, "rewards", "moderation", "users", "audit", "statistics", "ledger"];
    for path in pages {
        assert_eq!(nobody.get(path).await.status, 401, "{path}");
    }
    assert_eq!(nobody.send(Method::DELETE, "session", None).await.status, 401);
}
