use domain::Averaging;
use store::{
    AirIndex, Derived, KeyScope, NewApiKey, NewEvent, Options, StationRow, Store, StoreError,
};

use crate::support::*;

#[tokio::test]
async fn a_station_that_leaves_the_profile_keeps_its_history_only() {
    let scene = Scene::open().await;
    scene.record(vec![pm25(hour_ago(1), 35)]).await;
    let section = StationRow {
        code: "A500107_0001".to_owned(),
        kind: "section".to_owned(),
        body: r#"{"name":"和尚山"}"#.to_owned(),
    };
    scene.store.sync_stations(vec![section.clone()]).await.unwrap();
    assert_eq!(scene.store.stations().await.unwrap(), [section]);
    assert_eq!(scene.values().await.len(), 1);
    let outcome = scene.record(vec![pm25(hour_ago(0), 38)]).await;
    assert_eq!((outcome.stored, outcome.rejected.len()), (0, 1));

    let back = scene.store.station("1424A").await.unwrap().unwrap();
    scene.store.add_stations(vec![back]).await.unwrap();
    assert_eq!(scene.store.stations().await.unwrap().len(), 2);
    assert_eq!(scene.record(vec![pm25(hour_ago(0), 38)]).await.stored, 1);
}

#[tokio::test]
async fn events_are_numbered_in_order_and_read_in_pages() {
    let scene = Scene::open().await;
    assert_eq!(scene.store.newest_event_id().await.unwrap(), 0);
    let event = |number: i32| NewEvent { kind: "latest".to_owned(), body: number.to_string() };
    append_events(&scene.store, (1..=5).map(event).collect(), now()).await.unwrap();
    let page = scene.store.events_after(2, 2).await.unwrap();
    let seen: Vec<_> = page.iter().map(|e| (e.id, e.body.as_str())).collect();
    assert_eq!(seen, [(3, "3"), (4, "4")]);
    assert_eq!(scene.store.events_after(0, usize::MAX).await.unwrap().len(), 5);
    let ids = scene.store.event_ids().await.unwrap();
    assert_eq!((ids.oldest, ids.newest), (1, 5));
    let broken = NewEvent { kind: "latest".to_owned(), body: "{".to_owned() };
    assert!(append_events(&scene.store, vec![event(6), broken], now()).await.is_err());
    assert_eq!(scene.store.newest_event_id().await.unwrap(), 5);
}

#[tokio::test]
async fn a_failing_feed_shows_since_when_and_why() {
    let scene = Scene::open().await;
    let store = &scene.store;
    store.feed_succeeded("cnemc-air", hour_ago(3)).await.unwrap();
    store.feed_failed("cnemc-air", hour_ago(2), "status 500").await.unwrap();
    store.feed_failed("cnemc-air", hour_ago(1), "HTML instead of JSON").await.unwrap();
    let status = store.feed_statuses().await.unwrap().remove(0);
    assert_eq!((status.last_try, status.last_success), (hour_ago(1), Some(hour_ago(3))));
    assert_eq!(status.last_error.as_deref(), Some("HTML instead of JSON"));
    assert_eq!((status.failures, status.last_error_at), (2, Some(hour_ago(1))));
    store.feed_succeeded("cnemc-air", hour_ago(0)).await.unwrap();
    let status = store.feed_statuses().await.unwrap().remove(0);
    assert_eq!((status.failures, status.last_error_at), (0, Some(hour_ago(1))));
}

#[tokio::test]
async fn a_try_is_known_before_anybody_knows_how_it_went() {
    let scene = Scene::open().await;
    let store = &scene.store;
    for at in [hour_ago(2), hour_ago(1), hour_ago(3)] {
        store.feed_tried("cnemc-air", at).await.unwrap();
    }
    let status = store.feed_statuses().await.unwrap().remove(0);
    assert_eq!((status.last_try, status.last_success), (hour_ago(1), None));
    assert_eq!((status.failures, status.last_error), (0, None));
    store.feed_failed("cnemc-air", hour_ago(1), "status 500").await.unwrap();
    store.feed_tried("cnemc-air", hour_ago(0)).await.unwrap();
    let status = store.feed_statuses().await.unwrap().remove(0);
    assert_eq!((status.failures, status.last_error_at), (1, Some(hour_ago(1))));
}

