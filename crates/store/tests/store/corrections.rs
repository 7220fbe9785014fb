use std::collections::BTreeSet;

use domain::{DeviceFlag, Period, QcFlags, Quantity, Reading};
use store::{Derived, NewDelivery, StationRow, Why};

use crate::support::*;

#[tokio::test]
async fn another_value_replaces_the_first_and_counts() {
    let scene = Scene::open().await;
    scene.record(vec![pm25(hour_ago(0), 35)]).await;
    for (times, value) in [(1, 38), (2, 40)] {
        let outcome = scene.record(vec![pm25(hour_ago(0), value)]).await;
        assert_eq!((outcome.stored, outcome.revised), (0, 1));
        let all = scene.observations().await;
        assert_eq!(all.len(), 1);
        assert_eq!(all[0].value, Some(Quantity::from_integer(value)));
        assert_eq!(all[0].revision, times);
        assert!(all[0].quality.contains(QcFlags::REVISED));
        assert_eq!(scene.store.latest_all().await.unwrap()[0].observation, all[0]);
    }
    let trace = scene.store.corrections("1424A", hour_ago(1), now(), 100).await.unwrap();
    let seen: Vec<_> = trace.iter().map(|c| (c.old, c.new, c.why, c.sealed)).collect();
    let value = |value| Some(Quantity::from_integer(value));
    assert_eq!(
        seen,
        [(value(35), value(38), Why::Revised, false), (value(38), value(40), Why::Revised, false)]
    );
}

#[tokio::test]
async fn a_value_taken_back_is_withdrawn_not_forgotten() {
    let scene = Scene::open().await;
    scene.record(vec![pm25(hour_ago(0), 35)]).await;
    assert_eq!(scene.record(vec![silent(hour_ago(0))]).await.revised, 1);
    assert_eq!(scene.record(vec![silent(hour_ago(0))]).await.duplicate, 1);
    let latest = &scene.store.latest_all().await.unwrap()[0];
    assert_eq!((latest.observation.value, latest.observation.flag), (None, DeviceFlag::Withdrawn));
    let trace = scene.store.corrections("1424A", hour_ago(1), now(), 100).await.unwrap();
    assert_eq!((trace.len(), trace[0].why), (1, Why::Withdrawn));
    assert_eq!(trace[0].old, Some(Quantity::from_integer(35)));
}

#[tokio::test]
async fn another_mark_alone_is_a_revision() {
    let scene = Scene::open().await;
    scene.record(vec![pm25(hour_ago(0), 35)]).await;
    let fault = Reading { flag: DeviceFlag::Fault, ..pm25(hour_ago(0), 35) };
    assert_eq!(scene.record(vec![fault]).await.revised, 1);
    assert_eq!(scene.observations().await[0].flag, DeviceFlag::Fault);
}

#[tokio::test]
async fn a_replay_that_is_believed_lifts_the_clock_mark_of_the_first_one() {
    let scene = Scene::open().await;
    for start in [hour_ago(2_000), hour_ago(0)] {
        let doubted = Reading { quality: QcFlags::CLOCK, ..pm25(start, 35) };
        assert_eq!(scene.record(vec![doubted.clone()]).await.stored, 1);
        assert_eq!(scene.record(vec![doubted.clone()]).await.duplicate, 1);
        assert_eq!(scene.record(vec![pm25(start, 35)]).await.revised, 1);
        assert_eq!(scene.record(vec![doubted]).await.duplicate, 1, "it does not come back");
    }
    assert!(scene.observations().await.iter().all(|o| o.quality == QcFlags::REVISED));
    let trace = scene.store.corrections("1424A", hour_ago(3_000), now(), 100).await.unwrap();
    assert_eq!(trace.iter().map(|c| c.why).collect::<Vec<_>>(), [Why::Revised; 2]);
}

#[tokio::test]
async fn who_derives_is_told_what_was_there_before() {
    let scene = Scene::open().await;
    scene.record(vec![pm25(hour_ago(1), 35)]).await;
    let (tell, told) = std::sync::mpsc::channel();
    let sent = vec![delivery(vec![pm25(hour_ago(1), 38), pm25(hour_ago(0), 40)])];
    scene
        .store
        .record(sent, now(), move |changes, _| {
            tell.send(changes.to_vec()).unwrap();
            Ok(Derived::default())
        })
        .await
        .unwrap();
    let changes = told.recv().unwrap();
    let seen: Vec<_> = changes
        .iter()
        .map(|c| (c.before.and_then(|o| o.value), c.observation.value, c.newest))
        .collect();
    let value = |value| Some(Quantity::from_integer(value));
    assert_eq!(seen, [(value(35), value(38), false), (None, value(40), true)]);
}

