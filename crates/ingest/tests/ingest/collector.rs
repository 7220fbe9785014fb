//! The HJ 212 collector over real sockets.

use std::{net::SocketAddr, sync::atomic::Ordering, time::Duration};

use domain::{Averaging, DeviceFlag, Item, Provenance};
use hj212::{Data, Decoder, Frame, Segment, command};
use ingest::{
    Clock, Reason, Secret,
    hj212_tcp::{self, Config, Device, Profile},
};
use rstest::rstest;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

use super::support::{Bench, Lines, at, until};

const MN: &str = "010000A8900016F000169DC0";

fn device() -> Device {
    Device {
        mn: MN.into(),
        password: Secret::new("123456"),
        station: "JLP-A-001".into(),
        units: [("a34004", "µg/m³"), ("a34002", "ng/m³"), ("PM", "µg/m³"), ("a21005", "mg/m³")]
            .map(|(factor, unit)| (factor.to_owned(), unit.to_owned()))
            .into(),
        aliases: [("PM".to_owned(), "a34001".to_owned())].into(),
        ..Device::default()
    }
}

fn river() -> Device {
    Device {
        mn: "A110000_0001".into(),
        station: "RIVER".into(),
        profile: Profile::SurfaceWater,
        units: [("w01001".to_owned(), "".to_owned()), ("w21003".to_owned(), "mg/L".to_owned())]
            .into(),
        aliases: Default::default(),
        ..device()
    }
}

fn config() -> Config {
    Config { devices: vec![device(), river()], send_time: true, ..Config::default() }
}

async fn collector(config: Config) -> (Bench, SocketAddr) {
    let bench = Bench::new(Clock::stopped_at(at("2026-11-23T15:01:00+08:00")));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(hj212_tcp::serve(listener, config, bench.wiring.clone()));
    (bench, address)
}

fn segment(cn: u16, flag: u8, data_time: &str, items: &[hj212::Item]) -> Segment {
    Segment {
        qn: Some("20261123150000001".into()),
        pw: Some("123456".into()),
        flag: Some(flag),
        data: Data { items: items.to_vec(), ..Data::of_fields(&[("DataTime", data_time)]) },
        ..Segment::new("22", cn, MN)
    }
}

fn pm25(value: &str) -> hj212::Item {
    hj212::Item::new("a34004", &[("Avg", value), ("Flag", "N")])
}

fn hour(value: &str) -> Vec<u8> {
    segment(command::HOUR, 5, "20261123140000", &[pm25(value)]).encode().unwrap()
}

/// The next frame the collector sends, `None` if none comes within `patience`.
async fn answer(stream: &mut TcpStream, patience: Duration) -> Option<Frame> {
    let mut decoder = Decoder::new();
    let mut bytes = [0; 4096];
    let reading = async {
        loop {
            if let Some(frame) = decoder.next() {
                return Some(frame.unwrap());
            }
            match stream.read(&mut bytes).await {
                Ok(count) if count > 0 => decoder.push(&bytes[..count]).unwrap(),
                _ => return None,
            }
        }
    };
    tokio::time::timeout(patience, reading).await.ok().flatten()
}

const SOON: Duration = Duration::from_secs(5);
const SILENCE: Duration = Duration::from_millis(300);

#[tokio::test]
async fn an_hour_is_stored_with_its_circumstances_and_then_acknowledged() {
    let (bench, address) = collector(config()).await;
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(&hour("35.1")).await.unwrap();
    let answered = answer(&mut stream, SOON).await.unwrap();
    assert_eq!((answered.cn, answered.qn.as_deref()), (9014, Some("20261123150000001")));
    assert_eq!((answered.flag, answered.mn.as_str()), (Some(4), MN));

    let [reading] = &bench.kept.all()[..] else { panic!("one reading expected") };
    assert_eq!((reading.station.as_str(), reading.item), ("JLP-A-001", Item::Pm25));
    assert_eq!(reading.value.unwrap().to_string(), "35.1");
    assert_eq!((reading.averaging, reading.period.length_s), (Averaging::Hour, 3_600));
    assert_eq!(
        reading.period.start,
        at("2026-11-23T14:00:00+08:00"),
        "2061 is labelled by its start"
    );
    assert_eq!((reading.flag, reading.provenance), (DeviceFlag::Normal, Provenance::Measured));
    let raw = String::from_utf8(bench.kept.raw.lock().unwrap()[0].clone()).unwrap();
    assert!(raw.contains("PW=***") && !raw.contains("123456"), "{raw}");
    let status = bench.wiring.health.status();
    assert_eq!((status.accepted, status.connections), (1, 1));
    assert_eq!(status.newest, Some(at("2026-11-23T15:00:00+08:00")));
    assert_eq!(status.stations["JLP-A-001"].newest, status.newest);
}

