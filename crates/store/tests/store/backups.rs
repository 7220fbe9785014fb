use std::fs;

use domain::{
    Averaging, Period, Reading,
    report::{ActorRole, EventKind},
};
use jiff::SignedDuration;
use store::{Options, Overwrite, Store, StoreError, restore};

use crate::{filing::*, support::*};

#[tokio::test]
async fn a_copy_made_while_writing_is_one_moment_and_restores() {
    let scene = Scene::open().await;
    let history = (0..5_000).map(|hour| pm25(hour_ago(5_000 - hour), 30)).collect();
    scene.record(history).await;
    let writing = {
        let store = scene.store.clone();
        tokio::spawn(async move {
            for hour in 0..300 {
                // Two readings per commit: a torn copy would hold an odd number.
                let pair = vec![pm25(hour_ago(-hour), 35), pm25(hour_ago(10_000 + hour), 12)];
                let later = now() + SignedDuration::from_hours(hour);
                record_at(&store, delivery(pair), later).await.unwrap();
            }
        })
    };
    let mut copies = Vec::new();
    while !writing.is_finished() || copies.len() < 2 {
        let to = scene.folder.path().join(format!("copy-{}.sqlite", copies.len()));
        copies.push((scene.store.backup(&to).await.unwrap(), to));
    }
    writing.await.unwrap();
    for (contents, copy) in copies {
        assert_eq!(contents.observations % 2, 0, "{contents:?}");
        assert_eq!(contents.bytes, fs::metadata(&copy).unwrap().len());
        let place = scene.folder.path().join("restored.sqlite");
        let restored = restore(&copy, &place, Overwrite::Replace).unwrap();
        assert_eq!(restored, contents);
        let store = Store::open(Options::at(&place)).await.unwrap();
        store.integrity_check().await.unwrap();
        let series = store.series_list("1424A").await.unwrap()[0].id;
        let (from, to) = (hour_ago(30_000), hour_ago(-1_000));
        let seen = store.observations(series, from, to).await.unwrap();
        assert_eq!(seen.len() as u64, contents.observations);
        store.close().await.unwrap();
    }
}

