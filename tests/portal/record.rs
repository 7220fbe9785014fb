//! The district's record as anyone reads it: figures that can be computed again, objections, the scorecard.

use std::collections::BTreeMap;

use contract::{
    green::Green,
    paths,
    problem::Code,
    programme::{Programme, Programmes},
    rectification::{Item, Ledger, LedgerHeads, ObjectionTaken},
    scorecard::Scorecard,
};
use domain::{
    canonical::{chain, hex},
    green_space::Compared,
    rectification::{Origin, State},
};
use serde_json::Value;
use server::record::samples;

use crate::support::{Portal, objection};

#[tokio::test]
async fn the_demonstrations_list_has_1818_issues_of_which_more_than_97_percent_are_closed() {
    let portal = Portal::with_record().await;
    let ledger: Ledger = portal.read(paths::RECTIFICATION).await;
    let total = &ledger.statistics.total;
    assert_eq!((total.all, ledger.items.len()), (1_818, 1_818));
    assert!(total.closure().is_over(97), "{:?}", total.closure());
    assert_eq!(total.closed, 1_766);
    let first_619: u32 = ledger.statistics.by_source[..2].iter().map(|g| g.tally.closed).sum();
    assert_eq!(first_619, 619, "central and municipal issues are all rectified");
    let states = ledger.statistics.by_state.iter().map(|count| count.state);
    assert_eq!(states.collect::<Vec<_>>(), State::ALL, "every state is there to be seen");
    let of = |origin: Origin| ledger.items.iter().filter(|item| item.origin == origin).count();
    assert_eq!((of(Origin::Quoted), of(Origin::Simulated)), (4, 1_814));
    assert!(ledger.meta.simulated && total.reopened > 5);
    // Played again, nothing is added.
    samples::play(portal.app()).await.unwrap();
    let again: Ledger = portal.read(paths::RECTIFICATION).await;
    assert_eq!(again.head, ledger.head);
}

#[tokio::test]
async fn the_exported_events_hash_to_the_published_head_and_count_to_the_figures() {
    let portal = Portal::with_record().await;
    let (mut prev, mut after) = ([0; 32], 0);
    let mut last: BTreeMap<String, (bool, String)> = BTreeMap::new();
    let day = "2025-06-30";
    loop {
        let page = portal.get(&format!("{}?after={after}", paths::RECTIFICATION_EVENTS)).await;
        if page.text().is_empty() {
            break;
        }
        for line in page.text().lines() {
            let (head, text) = line.split_once(",\"event\":").unwrap();
            let text = text.strip_suffix('}').unwrap();
            prev = chain(&prev, text.as_bytes());
            assert!(head.contains(&hex(&prev)));
            let event: Value = serde_json::from_str(text).unwrap();
            assert!(event["simulated"] == true, "{text}");
            after = event["number"].as_u64().unwrap();
            if event["on"].as_str().unwrap() <= day {
                let issue = event["item"].as_str().unwrap().to_owned();
                let kind = event["body"]["kind"].as_str().unwrap();
                let (closed, _) = last.entry(issue).or_default();
                *closed = (*closed || kind == "closed") && kind != "reopened";
            }
        }
    }
    let beyond = portal.get(&format!("{}?after={}", paths::RECTIFICATION_EVENTS, u64::MAX)).await;
    assert_eq!((beyond.status, beyond.text()), (200, ""));
    let ledger: Ledger = portal.read(&format!("{}?as_of={day}", paths::RECTIFICATION)).await;
    assert_eq!((ledger.head.count, ledger.head.hash.as_str()), (after, hex(&prev).as_str()));
    let total = ledger.statistics.total;
    let closed = last.values().filter(|(closed, _)| *closed).count();
    assert_eq!((total.all as usize, total.closed as usize), (last.len(), closed));
    assert_eq!(ledger.timeline.last().unwrap().tally, total);
    let heads: LedgerHeads = portal.read(paths::RECTIFICATION_HEADS).await;
    assert_eq!(heads.heads.len(), 1);
}

#[tokio::test]
async fn a_day_that_has_not_come_is_no_day_of_the_ledger() {
    let portal = Portal::with_record().await;
    for wrong in ["2026-11-24", "yesterday", "2026-02-30"] {
        let answer = portal.get(&format!("{}?as_of={wrong}", paths::RECTIFICATION)).await;
        assert_eq!(answer.status, 400, "{wrong}");
        assert_eq!(answer.json()["parameter"], "as_of");
    }
    let before: Ledger = portal.read(&format!("{}?as_of=2001-01-01", paths::RECTIFICATION)).await;
    assert_eq!((before.statistics.total.all, before.items.len()), (0, 0));
}

