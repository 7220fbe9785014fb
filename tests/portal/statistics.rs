//! The figures of a period follow from what was done.

use contract::officer::Statistics;
use domain::role::Role;
use jiff::SignedDuration;
use serde_json::json;

use crate::support::{Colleague, Portal, Told};

#[tokio::test]
async fn times_and_results_are_counted_by_category_and_street() {
    let portal = Portal::with(|config| {
        config.reports.enabled = true;
        config.officers.idle_minutes = 10_000;
        config.officers.longest_minutes = 10_000;
    });
    let portal = portal.await;
    let roles = [Role::Triage, Role::Handler, Role::Verifier];
    let office = Colleague::signed_in(&portal, "office", &roles).await;
    let outfall = portal.report(Told::of("油花")).await;
    let mut told = Told::of("半夜打桩");
    (told.category, told.street) = ("noise_construction".into(), "xipeng".into());
    let noise = portal.report(told.clone()).await;
    portal.report(told).await;
    portal.pass(SignedDuration::from_hours(2));
    office.act(&outfall, "accept", json!({})).await;
    portal.pass(SignedDuration::from_hours(2));
    office.act(&noise, "accept", json!({})).await;
    for (id, finding) in [(&outfall, "founded"), (&noise, "unfounded")] {
        office.act(id, "dispatch", json!({ "department": "housing" })).await;
        office.act(id, "start", json!({})).await;
        office.act(id, "add_evidence", json!({ "text": "记录" })).await;
        portal.pass(SignedDuration::from_hours(10));
        office.act(id, "close", json!({ "reason": "已查", "finding": finding })).await;
    }
    office.act(&noise, "reopen", json!({ "reason": "再查" })).await;

    let figures: Statistics = office.read("statistics?from=2026-11-23&to=2026-11-24").await;
    let all = figures.all;
    assert_eq!(
        (all.received, all.closed, all.founded, all.without_fix, all.reopened),
        (3, 1, 1, 0, 1)
    );
    assert_eq!((all.median_accept_h, all.median_close_h), (Some(3), Some(14)));
    let of = |groups: &[(contract::officer::Choice, contract::officer::Group)], key: &str| {
        groups.iter().find(|(choice, _)| choice.key == key).map(|(_, group)| group.received)
    };
    assert_eq!(of(&figures.by_category, "noise_construction"), Some(2));
    assert_eq!(
        (of(&figures.by_street, "xipeng"), of(&figures.by_street, "huayan")),
        (Some(2), Some(1))
    );
    let before: Statistics = office.read("statistics?from=2026-10-01&to=2026-11-22").await;
    assert_eq!((before.all.received, before.all.median_accept_h), (0, None));
    let wrong = office.get("statistics?from=2026-11-24&to=2026-11-23").await;
    assert_eq!((wrong.status, wrong.json()["parameter"].as_str()), (400, Some("from")));
}