#[tokio::test]
async fn units_aliases_and_marks_come_from_the_devices_row() {
    let (bench, address) = collector(config()).await;
    let mut stream = TcpStream::connect(address).await.unwrap();
    let items = [
        hj212::Item::new("a34002", &[("Avg", "58200"), ("Flag", "N")]),
        hj212::Item::new("PM", &[("Avg", "91"), ("Flag", "C")]),
        hj212::Item::new("a21005", &[("Flag", "B")]),
        hj212::Item::new("a21026", &[("Avg", "7"), ("Flag", "N")]),
        hj212::Item::new("a99999", &[("Avg", "7")]),
        hj212::Item::new("Leq", &[("Data", "51.2")]),
    ];
    let frame = segment(command::HOUR, 5, "20261123140000", &items).encode().unwrap();
    stream.write_all(&frame).await.unwrap();
    answer(&mut stream, SOON).await.unwrap();
    assert_eq!(bench.kept.value("JLP-A-001", Item::Pm10).as_deref(), Some("58.2"), "ng to µg");
    assert_eq!(bench.kept.value("JLP-A-001", Item::So2), None, "a factor without unit");
    let flag = |item| {
        bench.kept.all().iter().find(|r| r.item == item).map(|r| (r.flag, r.value.is_some()))
    };
    assert_eq!(flag(Item::Tsp), Some((DeviceFlag::Calibration, true)));
    assert_eq!(flag(Item::Co), Some((DeviceFlag::NoCommunication, false)));
    let status = bench.wiring.health.status();
    assert_eq!(status.rejected[&Reason::NoUnit], 1);
    assert_eq!(status.rejected[&Reason::UnknownFactor], 1);
    let error = status.stations["JLP-A-001"].last_error.as_ref().unwrap();
    assert!(error.text.en.contains("a99999"), "{error:?}");
}

#[rstest]
#[case::real_time(
    command::REALTIME,
    "20261123145930",
    Averaging::Instant,
    "2026-11-23T14:59:30+08:00",
    0
)]
#[case::minutes(
    command::MINUTE,
    "20261123145000",
    Averaging::Minute,
    "2026-11-23T14:50:00+08:00",
    600
)]
#[case::day(command::DAY, "20261122000000", Averaging::Day, "2026-11-22T00:00:00+08:00", 86_400)]
#[tokio::test]
async fn the_command_says_what_the_time_labels(
    #[case] cn: u16,
    #[case] data_time: &str,
    #[case] averaging: Averaging,
    #[case] start: &str,
    #[case] length_s: u32,
) {
    let (bench, address) = collector(config()).await;
    let mut stream = TcpStream::connect(address).await.unwrap();
    let suffix = if cn == command::REALTIME { "Rtd" } else { "Avg" };
    let item = hj212::Item::new("a34004", &[(suffix, "35.1"), ("Min", "1"), ("Max", "99")]);
    stream.write_all(&segment(cn, 5, data_time, &[item]).encode().unwrap()).await.unwrap();
    answer(&mut stream, SOON).await.unwrap();
    let [reading] = &bench.kept.all()[..] else { panic!("one reading expected") };
    assert_eq!(reading.value.unwrap().to_string(), "35.1");
    assert_eq!((reading.averaging, reading.period.length_s), (averaging, length_s));
    assert_eq!(reading.period.start, at(start));
    assert_eq!(reading.flag, DeviceFlag::NotStated);
}