#[tokio::test]
async fn a_key_writes_its_stations_until_it_is_revoked() {
    let scene = Scene::open().await;
    let store = &scene.store;
    let key = NewApiKey {
        name: "campus".to_owned(),
        hash: [7; 32],
        scope: KeyScope::Readings,
        stations: vec!["1424A".to_owned()],
    };
    store.add_api_key(key.clone(), now()).await.unwrap();
    let same_name = NewApiKey { hash: [8; 32], ..key.clone() };
    let refused = store.add_api_key(same_name.clone(), now()).await.unwrap_err();
    assert!(matches!(refused, StoreError::NameInUse(_)), "{refused}");
    let found = store.api_key([7; 32]).await.unwrap().unwrap();
    assert!(found.may_write("1424A") && !found.may_write("1422A"));
    assert!(store.api_key([8; 32]).await.unwrap().is_none());

    assert!(store.revoke_api_key("campus", now()).await.unwrap());
    assert!(!store.revoke_api_key("campus", now()).await.unwrap());
    assert!(store.api_key([7; 32]).await.unwrap().is_none());
    store.add_api_key(same_name, now()).await.unwrap();
    let all = store.api_keys().await.unwrap();
    assert_eq!(all.iter().map(|k| k.revoked.is_some()).collect::<Vec<_>>(), [true, false]);
}

#[tokio::test]
async fn a_kept_index_is_replaced_and_forgotten_on_rebuilding() {
    let scene = Scene::open().await;
    let index = |aqi, hours| AirIndex {
        station: "1424A".to_owned(),
        averaging: Averaging::Hour,
        start: hour_ago(hours),
        edition: "hj633-2026".to_owned(),
        aqi,
        body: r#"{"primary":["pm2_5"]}"#.to_owned(),
    };
    let kept =
        || scene.store.air_indices("1424A", Averaging::Hour, "hj633-2026", hour_ago(5), now());
    for indices in [[index(Some(52), 1), index(None, 0)], [index(Some(60), 0), index(Some(9), 900)]]
    {
        let derived = Derived { indices: indices.to_vec(), ..Derived::default() };
        scene.store.record(Vec::new(), now(), |_, _| Ok(derived)).await.unwrap();
    }
    assert_eq!(kept().await.unwrap(), [index(Some(52), 1), index(Some(60), 0)]);
    scene.store.rebuild(now()).await.unwrap();
    assert!(kept().await.unwrap().is_empty());
}

#[tokio::test]
async fn two_processes_may_write_beside_each_other() {
    let scene = Scene::open().await;
    // An import beside the server: each has its own memory of the tables.
    let import = Store::open(Options::at(scene.path())).await.unwrap();
    for hour in (0..20).rev() {
        let (one, other) = (pm25(hour_ago(hour), 30), pm25(hour_ago(hour + 1_000), 30));
        record(&import, delivery(vec![other])).await.unwrap();
        scene.record(vec![one]).await;
    }
    let sealed = import.seal(now() + jiff::SignedDuration::from_hours(24 * 9)).await.unwrap();
    assert_eq!(sealed.rows, 20);
    // The line has moved under the server's feet.
    assert_eq!(scene.record(vec![pm25(hour_ago(3), 30)]).await.duplicate, 1);
    assert_eq!(scene.record(vec![pm25(hour_ago(3), 31)]).await.revised, 1);
    assert_eq!(scene.values().await.len(), 40);
    let latest = &scene.store.latest_all().await.unwrap()[0];
    assert_eq!(latest.observation.period().start, hour_ago(0));
    scene.store.integrity_check().await.unwrap();
}

#[tokio::test]
async fn a_closed_store_says_so() {
    let scene = Scene::open().await;
    scene.record(vec![pm25(hour_ago(0), 38)]).await;
    scene.store.close().await.unwrap();
    scene.store.close().await.unwrap();
    assert!(matches!(scene.store.stations().await, Err(StoreError::Closed)));
    let refused = record(&scene.store, delivery(vec![pm25(hour_ago(0), 38)])).await;
    assert!(matches!(refused, Err(StoreError::Closed)));
    // Everything is in the one file.
    let log = scene.folder.path().join("portal.sqlite-wal");
    assert!(std::fs::metadata(log).map_or(0, |log| log.len()) == 0);
}

#[tokio::test]
async fn an_answer_nobody_waits_for_harms_nobody() {
    let scene = Scene::open().await;
    for hour in 0..50 {
        let recording = record(&scene.store, delivery(vec![pm25(hour_ago(hour), 30)]));
        let asking = scene.store.latest_all();
        let patience = std::time::Duration::from_micros(hour.cast_unsigned() * 20);
        let _ = tokio::time::timeout(patience, recording).await;
        let _ = tokio::time::timeout(patience, asking).await;
    }
    // Every hour is there whole or not at all, and sending it again settles it.
    let again: Vec<_> = (0..50).map(|hour| pm25(hour_ago(hour), 30)).collect();
    let outcome = scene.record(again).await;
    assert_eq!(outcome.stored + outcome.duplicate, 50);
    assert_eq!(scene.values().await.len(), 50);
}
