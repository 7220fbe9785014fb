use std::process::Command;

use jiff::SignedDuration;
use store::{NewDelivery, Options, Store, StoreError};

use crate::support::*;

/// About five pages of frame with every reading.
fn heavy(number: i64) -> NewDelivery {
    let mut random = number.cast_unsigned().wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let raw = std::iter::repeat_with(|| {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        random as u8
    });
    let readings = vec![pm25(hour_ago(number), 30), pm25(hour_ago(1_000 + number), 30)];
    NewDelivery { raw: raw.take(20_000).collect(), ..delivery(readings) }
}

/// Records until the store is full; how many deliveries it acknowledged.
async fn fill(store: &Store) -> i64 {
    for number in 0..100_000 {
        match record(store, heavy(number)).await {
            Ok(_) => {}
            Err(StoreError::Full) => return number,
            Err(other) => panic!("delivery {number}: {other}"),
        }
    }
    panic!("it never got full");
}

async fn stored(store: &Store) -> usize {
    let series = store.series_list("1424A").await.unwrap();
    match series.first() {
        None => 0,
        Some(series) => {
            let (from, to) = (hour_ago(200_000), hour_ago(-200_000));
            store.observations(series.id, from, to).await.unwrap().len()
        }
    }
}

#[tokio::test]
async fn at_the_limit_reads_go_on_and_room_heals_everything() {
    let folder = tempfile::TempDir::new().unwrap();
    let options =
        Options { most_pages: Some(400), ..Options::at(folder.path().join("portal.sqlite")) };
    let store = open(options).await;
    let acknowledged = fill(&store).await;
    assert_eq!(stored(&store).await as i64, 2 * acknowledged);
    for _ in 0..3 {
        let refused = record(&store, heavy(acknowledged)).await.unwrap_err();
        assert!(matches!(refused, StoreError::Full), "{refused}");
        assert_eq!(stored(&store).await as i64, 2 * acknowledged);
        assert_eq!(store.latest_all().await.unwrap().len(), 1);
    }
    store.integrity_check().await.unwrap();

    // Frames expire, pages are free again, and the same delivery goes through.
    store.expire(now() + SignedDuration::from_hours(31 * 24)).await.unwrap();
    let outcome = &record(&store, heavy(acknowledged)).await.unwrap().outcomes[0];
    assert_eq!((outcome.stored, outcome.duplicate), (2, 0));
    store.integrity_check().await.unwrap();
}

#[tokio::test]
async fn wherever_it_runs_out_of_pages_what_is_stored_is_what_was_acknowledged() {
    // Each limit stops the writing at another page: of a frame, a row, a block, an index.
    for limit in 120..170 {
        let folder = tempfile::TempDir::new().unwrap();
        let path = folder.path().join("portal.sqlite");
        let store = open(Options { most_pages: Some(limit), ..Options::at(&path) }).await;
        let acknowledged = fill(&store).await;
        assert_eq!(stored(&store).await as i64, 2 * acknowledged, "{limit} pages");
        store.integrity_check().await.unwrap();
        store.close().await.unwrap();

        let store = Store::open(Options::at(&path)).await.unwrap();
        assert_eq!(stored(&store).await as i64, 2 * acknowledged, "{limit} pages, reopened");
        let outcome = &record(&store, heavy(acknowledged)).await.unwrap().outcomes[0];
        assert_eq!(outcome.stored, 2, "{limit} pages");
        store.close().await.unwrap();
    }
}

/// A disk of three megabytes in memory, where this user may mount one.
struct SmallDisk(tempfile::TempDir);

impl SmallDisk {
    fn mount() -> Option<Self> {
        let folder = tempfile::TempDir::new().unwrap();
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", "size=3m", "tmpfs"]).arg(folder.path());
        mount.output().ok()?.status.success().then_some(Self(folder))
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let unmounted = Command::new("umount").arg("-l").arg(self.0.path()).status();
        assert!(unmounted.is_ok_and(|status| status.success()));
    }
}

#[tokio::test]
async fn a_full_disk_refuses_writes_until_there_is_room() {
    let Some(disk) = SmallDisk::mount() else {
        println!("SKIPPED a_full_disk_refuses_writes_until_there_is_room: may not mount a tmpfs");
        return;
    };
    let ballast = disk.0.path().join("ballast");
    std::fs::write(&ballast, vec![0; 1_300_000]).unwrap();
    let store = open(Options::at(disk.0.path().join("portal.sqlite"))).await;
    let acknowledged = fill(&store).await;
    assert!(acknowledged > 3, "only {acknowledged} deliveries fitted");
    for _ in 0..5 {
        assert!(matches!(record(&store, heavy(acknowledged)).await, Err(StoreError::Full)));
        assert_eq!(stored(&store).await as i64, 2 * acknowledged);
    }
    std::fs::remove_file(&ballast).unwrap();
    let outcome = &record(&store, heavy(acknowledged)).await.unwrap().outcomes[0];
    assert_eq!((outcome.stored, outcome.duplicate), (2, 0));
    store.integrity_check().await.unwrap();
    store.close().await.unwrap();
}