#[tokio::test]
async fn a_river_stations_hourly_data_is_an_analysis_of_one_moment() {
    let (bench, address) = collector(config()).await;
    let mut stream = TcpStream::connect(address).await.unwrap();
    let frame = Segment {
        st: "21".into(),
        mn: "A110000_0001".into(),
        ..segment(
            command::HOUR,
            9,
            "20261123120000",
            &[hj212::Item::new("w21003", &[("Avg", "0.08"), ("Flag", "N")])],
        )
    };
    stream.write_all(&frame.encode().unwrap()).await.unwrap();
    assert_eq!(answer(&mut stream, SOON).await.unwrap().flag, Some(8), "version bits alone");
    let [reading] = &bench.kept.all()[..] else { panic!("one reading expected") };
    assert_eq!((reading.averaging, reading.period.length_s), (Averaging::Instant, 0));
}

#[tokio::test]
async fn a_frame_sent_again_is_acknowledged_again_and_stored_once() {
    let (bench, address) = collector(config()).await;
    let mut stream = TcpStream::connect(address).await.unwrap();
    for _ in 0..3 {
        stream.write_all(&hour("35.1")).await.unwrap();
        assert_eq!(answer(&mut stream, SOON).await.unwrap().cn, 9014);
    }
    let status = bench.wiring.health.status();
    assert_eq!((status.accepted, status.duplicate, bench.kept.all().len()), (1, 2, 1));
}

#[tokio::test]
async fn split_packets_are_stored_and_acknowledged_part_by_part() {
    let (bench, address) = collector(config()).await;
    let mut stream = TcpStream::connect(address).await.unwrap();
    let items = [pm25("35.1"), hj212::Item::new("a34002", &[("Avg", "58000")])];
    for (number, item) in items.iter().enumerate() {
        let part = Segment {
            pnum: Some(2),
            pno: Some(number as u16 + 1),
            qn: Some(format!("2026112315000000{number}")),
            ..segment(command::HOUR, 7, "20261123140000", std::slice::from_ref(item))
        };
        stream.write_all(&part.encode().unwrap()).await.unwrap();
        let answered = answer(&mut stream, SOON).await.unwrap();
        assert_eq!(answered.qn, part.qn);
        assert_eq!(bench.kept.all().len(), number + 1);
    }
}

#[tokio::test]
async fn heartbeats_are_answered_and_a_device_that_asks_gets_the_time() {
    let (_bench, address) = collector(config()).await;
    let mut stream = TcpStream::connect(address).await.unwrap();
    let notice = |cn| {
        let segment = Segment { data: Data::default(), ..segment(cn, 5, "", &[]) };
        segment.encode().unwrap()
    };
    stream.write_all(&notice(command::HEARTBEAT)).await.unwrap();
    assert_eq!(answer(&mut stream, SOON).await.unwrap().cn, 9013);
    stream.write_all(&notice(command::TIME_WANTED)).await.unwrap();
    let mut decoder = Decoder::new();
    let mut bytes = [0; 4096];
    let mut frames = Vec::new();
    while frames.len() < 2 {
        let count = stream.read(&mut bytes).await.unwrap();
        decoder.push(&bytes[..count]).unwrap();
        frames.extend(decoder.by_ref().map(Result::unwrap));
    }
    assert_eq!((frames[0].cn, frames[1].cn), (9013, 1012));
    assert_eq!(frames[1].data.get("SystemTime"), Some("20261123150100"));
}

#[tokio::test]
async fn no_acknowledgement_while_storage_is_full_and_one_once_it_is_not() {
    let (bench, address) = collector(config()).await;
    bench.kept.full.store(true, Ordering::SeqCst);
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(&hour("35.1")).await.unwrap();
    assert!(answer(&mut stream, SILENCE).await.is_none());
    let status = bench.wiring.health.status();
    assert!(status.last_error.unwrap().text.en.contains("full"));
    bench.kept.full.store(false, Ordering::SeqCst);
    stream.write_all(&hour("35.1")).await.unwrap();
    assert_eq!(answer(&mut stream, SOON).await.unwrap().cn, 9014);
    assert!(bench.wiring.health.status().last_error.is_none());
}

