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

    let trace = scene.store.corrections("1424A", hour_ago(100), now(), 100).await.unwrap();
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
    let trace = || scene.store.corrections("1424A", hour_ago(5_000), now(), 100);
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
async fn of_a_crowded_month_only_the_range_counts() {
    let scene = Scene::open().await;
    let instant = |number: i64| Reading {
        averaging: Averaging::Instant,
        period: Period::instant(at("2026-08-31T16:00:00Z") + SignedDuration::from_secs(4 * number)),
        ..pm25(now(), 7)
    };
    scene.record((0..601_000).map(instant).collect()).await;
    let series = scene.series().await;
    let asked = |from: &str, to: &str| scene.store.observations(series, at(from), at(to));
    let day = asked("2026-09-10T00:00:00Z", "2026-09-11T00:00:00Z").await;
    assert_eq!(day.unwrap().len(), 21_600);
    let month = asked("2026-08-31T16:00:00Z", "2026-09-30T16:00:00Z").await;
    assert!(matches!(month, Err(store::StoreError::TooMuch { .. })));
}

#[tokio::test]
async fn a_clock_far_ahead_moves_the_line_no_farther_than_the_data() {
    let scene = Scene::open().await;
    scene.record((0..60).map(|hour| pm25(hour_ago(hour), 30)).collect()).await;
    scene.store.seal(at("2099-01-01T00:00:00Z")).await.unwrap();
    assert_eq!(scene.store.size().await.unwrap().hot_rows, 0);
    // The day after is hot again, whatever the clock once said.
    let tomorrow = hour_ago(-24);
    let outcome = record_at(&scene.store, delivery(vec![pm25(tomorrow, 31)]), now() + days(1));
    assert_eq!(outcome.await.unwrap().outcomes[0].stored, 1);
    assert_eq!(scene.store.size().await.unwrap().hot_rows, 1);
    assert_eq!(scene.values().await.len(), 61);
}

#[tokio::test]
async fn rebuilding_brings_back_a_line_that_was_drawn_too_far() {
    let scene = Scene::open().await;
    let history: Vec<_> = (0..800).map(|hour| pm25(hour_ago(hour), 30)).collect();
    // The very first delivery, under a wrong clock: everything goes into blocks.
    let wrong = at("2099-01-01T00:00:00Z");
    record_at(&scene.store, delivery(history), wrong).await.unwrap();
    let (before, size) = (scene.observations().await, scene.store.size().await.unwrap());
    assert_eq!((size.hot_rows, size.sealed_rows), (0, 800));
    scene.store.rebuild(now()).await.unwrap();
    let size = scene.store.size().await.unwrap();
    assert_eq!((size.hot_rows, size.sealed_rows), (38, 762), "from midnight of yesterday on");
    assert_eq!(scene.observations().await, before);
    assert_eq!(scene.record(vec![pm25(hour_ago(0), 31)]).await.revised, 1);
    let series = scene.series().await;
    let traced = scene.store.traced(series, hour_ago(1)).await.unwrap().unwrap();
    assert_eq!(traced.frame.unwrap().received, now());
    scene.store.integrity_check().await.unwrap();
}

#[tokio::test]
async fn a_month_that_cannot_be_rewritten_does_not_keep_the_others_from_being_sealed() {
    let scene = Scene::open().await;
    let no2 = |start| Reading { item: Item::No2, ..pm25(start, 12) };
    let both = |hour| [pm25(hour_ago(hour), 30), no2(hour_ago(hour))];
    // Days of the same month, some sealed, some hot.
    scene.record((0..100).flat_map(both).collect()).await;
    let id: i64 = scene.series().await.get() * 4096 + (2026 - 1970) * 12 + 10;
    let file = rusqlite::Connection::open(scene.path()).unwrap();
    let whole: Vec<u8> =
        file.query_row("select packed from block where id = ?1", [id], |row| row.get(0)).unwrap();
    let write = |packed: &[u8]| {
        let change = rusqlite::params![packed, id];
        assert_eq!(file.execute("update block set packed = ?1 where id = ?2", change), Ok(1));
    };
    let mut damaged = whole.clone();
    damaged[1] ^= 0xff;
    write(&damaged);
    let hot = scene.store.size().await.unwrap().hot_rows as usize;
    let sealed = scene.store.seal(now() + days(3)).await.unwrap();
    assert_eq!((sealed.rows, sealed.skipped), (hot / 2, hot / 2));
    assert_eq!(scene.store.size().await.unwrap().hot_rows as usize, hot / 2);
    assert_eq!(scene.store.seal(now() + days(3)).await.unwrap(), store::Sealed::default());
    // Restored, the month takes what has waited as soon as another day is sealed.
    write(&whole);
    let later = vec![delivery(both(-72).to_vec())];
    scene.store.record(later, now() + days(4), |_, _| Ok(store::Derived::default())).await.unwrap();
    let sealed = scene.store.seal(now() + days(6)).await.unwrap();
    assert_eq!((sealed.rows, sealed.skipped), (hot / 2 + 2, 0));
    assert_eq!(scene.values().await.len(), 101);
    assert_eq!(scene.store.size().await.unwrap().sealed_rows, 202);
    scene.store.integrity_check().await.unwrap();
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
