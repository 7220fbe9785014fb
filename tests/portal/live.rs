//! Live events: resuming, batches for everybody, the end of the server.

use serde_json::json;

use crate::harness::{Events, Portal, STATION, hour, last_hour};

#[tokio::test]
async fn a_client_that_was_away_gets_exactly_what_it_missed() {
    let portal = Portal::start().await;
    let start = last_hour().to_string();
    let mut events = Events::open(&portal, None).await;
    events.next().await;
    let seen = events.next().await.id.unwrap();
    drop(events);

    portal.push(json!([hour(STATION, "pm2_5", &start, 40)])).await;
    portal.push(json!([hour(STATION, "no2", &start, 22)])).await;
    let mut events = Events::open(&portal, Some(seen)).await;
    assert_eq!(events.next().await.name, "hello");
    let missed = events.next().await;
    assert_eq!(missed.name, "batch");
    let items: Vec<&str> = missed.data["stations"][0]["figures"]
        .as_array()
        .unwrap()
        .iter()
        .map(|figure| figure["item"].as_str().unwrap())
        .collect();
    assert_eq!(items, ["pm2_5", "no2"]);

    // Up to date: after hello nothing, until something new arrives.
    let mut current = Events::open(&portal, missed.id).await;
    assert_eq!(current.next().await.name, "hello");
    portal.push(json!([hour(STATION, "so2", &start, 6)])).await;
    // The batch for everybody may repeat what this client was already told, never leave it out.
    let next = current.next().await;
    assert_eq!(next.name, "batch");
    let figures = next.data["stations"][0]["figures"].as_array().unwrap();
    assert!(figures.iter().any(|figure| figure["item"] == "so2"), "{figures:?}");
    portal.stop().await;
}

#[tokio::test]
async fn an_id_of_another_server_gets_the_full_state() {
    let portal = Portal::start().await;
    portal.push(json!([hour(STATION, "pm2_5", &last_hour().to_string(), 40)])).await;
    let mut events = Events::open(&portal, Some(999_999)).await;
    assert_eq!(events.next().await.name, "hello");
    let snapshot = events.next().await;
    assert_eq!(snapshot.name, "snapshot");
    let stations = snapshot.data["stations"].as_array().unwrap();
    assert!(stations.len() > 5, "every station of the profile");
    portal.stop().await;
}

#[tokio::test]
async fn history_being_loaded_is_not_news() {
    let portal = Portal::start().await;
    let mut events = Events::open(&portal, None).await;
    events.next().await;
    events.next().await;
    portal.push(json!([hour(STATION, "pm2_5", "2026-01-01T00:00:00+08:00", 40)])).await;
    portal.push(json!([hour(STATION, "pm2_5", &last_hour().to_string(), 41)])).await;
    let batch = events.next().await;
    assert_eq!(batch.data["stations"][0]["figures"][0]["value"], 41);
    portal.stop().await;
}

#[tokio::test]
async fn stopping_ends_streams_and_says_when_to_come_back() {
    let portal = Portal::start().await;
    let mut events = Events::open(&portal, None).await;
    events.next().await;
    let began = std::time::Instant::now();
    let (ended, ()) = tokio::join!(events.ends(), portal.stop());
    assert!(ended);
    assert!(began.elapsed().as_secs() < 5, "took {:?}", began.elapsed());
}