#[rstest]
#[case::wrong_password(Segment { pw: Some("654321".into()), ..segment(2061, 5, "20261123140000", &[pm25("1")]) }, Reason::WrongPassword)]
#[case::no_password(Segment { pw: None, ..segment(2061, 5, "20261123140000", &[pm25("1")]) }, Reason::WrongPassword)]
#[case::unknown_mn(Segment { mn: "FFFF".into(), ..segment(2061, 5, "20261123140000", &[pm25("1")]) }, Reason::UnknownDevice)]
#[case::empty_mn(Segment { mn: "".into(), ..segment(2061, 5, "20261123140000", &[pm25("1")]) }, Reason::UnknownDevice)]
#[tokio::test]
async fn a_stranger_gets_no_answer_and_is_logged_without_its_password(
    #[case] stranger: Segment,
    #[case] reason: Reason,
) {
    let (lines, _listening) = Lines::listen();
    let (bench, address) = collector(config()).await;
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(&stranger.encode().unwrap()).await.unwrap();
    assert!(answer(&mut stream, SILENCE).await.is_none());
    let status = bench.wiring.health.status();
    assert_eq!(status.rejected[&reason], 1);
    assert!(status.stations.is_empty(), "whoever it is, it says nothing about a station");
    let [line] = &lines.with("not admitted")[..] else { panic!("one line expected") };
    assert!(line.contains("a34004") && line.contains("127.0.0.1"), "{line}");
    assert!(!line.contains("654321") && !line.contains("123456"), "{line}");
    stream.write_all(&hour("35.1")).await.unwrap();
    assert_eq!(answer(&mut stream, SOON).await.unwrap().cn, 9014, "the connection goes on");
    assert_eq!(bench.kept.all().len(), 1);
}

fn with_crc(crc: &str) -> Vec<u8> {
    let mut frame = hour("35.1");
    let at = frame.len() - 6;
    frame[at..at + 4].copy_from_slice(crc.as_bytes());
    frame
}

fn modbus() -> Vec<u8> {
    let frame = hour("35.1");
    let segment = &frame[6..frame.len() - 6];
    with_crc(&format!("{:04X}", hj212::modbus_crc16(segment)))
}

fn wrong_length() -> Vec<u8> {
    let mut frame = hour("35.1");
    frame[2..6].copy_from_slice(b"0099");
    frame
}

#[rstest]
#[case::wrong_crc(with_crc("0000"), Reason::Crc)]
#[case::modbus_crc(modbus(), Reason::ModbusCrc)]
#[case::wrong_length(wrong_length(), Reason::Length)]
#[case::no_data_area(b"##0004ABCDE080\r\n".to_vec(), Reason::Malformed)]
#[tokio::test]
async fn a_damaged_frame_is_counted_and_the_next_one_read(
    #[case] damaged: Vec<u8>,
    #[case] reason: Reason,
) {
    let (bench, address) = collector(config()).await;
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(&[damaged, hour("36")].concat()).await.unwrap();
    assert_eq!(answer(&mut stream, SOON).await.unwrap().cn, 9014);
    assert_eq!(bench.kept.value("JLP-A-001", Item::Pm25).as_deref(), Some("36"));
    let rejected = bench.wiring.health.status().rejected;
    assert!(rejected.contains_key(&reason) || reason == Reason::Malformed, "{rejected:?}");
    assert!(rejected.values().sum::<u64>() >= 1);
}

