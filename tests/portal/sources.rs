//! What a station sends beside hours, or instead of them.

use contract::{
    paths,
    public::{CorrectionReason, Corrections, Series, StationNow},
};
use domain::{Averaging, DeviceFlag, Item};
use serde_json::Value;

use crate::support::*;

/// The minutes `minutes` after 13:00 (Beijing) of today, all of clean air.
fn minutes_of(minutes: std::ops::Range<u32>) -> Vec<Value> {
    let minute = |minute: u32| {
        let start = format!("2026-11-23T13:{minute:02}:00+08:00");
        hour_of(STATION, &CLEAN, &start).into_iter().map(|mut row| {
            row["averaging"] = "minute".into();
            row
        })
    };
    minutes.flat_map(minute).collect()
}

async fn hours(portal: &Portal, item: &str) -> Series {
    let range = "from=2026-11-23T11:00:00%2B08:00&to=2026-11-23T14:00:00%2B08:00";
    portal.read(&format!("{}?item={item}&step=hour&{range}", paths::series(STATION))).await
}

#[tokio::test]
async fn a_station_that_sends_only_minutes_has_hours_and_an_index() {
    let portal = Portal::start().await;
    portal.push_good(minutes_of(0..44)).await;
    let now: StationNow = portal.read(&paths::latest(STATION)).await;
    assert_eq!(now.hourly.and_then(|index| index.value), None, "GB 3095: 45 minutes at least");

    let mut feed = portal.subscribe(None).await;
    feed.snapshot().await;
    portal.push_good(minutes_of(44..60)).await;
    let now: StationNow = portal.read(&paths::latest(STATION)).await;
    let index = now.hourly.unwrap();
    assert!(index.value.is_some());
    assert_eq!(index.period.start, at("2026-11-23T13:00:00+08:00"));
    assert_eq!(feed.change_of(STATION).await.index, Some(index.clone()));
    assert_eq!(hours(&portal, "pm2_5").await.value, [None, None, Some(quantity("20"))]);
    let indices = hours(&portal, "aqi").await.value;
    assert_eq!(indices[2], index.value.map(|value| quantity(&value.to_string())));
}

#[tokio::test]
async fn minutes_of_one_hour_do_not_hide_the_hours_before() {
    let portal = Portal::start().await;
    portal.push_good(hour_of(STATION, &CLEAN, "2026-11-23T11:00:00+08:00")).await;
    portal.push_good(minutes_of(0..60)).await;
    let hours = hours(&portal, "pm2_5").await;
    assert_eq!(hours.value, [Some(quantity("20")), None, Some(quantity("20"))]);
    let raw: Series = portal.read(&format!("{}?item=pm2_5&step=raw", paths::series(STATION))).await;
    assert_eq!((raw.start_s.len(), raw.length_s), (61, 0), "an hour and sixty minutes");
}

#[tokio::test]
async fn a_value_with_a_faults_mark_is_shown_to_nobody() {
    let portal = Portal::start().await;
    let start = "2026-11-23T13:00:00+08:00";
    let mut faulty = row(STATION, "pm2_5", 985.0, start);
    faulty["flag"] = "fault".into();
    portal.push_good(vec![faulty]).await;
    let now: StationNow = portal.read(&paths::latest(STATION)).await;
    let figure = now.figures.iter().find(|figure| figure.item == Item::Pm25).unwrap();
    assert_eq!((figure.value, figure.flag), (None, DeviceFlag::Fault));
    let series = hours(&portal, "pm2_5").await;
    assert_eq!(series.value, [None; 3]);
    assert_eq!(series.flags[usize::from(series.flag[2])], DeviceFlag::Fault);
    let answer = portal.get(&paths::latest(STATION)).await;
    assert!(!answer.text().contains("985"));
}

#[tokio::test]
async fn a_correction_before_the_newest_hour_is_told_and_traced() {
    let portal = Portal::start().await;
    portal.push_good(day_of_hours(STATION, &CLEAN, "2026-11-23", 10..14)).await;
    let mut feed = portal.subscribe(None).await;
    feed.snapshot().await;
    let start = "2026-11-23T11:00:00+08:00";
    assert_eq!(portal.push(vec![row(STATION, "pm2_5", 140.0, start)]).await.revised, 1);
    let change = feed.change_of(STATION).await;
    let earlier = change.earlier.unwrap();
    // A batch may hold what was committed just before, too.
    assert!(earlier.start <= at(start) && at(start) < earlier.end(), "{earlier:?}");

    let trace: Corrections = portal.read(&paths::corrections(STATION)).await;
    assert_eq!((trace.corrections.len(), trace.shortened), (1, false));
    let line = &trace.corrections[0];
    assert_eq!((line.item, line.averaging, line.start), (Item::Pm25, Averaging::Hour, at(start)));
    assert_eq!((line.before, line.after), (Some(quantity("20")), Some(quantity("140"))));
    assert_eq!(line.reason, CorrectionReason::Revised);
    let long = format!("{}?from=2020-01-01", paths::corrections(STATION));
    assert_eq!(portal.get(&long).await.status, 400);
}

#[tokio::test]
async fn who_has_no_key_is_refused_before_the_batch_is_read() {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    let portal = Portal::start().await;
    let mut stream = tokio::net::TcpStream::connect(portal.address()).await.unwrap();
    let head = format!(
        "POST /{} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer none\r\n\
         content-type: application/json\r\ncontent-length: 2000000\r\n\r\n",
        paths::READINGS
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut start = [0; 12];
    let answered =
        tokio::time::timeout(std::time::Duration::from_secs(5), stream.read_exact(&mut start));
    answered.await.expect("answered without the body").unwrap();
    assert_eq!(&start, b"HTTP/1.1 401");
}

#[tokio::test]
async fn a_feed_is_remembered_over_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let on = |config: &mut server::config::Config| config.server.data_dir = folder.path().into();
    let feed = async |portal: &Portal| -> Value {
        let feeds: Value = portal.read(paths::FEEDS).await;
        feeds["feeds"].as_array().unwrap().iter().find(|f| f["key"] == "http").unwrap().clone()
    };
    let mut portal = Portal::with(on).await;
    portal.push_good(hour_of(STATION, &CLEAN, "2026-11-23T13:00:00+08:00")).await;
    let before = feed(&portal).await;
    // The next run makes a key of the same name.
    assert!(portal.store().revoke_api_key("gateway", portal.now()).await.unwrap());
    portal.stop().await;
    let portal = Portal::with(on).await;
    let after = feed(&portal).await;
    assert_eq!(after["newest"], before["newest"]);
    assert_eq!(after["freshness"], before["freshness"]);
    assert!(after["last_success"].is_string(), "{after}");
}
