use domain::{Averaging, Item, Period, QcFlags, Quantity, Reading};
use jiff::{SignedDuration, Timestamp};
use store::{Options, SeriesId, Store};

use crate::support::*;

fn days(count: i64) -> SignedDuration {
    SignedDuration::from_hours(24 * count)
}

#[tokio::test]
async fn sealing_changes_where_data_lies_and_nothing_else() {
    let scene = Scene::open().await;
    scene.record((0..60).map(|hour| pm25(hour_ago(hour), 20 + hour as i32)).collect()).await;
    scene.record(vec![pm25(hour_ago(3), 99), silent(hour_ago(5))]).await;
    let before = scene.observations().await;
    let latest = scene.store.latest_all().await.unwrap();
    assert_eq!(before.len(), 60);
    for later in [1, 2, 40] {
        let sealed = scene.store.seal(now() + days(later)).await.unwrap();
        assert_eq!(scene.observations().await, before, "{later} days later: {sealed:?}");
        assert_eq!(scene.store.latest_all().await.unwrap(), latest);
    }
    let size = scene.store.size().await.unwrap();
    assert_eq!((size.hot_rows, size.sealed_rows), (0, 60));
    assert_eq!(scene.store.seal(now() + days(40)).await.unwrap(), store::Sealed::default());
    scene.store.integrity_check().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn readers_never_see_a_row_twice_or_not_at_all_while_it_moves() {
    let scene = Scene::open().await;
    let mut asked = 0;
    for round in 0..30 {
        // Fifty hours a round, sealed while somebody keeps asking.
        let later = now() + SignedDuration::from_hours(50 * (round + 1));
        let hours = (50 * round..50 * (round + 1)).map(|hour| pm25(hour_ago(-hour), 30)).collect();
        record_at(&scene.store, delivery(hours), later).await.unwrap();
        let sealing = {
            let store = scene.store.clone();
            tokio::spawn(async move { store.seal(later + days(3)).await.unwrap() })
        };
        while !sealing.is_finished() {
            assert_eq!(scene.observations().await.len() as i64, 50 * (round + 1));
            asked += 1;
        }
        sealing.await.unwrap();
    }
    assert!(asked > 30, "only {asked} questions fell into the sealing");
}

#[tokio::test]
async fn a_correction_to_a_sealed_month_is_stored_and_traced() {
    let scene = Scene::open().await;
    scene.record((0..48).map(|hour| pm25(hour_ago(hour), 30)).collect()).await;
    scene.store.seal(now() + days(30)).await.unwrap();
    let outcome = scene.record(vec![pm25(hour_ago(20), 75), silent(hour_ago(21))]).await;
    assert_eq!((outcome.stored, outcome.duplicate, outcome.revised), (0, 0, 2));

    let all = scene.observations().await;
    assert_eq!(all.len(), 48);
    let corrected = all.iter().find(|o| o.period().start == hour_ago(20)).unwrap();
    assert_eq!(corrected.value, Some(Quantity::from_integer(75)));
    assert_eq!((corrected.revision, corrected.quality), (1, QcFlags::REVISED));

    let trace = scene.store.corrections("1424A", hour_ago(100), now()).await.unwrap();
    let seen: Vec<_> = trace.iter().map(|c| (c.start, c.why, c.old, c.new, c.sealed)).collect();
    let thirty = Some(Quantity::from_integer(30));
    let seventy_five = Some(Quantity::from_integer(75));
    assert_eq!(
        seen,
        [
            (hour_ago(21), store::Why::Withdrawn, thirty, None, true),
            (hour_ago(20), store::Why::Revised, thirty, seventy_five, true),
        ]
    );
    scene.store.integrity_check().await.unwrap();
}

#[tokio::test]
async fn data_for_a_sealed_day_is_late_only_after_later_data() {
    let scene = Scene::open().await;
    // A history in its order is an import, not an irregularity.
    scene.record((0..200).map(|hour| pm25(hour_ago(2_000 - hour), 30)).collect()).await;
    let trace = || scene.store.corrections("1424A", hour_ago(5_000), now());
    assert!(trace().await.unwrap().is_empty());
    // The same days from an older time, once later ones are known.
    scene.record((0..5).map(|hour| pm25(hour_ago(2_010 - hour), 30)).collect()).await;
    let late = trace().await.unwrap();
    assert_eq!(late.len(), 1);
    assert_eq!((late[0].why, late[0].start, late[0].rows), (store::Why::Late, hour_ago(2_010), 5));
    assert_eq!(scene.values().await.len(), 205);
}

#[tokio::test]
async fn every_averaging_is_found_on_both_sides_of_the_line() {
    let scene = Scene::open().await;
    let kinds = [
        (Averaging::Instant, SignedDuration::from_secs(37), 0),
        (Averaging::Minute, SignedDuration::from_mins(5), 300),
        (Averaging::Hour, SignedDuration::from_hours(1), 3_600),
        (Averaging::EightHour, SignedDuration::from_hours(1), 28_800),
        (Averaging::Day, days(1), 86_400),
        (Averaging::Month, days(1), 2_592_000),
    ];
    // The line lies at midnight a day before today; five starts are on its hot side.
    let line = at("2026-11-21T16:00:00Z");
    let start = |distance: SignedDuration, number: i32| line + distance * (number - 85);
    for (averaging, distance, length_s) in kinds {
        let reading = |number| Reading {
            averaging,
            period: Period { start: start(distance, number), length_s },
            ..pm25(now(), number)
        };
        scene.record((0..90).map(reading).collect()).await;
    }
    for (seal_after, hot_rows) in [(0, 30), (1, 8), (30, 0)] {
        scene.store.seal(now() + days(seal_after)).await.unwrap();
        let size = scene.store.size().await.unwrap();
        assert_eq!((size.hot_rows, size.sealed_rows), (hot_rows, 540 - hot_rows));
        for (averaging, distance, _) in kinds {
            let (from, to) = (start(distance, 10), start(distance, 90));
            let all = scene.store.observed("1424A", averaging, &[Item::Pm25], from, to).await;
            let seen: Vec<_> =
                all.unwrap()[0].observations.iter().map(|o| (o.period().start, o.value)).collect();
            let expected: Vec<_> =
                (10..90).map(|n| (start(distance, n), Some(Quantity::from_integer(n)))).collect();
            assert_eq!(seen, expected, "{averaging:?}, sealed after {seal_after} days");
        }
    }
}

#[tokio::test]
async fn ranges_include_their_start_and_exclude_their_end() {
    let scene = Scene::open().await;
    scene.record((0..100).map(|hour| pm25(hour_ago(hour), 30)).collect()).await;
    let series = scene.series().await;
    let count = |from: Timestamp, to: Timestamp| {
        let store = scene.store.clone();
        async move { store.observations(series, from, to).await.unwrap().len() }
    };
    assert_eq!(count(hour_ago(99), now()).await, 100);
    assert_eq!(count(hour_ago(50), hour_ago(40)).await, 10);
    assert_eq!(count(hour_ago(40), hour_ago(50)).await, 0);
    assert_eq!(count(Timestamp::MIN, Timestamp::MAX).await, 100);
    assert_eq!(count(hour_ago(9_000), hour_ago(8_000)).await, 0);
}

#[tokio::test]
async fn too_long_an_answer_is_refused_not_attempted() {
    let scene = Scene::open().await;
    let minute = |number: i64| Reading {
        averaging: Averaging::Minute,
        period: Period {
            start: at("2024-01-01T00:00:00Z") + SignedDuration::from_mins(number),
            length_s: 60,
        },
        ..pm25(now(), 7)
    };
    for part in 0..13 {
        scene.record((part * 50_000..(part + 1) * 50_000).map(minute).collect()).await;
    }
    let series = scene.series().await;
    let all = scene.store.observations(series, Timestamp::MIN, Timestamp::MAX).await;
    assert!(matches!(all, Err(store::StoreError::TooMuch { most: 600_000 })), "{all:?}");
    let year =
        scene.store.observations(series, at("2024-01-01T00:00:00Z"), at("2025-01-01T00:00:00Z"));
    assert_eq!(year.await.unwrap().len(), 366 * 1_440);
}

#[tokio::test]
async fn a_damaged_month_is_named_and_the_others_still_answer() {
    let scene = Scene::open().await;
    scene.record(vec![pm25(hour_ago(2_000), 30), pm25(hour_ago(4_000), 31)]).await;
    let series = scene.series().await;
    scene.store.close().await.unwrap();
    {
        let file = rusqlite::Connection::open(scene.path()).unwrap();
        let flip = "update block set packed = cast(x'01ff' || substr(packed, 3) as blob) where id =
                    (select max(id) from block)";
        assert_eq!(file.execute(flip, []).unwrap(), 1);
    }
    let store = Store::open(Options::at(scene.path())).await.unwrap();
    let asked = |from: i64, to: i64, series: SeriesId| {
        let store = store.clone();
        async move { store.observations(series, hour_ago(from), hour_ago(to)).await }
    };
    let damaged = asked(2_001, 1_999, series).await.unwrap_err().to_string();
    assert!(damaged.contains("2026-09") && damaged.contains("checksum"), "{damaged}");
    assert_eq!(asked(4_001, 3_999, series).await.unwrap().len(), 1);
    assert!(store.integrity_check().await.is_err());
}
