//! Server-sent events: resumed without a gap, and never a gap for who cannot keep up.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use contract::{
    live::{BATCH, Batch, HELLO, Hello, SNAPSHOT, StationChange},
    paths,
    public::{Figure, StationNow},
};
use domain::{Averaging, Item};
use reqwest::Method;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpSocket, TcpStream},
};

use crate::support::*;

const STATIONS: [&str; 3] = ["1422A", "1424A", "3014A"];
/// Longer than the time between two batches.
const A_WHILE: Duration = Duration::from_millis(1_500);

#[tokio::test]
async fn a_reader_that_comes_back_gets_everything_it_missed_and_nothing_twice() {
    let portal = Portal::start().await;
    let mut feed = portal.subscribe(None).await;
    feed.snapshot().await;
    portal.push_good(hour_of("1424A", &CLEAN, "2026-11-23T10:00:00+08:00")).await;
    feed.change_of("1424A").await;
    let seen = feed.last_id;
    drop(feed);

    for (station, hour) in STATIONS.iter().zip(["11", "12", "13"]) {
        let start = format!("2026-11-23T{hour}:00:00+08:00");
        portal.push_good(hour_of(station, &CLEAN, &start)).await;
    }
    let mut feed = portal.subscribe(seen).await;
    assert_eq!(feed.next().await.name, HELLO);
    let missed = feed.next().await;
    assert!(missed.name == BATCH && missed.id > seen, "{missed:?}");
    let mut codes: Vec<_> = missed.batch().stations.into_iter().map(|change| change.code).collect();
    codes.sort();
    assert_eq!(codes, STATIONS);
    assert!(feed.next_within(A_WHILE).await.is_none(), "nothing else was new");

    // And it goes on from there.
    portal.push_good(hour_of("1422A", &CLEAN, "2026-11-23T12:00:00+08:00")).await;
    assert_eq!(feed.change_of("1422A").await.figures.len(), CLEAN.len());
    let mut up_to_date = portal.subscribe(feed.last_id).await;
    assert_eq!(up_to_date.next().await.name, HELLO);
    assert!(up_to_date.next_within(A_WHILE).await.is_none());
}

#[tokio::test]
async fn a_number_that_is_not_of_this_feed_gets_the_full_state() {
    let portal = Portal::start().await;
    portal.push_good(hour_of(STATION, &CLEAN, "2026-11-23T13:00:00+08:00")).await;
    let mut feed = portal.subscribe(Some(1_000_000)).await;
    let state = feed.snapshot().await;
    let change = state.stations.iter().find(|change| change.code == STATION).unwrap();
    assert_eq!(change.figures.len(), CLEAN.len());
}

#[tokio::test]
async fn the_first_message_tells_the_servers_time() {
    let portal = Portal::start().await;
    let mut feed = portal.subscribe(None).await;
    let hello: Hello = serde_json::from_str(&feed.next().await.data).unwrap();
    assert!((portal.now().as_second() - hello.server_time.as_second()).abs() <= 2);
}

#[tokio::test]
async fn history_being_loaded_is_no_news() {
    let portal = Portal::start().await;
    let mut feed = portal.subscribe(None).await;
    feed.snapshot().await;
    portal.push_good(hour_of(STATION, &CLEAN, "2026-03-05T10:00:00+08:00")).await;
    assert!(feed.next_within(A_WHILE).await.is_none());
}

#[tokio::test]
async fn many_changes_within_a_second_travel_as_one_batch_with_the_newest_of_each() {
    let portal = Portal::start().await;
    let mut feed = portal.subscribe(None).await;
    feed.snapshot().await;
    let began = Instant::now();
    for second in 0..20 {
        portal.push_good(vec![moment(STATION, "pm2_5", second, second)]).await;
    }
    // On a busy machine the pushes take more than a second, and then more batches are due.
    let due = began.elapsed().as_millis() / 500 + 3;
    let mut batches = 0;
    let mut newest = None;
    while let Some(event) = feed.next_within(A_WHILE).await {
        assert_eq!(event.name, BATCH);
        batches += 1;
        newest = event.batch().stations[0].figures[0].value;
    }
    assert_eq!(newest, Some(quantity("19")));
    assert!(batches <= due, "{batches} batches for twenty changes, {due} were due");
}

