//! What the public reads of reports: the same masked, coarse copy in every form.

use contract::{
    paths,
    problem::Problem,
    report::{NearbyReports, OnePublishedReport, PublishedReports},
};
use domain::{reward::RewardState, role::Role};
use serde_json::Value;
use server::reports::samples;

use crate::support::*;

const PHONE: &str = "13812345678";

/// Every public output of reports.
async fn outputs(portal: &Portal, public_id: &str) -> Vec<(String, String)> {
    let stored = public_id.replace('-', "");
    let mut found = Vec::new();
    for path in [
        paths::REPORTS.to_owned(),
        paths::report(public_id),
        format!("{}?lon=106.511&lat=29.502&category=air_smoke", paths::REPORTS_NEARBY),
        paths::REPORTS_GEOJSON.to_owned(),
        paths::REPORTS_CSV.to_owned(),
        paths::REPORTS_ATOM.to_owned(),
        "reports".to_owned(),
        format!("reports/{stored}"),
    ] {
        let answer = portal.get(&path).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        found.push((path, answer.text().to_owned()));
    }
    found
}

#[tokio::test]
async fn nothing_is_public_before_somebody_has_looked() {
    let portal = Portal::with(take_reports).await;
    let receipt = portal.file(1, &smoke(1)).await;
    let list: PublishedReports = portal.read(paths::REPORTS).await;
    assert_eq!((list.total, list.reports.len()), (0, 0));
    assert_eq!(portal.get(&paths::report(&receipt.public_id)).await.status, 404);
    let stored = receipt.public_id.replace('-', "");
    assert_eq!(portal.get(&format!("reports/{stored}")).await.status, 404);
}

#[tokio::test]
async fn a_published_report_is_masked_and_has_a_cell_in_every_output_and_never_its_point() {
    let portal = Portal::with(take_reports).await;
    let mut sent = smoke(1);
    sent.text = format!("联系我 {PHONE}");
    let receipt = portal.file(1, &sent).await;
    // An officer overlooks the number.
    portal.publish(&receipt.public_id, &format!("烟，电话 {PHONE}")).await;
    let row = portal.kept(&receipt.public_id).await;
    for (path, text) in outputs(&portal, &receipt.public_id).await {
        // The plain list has no texts.
        assert!(path == "reports" || text.contains("＊"), "{path} shows no masked text: {text}");
        for secret in [PHONE, row.id.as_str(), "106.511", "29.502", &claim_code(1)] {
            let place = path.contains("lon=") && secret.contains('.');
            assert!(place || !text.contains(secret), "{path} gives away {secret}");
        }
    }
    let one: OnePublishedReport = portal.read(&paths::report(&receipt.public_id)).await;
    assert_eq!(one.report.cell_m, Some(500));
    assert!(one.report.place.is_some());
}

#[tokio::test]
async fn what_is_noticed_at_home_has_no_place_and_no_street_before_five_report_it() {
    let portal = Portal::with(take_reports).await;
    let mut numbers = Vec::new();
    for n in 1..=4 {
        let mut sent = submission(n);
        sent.location.street = Some("erlang".into());
        let receipt = portal.file(n, &sent).await;
        portal.publish(&receipt.public_id, "橡胶味").await;
        numbers.push(receipt.public_id);
    }
    let list: PublishedReports = portal.read(paths::REPORTS).await;
    assert_eq!(list.total, 4);
    for report in &list.reports {
        assert_eq!((report.place, &report.street), (None, &None), "{report:?}");
    }
    for query in ["?street=erlang", "?bbox=106,29,107,30"] {
        let list: PublishedReports = portal.read(&format!("{}{query}", paths::REPORTS)).await;
        assert_eq!(list.total, 0, "{query}");
    }
    let near = format!("{}?lon=106.511&lat=29.502&category=air_odour", paths::REPORTS_NEARBY);
    assert_eq!(portal.read::<NearbyReports>(&near).await.reports, []);
}

