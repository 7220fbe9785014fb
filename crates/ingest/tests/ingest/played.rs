//! The demonstration's stations through the real collector.

use std::{collections::BTreeMap, time::Instant};

use domain::{Averaging, DeviceFlag, Item, Provenance, QcFlags};
use ingest::{
    Clock, Secret,
    demonstration::{
        Character, Endpoints, Generator, Station, Via, devices, play_history, play_live,
    },
    hj212_tcp::{self, Config},
};
use jiff::{SignedDuration, Timestamp};
use tokio::net::TcpListener;

use super::support::{Bench, at, until};

fn station(code: &str, character: Character) -> Station {
    let via = Via::Hj212 { mn: format!("DEMO{code}"), password: Secret::new("demo01") };
    Station { code: code.into(), character, via }
}

fn stations() -> Vec<Station> {
    vec![
        station("A1", Character::UrbanAir),
        station("A2", Character::SuburbanAir),
        station("A3", Character::UrbanAir),
        station("R1", Character::River),
        station("S1", Character::Stream),
        station("L1", Character::Lake),
    ]
}

fn to() -> Timestamp {
    at("2026-11-23T14:00:00+08:00")
}

fn days_before(days: i64) -> Timestamp {
    to().checked_sub(SignedDuration::from_hours(24 * days)).unwrap()
}

