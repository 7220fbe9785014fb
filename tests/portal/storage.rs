//! When the disk is full: refused clearly, nothing half-written, reads go on.

use serde_json::{Value, json};

use crate::harness::{Portal, STATION};

/// A day of minutes, noisy so that it does not pack to nothing.
fn day_of_minutes(day: jiff::civil::Date) -> Value {
    let rows = (0..1_440_i64).map(|minute| {
        let start = domain::period::day_start(day).as_second() + minute * 60;
        let noise = (start / 60 * 7_919).rem_euclid(99_991);
        json!({
            "station": STATION, "item": "pm2_5", "value": noise as f64 / 100.0, "unit": "µg/m³",
            "start": jiff::Timestamp::from_second(start).unwrap().to_string(), "averaging": "minute",
        })
    });
    rows.collect()
}

#[tokio::test]
async fn a_full_disk_is_reported_and_reads_go_on() {
    let portal = Portal::with(|config| config.store.most_mebibytes = 1).await;
    let first = jiff::civil::date(2025, 1, 1);
    let mut days = Vec::new();
    let mut refusal = None;
    for number in 0..300 {
        let day = first.checked_add(jiff::Span::new().days(number)).unwrap();
        let reply = portal.push_as(&portal.key, day_of_minutes(day), "en").await;
        if reply.status != 200 {
            refusal = Some(reply);
            break;
        }
        assert_eq!(reply.json()["stored"], 1_440);
        days.push(day);
    }
    let refusal = refusal.expect("a megabyte is full before 300 days of minutes");
    println!("{} days of minutes acknowledged before the disk was full", days.len());
    assert_eq!((refusal.status, &refusal.json()["code"]), (507, &json!("storage_full")));
    assert!(!days.is_empty());
    assert_eq!(portal.get("api/v1/stations").await.status, 200);
    for day in &days {
        let url = format!("api/v1/stations/{STATION}/series?item=pm2_5&step=raw&from={day}&to={day}");
        let stored = portal.json(&url).await;
        assert_eq!(stored["value"].as_array().unwrap().len(), 1_440, "{day}");
    }
    portal.stop().await;
}
