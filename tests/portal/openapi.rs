//! The published description of the API against what the API does.

use std::collections::BTreeSet;

use contract::paths;
use serde_json::Value;
use server::record::samples;

use crate::support::*;

/// What the walk fills into the templates.
const EXAMPLES: [(&str, &str, &str); 4] = [
    ("/api/v1/water/sections/{code}", "{code}", RIVER_SECTION),
    ("/api/v1/stations/{code}", "{code}", STATION),
    ("/api/v1/rectification/{number}", "{number}", "CASE-4"),
    ("/api/v1/programmes/{slug}", "{slug}", "digital-brain"),
];

/// Every described address that answers GET with JSON, with its schema.
fn described(document: &Value) -> Vec<(String, Option<Value>)> {
    let paths = document["paths"].as_object().unwrap();
    let gets = paths.iter().filter_map(|(path, methods)| {
        let content = methods.get("get")?.pointer("/responses/200/content");
        let schema = content.and_then(|content| content.get("application/json")?.get("schema"));
        // Streams, files and feeds are told of elsewhere; so are reports by number, which are drawn at random.
        let is_json = content.is_none_or(|content| content.get("application/json").is_some());
        (is_json && !path.contains("/reports/{")).then(|| (path.clone(), schema.cloned()))
    });
    gets.collect()
}

fn address(template: &str) -> String {
    let example = EXAMPLES.iter().find(|(prefix, ..)| template.starts_with(prefix));
    let path =
        example.map_or(template.to_owned(), |(_, part, filled)| template.replace(part, filled));
    let query = match path.rsplit('/').next() {
        Some("series") => "?item=pm2_5",
        Some("nearby") => "?lon=106.511&lat=29.502&category=air_smoke",
        _ => "",
    };
    format!("{}{query}", path.trim_start_matches('/'))
}

#[tokio::test]
async fn every_described_address_answers_on_the_demonstration_as_it_is_described() {
    let portal = Portal::demonstration().await;
    samples::play(portal.app()).await.unwrap();
    let document = portal.get(paths::OPENAPI).await.json();
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1."));
    let described = described(&document);
    for (template, schema) in &described {
        let path = address(template);
        let answer = portal.get(&path).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        assert_eq!(answer.header("content-type"), "application/json", "{path}");
        let Some(schema) = schema else { continue };
        let found = faults(&document, schema, &answer.json(), "body");
        assert!(found.is_empty(), "{path}: {:#?}", &found[..found.len().min(10)]);
    }
    assert!(described.iter().filter(|(_, schema)| schema.is_some()).count() >= 11);
}

#[tokio::test]
async fn the_walk_would_see_a_wrong_body() {
    let portal = Portal::start().await;
    portal.push_good(hour_of(STATION, &CLEAN, "2026-11-23T13:00:00+08:00")).await;
    let document = portal.get(paths::OPENAPI).await.json();
    let all = described(&document);
    let (path, schema) = all.iter().find(|(path, _)| path.ends_with("/latest")).unwrap();
    let schema = schema.as_ref().unwrap();
    let good = portal.get(&address(path)).await.json();
    assert!(faults(&document, schema, &good, "body").is_empty());
    let mut lacking = good.clone();
    lacking["station"].as_object_mut().unwrap().remove("code");
    let mut mistaken = good.clone();
    mistaken["figures"][0]["value"] = "20".into();
    let mut invented = good;
    invented["figures"][0]["item"] = "pm3".into();
    for wrong in [lacking, mistaken, invented] {
        assert!(!faults(&document, schema, &wrong, "body").is_empty());
    }
}

#[tokio::test]
async fn every_address_of_the_contract_is_described_and_nothing_else_answers() {
    let portal = Portal::start().await;
    let document = portal.get(paths::OPENAPI).await.json();
    let written: BTreeSet<&str> =
        document["paths"].as_object().unwrap().keys().map(String::as_str).collect();
    let code = "{code}";
    let of_contract: BTreeSet<String> = [
        paths::SITE.to_owned(),
        paths::STATIONS.to_owned(),
        paths::station(code),
        paths::latest(code),
        paths::series(code),
        paths::days(code),
        paths::corrections(code),
        paths::AIR_SUMMARY.to_owned(),
        paths::WATER_SECTIONS.to_owned(),
        paths::section(code),
        paths::FEEDS.to_owned(),
        paths::READINGS.to_owned(),
        paths::LIVE.to_owned(),
        paths::MAP.to_owned(),
        paths::OPENAPI.to_owned(),
        paths::REPORT_FORM.to_owned(),
        paths::REPORT_CHALLENGE.to_owned(),
        paths::RECEIPT_KEYS.to_owned(),
        paths::report_photo("{sha256}"),
        paths::REPORTS.to_owned(),
        paths::report("{id}"),
        paths::REPORTS_NEARBY.to_owned(),
        paths::REPORTS_GEOJSON.to_owned(),
        paths::REPORTS_CSV.to_owned(),
        paths::REPORTS_ATOM.to_owned(),
        paths::LEDGER_ROOTS.to_owned(),
        paths::TRACK.to_owned(),
        paths::TRACK_ACT.to_owned(),
        paths::RECTIFICATION.to_owned(),
        paths::RECTIFICATION_CSV.to_owned(),
        paths::RECTIFICATION_EVENTS.to_owned(),
        paths::RECTIFICATION_HEADS.to_owned(),
        paths::item("{number}"),
        paths::objections("{number}"),
        paths::GREEN.to_owned(),
        paths::SCORECARD.to_owned(),
        paths::SCORECARD_CSV.to_owned(),
        paths::PROGRAMMES.to_owned(),
        paths::programme("{slug}"),
    ]
    .map(|path| format!("/{path}"))
    .into();
    assert_eq!(written, of_contract.iter().map(String::as_str).collect());
    let described = document["paths"]["/api/v1/readings"]["post"]["responses"].as_object().unwrap();
    for status in ["200", "400", "401", "413", "503", "507"] {
        assert!(described.contains_key(status), "POST readings may answer {status}");
    }
    for path in ["api", "api/v1", "api/v1/", "api/v2/stations", "api/v1/stations/1424A/secret"] {
        assert_eq!(portal.get(path).await.status, 404, "{path}");
    }
}