#[tokio::test]
async fn ten_megabytes_without_an_end_close_the_connection_and_hurt_nobody() {
    let (bench, address) = collector(config()).await;
    let mut good = TcpStream::connect(address).await.unwrap();
    let mut bad = TcpStream::connect(address).await.unwrap();
    let flood = tokio::spawn(async move {
        let junk = vec![b'x'; 64 * 1024];
        let mut sent = 0;
        while sent < 10 * 1024 * 1024 {
            if bad.write_all(&junk).await.is_err() {
                return sent;
            }
            sent += junk.len();
        }
        sent
    });
    good.write_all(&hour("35.1")).await.unwrap();
    assert_eq!(answer(&mut good, SOON).await.unwrap().cn, 9014);
    let sent = flood.await.unwrap();
    assert!(sent < 10 * 1024 * 1024, "all {sent} bytes were taken");
    assert_eq!(bench.wiring.health.status().rejected[&Reason::Garbage], 1);
    until("the flooding connection closes", || bench.wiring.health.status().connections == 1).await;
}

#[tokio::test]
async fn half_a_frame_and_silence_leave_the_others_alone() {
    let (bench, address) = collector(config()).await;
    let mut half = TcpStream::connect(address).await.unwrap();
    half.write_all(&hour("35.1")[..60]).await.unwrap();
    let mut good = TcpStream::connect(address).await.unwrap();
    good.write_all(&hour("36")).await.unwrap();
    assert_eq!(answer(&mut good, SOON).await.unwrap().cn, 9014);
    assert_eq!(bench.kept.all().len(), 1);
    half.write_all(&hour("35.1")[60..]).await.unwrap();
    assert_eq!(answer(&mut half, SOON).await.unwrap().cn, 9014, "the rest may come late");
}

#[tokio::test]
async fn a_frame_without_its_line_end_is_read_when_the_line_pauses() {
    let (_bench, address) = collector(config()).await;
    let mut stream = TcpStream::connect(address).await.unwrap();
    let frame = hour("35.1");
    stream.write_all(&frame[..frame.len() - 2]).await.unwrap();
    assert_eq!(answer(&mut stream, SOON).await.unwrap().cn, 9014);
}

/// Seconds until the collector hangs up, with `sent` as all that is ever said.
async fn seconds_until_closed(sent: &[u8]) -> u64 {
    let (bench, address) = collector(Config { idle_timeout_s: 600, ..config() }).await;
    let began = tokio::time::Instant::now();
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(sent).await.unwrap();
    let mut rest = Vec::new();
    let _ = stream.read_to_end(&mut rest).await;
    let seconds = began.elapsed().as_secs();
    until("the place is given back", || bench.wiring.health.status().connections == 0).await;
    seconds
}

#[rstest]
#[case::silent(Vec::new(), 60..120)]
#[case::web_client(b"GET / HTTP/1.1\r\n\r\n".to_vec(), 60..120)]
#[case::stranger(Segment { mn: "FFFF".into(), ..segment(2061, 5, "20261123140000", &[pm25("1")]) }.encode().unwrap(), 60..120)]
#[case::device(hour("35.1"), 600..660)]
#[tokio::test(start_paused = true)]
async fn only_a_device_that_was_let_in_may_be_silent_for_the_idle_time(
    #[case] sent: Vec<u8>,
    #[case] closed_after_s: std::ops::Range<u64>,
) {
    let seconds = seconds_until_closed(&sent).await;
    assert!(closed_after_s.contains(&seconds), "closed after {seconds} s");
}

#[tokio::test]
async fn a_damaged_frame_blames_a_station_only_where_its_device_was_let_in() {
    let (bench, address) = collector(config()).await;
    let mut forger = TcpStream::connect(address).await.unwrap();
    forger.write_all(&with_crc("0000")).await.unwrap();
    until("it is counted", || bench.wiring.health.status().rejected.contains_key(&Reason::Crc))
        .await;
    assert!(bench.wiring.health.status().stations.is_empty());

    let mut device = TcpStream::connect(address).await.unwrap();
    device.write_all(&[hour("35.1"), with_crc("0000")].concat()).await.unwrap();
    let station = || bench.wiring.health.status().stations.get("JLP-A-001").cloned();
    until("its own is noted", || station().is_some_and(|s| s.last_error.is_some())).await;
    assert_eq!(station().unwrap().rejected[&Reason::Crc], 1);
}

