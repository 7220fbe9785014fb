//! Refusals: in the reader's language, with a code, and without a word about our insides.

use contract::{
    paths,
    problem::{Code, MEDIA_TYPE, Problem},
};
use domain::Lang;
use reqwest::Method;

use crate::support::*;

#[tokio::test]
async fn every_refusal_has_a_code_and_a_sentence_in_both_languages() {
    let portal = Portal::start().await;
    let cases = [
        ("api/v1/nothing", Code::NotFound),
        ("api/v1/stations/9999Z", Code::NotFound),
        ("api/v1/stations/9999Z/latest", Code::NotFound),
        ("api/v1/stations/%FF/latest", Code::NotFound),
        ("api/v1/stations/A500107_0001/days", Code::NotFound),
        ("api/v1/water/sections/1424A", Code::NotFound),
        ("api/v1/stations/1424A/series", Code::BadParameter),
        ("api/v1/stations/1424A/days?year=1066", Code::BadParameter),
        ("api/v1/stations/1424A/days?year=next", Code::BadParameter),
        ("api/v1/air/summary?edition=mine", Code::BadParameter),
        ("api/v1/readings", Code::MethodNotAllowed),
    ];
    for (path, code) in cases {
        for lang in Lang::ALL {
            let request = portal.request(Method::GET, path).header("accept-language", lang.tag());
            let answer = Answer::of(request.send().await.unwrap()).await;
            assert_eq!(answer.status, code.status(), "{path}: {}", answer.text());
            assert_eq!(answer.header("content-type"), MEDIA_TYPE, "{path}");
            assert_eq!(answer.header("content-language"), lang.tag(), "{path}");
            let problem: Problem = answer.read();
            assert_eq!((problem.code, problem.title.as_str()), (code, code.title(lang)), "{path}");
            assert_eq!(problem.kind, format!("urn:bilan:problem:{}", code.key()));
        }
    }
}

/// Words that belong to our insides: libraries, sources, folders, secrets.
const INSIDES: [&str; 15] = [
    "rusqlite",
    "sqlite",
    "panicked",
    "unwrap",
    "anyhow",
    "tokio",
    "hyper",
    "serde",
    ".rs:",
    "/src/",
    "crates/",
    "stack backtrace",
    "tk-1424",
    "tk-0001",
    "127.0.0.1",
];

#[tokio::test]
async fn no_public_byte_tells_of_our_insides() {
    let portal = Portal::start().await;
    portal.push_good(hour_of(STATION, &CLEAN, "2026-11-23T13:00:00+08:00")).await;
    let mut device = portal.device().await;
    // Refused ones as well: what they said is nobody's business.
    device.send(&hour(AIR, "20261123130000", &[("a34004", "35.1"), ("a99999", "1")])).await;
    device.send(b"##0003x=y;PW=tk-1424;0000\r\n").await;
    portal.push_as("bilan_wrong", "", serde_json::json!({})).await;
    let mut feed = portal.subscribe(None).await;
    let state = serde_json::to_string(&feed.snapshot().await).unwrap();

    let folder = portal.folder().to_string_lossy().into_owned();
    let mut all = vec![("live".to_owned(), state)];
    let bodies = [
        b"{".to_vec(),
        b"{\"readings\":7}".to_vec(),
        b"{\"readings\":[{}]}".to_vec(),
        b"{\"readings\":[{\"station\":[]}]}".to_vec(),
        vec![0xff, 0xfe],
    ];
    for (number, body) in bodies.into_iter().enumerate() {
        let request = portal.request(Method::POST, paths::READINGS).bearer_auth(portal.key());
        let request = request.header("content-type", "application/json").body(body);
        let answer = Answer::of(request.send().await.unwrap()).await;
        all.push((format!("batch {number}"), answer.text().to_owned()));
    }
    let addresses = [
        "",
        "air",
        "air/1424A",
        "water",
        "water/A500107_0001",
        "about",
        "accessibility",
        "nowhere",
        "%00",
        "%2e%2e/%2e%2e/etc/passwd",
        "healthz",
        "readyz",
        "metrics",
        "manifest.json",
        paths::SITE,
        paths::STATIONS,
        paths::FEEDS,
        paths::AIR_SUMMARY,
        paths::WATER_SECTIONS,
        paths::MAP,
        paths::OPENAPI,
        "api/v1/stations/1424A/latest",
        "api/v1/stations/1424A/series?item=pm2_5",
        "api/v1/stations/1424A/series?item=%00",
        "api/v1/stations/1424A/series?item=pm2_5&from=%27",
        "api/v1/stations/1424A/series?width=99999999999999999999",
        "api/v1/stations/'%20or%201=1",
        "api/v1/stations/1424A/days?year=99999",
        "api/v1/x",
    ];
    for address in addresses {
        let request = portal.request(Method::GET, address).header("host", "portal.example");
        let answer = Answer::of(request.send().await.unwrap()).await;
        assert!(answer.status < 500, "{address}: {}", answer.status);
        let headers = format!("{:?}", answer.headers);
        all.push((
            address.to_owned(),
            format!("{headers}\n{}", String::from_utf8_lossy(&answer.body)),
        ));
    }
    for (address, text) in all {
        assert!(!text.contains(&folder), "{address} names the data folder");
        assert!(!text.contains(portal.key()), "{address} tells the key");
        for word in INSIDES {
            assert!(!text.to_lowercase().contains(word), "{address} says {word}: {text}");
        }
    }
}
