//! The recorder is this very test program, started again as a process that can be killed.

use std::{
    collections::BTreeSet,
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Command, Stdio},
    time::Duration,
};

use domain::Reading;
use store::{Options, Store};

use crate::support::*;

const FOLDER: &str = "STORE_TEST_RECORDER";
const KILLS: u64 = 16;
/// Hot hours, sealed hours and a correction in every delivery.
const HOURS: i64 = 4_000;

/// What delivery `number` holds: the same every time it is sent.
fn readings(number: i64) -> Vec<Reading> {
    let value = (number % 97) as i32;
    vec![
        pm25(hour_ago(-number), value),
        pm25(hour_ago(1_000 + number % HOURS), value),
        pm25(hour_ago(1_001 + number % HOURS), value + 1),
    ]
}

/// Not a test but the program under test: records and says so until it is killed.
#[tokio::test]
async fn recorder() {
    let Ok(folder) = std::env::var(FOLDER) else { return };
    let from: i64 = std::env::var("STORE_TEST_FROM").unwrap().parse().unwrap();
    let store = Store::open(Options::at(Path::new(&folder).join("portal.sqlite"))).await.unwrap();
    let mut out = std::io::stdout();
    for number in from.. {
        let later = now() + jiff::SignedDuration::from_hours(number);
        record_at(&store, delivery(readings(number)), later).await.unwrap();
        if number % 40 == 0 {
            store.seal(later).await.unwrap();
        }
        writeln!(out, "\nacknowledged {number}").unwrap();
        out.flush().unwrap();
    }
}

/// Starts the recorder, kills it after `patience`, and yields what it acknowledged.
fn record_until_killed(folder: &Path, from: i64, patience: Duration) -> Vec<i64> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["crashes::recorder", "--exact", "--nocapture"])
        .env(FOLDER, folder)
        .env("STORE_TEST_FROM", from.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let acknowledged = |line: std::io::Result<String>| -> Option<i64> {
        line.ok()?.strip_prefix("acknowledged ")?.parse().ok()
    };
    // The patience runs from the first answer, or a slow start would make the test blind.
    let mut seen: Vec<i64> = lines.by_ref().find_map(acknowledged).into_iter().collect();
    std::thread::sleep(patience);
    child.kill().unwrap();
    child.wait().unwrap();
    seen.extend(lines.filter_map(acknowledged));
    seen
}

#[tokio::test]
async fn what_was_acknowledged_survives_every_kill_and_is_there_once() {
    let scene = Scene::open().await;
    scene.store.close().await.unwrap();
    let folder = scene.folder.path().to_owned();
    let mut next = 0;
    for kill in 0..KILLS {
        let (here, patience) = (folder.clone(), Duration::from_millis(3 + kill * 37 % 120));
        let seen = tokio::task::spawn_blocking(move || record_until_killed(&here, next, patience));
        let last = *seen.await.unwrap().last().expect("the recorder said nothing");

        let store = Store::open(Options::at(scene.path())).await.unwrap();
        store.integrity_check().await.unwrap();
        let reopened = Scene { store, folder: tempfile::TempDir::new().unwrap() };
        let seen = reopened.observations().await;
        let starts: BTreeSet<i64> = seen.iter().map(|o| o.start_us).collect();
        assert_eq!(starts.len(), seen.len(), "kill {kill}: nothing is there twice");
        for number in 0..=last {
            for reading in readings(number) {
                let start_us = reading.period.start.as_microsecond();
                assert!(starts.contains(&start_us), "kill {kill}: {number} was acknowledged");
            }
        }
        // One more may have been committed without the answer getting through; it is whole.
        let unanswered: Vec<_> = seen.iter().filter(|o| o.start_us > at_number(last)).collect();
        assert!(unanswered.len() <= 1, "kill {kill}");
        reopened.store.close().await.unwrap();
        next = last + 1;
    }
    println!("{KILLS} kills, {next} deliveries acknowledged, none lost, none doubled");
}

fn at_number(number: i64) -> i64 {
    hour_ago(-number).as_microsecond()
}
