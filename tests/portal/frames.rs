//! HJ 212 over TCP, from the instrument's bytes to what a reader sees.

use std::time::Duration;

use contract::{paths, public::StationNow};
use domain::{
    Averaging, DeviceFlag, Item, Provenance, QcFlags,
    air::{AqiEdition, IndexStandard},
    freshness::Freshness,
};
use hj212::command;

use crate::support::*;

/// An hour of six pollutants; CO in mg/m³, the others in µg/m³.
const AN_HOUR: [(&str, &str); 6] = [
    ("a34004", "35.1"),
    ("a34002", "61"),
    ("a21026", "7"),
    ("a21004", "28"),
    ("a05024", "92"),
    ("a21005", "0.6"),
];

#[tokio::test]
async fn a_frame_sent_over_tcp_appears_live_and_in_latest_with_all_its_circumstances() {
    let portal = Portal::start().await;
    let mut feed = portal.subscribe(None).await;
    assert!(feed.snapshot().await.stations.iter().all(|change| change.figures.is_empty()));

    let mut device = portal.device().await;
    device.report(&hour(AIR, "20261123130000", &AN_HOUR)).await;

    // What is acknowledged is stored: it can be read at once.
    let now: StationNow = portal.read(&paths::latest(STATION)).await;
    assert_eq!(now.figures.len(), AN_HOUR.len());
    let stored = now.figures.iter().find(|figure| figure.item == Item::Pm25).unwrap();
    assert_eq!((stored.value, stored.unit.as_str()), (Some(quantity("35.1")), "µg/m³"));
    assert_eq!((stored.averaging, stored.period.length_s), (Averaging::Hour, 3_600));
    assert_eq!(stored.period.start, at("2026-11-23T13:00:00+08:00"));
    assert_eq!((stored.flag, stored.quality), (DeviceFlag::Normal, QcFlags::NONE));
    assert_eq!((stored.provenance, stored.freshness), (Provenance::Measured, Freshness::Fresh));
    assert!(stored.received <= portal.now() && stored.received >= at("2026-11-23T14:15:00+08:00"));
    let index = now.hourly.as_ref().unwrap();
    assert_eq!(index.standard, IndexStandard::from(AqiEdition::Hj633_2026));
    assert_eq!((index.period, index.averaging), (stored.period, Averaging::Hour));
    assert_eq!((index.value, index.primary.as_slice()), (Some(58), &[Item::Pm10][..]));
    assert!(!now.meta.simulated && index.missing.is_empty() && index.sub.len() == AN_HOUR.len());

    let change = feed.change_of(STATION).await;
    assert_eq!(change.figures, now.figures);
    assert_eq!(change.index.as_ref(), Some(index));
    assert_eq!(change.status.newest, Some(at("2026-11-23T14:00:00+08:00")));
    assert_eq!(change.status.provenance, Provenance::Measured);
}

#[tokio::test]
async fn a_value_taken_while_calibrating_is_kept_and_shown_as_a_gap_with_its_reason() {
    let portal = Portal::start().await;
    let mut device = portal.device().await;
    let good = hour(AIR, "20261123130000", &AN_HOUR);
    let text = String::from_utf8(good).unwrap();
    // The analyser of PM2.5 is being calibrated.
    let marked = text.replacen("a34004-Avg=35.1,a34004-Flag=N", "a34004-Avg=35.1,a34004-Flag=C", 1);
    device.report(&sealed_again(&marked)).await;
    let now: StationNow = portal.read(&paths::latest(STATION)).await;
    let figure = now.figures.iter().find(|figure| figure.item == Item::Pm25).unwrap();
    assert_eq!((figure.value, figure.flag), (None, DeviceFlag::Calibration));
    let index = now.hourly.unwrap();
    assert_eq!((index.value, index.missing.as_slice()), (None, &[Item::Pm25][..]));
    let stored = portal.store().latest_of(STATION).await.unwrap();
    let stored = stored.iter().find(|latest| latest.series.item == Item::Pm25).unwrap();
    assert_eq!(stored.observation.value, Some(quantity("35.1")));
}

#[tokio::test]
async fn a_surface_water_analysis_gets_a_class_and_names_what_limits_it() {
    let portal = Portal::start().await;
    let mut device = portal.device().await;
    let sample = [
        ("w01001", "7.9"),
        ("w01009", "8.2"),
        ("w01019", "2.1"),
        ("w21003", "0.6"),
        ("w21011", "0.09"),
    ];
    device.report(&hour(RIVER, "20261123120000", &sample)).await;
    let now: StationNow = portal.read(&paths::latest(RIVER_SECTION)).await;
    let water = now.water.unwrap();
    assert_eq!(water.class.map(|class| class.glyph()), Some("Ⅲ"));
    assert_eq!((water.limiting, water.automatic), (vec![Item::Nh3N], true));
    assert_eq!(water.meets_target, Some(false));
    assert_eq!((water.period.start, water.period.length_s), (at("2026-11-23T12:00:00+08:00"), 0));
}