#[tokio::test]
async fn a_quoted_case_says_that_its_days_are_made_up() {
    let portal = Portal::with_record().await;
    let item: Item = portal.read(&paths::item("CASE-4")).await;
    assert!(item.days_simulated && item.line.origin == Origin::Quoted);
    assert_eq!(item.line.state, State::Closed);
    assert!(item.result.unwrap().contains("Ⅳ"));
    assert_eq!(item.course.first().unwrap().event, item.first_event);
    assert_eq!(portal.get(&paths::item("NOBODY-1")).await.status, 404);
    assert_eq!(portal.get(&paths::item("..%2F..")).await.status, 404);
    let csv = portal.get(&format!("{}?lang=en", paths::RECTIFICATION_CSV)).await;
    assert_eq!(csv.text().lines().count(), 1_819);
    assert!(csv.text().contains("CASE-4") && csv.text().contains("Yangtze warning film"));
}

#[tokio::test]
async fn an_objection_needs_words_and_work_and_stops_the_closing() {
    let portal = Portal::with_record().await;
    let number = portal.shown_issue().await;
    let address = paths::objections(&number);
    let bare = portal.post_json(&address, &objection("仍有异味")).await;
    assert_eq!((bare.status, bare.json()["fields"][0]["field"].as_str()), (422, Some("proof")));
    let mut sent = objection("雨后仍有异味，电话 13812345678");
    sent.proof = Some(portal.proof("203.0.113.7").await);
    let taken = portal.post_json(&address, &sent).await;
    assert_eq!(taken.status, 201, "{}", taken.text());
    let taken: ObjectionTaken = taken.read();
    assert_eq!(taken.objection, 1);
    let again = portal.post_json(&address, &sent).await;
    assert_eq!(again.status, 422, "a proof counts once");
    let item: Item = portal.read(&paths::item(&number)).await;
    assert_eq!((item.objections.received, item.objections.open), (1, 1));
    let everything = portal.get(&paths::item(&number)).await;
    assert!(
        !everything.text().contains("13812345678") && !everything.text().contains("异味，电话")
    );
    assert!(everything.text().contains(&item.course.last().unwrap().hash));
    // One that is closed takes none.
    let mut late = objection("太晚了");
    late.proof = Some(portal.proof("203.0.113.7").await);
    let refused = portal.post_json(&paths::objections("CASE-4"), &late).await;
    assert_eq!(refused.json()["code"], Code::NotPermitted.key());
}

#[tokio::test]
async fn the_scorecard_never_shows_what_cannot_be_true() {
    let portal = Portal::with_record().await;
    let card: Scorecard = portal.read(paths::SCORECARD).await;
    let keys: Vec<_> = card
        .groups
        .iter()
        .flat_map(|group| group.lines.iter().map(|line| line.key.as_str()))
        .collect();
    assert_eq!((card.groups.len(), keys.len()), (7, 63));
    assert!(!keys.contains(&"industry.h2_truck_co2"));
    for path in [
        paths::SCORECARD,
        paths::SCORECARD_CSV,
        paths::PROGRAMMES,
        "api/v1/programmes/hydrogen-corridor",
    ] {
        assert!(!portal.get(path).await.text().contains("79吨"), "{path}");
    }
    let pages: Programmes = portal.read(paths::PROGRAMMES).await;
    assert_eq!(pages.programmes.len(), 6);
    let page: Programme = portal.read(&paths::programme("digital-brain")).await;
    assert_eq!(page.figures.len(), 6);
}

#[tokio::test]
async fn a_rate_without_a_definition_stands_beside_no_threshold() {
    let portal = Portal::with_record().await;
    let green: Green = portal.read(paths::GREEN).await;
    let of = |key: &str| green.indicators.iter().find(|i| i.indicator.key() == key).unwrap();
    let park = of("park_per_capita");
    let compared: Vec<_> = park.thresholds.iter().map(|threshold| threshold.compared).collect();
    assert_eq!(compared, [Compared::Met, Compared::NotComparable]);
    assert!(of("unstated_rate").thresholds.is_empty());
    assert!(green.works.iter().any(|line| line.key == "green.parks_new"));
}
