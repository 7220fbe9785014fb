//! Whoever gave out an account's credentials could use it: until another administrator confirms that its holder has it, the
//! two are one person.

use contract::officer::{UserSecret, Users};
use domain::{reward::RewardAction, role::Role};
use serde_json::json;

use crate::{
    rewards_flow::{founded, portal, proposal},
    support::{Colleague, Office, Portal},
};

#[tokio::test]
async fn an_administrator_who_resets_a_colleagues_account_does_not_become_two_people() {
    let portal = portal().await;
    let case = founded(&portal).await;
    let both = [Role::Verifier, Role::Administrator];
    let one = Colleague::signed_in(&portal, "one", &both).await;
    Colleague::added(&portal, "two", &[Role::Verifier]).await;
    let reset = one.post("users/two/reset", json!({})).await;
    assert_eq!(reset.status, 200, "{}", reset.text());
    let secret: UserSecret = reset.read();
    assert_eq!(secret.user.issued_by.as_deref(), Some("one 同志"));
    // As the administrator could: with the new credentials, and a password of their own choice.
    let two = Colleague::issued(&portal, &secret).await;
    two.reward(&case, "propose", proposal()).await;
    let offered = one.case(&case).await.reward.actions;
    let approve = offered.iter().find(|offer| offer.action == RewardAction::Approve).unwrap();
    assert!(approve.refusal.as_ref().unwrap().en.contains("one person"));
    let own = one.try_reward(&case, "approve", json!({})).await;
    assert_eq!(own.status, 403, "{}", own.text());
    assert!(own.json()["detail"].as_str().unwrap().contains("按同一人计"));
    // The one who gave them out cannot confirm; another administrator can.
    let confirm = "users/two/handover";
    assert_eq!(one.post(confirm, json!({})).await.status, 403);
    let third = Colleague::signed_in(&portal, "third", &[Role::Administrator]).await;
    assert_eq!(third.post(confirm, json!({})).await.status, 200);
    let users: Users = third.read("users").await;
    assert!(users.users.iter().all(|user| user.issued_by.is_none()));
    one.reward(&case, "approve", json!({})).await;
}

#[tokio::test]
async fn accounts_made_by_one_administrator_are_one_checker_until_they_are_handed_over() {
    let portal = portal().await;
    let office = Office::of(&portal).await;
    office.brings("H-1", "done").await;
    let check = |step: &str| json!({ "kind": "checked", "step": step, "passed": true, "record": "无溢流", "evidence": [] });
    office.handler.does("H-1", check("self_check")).await;
    let maker = Colleague::signed_in(&portal, "maker", &[Role::Administrator]).await;
    let other = Colleague::signed_in(&portal, "other", &[Role::Administrator]).await;
    let first = made(&portal, &maker, "first", Role::Verifier).await;
    let second = made(&portal, &maker, "later", Role::Verifier).await;
    first.does("H-1", check("preliminary")).await;
    let rule = second.is_refused("H-1", check("acceptance")).await;
    assert!(rule.contains("按同一人计"), "{rule}");
    let offered = second.issue("H-1").await.offered;
    let offer = offered.iter().find(|offer| offer.kind.key() == "checked").unwrap();
    assert!(offer.refusal.as_ref().unwrap().en.contains("one person"));
    // An account that the maker made cannot vouch for another.
    let puppet = made(&portal, &maker, "puppet", Role::Administrator).await;
    assert_eq!(puppet.post("users/later/handover", json!({})).await.status, 403);
    assert_eq!(other.post("users/later/handover", json!({})).await.status, 200);
    second.does("H-1", check("acceptance")).await;
}

/// An account that the administrator made, in whoever's hands.
async fn made<'a>(
    portal: &'a Portal,
    maker: &Colleague<'_>,
    name: &str,
    role: Role,
) -> Colleague<'a> {
    let new = json!({ "name": name, "display_name": name, "roles": [role.key()] });
    let answer = maker.post("users", new).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    Colleague::issued(portal, &answer.read()).await
}