#[tokio::test]
async fn a_restored_store_goes_on_where_the_copy_stopped() {
    let scene = Scene::open().await;
    scene.record(vec![pm25(hour_ago(1), 35), pm25(hour_ago(900), 12)]).await;
    let copy = scene.folder.path().join("copy.sqlite");
    scene.store.backup(&copy).await.unwrap();
    scene.record(vec![pm25(hour_ago(0), 38)]).await;
    scene.store.close().await.unwrap();

    let refused = restore(&copy, &scene.path(), Overwrite::Refuse).unwrap_err();
    assert!(matches!(refused, StoreError::Exists { .. }), "{refused}");
    restore(&copy, &scene.path(), Overwrite::Replace).unwrap();
    let scene = Scene { store: open(Options::at(scene.path())).await, folder: scene.folder };
    assert_eq!(scene.values().await, [(hour_ago(900), Some(12)), (hour_ago(1), Some(35))]);
    assert_eq!(scene.record(vec![pm25(hour_ago(0), 38), pm25(hour_ago(1), 35)]).await.stored, 1);
    let left: Vec<_> = fs::read_dir(scene.folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.contains("partial") || name.contains("replaced"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

#[tokio::test]
async fn a_copy_holds_the_reports_and_goes_on_with_their_chains() {
    let scene = Scene::open().await;
    scene.file((1..=3).map(new_report)).await;
    scene.publish(1).await;
    let copy = scene.folder.path().join("copy.sqlite");
    let contents = scene.store.backup(&copy).await.unwrap();
    // Three were received, one of them was published.
    assert_eq!((contents.reports, contents.events), (3, 4));
    let place = scene.folder.path().join("restored.sqlite");
    assert_eq!(restore(&copy, &place, Overwrite::Refuse).unwrap(), contents);
    let restored = Store::open(Options::at(&place)).await.unwrap();
    restored.integrity_check().await.unwrap();
    assert_eq!(restored.report(&id(1)).await.unwrap(), Some(scene.filed(1).await));
    let accepted = event(ActorRole::Officer, EventKind::Accepted);
    let acted = change(&restored, 1, now(), |change| change.events = vec![accepted]).await;
    assert_eq!(acted.unwrap().events, 3);
}

#[tokio::test]
async fn a_copy_from_before_there_were_reports_is_checked_restored_and_brought_up() {
    let scene = Scene::open().await;
    let old = scene.folder.path().join("old.sqlite");
    let file = rusqlite::Connection::open(&old).unwrap();
    file.execute_batch(include_str!("../../migrations/sqlite/0001_observations.sql")).unwrap();
    file.pragma_update(None, "application_id", 0x4269_6c61).unwrap();
    file.pragma_update(None, "user_version", 1).unwrap();
    drop(file);
    let place = scene.folder.path().join("restored.sqlite");
    let contents = restore(&old, &place, Overwrite::Refuse).unwrap();
    assert_eq!((contents.layout, contents.reports, contents.events), (1, 0, 0));
    let store = Store::open(Options::at(&place)).await.unwrap();
    assert_eq!(store.submit_report(new_report(1)).await.unwrap(), store::Submitted::New);
    let contents = store.backup(scene.folder.path().join("new.sqlite")).await.unwrap();
    assert_eq!((contents.layout, contents.reports), (6, 1));
}

#[tokio::test]
async fn a_bad_copy_is_never_put_in_place() {
    let scene = Scene::open().await;
    let minute = |number: i64| Reading {
        averaging: Averaging::Minute,
        period: Period { start: hour_ago(2_000) - SignedDuration::from_mins(number), length_s: 60 },
        ..pm25(now(), (number * 7_919 % 1_009) as i32)
    };
    scene.record((0..200_000).map(minute).collect()).await;
    let copy = scene.folder.path().join("copy.sqlite");
    scene.store.backup(&copy).await.unwrap();
    scene.store.close().await.unwrap();
    let good = fs::read(&copy).unwrap();
    let original = fs::read(scene.path()).unwrap();

    // Anywhere: within a text, a number, the structure, or where nothing is kept.
    for place in (4_096..good.len()).step_by(good.len() / 23) {
        let mut damaged = good.clone();
        damaged[place] ^= 0x10;
        fs::write(&copy, &damaged).unwrap();
        let refused = restore(&copy, &scene.path(), Overwrite::Replace).unwrap_err();
        assert!(matches!(refused, StoreError::BadBackup(_)), "byte {place}: {refused}");
        assert_eq!(fs::read(scene.path()).unwrap(), original, "byte {place}");
    }
    for cut in [0, 100, 5_000, good.len() / 2, good.len() - 1] {
        fs::write(&copy, &good[..cut]).unwrap();
        assert!(restore(&copy, &scene.path(), Overwrite::Replace).is_err(), "cut at {cut}");
        assert_eq!(fs::read(scene.path()).unwrap(), original);
    }
    let nowhere = scene.folder.path().join("nowhere.sqlite");
    let missing = restore(&nowhere, &scene.path(), Overwrite::Replace).unwrap_err();
    assert!(matches!(missing, StoreError::NotFound { .. }), "{missing}");
}

#[tokio::test]
async fn without_its_digest_a_copy_is_known_by_its_structure_alone() {
    let scene = Scene::open().await;
    scene.file((1..=60).map(new_report)).await;
    let copy = scene.folder.path().join("copy.sqlite");
    scene.store.backup(&copy).await.unwrap();
    let good = fs::read(&copy).unwrap();
    let stated = fs::read_to_string(scene.folder.path().join("copy.sqlite.sha256")).unwrap();
    let hash = domain::canonical::hex(&domain::canonical::sha256(&good));
    assert_eq!(stated, format!("{hash}  copy.sqlite\n"), "as sha256sum reads it");
    fs::remove_file(scene.folder.path().join("copy.sqlite.sha256")).unwrap();

    let place = scene.folder.path().join("restored.sqlite");
    let restored = |bytes: &[u8]| {
        fs::write(&copy, bytes).unwrap();
        restore(&copy, &place, Overwrite::Replace)
    };
    assert!(restored(&good).is_ok());
    let (mut refused, whole) = (0, rows(&place));
    for page in (4_096..good.len()).step_by(4_096) {
        let mut damaged = good.clone();
        damaged[page..page + 8].fill(0xa5);
        match restored(&damaged) {
            Err(_) => refused += 1,
            // The head of a page that holds nothing: what is kept is all there.
            Ok(_) => assert!(rows(&place) == whole, "page at {page}"),
        }
    }
    assert!(refused > 0);
    // A letter within a text is not seen: that is what the digest is for.
    let text = new_report(1).told.text.unwrap();
    let at = good.windows(text.len()).position(|window| window == text.as_bytes()).unwrap();
    let mut damaged = good.clone();
    damaged[at..at + 3].fill(b'!');
    assert!(restored(&damaged).is_ok());
    assert!(rows(&place) != whole);
}

/// Every row of every table, as text.
fn rows(database: &std::path::Path) -> Vec<String> {
    let db = rusqlite::Connection::open(database).unwrap();
    let tables = "select name from sqlite_schema where type = 'table' order by name";
    let mut tables = db.prepare(tables).unwrap();
    let names: Vec<String> =
        tables.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    let mut all = Vec::new();
    for name in names {
        let mut statement = db.prepare(&format!("select * from {name}")).unwrap();
        let columns = statement.column_count();
        let rows = statement.query_map([], |row| {
            let value =
                |at| row.get::<_, rusqlite::types::Value>(at).map(|value| format!("{value:?}"));
            Ok((0..columns).map(value).collect::<Result<Vec<_>, _>>()?.join(", "))
        });
        all.extend(rows.unwrap().map(|row| format!("{name}: {}", row.unwrap())));
    }
    all
}

#[tokio::test]
async fn a_copy_never_takes_the_place_of_what_it_copies() {
    let scene = Scene::open().await;
    scene.record(vec![pm25(hour_ago(1), 35)]).await;
    let folder = scene.folder.path();
    let link = folder.join("link.sqlite");
    std::os::unix::fs::symlink(scene.path(), &link).unwrap();
    let detour = folder.join("..").join(folder.file_name().unwrap()).join("portal.sqlite");
    for to in [scene.path(), link, detour, folder.join("portal.sqlite-wal")] {
        let refused = scene.store.backup(&to).await.unwrap_err();
        assert!(matches!(&refused, StoreError::SamePlace { path } if *path == to), "{refused}");
        assert_eq!(scene.record(vec![pm25(hour_ago(1), 35)]).await.duplicate, 1);
    }
    // What is written on the way to the copy would be the database itself.
    let odd = folder.join("odd.partial");
    scene.store.backup(&odd).await.unwrap();
    let before = fs::read(&odd).unwrap();
    for refused in [
        store::backup(&odd, &folder.join("odd")),
        restore(&odd, &folder.join("odd"), Overwrite::Replace),
        restore(&odd, &odd, Overwrite::Replace),
    ] {
        assert!(matches!(refused, Err(StoreError::SamePlace { .. })), "{refused:?}");
        assert_eq!(fs::read(&odd).unwrap(), before);
    }
    scene.store.backup(folder.join("copy.sqlite")).await.unwrap();
}

#[tokio::test]
async fn a_later_layout_is_refused_with_both_numbers() {
    let scene = Scene::open().await;
    scene.record(vec![pm25(hour_ago(1), 35)]).await;
    scene.store.close().await.unwrap();
    let file = rusqlite::Connection::open(scene.path()).unwrap();
    file.pragma_update(None, "user_version", 77).unwrap();
    drop(file);
    let refused = Store::open(Options::at(scene.path())).await.unwrap_err();
    assert!(matches!(refused, StoreError::Newer { found: 77, .. }), "{refused}");
    assert!(refused.to_string().contains("newer program"), "{refused}");
}

#[tokio::test]
async fn another_programs_file_is_left_alone() {
    let folder = tempfile::TempDir::new().unwrap();
    let theirs = folder.path().join("theirs.sqlite");
    let file = rusqlite::Connection::open(&theirs).unwrap();
    file.execute("create table customer (name text)", []).unwrap();
    drop(file);
    let text = folder.path().join("notes.txt");
    fs::write(
        &text,
        "not a database, but long enough to look like one if one is careless\n".repeat(90),
    )
    .unwrap();
    for path in [theirs, text] {
        let before = fs::read(&path).unwrap();
        let refused = Store::open(Options::at(&path)).await.unwrap_err();
        assert!(matches!(refused, StoreError::NotOurs { .. }), "{refused}");
        assert_eq!(fs::read(&path).unwrap(), before);
    }
}

#[tokio::test]
async fn what_has_expired_goes_and_nothing_else() {
    let scene = Scene::open().await;
    scene.record(vec![pm25(hour_ago(0), 38), pm25(hour_ago(2_000), 12)]).await;
    let event = store::NewEvent { kind: "latest".to_owned(), body: "{}".to_owned() };
    append_events(&scene.store, vec![event.clone()], now()).await.unwrap();
    let before = scene.observations().await;
    let soon = now() + SignedDuration::from_hours(47);
    assert_eq!(scene.store.expire(soon).await.unwrap(), store::Expired::default());

    let later = now() + SignedDuration::from_hours(49);
    assert_eq!(scene.store.expire(later).await.unwrap().events, 1);
    let ids = scene.store.event_ids().await.unwrap();
    assert_eq!((ids.oldest, ids.newest), (2, 1));
    assert!(ids.can_resume_after(1) && !ids.can_resume_after(0) && !ids.can_resume_after(2));

    let series = scene.series().await;
    scene.store.seal(now() + SignedDuration::from_hours(31 * 24)).await.unwrap();
    let expired = scene.store.expire(now() + SignedDuration::from_hours(31 * 24)).await.unwrap();
    assert_eq!((expired.frames, expired.blocks), (1, 2));
    assert_eq!(scene.observations().await, before);
    let traced = scene.store.traced(series, hour_ago(2_000)).await.unwrap().unwrap();
    assert_eq!((traced.observation, traced.frame), (before[0], None));

    // Numbers are not used again: an old pointer never leads to new bytes.
    append_events(&scene.store, vec![event], later).await.unwrap();
    assert_eq!(scene.store.newest_event_id().await.unwrap(), 2);
}
