//! Batches pushed over HTTP.

use contract::{
    paths,
    problem::{Code, Problem},
    public::StationNow,
    push::PushOutcome,
};
use domain::{DeviceFlag, Item};
use reqwest::Method;
use serde_json::{Value, json};
use server::commands::keys;

use crate::support::*;

const START: &str = "2026-11-23T13:00:00+08:00";

/// Good rows among every kind of bad one; for each bad one its field and what its reason names.
fn mixed() -> (Vec<Value>, Vec<(usize, &'static str, &'static str)>) {
    let good = |item, value: f64| row(STATION, item, value, START);
    let with = |field: &str, value: Value| {
        let mut row = good("so2", 7.0);
        row[field] = value;
        row
    };
    let rows = vec![
        good("pm2_5", 35.1),
        with("unit", json!("ppm")),
        with("start", json!("2026-11-23T15:00:00+08:00")),
        with("value", json!(-4.5)),
        with("value", json!("NaN")),
        with("value", json!("sieben")),
        with("station", json!("9999Z")),
        with("item", json!("pm3")),
        good("no2", 28.0),
        with("value", Value::Null),
        with("averaging", json!("fortnight")),
        with("start", json!("2026-11-23T13:10:00+08:00")),
        with("start", json!("gestern")),
        with("start", json!("2010-01-01T00:00:00+08:00")),
        with("flag", json!("lucky")),
        with("value", json!(1e300)),
    ];
    let bad = vec![
        (1, "unit", "ppm"),
        (2, "start", "2026-11-23T15:00:00+08:00"),
        (3, "value", "-4.5"),
        (4, "value", "NaN"),
        (5, "value", "sieben"),
        (6, "station", "9999Z"),
        (7, "item", "pm3"),
        (9, "value", ""),
        (10, "averaging", "fortnight"),
        (11, "start", "2026-11-23T13:10:00+08:00"),
        (12, "start", "gestern"),
        (13, "start", "2010-01-01T00:00:00+08:00"),
        (14, "flag", "lucky"),
        (15, "value", "1e+300"),
    ];
    (rows, bad)
}

#[tokio::test]
async fn the_good_rows_of_a_batch_are_stored_and_each_bad_one_is_named_in_the_senders_language() {
    let portal = Portal::start().await;
    let (rows, bad) = mixed();
    for (query, chinese, stored) in [("?lang=zh-CN", true, 2), ("?lang=en", false, 0)] {
        let answer = portal.push_as(portal.key(), query, json!({ "readings": rows })).await;
        let outcome: PushOutcome = answer.read();
        assert_eq!((outcome.stored, outcome.duplicate, outcome.revised), (stored, 2 - stored, 0));
        let named: Vec<_> =
            outcome.rejected.iter().map(|refused| (refused.row, refused.field.as_str())).collect();
        let expected: Vec<_> = bad.iter().map(|(row, field, _)| (*row, *field)).collect();
        assert_eq!(named, expected);
        for (refused, (_, _, value)) in outcome.rejected.iter().zip(&bad) {
            let reason = &refused.reason;
            assert!(reason.contains(value), "row {}: {reason}", refused.row);
            assert_eq!(is_chinese(reason), chinese, "row {}: {reason}", refused.row);
        }
    }
    let now: StationNow = portal.read(&paths::latest(STATION)).await;
    let items: Vec<_> = now.figures.iter().map(|figure| figure.item).collect();
    assert_eq!(items, [Item::Pm25, Item::No2]);
    let reasons =
        ["wrong_unit", "future", "negative", "unknown_station", "unknown_item", "no_value"];
    for reason in reasons {
        assert_eq!(portal.refused("http", reason).await, 2, "{reason}");
    }
    assert_eq!(portal.refused("http", "not_a_number").await, 6);
}