#[tokio::test]
async fn a_stations_fault_is_over_once_later_data_is_stored() {
    let now = std::sync::Arc::new(std::sync::Mutex::new(at("2026-11-23T15:01:00+08:00")));
    let clock = now.clone();
    let bench = Bench::new(Clock::new(move || *clock.lock().unwrap()));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(hj212_tcp::serve(listener, config(), bench.wiring.clone()));
    let mut stream = TcpStream::connect(address).await.unwrap();
    let unknown = [pm25("35.1"), hj212::Item::new("a99999", &[("Avg", "7")])];
    let mut send = async |items: &[hj212::Item]| {
        let frame = segment(command::HOUR, 5, "20261123140000", items).encode().unwrap();
        stream.write_all(&frame).await.unwrap();
        assert_eq!(answer(&mut stream, SOON).await.unwrap().cn, 9014);
        bench.wiring.health.status().stations["JLP-A-001"].last_error.is_some()
    };
    assert!(send(&unknown).await, "stored in part; the rest is said");
    *now.lock().unwrap() = at("2026-11-23T15:01:05+08:00");
    assert!(!send(&unknown[..1]).await);
}

#[tokio::test]
async fn a_full_disk_fills_no_log() {
    let (lines, _listening) = Lines::listen();
    let (bench, address) = collector(config()).await;
    bench.kept.full.store(true, Ordering::SeqCst);
    let mut stream = TcpStream::connect(address).await.unwrap();
    for _ in 0..300 {
        stream.write_all(&hour("35.1")).await.unwrap();
    }
    let refused = || bench.wiring.health.status().rejected.get(&Reason::NotStored).copied();
    until("all are refused", || refused() == Some(300)).await;
    let lines = lines.with("not acknowledged").len();
    assert!((1..=60).contains(&lines), "{lines} lines");
}

#[tokio::test]
async fn what_was_not_stored_is_no_duplicate_when_sent_again() {
    let (bench, address) = collector(config()).await;
    let mut stream = TcpStream::connect(address).await.unwrap();
    bench.kept.full.store(true, Ordering::SeqCst);
    let refused = || bench.wiring.health.status().rejected.get(&Reason::NotStored).copied();
    for times in 1..=3 {
        stream.write_all(&hour("35.1")).await.unwrap();
        until("it is refused", || refused() == Some(times)).await;
    }
    bench.kept.full.store(false, Ordering::SeqCst);
    for duplicate in [false, true] {
        stream.write_all(&hour("35.1")).await.unwrap();
        assert_eq!(answer(&mut stream, SOON).await.unwrap().cn, 9014);
        let marks = bench.kept.all()[0].quality;
        assert_eq!(marks.contains(domain::QcFlags::DUPLICATE), duplicate);
    }
}

#[tokio::test]
async fn an_address_has_so_many_connections_and_no_more() {
    let (bench, address) = collector(Config { max_connections_per_address: 2, ..config() }).await;
    let _first = TcpStream::connect(address).await.unwrap();
    let _second = TcpStream::connect(address).await.unwrap();
    until("two are open", || bench.wiring.health.status().connections == 2).await;
    let mut third = TcpStream::connect(address).await.unwrap();
    let mut rest = Vec::new();
    assert_eq!(third.read_to_end(&mut rest).await.unwrap_or(0), 0);
    assert_eq!(bench.wiring.health.status().rejected[&Reason::TooManyConnections], 1);
}

