//! When the disk is full: refused clearly, nothing half-written, reads go on.

use serde_json::{Value, json};

use crate::harness::{Portal, STATION, hour};

#[tokio::test]
async fn a_full_disk_is_reported_and_reads_go_on() {
    let portal = Portal::with(|config| config.store.most_mebibytes = 1).await;
    let mut acknowledged = 0;
    let mut refusal = None;
    for day in 0..400 {
        let date = jiff::civil::date(2025, 1, 1).checked_add(jiff::Span::new().days(day)).unwrap();
        // Noise, so that a packed month does not shrink to nothing.
        let rows: Vec<Value> = (0..24)
            .flat_map(|h| ["pm2_5", "pm10", "o3", "no2"].map(|item| (h, item)))
            .map(|(h, item)| {
                let noise = (i64::from(day) * 7_919 + h * 104_729 + item.len() as i64 * 31).rem_euclid(9_973);
                hour(STATION, item, &format!("{date}T{h:02}:00:00+08:00"), noise as f64 / 97.0)
            })
            .collect();
        let reply = portal.push_as(&portal.key, Value::from(rows), "en").await;
        match reply.status {
            200 => acknowledged += reply.json()["stored"].as_u64().unwrap(),
            _ => {
                refusal = Some(reply);
                break;
            }
        }
    }
    let refusal = refusal.expect("a megabyte is full before 400 days");
    println!("{acknowledged} readings acknowledged before the disk was full");
    assert_eq!((refusal.status, &refusal.json()["code"]), (507, &json!("storage_full")));
    assert!(acknowledged > 0);
    assert_eq!(portal.get("api/v1/stations").await.status, 200);
    let stored = portal
        .json(&format!("api/v1/stations/{STATION}/series?item=pm2_5&step=raw&from=2025-01-01&to=2025-12-31&width=10000"))
        .await;
    let items = 4;
    assert_eq!(stored["value"].as_array().unwrap().len() as u64 * items, acknowledged);
    portal.stop().await;
}
