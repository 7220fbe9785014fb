//! What every client relies on: caching, encodings, other origins, base path, health, limits.

use std::time::{Duration, Instant};

use serde_json::json;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::harness::{Portal, STATION, hour, last_hour};

#[tokio::test]
async fn an_unchanged_body_is_not_sent_twice_and_a_changed_one_is() {
    let portal = Portal::start().await;
    let path = format!("api/v1/stations/{STATION}/latest");
    let first = portal.get(&path).await;
    let tag = first.header("etag").to_owned();
    assert!(first.header("cache-control").contains("max-age=2"));
    let again = portal.ask("GET", &path, &[("if-none-match", &tag)], b"").await;
    assert_eq!((again.status, again.body.len()), (304, 0));
    portal.push(json!([hour(STATION, "pm2_5", &last_hour().to_string(), 50)])).await;
    let changed = portal.ask("GET", &path, &[("if-none-match", &tag)], b"").await;
    assert_eq!(changed.status, 200);
    assert_ne!(changed.header("etag"), tag);
    portal.stop().await;
}

#[tokio::test]
async fn bodies_come_in_the_encoding_the_client_takes() {
    let portal = Portal::start().await;
    let plain = portal.get("api/v1/stations").await;
    assert_eq!(plain.header("content-encoding"), "");
    for (accept, encoding) in [("gzip, br", "br"), ("gzip", "gzip"), ("zstd", "")] {
        let reply = portal.ask("GET", "api/v1/stations", &[("accept-encoding", accept)], b"").await;
        assert_eq!(reply.header("content-encoding"), encoding);
        assert!(reply.body.len() <= plain.body.len());
        assert!(reply.header("vary").contains("accept-encoding"));
    }
    portal.stop().await;
}

#[tokio::test]
async fn any_page_may_read_and_none_may_write() {
    let portal = Portal::start().await;
    let origin = ("origin", "https://news.example");
    let read = portal.ask("GET", "api/v1/stations", &[origin], b"").await;
    assert_eq!(read.header("access-control-allow-origin"), "*");
    let ask = [origin, ("access-control-request-method", "GET")];
    let preflight = portal.ask("OPTIONS", "api/v1/air/summary", &ask, b"").await;
    assert_eq!(preflight.status, 200);
    assert!(preflight.header("access-control-allow-methods").contains("GET"));
    let ask = [origin, ("access-control-request-method", "POST")];
    let write = portal.ask("OPTIONS", "api/v1/readings", &ask, b"").await;
    assert_eq!(write.header("access-control-allow-origin"), "");
    let head = portal.ask("HEAD", "api/v1/stations", &[], b"").await;
    assert_eq!((head.status, head.body.len()), (200, 0));
    portal.stop().await;
}

#[tokio::test]
async fn everything_works_below_a_base_path_and_nothing_above_it() {
    let portal = Portal::with(|config| config.server.base_path = "/hbj/bilan".into()).await;
    assert_eq!(portal.base, "/hbj/bilan/");
    let page = portal.get("").await;
    assert_eq!(page.status, 200);
    assert!(page.text().contains("<base href=\"/hbj/bilan/\">"));
    assert_eq!(portal.get("air/1424A").await.status, 200);
    assert_eq!(portal.get("api/v1/stations").await.status, 200);
    assert_eq!(portal.get("healthz").await.status, 200);
    assert!(portal.get("robots.txt").await.text().contains("/hbj/bilan/sitemap.xml"));
    let outside = Portal { base: "/".into(), ..portal };
    assert_eq!(outside.get("api/v1/stations").await.status, 404);
    assert_eq!(outside.get("hbj/bilan").await.status, 308);
    outside.stop().await;
}

#[tokio::test]
async fn supervisors_and_operators_see_the_portals_state() {
    let portal = Portal::start().await;
    assert_eq!(portal.get("healthz").await.text(), "ok\n");
    assert_eq!(portal.get("readyz").await.status, 200);
    portal.inner().app.ready.store(false, std::sync::atomic::Ordering::Release);
    assert_eq!(portal.get("readyz").await.status, 503);
    portal.push(json!([hour(STATION, "pm2_5", &last_hour().to_string(), 50)])).await;
    let metrics = portal.get("metrics").await.text();
    assert!(metrics.contains("bilan_readings_stored_total 1"), "{metrics}");
    assert!(metrics.contains("bilan_feed_accepted{feed=\"http\"} 1"), "{metrics}");
    portal.stop().await;
}

#[tokio::test]
async fn the_description_of_the_api_names_every_route() {
    let portal = Portal::start().await;
    let document = portal.json("api/v1/openapi.json").await;
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
    assert_eq!(document["paths"].as_object().unwrap().len(), 14);
    for path in ["site", "stations", "air/summary", "water/sections", "feeds", "map"] {
        assert!(document["paths"][format!("/api/v1/{path}")]["get"].is_object(), "{path}");
        assert_eq!(portal.get(&format!("api/v1/{path}")).await.status, 200, "{path}");
    }
    portal.stop().await;
}

#[tokio::test]
async fn refusals_are_problems_in_the_readers_language() {
    let portal = Portal::start().await;
    let reply = portal.ask("GET", "api/v1/nothing", &[("accept-language", "en")], b"").await;
    assert_eq!(reply.status, 404);
    assert_eq!(reply.header("content-type"), "application/problem+json");
    assert_eq!(reply.json()["type"], "urn:bilan:problem:not_found");
    assert_eq!(reply.json()["title"], "Nothing is found under this address.");
    assert_eq!(portal.get("api/v1/nothing?lang=zh").await.json()["title"], "没有找到所请求的内容。");
    let method = portal.ask("DELETE", "api/v1/stations", &[], b"").await;
    assert_eq!(method.json()["code"], "method_not_allowed");
    portal.stop().await;
}

#[tokio::test]
async fn slow_clients_do_not_keep_others_waiting() {
    let portal = Portal::with(|config| config.server.max_connections = 400).await;
    let mut slow = Vec::new();
    for _ in 0..300 {
        let mut stream = TcpStream::connect(portal.http).await.unwrap();
        stream.write_all(b"GET / HTTP/1.1\r\nhost: t").await.unwrap();
        slow.push(stream);
    }
    let began = Instant::now();
    for _ in 0..20 {
        assert_eq!(portal.get("api/v1/stations").await.status, 200);
    }
    assert!(began.elapsed() < Duration::from_secs(2), "{:?}", began.elapsed());
    // Two seconds for a head are configured here; then the place is free again.
    let mut rest = Vec::new();
    let closed = tokio::time::timeout(Duration::from_secs(6), slow[0].read_to_end(&mut rest)).await;
    assert!(closed.is_ok(), "a client that never finishes its head is let go");
    portal.stop().await;
}