#[tokio::test]
async fn lists_narrow_by_what_is_public_and_wrong_values_are_named() {
    let portal = Portal::with(take_reports).await;
    let mut sent = smoke(1);
    sent.location.street = Some("erlang".into());
    let receipt = portal.file(1, &sent).await;
    portal.publish(&receipt.public_id, "烟").await;
    for (query, expected) in [
        ("?category=air_smoke", 1),
        ("?category=noise", 0),
        ("?status=open", 1),
        ("?status=closed", 0),
        ("?street=erlang", 1),
        ("?street=huayan", 0),
        ("?from=2026-11-23&to=2026-11-23", 1),
        ("?to=2026-11-22", 0),
        ("?bbox=106.4,29.4,106.6,29.6", 1),
        ("?bbox=106.1,29.1,106.2,29.2", 0),
    ] {
        let list: PublishedReports = portal.read(&format!("{}{query}", paths::REPORTS)).await;
        assert_eq!(list.total, expected, "{query}");
    }
    for query in ["?category=x", "?status=x", "?street=x", "?from=x", "?bbox=x"] {
        let answer = portal.get(&format!("{}{query}", paths::REPORTS)).await;
        assert_eq!(answer.status, 400, "{query}");
        assert!(!answer.read::<Problem>().allowed.is_empty(), "{query}");
    }
    let near = format!("{}?lon=106.511&lat=29.502&category=air_smoke", paths::REPORTS_NEARBY);
    let near: NearbyReports = portal.read(&near).await;
    assert_eq!(near.reports[0].public_id, receipt.public_id);
    let far = format!("{}?lon=106.3&lat=29.3&category=air_smoke", paths::REPORTS_NEARBY);
    assert_eq!(portal.read::<NearbyReports>(&far).await.reports, []);
}

#[tokio::test]
async fn files_and_feed_are_what_they_say() {
    let portal = Portal::with(take_reports).await;
    let receipt = portal.file(1, &smoke(1)).await;
    portal.publish(&receipt.public_id, "=1+1").await;
    let geojson = portal.get(paths::REPORTS_GEOJSON).await;
    assert_eq!(geojson.header("content-type"), "application/geo+json");
    let found: Value = geojson.json();
    assert_eq!(found["features"][0]["id"], receipt.public_id);
    let csv = portal.get(&format!("{}?lang=en", paths::REPORTS_CSV)).await;
    assert!(csv.header("content-type").starts_with("text/csv"));
    assert!(csv.text().contains("'=1+1") && csv.text().contains("Smoke and open burning"));
    let atom = portal.get(&format!("{}?category=air_smoke&lang=en", paths::REPORTS_ATOM)).await;
    assert!(atom.header("content-type").starts_with("application/atom+xml"));
    assert!(atom.text().contains("urn:bilan:report:"), "{}", atom.text());
}

#[tokio::test]
async fn the_demonstration_rewards_some_reports_by_three_people_and_once() {
    let portal = Portal::demonstration().await;
    for role in [Role::Handler, Role::Verifier, Role::Payer] {
        Colleague::added(&portal, role.key(), &[role]).await;
    }
    samples::play(portal.app()).await.unwrap();
    samples::play_rewards(portal.app()).await.unwrap();
    let head = portal.store().ledger_head().await.unwrap();
    samples::play_rewards(portal.app()).await.unwrap();
    assert_eq!(portal.store().ledger_head().await.unwrap(), head, "played twice");
    let counts = portal.store().rewards_by_state().await.unwrap();
    for state in [
        RewardState::NotEligible,
        RewardState::Proposed,
        RewardState::AwaitingClaim,
        RewardState::Claimed,
        RewardState::Paid,
    ] {
        assert!(counts.contains(&(state, 1)), "{state:?} in {counts:?}");
    }
}

#[tokio::test]
async fn the_demonstration_has_a_report_in_every_state_and_plays_them_once() {
    let portal = Portal::demonstration().await;
    let codes = samples::play(portal.app()).await.unwrap();
    assert_eq!(codes.len(), portal.app().profile.reports.samples.len());
    assert!(samples::play(portal.app()).await.unwrap().is_empty());
    let (page, now) = (store::Page::ALL, portal.now());
    let inbox = portal.store().look(move |view| {
        view.inbox(&store::InboxFilter::default(), store::InboxSort::default(), page, now)
    });
    let inbox = inbox.await.unwrap();
    assert!(inbox.rows.iter().all(|row| row.report.simulated));
    let counts: Vec<_> =
        inbox.by_state.iter().map(|(state, count)| (state.key(), *count)).collect();
    println!("the demonstration's reports by state: {counts:?}");
    for state in domain::report::State::ALL {
        assert!(counts.iter().any(|(key, count)| *key == state.key() && *count > 0), "{state:?}");
    }
    let list: PublishedReports = portal.read(paths::REPORTS).await;
    assert!(list.reports.iter().all(|report| report.simulated) && list.total >= 10);
    let noise = list.reports.iter().filter(|report| report.category == "noise");
    assert!(noise.clone().count() == 5 && noise.clone().all(|r| r.cell_m >= Some(500)));
}
