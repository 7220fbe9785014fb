//! A full disk: reads go on, writes say so, room heals.

use std::{path::Path, process::Command, time::Duration};

use contract::{
    paths,
    problem::{Code, Problem},
    public::{Feeds, StationNow},
};
use serde_json::json;
use tempfile::TempDir;

use crate::support::*;

/// A disk of a few megabytes in memory, where this user may mount one.
struct SmallDisk(TempDir);

impl SmallDisk {
    fn mount() -> Option<Self> {
        let folder = TempDir::new().unwrap();
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", "size=6m", "tmpfs"]).arg(folder.path());
        mount.output().ok()?.status.success().then_some(Self(folder))
    }

    fn path(&self) -> &Path {
        self.0.path()
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let unmounted = Command::new("umount").arg("-l").arg(self.path()).status();
        assert!(unmounted.is_ok_and(|status| status.success()));
    }
}

/// A batch whose raw bytes fill a disk; its rows are minutes of their own.
fn bulky(number: u32) -> serde_json::Value {
    let rows = (0..40_u32).map(|minute| {
        let of_day = number * 40 + minute;
        let (hour, minute) = (of_day / 60 % 24, of_day % 60);
        let start = format!("2026-11-{:02}T{hour:02}:{minute:02}:00+08:00", 1 + of_day / 1_440);
        let mut row = row(STATION, "pm2_5", minute, &start);
        row["averaging"] = "minute".into();
        row
    });
    // Fields we do not know are ignored, and kept with the raw bytes.
    let mut random = u64::from(number) + 1;
    let noise = std::iter::repeat_with(|| {
        random =
            random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        char::from(b'0' + (random >> 59) as u8)
    });
    json!({ "readings": rows.collect::<Vec<_>>(), "remark": noise.take(60_000).collect::<String>() })
}

#[tokio::test]
async fn on_a_full_disk_reads_go_on_writes_say_so_and_room_heals_everything() {
    let Some(disk) = SmallDisk::mount() else {
        println!(
            "SKIPPED on_a_full_disk_reads_go_on_writes_say_so_and_room_heals_everything: may not mount a tmpfs"
        );
        return;
    };
    let ballast = disk.path().join("ballast");
    std::fs::write(&ballast, vec![0; 2_000_000]).unwrap();
    let data_dir = disk.path().join("data");
    let portal = Portal::with(|config| config.server.data_dir.clone_from(&data_dir)).await;
    let mut device = portal.device().await;
    device.report(&hour(AIR, "20261123120000", &[("a34004", "35.1")])).await;
    let mut acknowledged = 1;

    let mut full = None;
    for number in 0..300 {
        let answer = portal.push_as(portal.key(), "?lang=en", bulky(number)).await;
        if answer.status != 200 {
            full = Some((number, answer));
            break;
        }
        acknowledged += answer.json()["stored"].as_u64().unwrap();
    }
    let (number, answer) = full.expect("the disk fills up");
    assert_eq!(answer.status, 507, "{}", answer.text());
    assert!(!answer.header("retry-after").is_empty());
    assert_eq!(answer.read::<Problem>().code, Code::StorageFull);

    // What an instrument sends is acknowledged if and only if it is stored.
    let frame = hour(AIR, "20261123130000", &[("a34004", "61")]);
    device.send(&frame).await;
    let answered = device.answer_within(Duration::from_secs(2)).await.is_some();
    let is_stored = async || {
        let now: StationNow = portal.read(&paths::latest(STATION)).await;
        now.figures.iter().any(|figure| figure.period.start == at("2026-11-23T13:00:00+08:00"))
    };
    assert_eq!(answered, is_stored().await);

    // Reads go on, and the feed says what is the matter.
    assert_eq!(portal.get("").await.status, 200);
    assert_eq!(portal.get(paths::AIR_SUMMARY).await.status, 200);
    let feeds: Feeds = portal.read(paths::FEEDS).await;
    let http = feeds.feeds.into_iter().find(|feed| feed.key == "http").unwrap();
    assert!(http.last_error.unwrap().zh.contains("存储空间已满"));
    assert!(http.rejected.iter().any(|rejected| rejected.reason == "not_stored"));

    std::fs::remove_file(&ballast).unwrap();
    let again = portal.push_as(portal.key(), "", bulky(number)).await;
    assert_eq!(again.status, 200, "{}", again.text());
    acknowledged += again.json()["stored"].as_u64().unwrap();
    // The logger sends again until it is answered.
    device.report(&frame).await;
    assert!(is_stored().await);
    acknowledged += 1;

    portal.store().integrity_check().await.unwrap();
    let size = portal.store().size().await.unwrap();
    assert_eq!(size.hot_rows + size.sealed_rows, acknowledged);
}

#[tokio::test]
async fn the_configured_limit_on_the_file_is_a_full_disk_too() {
    let portal = Portal::with(|config| config.store.most_mebibytes = 1).await;
    let mut acknowledged = 0;
    let mut refused = 0;
    for number in 0..60 {
        let answer = portal.push_as(portal.key(), "", bulky(number)).await;
        match answer.status {
            200 => acknowledged += answer.json()["stored"].as_u64().unwrap(),
            507 => refused += 1,
            other => panic!("HTTP {other}: {}", answer.text()),
        }
    }
    assert!(acknowledged > 0 && refused > 0);
    assert_eq!(portal.get(paths::AIR_SUMMARY).await.status, 200);
    let size = portal.store().size().await.unwrap();
    assert_eq!(size.hot_rows + size.sealed_rows, acknowledged);
}