#[tokio::test]
async fn a_full_channel_holds_the_device_back_and_loses_nothing() {
    let (bench, address) = collector(config()).await;
    bench.kept.paused.store(true, Ordering::SeqCst);
    let stream = TcpStream::connect(address).await.unwrap();
    let (mut answers, mut frames) = stream.into_split();
    let sent = 5_000_u32;
    let sender = tokio::spawn(async move {
        for number in 0..sent {
            let start = 20_200_101_000_000_u64
                + u64::from(number % 60) * 100
                + u64::from(number / 60 % 24) * 10_000
                + u64::from(number / 1_440) * 1_000_000;
            let frame = segment(command::MINUTE, 5, &start.to_string(), &[pm25("35.1")]);
            frames.write_all(&frame.encode().unwrap()).await.unwrap();
        }
        frames
    });
    // The rest waits in the sockets' buffers, and behind them in the device.
    until("the channel is full", || bench.wiring.intake.capacity() == 0).await;
    tokio::time::sleep(SILENCE).await;
    assert_eq!(bench.wiring.health.status().accepted, 0);
    bench.kept.paused.store(false, Ordering::SeqCst);
    let mut decoder = Decoder::new();
    let mut bytes = vec![0; 65_536];
    let mut answered = 0;
    while answered < sent {
        let count = answers.read(&mut bytes).await.unwrap();
        assert!(count > 0, "closed after {answered}");
        decoder.push(&bytes[..count]).unwrap();
        answered += u32::try_from(decoder.by_ref().filter(Result::is_ok).count()).unwrap();
    }
    let _frames = sender.await.unwrap();
    assert_eq!(bench.wiring.health.status().accepted, u64::from(sent));
}

#[tokio::test]
async fn stopping_lets_an_open_connection_hear_what_became_of_its_frame() {
    let bench = Bench::new(Clock::stopped_at(at("2026-11-23T15:01:00+08:00")));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let serving = tokio::spawn(hj212_tcp::serve(listener, config(), bench.wiring.clone()));
    bench.kept.paused.store(true, Ordering::SeqCst);
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(&hour("35.1")).await.unwrap();
    until("the frame is taken", || bench.wiring.health.status().last_try.is_some()).await;
    bench.stop.send(true).unwrap();
    bench.kept.paused.store(false, Ordering::SeqCst);
    assert_eq!(answer(&mut stream, SOON).await.unwrap().cn, 9014);
    tokio::time::timeout(SOON, serving).await.unwrap().unwrap().unwrap();
}

#[rstest]
#[case::unit(Device { units: [("a34004".to_owned(), "ppm".to_owned())].into(), ..device() }, "ppm")]
#[case::factor(Device { units: [("b1".to_owned(), "mg/L".to_owned())].into(), ..device() }, "b1")]
#[case::password(Device { password: Secret::default(), ..device() }, "password")]
#[case::key(Device { sm4_key: Secret::new("abc"), ..device() }, "sm4_key")]
#[case::minutes(Device { minute_interval: 7, ..device() }, "minute_interval 7")]
#[case::twice(river(), "twice")]
fn a_wrong_device_row_is_refused_by_name(#[case] device: Device, #[case] named: &str) {
    let config = Config { devices: vec![river(), device], ..Config::default() };
    let fault = config.check().unwrap_err().to_string();
    assert!(fault.contains(named), "{fault}");
}

#[test]
fn the_example_of_the_handbook_is_a_valid_configuration() {
    let text = r#"
        enabled = true
        [[devices]]
        mn = "010000A8900016F000169DC0"
        password = "123456"
        station = "A-001"
        profile = "2017"
        units = { a34004 = "µg/m³", a21005 = "mg/m³" }
    "#;
    let config: Config = toml::from_str(text).unwrap();
    config.check().unwrap();
    assert!(!format!("{config:?}").contains("123456"));
    assert!(toml::from_str::<Config>("idle_timout_s = 3").is_err());
    assert!(config.listen.ip().is_loopback());
}

#[tokio::test]
async fn encrypted_data_needs_the_devices_key() {
    let key = [0x30; 16];
    let frame = segment(command::HOUR, 9, "20261123140000", &[pm25("35.1")])
        .encode_encrypted(&key)
        .unwrap();
    let (without, address) = collector(config()).await;
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(&frame).await.unwrap();
    assert!(answer(&mut stream, SILENCE).await.is_none());
    assert_eq!(without.wiring.health.status().rejected[&Reason::Encrypted], 1);
    let keyed = Device { sm4_key: Secret::new("30".repeat(16)), ..device() };
    let (with, address) = collector(Config { devices: vec![keyed], ..config() }).await;
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(&frame).await.unwrap();
    assert_eq!(answer(&mut stream, SOON).await.unwrap().cn, 9014);
    assert_eq!(with.kept.value("JLP-A-001", Item::Pm25).as_deref(), Some("35.1"));
}
