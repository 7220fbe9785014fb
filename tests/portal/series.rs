//! History: steps, validity, editions, thinning, and parameters that are wrong.

use serde_json::{Value, json};

use crate::harness::{Portal, STATION, hour};

const URL: &str = "api/v1/stations/1424A/series";

/// Hours of PM2.5 from 2026-02-27 to 2026-03-02 (Beijing), all 70 µg/m³; three missing on the 28th.
async fn portal_with_hours() -> Portal {
    let portal = Portal::start().await;
    let mut rows = Vec::new();
    for (day, hours) in [("2026-02-27", 0..24), ("2026-02-28", 5..24), ("2026-03-01", 0..24)] {
        for h in hours {
            rows.push(hour(STATION, "pm2_5", &format!("{day}T{h:02}:00:00+08:00"), 70));
        }
    }
    assert_eq!(portal.push(Value::from(rows)).await["stored"], 67);
    portal
}

#[tokio::test]
async fn days_follow_the_validity_rule_and_bands_the_edition_of_each_day() {
    let portal = portal_with_hours().await;
    let days = portal
        .json(&format!("{URL}?item=pm2_5&step=day&from=2026-02-27&to=2026-03-01"))
        .await;
    // The 28th has 19 of the 20 hours it needs (GB 3095 table 4).
    assert_eq!(days["value"], json!([70, null, 70]));
    // 70 µg/m³ is 良 under HJ 633-2012 and 轻度污染 under HJ 633-2026.
    assert_eq!(days["band"], json!([2, 0, 3]));
    assert_eq!(days["changes"][0]["at_s"], 1_772_294_400);
    let limits: Vec<(i64, &str)> = days["limits"]
        .as_array()
        .unwrap()
        .iter()
        .map(|limit| (limit["value"].as_i64().unwrap(), limit["standard"].as_str().unwrap()))
        .collect();
    assert_eq!(
        limits,
        [(35, "GB 3095-2012"), (75, "GB 3095-2012"), (35, "GB 3095-2026"), (60, "GB 3095-2026")]
    );
    assert_eq!(days["coverage"], 66);
    portal.stop().await;
}

#[tokio::test]
async fn hours_have_a_place_for_each_gap() {
    let portal = portal_with_hours().await;
    let hours = portal
        .json(&format!("{URL}?item=pm2_5&step=hour&from=2026-02-28&to=2026-02-28"))
        .await;
    let values = hours["value"].as_array().unwrap();
    assert_eq!(values.len(), 24);
    assert_eq!(values.iter().filter(|value| value.is_null()).count(), 5);
    assert_eq!(hours["length_s"], 3_600);
    let flag = hours["flag"][0].as_u64().unwrap() as usize;
    assert_eq!(hours["flags"][flag], "missing");
    portal.stop().await;
}

#[tokio::test]
async fn an_index_can_be_held_against_another_ruler() {
    let portal = portal_with_hours().await;
    let ask = async |edition: &str| {
        portal
            .json(&format!("{URL}?item=aqi&step=hour&from=2026-03-01T12:00:00%2B08:00&to=2026-03-01T13:00:00%2B08:00{edition}"))
            .await
    };
    // HJ 633-2026 5.3.1: incomplete and not above 100 would be none; 70 µg/m³ is 110.
    assert_eq!(ask("").await["value"], json!([110]));
    assert_eq!(ask("&edition=hj633-2012").await["value"], json!([94]));
    assert_eq!(ask("&edition=eaqi-2024").await["value"], json!([4]));
    let who = ask("&edition=who-2021").await;
    assert_eq!(who["value"], json!([null]));
    portal.stop().await;
}

#[tokio::test]
async fn more_points_than_asked_for_are_thinned() {
    let portal = portal_with_hours().await;
    let wide = portal.json(&format!("{URL}?item=pm2_5&from=2026-02-27&to=2026-03-01&width=12")).await;
    assert_eq!(wide["thinned"], true);
    assert!(wide["value"].as_array().unwrap().len() <= 12);
    portal.stop().await;
}