async fn played(seed: u64, days: i64) -> (Bench, u64) {
    let bench = Bench::new(Clock::stopped_at(to()));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoints = Endpoints {
        hj212: listener.local_addr().unwrap(),
        http: "http://127.0.0.1:9/".into(),
        key: Secret::default(),
    };
    let generator = Generator::new(seed, stations());
    let config = Config { devices: devices(&stations(), 500 * 24), ..Config::default() };
    tokio::spawn(hj212_tcp::serve(listener, config, bench.wiring.clone()));
    let played =
        play_history(&generator, &endpoints, days_before(days), to(), |_| {}).await.unwrap();
    (bench, played.values)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_history_travels_through_the_collector() {
    // The whole of the demonstration's 400 days unless the code is unoptimised.
    let days = if cfg!(debug_assertions) { 120 } else { 400 };
    let started = Instant::now();
    let (bench, values) = played(7, days).await;
    let seconds = started.elapsed().as_secs_f64();
    println!(
        "{days} days, 6 stations: {values} values in {seconds:.1} s, {:.0} values/s",
        values as f64 / seconds
    );
    let status = bench.wiring.health.status();
    assert_eq!(status.accepted, values, "everything sent is stored: {:?}", status.rejected);
    assert!(status.rejected.is_empty(), "{:?}", status.rejected);
    let all = bench.kept.all();
    assert!(all.iter().all(|reading| reading.provenance == Provenance::Simulated));
    assert!(all.iter().all(|reading| !reading.quality.contains(QcFlags::CLOCK)));
    let flagged = |flag| all.iter().filter(|reading| reading.flag == flag).count();
    assert!(flagged(DeviceFlag::Calibration) > 50);
    assert!(flagged(DeviceFlag::Maintenance) > 10);
    let doubted = |mark| all.iter().filter(|reading| reading.quality.contains(mark)).count();
    let (stuck, range) = (doubted(QcFlags::STUCK), doubted(QcFlags::RANGE));
    println!("stuck {stuck}, range {range}, spike {}", doubted(QcFlags::SPIKE));
    assert!(stuck > 0 && stuck < all.len() / 100);
    assert_eq!(range, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn live_stations_say_something_new_every_few_seconds_and_survive_the_collector() {
    let started = Instant::now();
    let clock = Clock::new(move || {
        let passed = SignedDuration::try_from(started.elapsed()).unwrap();
        at("2026-11-23T14:04:50+08:00").checked_add(passed).unwrap()
    });
    let bench = Bench::new(clock.clone());
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let hj212 = listener.local_addr().unwrap();
    let endpoints = Endpoints { hj212, http: "http://127.0.0.1:9/".into(), key: Secret::default() };
    let config = Config { devices: devices(&stations(), 48), ..Config::default() };
    let serving = tokio::spawn(hj212_tcp::serve(listener, config.clone(), bench.wiring.clone()));
    let (live_stop, live) = (bench.stop.subscribe(), Generator::new(7, stations()));
    let live_clock = clock.clone();
    tokio::spawn(async move {
        play_live(&live, &endpoints, &live_clock, to(), live_stop).await;
    });
    let count = |averaging| {
        bench.kept.all().iter().filter(|r| r.station == "A1" && r.averaging == averaging).count()
    };
    until("the time since the history is filled in", || count(Averaging::Hour) == 11).await;
    until("five-minute means come", || count(Averaging::Minute) >= 11).await;
    let before = count(Averaging::Instant);
    until("real-time values go on", || count(Averaging::Instant) > before + 11).await;
    serving.abort();
    assert!(serving.await.unwrap_err().is_cancelled());
    let listener = TcpListener::bind(hj212).await.unwrap();
    tokio::spawn(hj212_tcp::serve(listener, config, bench.wiring.clone()));
    let before = count(Averaging::Instant);
    until("they come back after the collector", || count(Averaging::Instant) > before + 11).await;
    assert!(bench.wiring.health.status().rejected.is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_seed_gives_the_same_days_and_another_seed_others() {
    let (first, again, other) = (played(7, 3).await.0, played(7, 3).await.0, played(8, 3).await.0);
    assert_eq!(first.kept.all(), again.kept.all());
    assert_ne!(first.kept.all(), other.kept.all());
}

/// Mean of an item at a station over the Beijing hours `hours` of the months `months`.
fn mean(values: &BTreeMap<Timestamp, f64>, months: &[i8], hours: std::ops::Range<i8>) -> f64 {
    let chosen: Vec<f64> = values
        .iter()
        .filter(|(at, _)| {
            let local = domain::period::BEIJING.to_datetime(**at);
            months.contains(&local.month()) && hours.contains(&local.hour())
        })
        .map(|(_, value)| *value)
        .collect();
    assert!(!chosen.is_empty());
    chosen.iter().sum::<f64>() / chosen.len() as f64
}

fn series(generator: &Generator, code: &str, item: Item) -> BTreeMap<Timestamp, f64> {
    let station = generator.stations().iter().find(|station| station.code == code).unwrap();
    generator
        .history(station, days_before(400), to())
        .filter_map(|batch| {
            let sample = batch.samples.iter().find(|sample| sample.item == item)?;
            Some((batch.start, sample.value?.approximate()))
        })
        .collect()
}

#[test]
fn the_simulated_district_has_seasons_and_rush_hours() {
    let generator = Generator::new(7, stations());
    let (winter, summer, day) = ([12, 1, 2], [6, 7, 8], 0..24);
    let of = |code, item| series(&generator, code, item);
    let (pm, o3, no2, t) = (
        of("A1", Item::Pm25),
        of("A1", Item::O3),
        of("A1", Item::No2),
        of("A1", Item::Temperature),
    );
    let told = |name: &str, values: &BTreeMap<Timestamp, f64>| {
        let (low, high) =
            values.values().fold((f64::MAX, f64::MIN), |(l, h), v| (l.min(*v), h.max(*v)));
        println!(
            "{name}: winter {:.1}, summer {:.1}, lowest {low:.1}, highest {high:.1}",
            mean(values, &winter, 0..24),
            mean(values, &summer, 0..24),
        );
        (low, high)
    };
    let (_, worst) = told("PM2.5", &pm);
    assert!(worst > 100.0 && worst < 300.0, "{worst}");
    assert!(mean(&pm, &winter, day.clone()) > 1.4 * mean(&pm, &summer, day.clone()));
    let (_, worst) = told("O3", &o3);
    assert!(worst > 150.0 && worst < 320.0, "{worst}");
    assert!(mean(&o3, &summer, 13..18) > 2.0 * mean(&o3, &summer, 2..6));
    told("NO2", &no2);
    assert!(mean(&no2, &winter, 18..20) > 1.5 * mean(&no2, &winter, 3..5));
    let (cold, hot) = told("temperature", &t);
    assert!((-3.0..8.0).contains(&cold) && (33.0..45.0).contains(&hot), "{cold} {hot}");
    for (code, item) in [
        ("R1", Item::DissolvedOxygen),
        ("S1", Item::Nh3N),
        ("R1", Item::WaterTemperature),
        ("L1", Item::ChlorophyllA),
    ] {
        told(&format!("{code} {}", item.key()), &of(code, item));
    }
    let fine_above_coarse = generator
        .history(&generator.stations()[0], days_before(400), to())
        .filter(|batch| {
            let value = |item| batch.samples.iter().find(|s| s.item == item).and_then(|s| s.value);
            matches!((value(Item::Pm25), value(Item::Pm10)), (Some(fine), Some(coarse)) if fine > coarse)
        })
        .count();
    assert!(fine_above_coarse < 100, "{fine_above_coarse} hours with PM2.5 above PM10");
}

#[test]
fn live_values_join_the_history_without_a_seam() {
    let generator = Generator::new(7, stations());
    let station = &generator.stations()[0];
    let hour = generator.regular(station, at("2026-11-23T13:00:00+08:00")).unwrap();
    let moments: Vec<f64> = (0..60)
        .filter_map(|minute| {
            let at = hour.start.checked_add(SignedDuration::from_mins(minute)).unwrap();
            let batch = generator.batch(station, Averaging::Instant, at, 0)?;
            batch
                .samples
                .iter()
                .find(|s| s.item == Item::Temperature)?
                .value
                .map(|v| v.approximate())
        })
        .collect();
    let mean = moments.iter().sum::<f64>() / moments.len() as f64;
    let sample = hour.samples.iter().find(|s| s.item == Item::Temperature).unwrap();
    assert!((mean - sample.value.unwrap().approximate()).abs() < 0.2, "{mean} {sample:?}");
    let distinct: std::collections::BTreeSet<String> =
        moments.iter().map(|v| format!("{v:.2}")).collect();
    assert!(distinct.len() > 3, "live values move");
}

#[test]
fn the_history_ends_with_the_last_analysis_and_the_last_whole_hour() {
    let generator = Generator::new(7, stations());
    let last = |number: usize, to: &str| {
        let station = &generator.stations()[number];
        generator.history(station, days_before(2), at(to)).last().unwrap().start
    };
    assert_eq!(last(3, "2026-11-23T15:00:00+08:00"), at("2026-11-23T12:00:00+08:00"));
    assert_eq!(last(3, "2026-11-23T12:00:00+08:00"), at("2026-11-23T08:00:00+08:00"));
    assert_eq!(last(0, "2026-11-23T15:00:00+08:00"), at("2026-11-23T14:00:00+08:00"));
}
