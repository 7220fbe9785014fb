//! Slow and hostile clients.

use std::time::{Duration, Instant};

use contract::paths;
use reqwest::Method;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpSocket, TcpStream},
};

use crate::support::*;

#[tokio::test]
async fn four_hundred_slow_clients_do_not_stop_the_others_and_are_let_go() {
    let portal = Portal::with(|config| config.server.head_timeout_s = 8).await;
    let mut slow = Vec::new();
    for _ in 0..400 {
        let mut stream = TcpStream::connect(portal.address()).await.unwrap();
        stream.write_all(b"GET / HTTP/1.1\r\nhost: x\r\nx-").await.unwrap();
        slow.push(stream);
    }
    let began = Instant::now();
    for _ in 0..20 {
        assert_eq!(portal.get(paths::STATIONS).await.status, 200);
    }
    assert!(began.elapsed() < Duration::from_secs(6), "twenty reads took {:?}", began.elapsed());
    let mut feed = portal.subscribe(None).await;
    feed.snapshot().await;
    portal.push_good(hour_of(STATION, &CLEAN, "2026-11-23T13:00:00+08:00")).await;
    feed.change_of(STATION).await;

    for stream in &mut slow {
        let mut rest = Vec::new();
        let ended =
            tokio::time::timeout(Duration::from_secs(20), stream.read_to_end(&mut rest)).await;
        assert!(ended.is_ok(), "a client that says nothing is still connected");
    }
}

#[tokio::test]
async fn a_client_that_takes_nothing_of_what_it_asked_for_is_cut_off() {
    let portal = Portal::with_small_buffers(|config| config.server.write_timeout_s = 1).await;
    let whole = portal.get(paths::OPENAPI).await.body.len();
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(2_048).unwrap();
    let mut stream = socket.connect(portal.address()).await.unwrap();
    stream.write_all(format!("GET /{} HTTP/1.0\r\n\r\n", paths::OPENAPI).as_bytes()).await.unwrap();
    tokio::time::sleep(Duration::from_millis(2_500)).await;
    let mut taken = Vec::new();
    let _ = stream.read_to_end(&mut taken).await;
    assert!(taken.len() < whole, "{} of {whole} bytes waited for it", taken.len());
}

#[tokio::test]
async fn one_client_behind_a_proxy_cannot_take_everybodys_streams() {
    let portal = Portal::with(|config| {
        config.server.max_subscribers_per_client = 2;
        config.server.trusted_proxies = vec!["127.0.0.1".parse().unwrap()];
    })
    .await;
    let subscribe = async |client: &str| {
        let request = portal.request(Method::GET, paths::LIVE).header("x-forwarded-for", client);
        request.send().await.unwrap()
    };
    let greedy = [subscribe("203.0.113.7").await, subscribe("203.0.113.7").await];
    assert!(greedy.iter().all(|response| response.status() == 200));
    let third = subscribe("203.0.113.7").await;
    assert_eq!((third.status().as_u16(), third.headers().contains_key("retry-after")), (429, true));
    assert_eq!(subscribe("203.0.113.8").await.status(), 200);
}

#[tokio::test]
async fn a_head_that_never_ends_is_refused() {
    let portal = Portal::start().await;
    let mut stream = TcpStream::connect(portal.address()).await.unwrap();
    stream.write_all(b"GET / HTTP/1.1\r\nhost: x\r\nx-long: ").await.unwrap();
    let mut taken = 0;
    while taken < 8 * 1024 * 1024 && stream.write_all(&[b'a'; 16 * 1024]).await.is_ok() {
        taken += 16 * 1024;
    }
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    assert!(taken < 8 * 1024 * 1024, "eight megabytes of head were read");
    assert_eq!(portal.get(paths::STATIONS).await.status, 200);
}

#[tokio::test]
async fn bytes_that_are_no_http_end_with_their_connection() {
    let portal = Portal::start().await;
    for bytes in
        [&b"\x16\x03\x01\x02\x00\x01\x00"[..], b"##0003x=y0000\r\n\r\n", b"\0\0\0\0\r\n\r\n"]
    {
        let mut stream = TcpStream::connect(portal.address()).await.unwrap();
        stream.write_all(bytes).await.unwrap();
        let _ = stream.shutdown().await;
        let mut rest = Vec::new();
        let ended =
            tokio::time::timeout(Duration::from_secs(5), stream.read_to_end(&mut rest)).await;
        assert!(ended.is_ok());
    }
    assert_eq!(portal.get(paths::STATIONS).await.status, 200);
}

#[tokio::test]
async fn more_connections_than_allowed_wait_for_their_turn() {
    let portal = Portal::with(|config| {
        config.server.max_connections = 4;
        config.server.head_timeout_s = 1;
    })
    .await;
    let mut idle = Vec::new();
    for _ in 0..8 {
        idle.push(TcpStream::connect(portal.address()).await.unwrap());
    }
    // They say nothing, are let go after a second, and then it is our turn.
    let answer = tokio::time::timeout(Duration::from_secs(9), portal.get(paths::STATIONS)).await;
    assert_eq!(answer.unwrap().status, 200);
}