#[tokio::test]
async fn a_wrong_parameter_is_named_with_what_is_allowed() {
    let portal = Portal::start().await;
    for (query, parameter, allowed) in [
        ("", "item", "pm2_5"),
        ("?item=lead", "item", "aqi"),
        ("?item=pm2_5&step=week", "step", "month"),
        ("?item=aqi&step=month", "step", "day"),
        ("?item=aqi&edition=hj633-1999", "edition", "hj633-2026"),
        ("?item=pm2_5&from=yesterday", "from", "2026-03-01"),
        ("?item=pm2_5&step=raw&from=2016-01-01&to=2026-01-01", "step", "hour"),
        ("?item=pm2_5&width=5", "width", "10"),
    ] {
        let reply = portal.get(&format!("{URL}{query}")).await;
        assert_eq!(reply.status, 400, "{query}");
        let problem = reply.json();
        assert_eq!(problem["parameter"], parameter, "{query}");
        let list = problem["allowed"].as_array().unwrap();
        assert!(list.contains(&json!(allowed)), "{query}: {list:?}");
    }
    let backwards = portal.get(&format!("{URL}?item=pm2_5&from=2026-03-02&to=2026-03-01")).await;
    assert_eq!(backwards.json()["parameter"], "from");
    assert_eq!(portal.get("api/v1/stations/XXX/series?item=aqi").await.status, 404);
    portal.stop().await;
}

#[tokio::test]
async fn ten_years_of_hours_are_a_bounded_answer() {
    let portal = portal_with_hours().await;
    let reply = portal.get(&format!("{URL}?item=pm2_5&step=hour&from=2016-11-01&width=2000")).await;
    assert_eq!(reply.status, 200);
    assert!(reply.json()["value"].as_array().unwrap().len() <= 2_000);
    portal.stop().await;
}

#[tokio::test]
async fn one_client_cannot_ask_for_history_without_end() {
    let portal = Portal::with(|config| config.server.series_per_minute = 3).await;
    for _ in 0..3 {
        assert_eq!(portal.get(&format!("{URL}?item=aqi")).await.status, 200);
    }
    let refused = portal.get(&format!("{URL}?item=aqi")).await;
    assert_eq!((refused.status, refused.header("retry-after")), (429, "60"));
    portal.stop().await;
}

#[tokio::test]
async fn a_section_has_its_class_by_sample_and_month() {
    let portal = Portal::start().await;
    let sample = |item: &str, unit: &str, value: f64| {
        json!({ "station": "A500107_0001", "item": item, "value": value, "unit": unit,
            "start": "2026-03-01T08:00:00+08:00", "averaging": "instant" })
    };
    portal
        .push(json!([
            sample("ph", "", 7.9),
            sample("do", "mg/L", 8.1),
            sample("codmn", "mg/L", 1.9),
            sample("nh3n", "mg/L", 0.1),
            sample("tp", "mg/L", 0.25)
        ]))
        .await;
    let section = portal.json("api/v1/water/sections/A500107_0001").await;
    assert_eq!(section["water"]["class"], "IV");
    assert_eq!(section["water"]["limiting"], json!(["tp"]));
    assert_eq!(section["water"]["meets_target"], false);
    assert_eq!(section["water"]["exceedances"][0]["multiple"], 0.25);
    assert_eq!(section["water"]["automatic"], true);
    let march = section["months"].as_array().unwrap().iter().find(|m| m["month"] == "2026-03-01");
    assert_eq!(march.unwrap()["class"], "IV");
    let classes = portal
        .json("api/v1/stations/A500107_0001/series?item=class&from=2026-03-01&to=2026-03-01")
        .await;
    assert_eq!((&classes["value"], &classes["band"]), (&json!([4]), &json!([4])));
    let list = portal.json("api/v1/water/sections").await;
    assert_eq!(list["by_class"], json!([0, 0, 0, 1, 0, 0, 5]));
    portal.stop().await;
}
