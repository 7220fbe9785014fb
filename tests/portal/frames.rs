//! An instrument's own words: HJ 212 frames built here from the standard, not from our encoder.

use jiff::Timestamp;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::harness::{Events, MN, PW, Portal, STATION, last_hour};

/// HJ 212-2017 annex A.
fn crc(data: &[u8]) -> u16 {
    let mut register: u16 = 0xFFFF;
    for byte in data {
        register = (register >> 8) ^ u16::from(*byte);
        for _ in 0..8 {
            let low = register & 1;
            register >>= 1;
            if low == 1 {
                register ^= 0xA001;
            }
        }
    }
    register
}

/// An hourly frame (2061) that asks for an answer.
pub(crate) fn hourly(start: Timestamp, factors: &str) -> Vec<u8> {
    let local = domain::period::BEIJING.to_datetime(start);
    let time = format!(
        "{:04}{:02}{:02}{:02}0000",
        local.year(),
        local.month(),
        local.day(),
        local.hour()
    );
    let data = format!(
        "QN={time}001;ST=22;CN=2061;PW={PW};MN={MN};Flag=5;CP=&&DataTime={time};{factors}&&"
    );
    format!("##{:04}{data}{:04X}\r\n", data.len(), crc(data.as_bytes())).into_bytes()
}

/// All six pollutants.
pub(crate) const SIX: &str = "a34004-Avg=35.1,a34004-Flag=N;a34002-Avg=60,a34002-Flag=N;\
    a21026-Avg=8,a21026-Flag=N;a21004-Avg=30,a21004-Flag=N;a05024-Avg=90,a05024-Flag=N;\
    a21005-Avg=0.7,a21005-Flag=N";

#[tokio::test]
async fn a_frame_sent_over_tcp_appears_on_the_live_feed_and_as_the_newest_figure() {
    let portal = Portal::start().await;
    let mut events = Events::open(&portal, None).await;
    assert_eq!(events.next().await.name, "hello");
    assert_eq!(events.next().await.name, "snapshot");

    let mut instrument = TcpStream::connect(portal.inner().hj212.unwrap()).await.unwrap();
    let hour = last_hour();
    let sent = std::time::Instant::now();
    instrument.write_all(&hourly(hour, SIX)).await.unwrap();
    let mut answer = vec![0; 512];
    let length = instrument.read(&mut answer).await.unwrap();
    assert!(String::from_utf8_lossy(&answer[..length]).contains("CN=9014"));

    let batch = events.next().await;
    println!("frame to live event: {:?}", sent.elapsed());
    assert_eq!(batch.name, "batch");
    let station = &batch.data["stations"][0];
    assert_eq!(station["code"], STATION);
    assert_eq!(station["figures"][0]["item"], "pm2_5");
    assert_eq!(station["figures"][0]["value"], 35.1);
    assert_eq!(station["index"]["standard"], "hj633-2026");
    // PM2.5 35.1 rounds to 35, IAQI 50; PM10 60 is 58 and leads (HJ 633-2026 table 3).
    assert_eq!(station["index"]["value"], 58);
    assert_eq!(station["index"]["primary"], serde_json::json!(["pm10"]));

    let latest = portal.json(&format!("api/v1/stations/{STATION}/latest")).await;
    assert_eq!(latest["figures"][0]["period"]["start"], hour.to_string());
    assert_eq!(latest["figures"][0]["provenance"], "measured");
    assert_eq!(latest["hourly"]["value"], 58);
    assert_eq!(latest["meta"]["simulated"], false);
    portal.stop().await;
}

#[tokio::test]
async fn a_damaged_frame_is_counted_and_the_next_one_stored() {
    let portal = Portal::start().await;
    let mut instrument = TcpStream::connect(portal.inner().hj212.unwrap()).await.unwrap();
    let mut damaged = hourly(last_hour(), SIX);
    let place = damaged.iter().position(|byte| *byte == b'=').unwrap();
    damaged[place + 1] ^= 1;
    instrument.write_all(&damaged).await.unwrap();
    instrument.write_all(&hourly(last_hour(), SIX)).await.unwrap();
    let mut answer = vec![0; 512];
    let length = instrument.read(&mut answer).await.unwrap();
    assert!(String::from_utf8_lossy(&answer[..length]).contains("CN=9014"));

    let feeds = portal.json("api/v1/feeds").await;
    let hj212 = &feeds["feeds"].as_array().unwrap()[0];
    assert_eq!(hj212["key"], "hj212");
    assert_eq!(hj212["accepted"], 6);
    assert_eq!(hj212["rejected"], serde_json::json!([{ "reason": "crc", "count": 1 }]));
    portal.stop().await;
}
