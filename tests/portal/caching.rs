//! What travels around a body: validators, encodings, permissions, safe headers.

use std::io::Read;

use contract::paths;
use reqwest::{Method, header};

use crate::support::*;

async fn portal_with_data() -> Portal {
    let portal = Portal::start().await;
    for station in ["1422A", "1424A", "3014A"] {
        portal.push_good(hour_of(station, &CLEAN, "2026-11-23T13:00:00+08:00")).await;
    }
    portal
}

async fn with(portal: &Portal, method: Method, path: &str, headers: &[(&str, &str)]) -> Answer {
    let mut request = portal.request(method, path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    Answer::of(request.send().await.unwrap()).await
}

#[tokio::test]
async fn a_body_the_reader_has_is_not_sent_again_until_something_changes() {
    let portal = portal_with_data().await;
    for path in [paths::AIR_SUMMARY, paths::STATIONS, paths::MAP, paths::OPENAPI, "air"] {
        let first = portal.get(path).await;
        let tag = first.header("etag").to_owned();
        assert!(!tag.is_empty() && first.header("cache-control").contains("max-age="), "{path}");
        let again = with(&portal, Method::GET, path, &[("if-none-match", &tag)]).await;
        assert_eq!((again.status, again.body.len()), (304, 0), "{path}");
        assert_eq!(again.header("etag"), tag);
        let other = with(&portal, Method::GET, path, &[("if-none-match", "W/\"0\"")]).await;
        assert_eq!(other.status, 200, "{path}");
    }
    let tag = portal.get(paths::AIR_SUMMARY).await.header("etag").to_owned();
    portal.push_good(vec![row(STATION, "pm2_5", 99.0, "2026-11-23T13:00:00+08:00")]).await;
    let changed = with(&portal, Method::GET, paths::AIR_SUMMARY, &[("if-none-match", &tag)]).await;
    assert_eq!(changed.status, 200);
    assert_ne!(changed.header("etag"), tag);
}

#[tokio::test]
async fn head_says_what_get_would_without_the_body() {
    let portal = portal_with_data().await;
    for path in [paths::AIR_SUMMARY, "air", "robots.txt"] {
        let get = portal.get(path).await;
        let head = with(&portal, Method::HEAD, path, &[]).await;
        assert_eq!((head.status, head.body.len()), (200, 0), "{path}");
        assert_eq!(head.header("content-type"), get.header("content-type"), "{path}");
    }
    let other = with(&portal, Method::DELETE, paths::STATIONS, &[]).await;
    assert_eq!((other.status, other.header("content-type")), (405, "application/problem+json"));
    assert_eq!(with(&portal, Method::POST, "air", &[]).await.status, 405);
}

#[tokio::test]
async fn any_page_may_read_and_none_may_write() {
    let portal = portal_with_data().await;
    let origin = ("origin", "https://news.example");
    let read = with(&portal, Method::GET, paths::AIR_SUMMARY, &[origin]).await;
    assert_eq!(read.header("access-control-allow-origin"), "*");
    let asked = [
        origin,
        ("access-control-request-method", "GET"),
        ("access-control-request-headers", "if-none-match"),
    ];
    let preflight = with(&portal, Method::OPTIONS, paths::AIR_SUMMARY, &asked).await;
    assert_eq!(preflight.status, 200);
    assert!(preflight.header("access-control-allow-methods").contains("GET"));
    let asked = [
        origin,
        ("access-control-request-method", "POST"),
        ("access-control-request-headers", "authorization"),
    ];
    let write = with(&portal, Method::OPTIONS, paths::READINGS, &asked).await;
    assert_eq!(write.header("access-control-allow-origin"), "");
}

#[tokio::test]
async fn bodies_are_compressed_for_who_takes_it_and_are_the_same_inside() {
    let portal = portal_with_data().await;
    for path in [paths::OPENAPI, "about"] {
        let plain = portal.get(path).await;
        assert_eq!(plain.header("content-encoding"), "", "{path}");
        let gzip = with(&portal, Method::GET, path, &[("accept-encoding", "gzip, br;q=0")]).await;
        assert_eq!(gzip.header("content-encoding"), "gzip", "{path}");
        let mut inside = Vec::new();
        flate2::read::GzDecoder::new(&gzip.body[..]).read_to_end(&mut inside).unwrap();
        assert_eq!(inside, plain.body, "{path}");
        let brotli =
            with(&portal, Method::GET, path, &[("accept-encoding", "gzip, deflate, br")]).await;
        assert_eq!(brotli.header("content-encoding"), "br", "{path}");
        assert!(brotli.body.len() < plain.body.len() / 2, "{path}");
        assert!(brotli.header("vary").contains("accept-encoding"), "{path}");
    }
}

#[tokio::test]
async fn every_answer_carries_the_safe_headers_and_pages_say_what_they_may_load() {
    let portal = portal_with_data().await;
    for path in ["", paths::STATIONS, "api/v1/nothing", "assets/nothing.js", "nowhere"] {
        let answer = portal.get(path).await;
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert!(!answer.header("referrer-policy").is_empty(), "{path}");
        assert_eq!(answer.header("server"), "", "{path}");
    }
    let page = portal.get("").await;
    let policy = page.header(header::CONTENT_SECURITY_POLICY.as_str());
    assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"));
    let script = policy.split(';').find(|part| part.trim().starts_with("script-src")).unwrap();
    assert!(!script.contains("'unsafe-inline'") && !script.contains("'unsafe-eval'"), "{script}");
    assert_eq!(page.header("x-frame-options"), "DENY");
}

#[tokio::test]
async fn errors_and_streams_are_kept_by_nobody() {
    let portal = portal_with_data().await;
    assert_eq!(portal.get("api/v1/nothing").await.header("cache-control"), "no-store");
    let response = portal.request(Method::GET, paths::LIVE).send().await.unwrap();
    assert_eq!(response.headers()["cache-control"], "no-store");
}
