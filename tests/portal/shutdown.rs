//! Stopping: what has begun is finished, and nothing new begins.

use std::time::{Duration, Instant};

use contract::{paths, push::PushOutcome};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::support::*;

#[tokio::test]
async fn a_request_in_flight_is_finished_and_its_data_is_kept() {
    let mut portal = Portal::start().await;
    let mut feed = portal.subscribe(None).await;
    feed.snapshot().await;
    let mut device = portal.device().await;
    device.report(&hour(AIR, "20261123120000", &[("a34004", "35.1")])).await;
    let body =
        serde_json::json!({ "readings": [row(STATION, "no2", 28.0, "2026-11-23T13:00:00+08:00")] });
    let body = body.to_string();
    let mut stream = TcpStream::connect(portal.address()).await.unwrap();
    let head = format!(
        "POST /{} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {}\r\ncontent-type: application/json\r\n\
         content-length: {}\r\n\r\n",
        paths::READINGS,
        portal.key(),
        body.len()
    );
    let (first, second) = body.split_at(body.len() / 2);
    stream.write_all(format!("{head}{first}").as_bytes()).await.unwrap();
    tokio::time::sleep(Duration::from_millis(100)).await;

    let database = server::commands::database(portal.folder());
    let address = portal.address();
    let running = portal.take_running();
    let stopping = tokio::spawn(async move { running.stop().await });
    assert!(feed.ends().await, "a live stream holds the server");
    assert!(device.is_closed().await, "an instrument's connection holds the server");
    until("no new connections", async || TcpStream::connect(address).await.err()).await;
    assert!(!stopping.is_finished(), "the server did not wait for the request");

    stream.write_all(second.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    let answer = String::from_utf8(answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    let (_, json) = answer.split_once("\r\n\r\n").unwrap();
    assert_eq!(serde_json::from_str::<PushOutcome>(json).unwrap().stored, 1);
    stopping.await.unwrap().unwrap();

    let store = store::Store::open(store::Options::at(database)).await.unwrap();
    assert_eq!(store.latest_of(STATION).await.unwrap().len(), 2);
    store.integrity_check().await.unwrap();
}

#[tokio::test]
async fn a_request_that_never_ends_does_not_hold_the_server_for_ever() {
    let mut portal = Portal::with(|config| config.server.shutdown_timeout_s = 1).await;
    let mut stream = TcpStream::connect(portal.address()).await.unwrap();
    let head =
        format!("POST /{} HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\n{{", paths::READINGS);
    stream.write_all(head.as_bytes()).await.unwrap();
    tokio::time::sleep(Duration::from_millis(50)).await;
    let began = Instant::now();
    portal.stop().await;
    assert!(began.elapsed() < Duration::from_secs(8), "{:?}", began.elapsed());
}

#[tokio::test]
async fn a_portal_started_again_goes_on_where_it_was() {
    let folder = tempfile::TempDir::new().unwrap();
    let place = folder.path().to_owned();
    let mut portal = Portal::with(|config| config.server.data_dir.clone_from(&place)).await;
    portal.push_good(hour_of(STATION, &CLEAN, "2026-11-23T13:00:00+08:00")).await;
    let mut feed = portal.subscribe(None).await;
    feed.snapshot().await;
    let seen = feed.last_id;
    portal.stop().await;

    // The gateway's key of the first run is in use; this run makes its own under the same name.
    let store =
        store::Store::open(store::Options::at(server::commands::database(&place))).await.unwrap();
    assert!(store.revoke_api_key("gateway", at("2026-11-23T14:16:00+08:00")).await.unwrap());
    store.close().await.unwrap();
    let portal = Portal::with(|config| config.server.data_dir.clone_from(&place)).await;
    let now: contract::public::StationNow = portal.read(&paths::latest(STATION)).await;
    assert_eq!(now.figures.len(), CLEAN.len());
    portal.push_good(hour_of("3014A", &CLEAN, "2026-11-23T13:00:00+08:00")).await;
    let mut feed = portal.subscribe(seen).await;
    assert_eq!(feed.change_of("3014A").await.figures.len(), CLEAN.len());
}
