//! Pushed batches: good rows are stored, bad rows are named.

use serde_json::{Value, json};

use crate::harness::{Portal, STATION, hour, last_hour};

#[tokio::test]
async fn the_good_rows_of_a_batch_are_stored_and_the_bad_ones_named() {
    let portal = Portal::start().await;
    let start = last_hour().to_string();
    let with = |change: &dyn Fn(&mut Value)| {
        let mut row = hour(STATION, "no2", &start, 20);
        change(&mut row);
        row
    };
    let rows = json!([
        hour(STATION, "pm2_5", &start, 35.5),
        with(&|row| row["unit"] = json!("ppm")),
        with(&|row| row["start"] = json!("2099-01-01T00:00:00+08:00")),
        with(&|row| row["value"] = json!(-3)),
        with(&|row| row["value"] = json!("NaN")),
        with(&|row| row["value"] = json!("dirty")),
        with(&|row| row["station"] = json!("nowhere")),
        with(&|row| row["item"] = json!("happiness")),
        hour(STATION, "pm10", &start, 60),
    ]);
    let outcome = portal.push(rows.clone()).await;
    assert_eq!((&outcome["stored"], &outcome["duplicate"]), (&json!(2), &json!(0)));
    let refused: Vec<(u64, &str)> = outcome["rejected"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (row["row"].as_u64().unwrap(), row["field"].as_str().unwrap()))
        .collect();
    assert_eq!(
        refused,
        [(1, "unit"), (2, "start"), (3, "value"), (4, "value"), (5, "value"), (6, "station"), (7, "item")]
    );
    assert!(outcome["rejected"][0]["reason"].as_str().unwrap().contains("ppm"));

    // The same again doubles nothing; another value revises.
    assert_eq!(portal.push(rows).await["duplicate"], 2);
    let revised = portal.push(json!([hour(STATION, "pm2_5", &start, 36)])).await;
    assert_eq!((&revised["stored"], &revised["revised"]), (&json!(0), &json!(1)));
    let latest = portal.json(&format!("api/v1/stations/{STATION}/latest")).await;
    assert_eq!(latest["figures"][0]["value"], 36);
    portal.stop().await;
}

#[tokio::test]
async fn a_missing_wrong_or_limited_key_stores_nothing() {
    let portal = Portal::start().await;
    let row = json!([hour(STATION, "pm2_5", &last_hour().to_string(), 1)]);
    let wrong = portal.push_as("bilan_wrong", row.clone(), "zh").await;
    assert_eq!((wrong.status, &wrong.json()["code"]), (401, &json!("unauthorised")));
    assert_eq!(wrong.json()["title"], "需要有效的访问密钥。");
    assert_eq!(wrong.header("content-type"), "application/problem+json");

    let store = &portal.inner().app.store;
    let limited = server::commands::keys::add(store, "other", vec!["3014A".into()]).await.unwrap();
    let outcome = portal.push_as(&limited, row, "en").await.json();
    assert_eq!((&outcome["stored"], &outcome["rejected"][0]["field"]), (&json!(0), &json!("station")));
    portal.stop().await;
}

#[tokio::test]
async fn a_body_that_cannot_be_read_is_a_problem_not_a_crash() {
    let portal = Portal::with(|config| config.server.max_body_bytes = 100_000).await;
    let bearer = format!("Bearer {}", portal.key);
    let post = async |media_type: &str, body: &[u8]| {
        let headers = [("authorization", bearer.as_str()), ("content-type", media_type)];
        portal.ask("POST", "api/v1/readings", &headers, body).await
    };
    assert_eq!(post("application/json", b"{\"readings\":[{").await.status, 400);
    assert_eq!(post("text/plain", b"hello").await.json()["code"], "unsupported_media");
    assert_eq!(post("application/json", &vec![b' '; 100_001]).await.json()["code"], "too_large");
    let many = vec![json!(null); 5_001];
    let many = json!({ "readings": many }).to_string();
    assert_eq!(post("application/json", many.as_bytes()).await.status, 400);
    let rows: Vec<Value> = (0..5_001).map(|_| json!({"station":"","item":"","value":0,"unit":"","start":"","averaging":""})).collect();
    let many = json!({ "readings": rows }).to_string();
    assert!(many.len() > 100_000);
    assert_eq!(post("application/json", many.as_bytes()).await.status, 413);
    portal.stop().await;
}