#[tokio::test]
async fn a_gap_is_stored_with_its_reason() {
    let portal = Portal::start().await;
    let mut gap = row(STATION, "o3", Value::Null, START);
    gap["flag"] = json!("maintenance");
    portal.push_good(vec![gap]).await;
    let now: StationNow = portal.read(&paths::latest(STATION)).await;
    assert_eq!((now.figures[0].value, now.figures[0].flag), (None, DeviceFlag::Maintenance));
}

#[tokio::test]
async fn units_that_convert_exactly_are_converted() {
    let portal = Portal::start().await;
    let mut reading = row(STATION, "pm2_5", 0.0351, START);
    reading["unit"] = json!("mg/m3");
    portal.push_good(vec![reading]).await;
    let now: StationNow = portal.read(&paths::latest(STATION)).await;
    assert_eq!(now.figures[0].value, Some(quantity("35.1")));
    assert_eq!(now.figures[0].unit, "µg/m³");
}

#[tokio::test]
async fn without_a_key_in_use_nothing_is_taken() {
    let portal = Portal::start().await;
    let batch = json!({ "readings": [row(STATION, "pm2_5", 35.1, START)] });
    let none = portal.request(Method::POST, paths::READINGS).json(&batch).send().await.unwrap();
    let wrong = portal
        .push_as("bilan_0000000000000000000000000000000000000000000", "", batch.clone())
        .await;
    portal.store().revoke_api_key("gateway", portal.now()).await.unwrap();
    let revoked = portal.push_as(portal.key(), "", batch.clone()).await;
    for answer in [Answer::of(none).await, wrong, revoked] {
        assert_eq!(
            (answer.status, answer.header("content-type")),
            (401, "application/problem+json")
        );
        let problem: Problem = answer.read();
        assert_eq!((problem.code, problem.status), (Code::Unauthorised, 401));
    }
    let now: StationNow = portal.read(&paths::latest(STATION)).await;
    assert!(now.figures.is_empty());
}

#[tokio::test]
async fn a_key_for_one_station_cannot_write_anothers() {
    let portal = Portal::start().await;
    let key = keys::add(portal.store(), "one", vec![STATION.to_owned()]).await.unwrap();
    let rows = [row(STATION, "pm2_5", 35.1, START), row("1422A", "pm2_5", 35.1, START)];
    let outcome: PushOutcome = portal.push_as(&key, "", json!({ "readings": rows })).await.read();
    assert_eq!((outcome.stored, outcome.rejected.len()), (1, 1));
    assert_eq!((outcome.rejected[0].row, outcome.rejected[0].field.as_str()), (1, "station"));
}

#[tokio::test]
async fn a_body_that_is_no_batch_is_refused_as_a_whole() {
    let portal = Portal::start().await;
    let post = |media_type: &'static str, body: Vec<u8>| {
        let request = portal.request(Method::POST, paths::READINGS).bearer_auth(portal.key());
        async move {
            let request = request.header("content-type", media_type).body(body);
            let answer = Answer::of(request.send().await.unwrap()).await;
            (answer.status, answer.read::<Problem>().code)
        }
    };
    let json = "application/json";
    // A bare NaN, as some programs print it, is no JSON.
    let nan = br#"{"readings":[{"station":"1424A","value":NaN}]}"#.to_vec();
    assert_eq!(post(json, nan).await, (400, Code::BadBody));
    assert_eq!(post(json, b"{\"readings\":[".to_vec()).await, (400, Code::BadBody));
    assert_eq!(post(json, b"<html>".to_vec()).await, (400, Code::BadBody));
    assert_eq!(post("text/csv", b"station,item".to_vec()).await, (415, Code::UnsupportedMedia));
    let many = json!({ "readings": vec![json!({"station":"","item":"","value":1,"unit":"","start":"","averaging":""}); 5_001] });
    assert_eq!(post(json, many.to_string().into_bytes()).await, (413, Code::TooLarge));
    assert_eq!(post(json, vec![b' '; 3 * 1024 * 1024]).await, (413, Code::TooLarge));
}
