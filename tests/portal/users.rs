//! Administrators manage accounts; nobody knows another's password for longer than the first sign-in.

use contract::officer::{User, UserSecret, Users};
use domain::role::Role;
use jiff::SignedDuration;
use serde_json::json;
use server::officers::accounts::Credentials;

use crate::support::{Colleague, Portal, take_reports, totp};

async fn portal() -> Portal {
    Portal::with(take_reports).await
}

#[tokio::test]
async fn a_new_colleague_chooses_a_password_before_anything_else() {
    let portal = portal().await;
    let boss = Colleague::signed_in(&portal, "boss", &[Role::Administrator]).await;
    let new = json!({ "name": "zhao", "display_name": "赵工", "roles": ["triage"] });
    let made = boss.post("users", new.clone()).await;
    assert_eq!(made.status, 201, "{}", made.text());
    let secret: UserSecret = made.read();
    assert_eq!(boss.post("users", new).await.status, 422, "a name is given once");
    let mut zhao = Colleague::added(&portal, "stand-in", &[]).await;
    zhao.name = "zhao".to_owned();
    zhao.credentials =
        Credentials { password: secret.password.clone(), totp: totp(&secret.totp_uri) }.into();
    assert!(zhao.sign_in().await.must_change_password);
    let refused = zhao.get("cases").await;
    assert_eq!(refused.status, 403);
    assert!(refused.text().contains("初始密码"), "{}", refused.text());
    let choose = |old: &str, new: &str| json!({ "seen_version": 1, "old_password": old, "new_password": new });
    let weak = zhao.patch("users/zhao", choose(&secret.password, "short")).await;
    assert_eq!(
        (weak.status, weak.json()["fields"][0]["field"].as_str()),
        (422, Some("new_password"))
    );
    let wrong = zhao.patch("users/zhao", choose("wrong", "一百零八棵黄葛树在桃花溪边")).await;
    assert_eq!(wrong.json()["fields"][0]["field"], "old_password");
    let chosen =
        zhao.patch("users/zhao", choose(&secret.password, "一百零八棵黄葛树在桃花溪边")).await;
    assert_eq!(chosen.status, 200, "{}", chosen.text());
    assert_eq!(zhao.get("session").await.status, 401, "every session of before has ended");
    portal.pass(SignedDuration::from_secs(30));
    let password = "一百零八棵黄葛树在桃花溪边".to_owned();
    zhao.credentials = Credentials { password, totp: totp(&secret.totp_uri) }.into();
    assert!(!zhao.sign_in().await.must_change_password);
    assert_eq!(zhao.get("cases").await.status, 200);
}

#[tokio::test]
async fn an_account_that_is_disabled_loses_its_session_at_once() {
    let portal = portal().await;
    let boss = Colleague::signed_in(&portal, "boss", &[Role::Administrator]).await;
    let li = Colleague::signed_in(&portal, "li", &[Role::Triage]).await;
    assert_eq!(li.get("cases").await.status, 200);
    let body = json!({ "seen_version": 1, "active": false });
    let user: User = boss.patch("users/li", body.clone()).await.read();
    assert!(!user.active);
    assert_eq!(li.get("cases").await.status, 401);
    let again = boss.patch("users/li", body).await;
    assert_eq!(again.status, 409);
    let stale = &again.json()["stale"];
    assert_eq!(
        (stale["by"].as_str(), stale["action"].as_str()),
        (Some("boss 同志"), Some("user_change"))
    );
}

#[tokio::test]
async fn a_role_that_is_taken_away_is_gone_at_the_next_request() {
    let portal = portal().await;
    let boss = Colleague::signed_in(&portal, "boss", &[Role::Administrator]).await;
    let li = Colleague::signed_in(&portal, "li", &[Role::Triage, Role::Auditor]).await;
    assert_eq!(li.get("audit").await.status, 200);
    let body = json!({ "seen_version": 1, "roles": ["triage"] });
    assert_eq!(boss.patch("users/li", body).await.status, 200);
    assert_eq!(li.get("audit").await.status, 401, "the session ended with its roles");
    portal.pass(SignedDuration::from_secs(30));
    li.sign_in().await;
    assert_eq!(li.get("audit").await.status, 403);
}

#[tokio::test]
async fn nobody_changes_their_own_roles_or_anothers_password() {
    let portal = portal().await;
    let boss = Colleague::signed_in(&portal, "boss", &[Role::Administrator]).await;
    let li = Colleague::signed_in(&portal, "li", &[Role::Triage]).await;
    let own = json!({ "seen_version": 1, "roles": ["administrator", "payer"] });
    assert_eq!(boss.patch("users/boss", own.clone()).await.status, 403);
    assert_eq!(li.patch("users/li", own).await.status, 403);
    let others = json!({ "seen_version": 1, "new_password": "一百零八棵黄葛树在桃花溪边" });
    assert_eq!(boss.patch("users/li", others.clone()).await.status, 403);
    assert_eq!(li.patch("users/boss", others).await.status, 403);
    assert_eq!(li.get("users").await.status, 403);
    let users: Users = boss.read("users").await;
    let text = boss.get("users").await.text().to_owned();
    assert_eq!(users.users.len(), 2);
    assert!(!text.contains("argon2") && !text.contains("totp"), "{text}");
}