/// A value of one second of this afternoon.
fn moment(station: &str, item: &str, value: u32, second: u32) -> serde_json::Value {
    let start = format!("2026-11-23T14:{:02}:{:02}+08:00", second / 60, second % 60);
    let mut reading = row(station, item, value, &start);
    reading["averaging"] = "instant".into();
    reading
}

/// What a page knows: the newest figure of each series.
type Known = BTreeMap<(String, Item, Averaging), Figure>;

fn absorb(known: &mut Known, changes: Vec<StationChange>) {
    for change in changes {
        for figure in change.figures {
            known.insert((change.code.clone(), figure.item, figure.averaging), figure);
        }
    }
}

/// A reader with a receive buffer as small as they come, who does not read.
async fn slow_reader(portal: &Portal) -> TcpStream {
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(2_048).unwrap();
    let mut stream = socket.connect(portal.address()).await.unwrap();
    // HTTP/1.0: the body comes as it is, without chunks.
    stream.write_all(format!("GET /{} HTTP/1.0\r\n\r\n", paths::LIVE).as_bytes()).await.unwrap();
    stream
}

/// Everything that is still to be read.
async fn rest_of(mut stream: TcpStream) -> String {
    let mut all = Vec::new();
    let mut bytes = vec![0; 16 * 1_024];
    while let Ok(Ok(count @ 1..)) =
        tokio::time::timeout(Duration::from_secs(2), stream.read(&mut bytes)).await
    {
        all.extend_from_slice(&bytes[..count]);
    }
    String::from_utf8(all).unwrap()
}

#[tokio::test]
async fn a_reader_that_cannot_keep_up_gets_the_full_state_instead_of_a_gap() {
    let portal = Portal::with_small_buffers(|config| config.server.write_timeout_s = 300).await;
    let slow = slow_reader(&portal).await;
    // More batches than its buffers and the 32 that are kept for whoever is late can hold.
    let mut second = 0;
    while portal.metric("bilan_live_batches_total").await < 46.0 {
        second += 1;
        assert!(second < 400, "batches do not go out");
        let minute = format!("2026-11-23T{:02}:{:02}:00+08:00", 7 + second / 60, second % 60);
        let rows = STATIONS.iter().flat_map(|station| {
            let now = ["pm2_5", "pm10", "so2", "no2", "o3"]
                .map(|item| moment(station, item, second, second));
            now.into_iter().flat_map(|now| {
                let mut before = now.clone();
                before["averaging"] = "minute".into();
                before["start"] = minute.as_str().into();
                [now, before]
            })
        });
        portal.push_good(rows.collect()).await;
        tokio::time::sleep(Duration::from_millis(400)).await;
    }
    let text = rest_of(slow).await;
    assert!(portal.metric("bilan_live_lagged_total").await > 0.0);
    let (_, events) = text.split_once("\r\n\r\n").unwrap();
    let events: Vec<Event> = events.split("\n\n").filter_map(Event::parse).collect();
    let names: Vec<&str> = events.iter().map(|event| event.name.as_str()).collect();
    assert_eq!(names[..2], [HELLO, SNAPSHOT]);
    assert!(names[2..].contains(&SNAPSHOT), "{names:?}");
    let ids: Vec<i64> = events.iter().filter_map(|event| event.id).collect();
    assert!(ids.windows(2).all(|pair| pair[0] <= pair[1]), "{ids:?}");
    let mut known = Known::new();
    for event in events.iter().filter(|event| event.name != HELLO) {
        let batch: Batch = event.batch();
        absorb(&mut known, batch.stations);
    }
    for station in STATIONS {
        let now: StationNow = portal.read(&paths::latest(station)).await;
        for figure in now.figures {
            let key = (station.to_owned(), figure.item, figure.averaging);
            assert_eq!(
                (known[&key].value, known[&key].period),
                (figure.value, figure.period),
                "{key:?}"
            );
        }
    }
}

#[tokio::test]
async fn more_streams_than_there_is_room_for_are_asked_to_poll() {
    let portal = Portal::with(|config| config.server.max_subscribers = 1).await;
    let mut feed = portal.subscribe(None).await;
    feed.snapshot().await;
    let refused = portal.get(paths::LIVE).await;
    assert_eq!((refused.status, refused.header("retry-after").is_empty()), (503, false));
    drop(feed);
    until("room again", async || {
        let response = portal.request(Method::GET, paths::LIVE).send().await.unwrap();
        (response.status() == 200).then_some(())
    })
    .await;
}