#[tokio::test]
async fn history_cannot_be_rewritten_behind_the_stores_back() {
    let scene = Scene::open().await;
    scene.record(vec![pm25(hour_ago(0), 35)]).await;
    scene.record(vec![pm25(hour_ago(0), 38)]).await;
    scene.store.close().await.unwrap();
    let file = rusqlite::Connection::open(scene.path()).unwrap();
    for change in [
        "update correction set new_micro = 1",
        "delete from correction",
        "update raw_frame set bytes = x''",
        "update feed_event set body = '{}' where id in (select id from feed_event union select 1)",
    ] {
        file.execute("insert into feed_event (kind, body, at_us) values ('latest', '{}', 0)", [])
            .unwrap();
        let refused = file.execute(change, []).unwrap_err().to_string();
        assert!(refused.contains("append-only"), "{change}: {refused}");
    }
}

/// One changed field of the national air feed between two polls of the same hour.
struct Revised {
    station: String,
    period: Period,
    field: String,
    before: Option<Quantity>,
    after: Option<Quantity>,
}

fn recorded_revisions(path: &std::path::Path) -> Vec<Revised> {
    let mut file = csv::Reader::from_path(path).unwrap();
    let number = |text: &str| text.parse::<Quantity>().ok();
    file.records()
        .map(Result::unwrap)
        // Of the fields, the numbers.
        .filter(|row| [&row[4], &row[5]].iter().any(|text| number(text).is_some()))
        .map(|row| Revised {
            station: row[1].to_owned(),
            period: {
                let local: jiff::civil::DateTime = row[2].parse().unwrap();
                let end = domain::period::BEIJING.to_timestamp(local).unwrap();
                Period::hour(end - jiff::SignedDuration::from_hours(1))
            },
            field: row[3].to_owned(),
            before: number(&row[4]),
            after: number(&row[5]),
        })
        .collect()
}

#[tokio::test]
async fn the_national_feeds_own_revisions_are_stored_and_traced() {
    let Ok(data) = std::env::var("BILAN_TEST_DATA") else {
        println!(
            "SKIPPED the_national_feeds_own_revisions_are_stored_and_traced: BILAN_TEST_DATA is not set"
        );
        return;
    };
    let revised =
        recorded_revisions(&std::path::Path::new(&data).join("cnemc_2019-07-18_revisions.csv"));
    let scene = Scene::open().await;
    let codes: BTreeSet<&String> = revised.iter().map(|r| &r.station).collect();
    let station = |code: &&String| StationRow {
        code: (*code).clone(),
        kind: "air".to_owned(),
        body: "{}".to_owned(),
    };
    scene.store.add_stations(codes.iter().map(station).collect()).await.unwrap();
    let (mut outcomes, mut withdrawn) = ([(0, 0, 0); 3], 0);
    for (poll, outcome) in outcomes.iter_mut().enumerate() {
        for revision in &revised {
            let value = if poll == 0 { revision.before } else { revision.after };
            let flag = if value.is_some() { DeviceFlag::NotStated } else { DeviceFlag::Missing };
            let (station, period) = (revision.station.clone(), revision.period);
            let reading = Reading { station, period, value, flag, ..pm25(now(), 0) };
            // The fields are told apart by their source; here only their numbers matter.
            let source = revision.field.clone();
            let sent = NewDelivery { source, ..delivery(vec![reading]) };
            let told = record(&scene.store, sent).await.unwrap().outcomes.remove(0);
            outcome.0 += told.stored;
            outcome.1 += told.duplicate;
            outcome.2 += told.revised;
        }
    }
    let all = revised.len();
    assert_eq!(outcomes, [(all, 0, 0), (0, 0, all), (0, all, 0)]);
    for code in codes {
        let trace = scene.store.corrections(code, hour_ago(200_000), now(), 100).await.unwrap();
        withdrawn += trace.iter().filter(|c| c.why == Why::Withdrawn).count();
    }
    let lost = revised.iter().filter(|r| r.before.is_some() && r.after.is_none()).count();
    assert!(lost > 0);
    assert_eq!(withdrawn, lost);
    println!("{all} revised figures, {lost} of them withdrawn");
}