/// The frame with length and checksum of its changed text.
fn sealed_again(frame: &str) -> Vec<u8> {
    let segment = &frame[6..frame.len() - 6];
    let crc = hj212::crc16(segment.as_bytes());
    format!("##{:04}{segment}{crc:04X}\r\n", segment.len()).into_bytes()
}

#[tokio::test]
async fn what_is_no_frame_of_ours_is_refused_and_counted_and_hurts_nobody() {
    let portal = Portal::start().await;
    let good = String::from_utf8(hour(AIR, "20261123130000", &AN_HOUR)).unwrap();
    let stranger = sealed_again(&good.replace(AIR.mn, "5001079999999999"));
    let liar = sealed_again(&good.replace(AIR.password, "tk-wrong"));
    let crc_at = good.len() - 6;
    let flipped =
        format!("{}{:04X}\r\n", &good[..crc_at], !hj212::crc16(&good.as_bytes()[6..crc_at]));
    let length = format!("##0{}{}", "999", &good[6..]);
    let cases = [
        ("crc", flipped.into_bytes()),
        ("length", length.into_bytes()),
        ("unknown_mn", stranger),
        ("wrong_password", liar),
    ];
    let mut neighbour = portal.device().await;
    for (minute, (reason, bytes)) in cases.iter().enumerate() {
        let mut device = portal.device().await;
        device.send(bytes).await;
        let silence = device.answer_within(Duration::from_millis(300)).await;
        assert!(silence.is_none(), "{reason}: answered with {silence:?}");
        until(reason, async || (portal.refused("hj212", reason).await == 1).then_some(())).await;
        let label = format!("2026112313{:02}00", minute * 10);
        neighbour.report(&frame(AIR, command::MINUTE, &label, &AN_HOUR)).await;
        // The connection goes on as the standard says: the next frame is as good as any.
        device.report(&hour(AIR, &format!("202611231{minute}0000"), &AN_HOUR)).await;
    }
    assert_eq!(portal.refused("hj212", "crc").await, 1);
    assert_eq!(portal.refused("hj212", "wrong_password").await, 1);
}

#[tokio::test]
async fn ten_megabytes_without_a_terminator_are_cut_off_and_others_do_not_notice() {
    let portal = Portal::start().await;
    let mut flood = portal.device().await;
    let mut taken = flood.offer(b"##1000").await;
    for _ in 0..160 {
        taken = taken && flood.offer(&[b'7'; 64 * 1024]).await;
    }
    assert!(!taken || flood.is_closed().await, "ten megabytes were read to the end");
    until("counted", async || (portal.refused("hj212", "garbage").await > 0).then_some(())).await;
    portal.device().await.report(&hour(AIR, "20261123130000", &AN_HOUR)).await;
}

#[tokio::test]
async fn half_a_frame_then_silence_is_forgotten_and_the_line_is_still_good() {
    let portal = Portal::start().await;
    let whole = hour(AIR, "20261123130000", &AN_HOUR);
    let mut halting = portal.device().await;
    halting.send(&whole[..whole.len() / 2]).await;
    portal.device().await.report(&hour(AIR, "20261123120000", &AN_HOUR)).await;
    tokio::time::sleep(Duration::from_millis(1_300)).await;
    halting.report(&whole).await;
}

#[tokio::test]
async fn a_frame_in_many_pieces_is_one_frame() {
    let portal = Portal::start().await;
    let mut device = portal.device().await;
    for piece in hour(AIR, "20261123130000", &AN_HOUR).chunks(17) {
        device.send(piece).await;
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let answer = device.answer_within(Duration::from_secs(5)).await.unwrap();
    assert_eq!((answer.cn, answer.exchange()), (command::DATA_ANSWER, Some("20261123130000061")));
}

#[tokio::test]
async fn more_connections_than_an_address_may_have_are_turned_away_and_counted() {
    let portal = Portal::with(|config| {
        config.ingest.hj212_tcp.max_connections_per_address = 3;
    })
    .await;
    let mut open = Vec::new();
    for _ in 0..3 {
        let mut device = portal.device().await;
        // A heartbeat answered: the connection is counted by now.
        device.send(&frame(AIR, command::HEARTBEAT, "20261123140000", &[])).await;
        open.push(device);
    }
    for device in &mut open {
        assert_eq!(
            device.answer_within(Duration::from_secs(5)).await.map(|answer| answer.cn),
            Some(command::NOTICE_ANSWER)
        );
    }
    assert!(portal.device().await.is_closed().await);
    assert_eq!(portal.refused("hj212", "too_many_connections").await, 1);
    open[0].report(&hour(AIR, "20261123130000", &AN_HOUR)).await;
}
