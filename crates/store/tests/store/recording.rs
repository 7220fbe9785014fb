use domain::{Averaging, DeviceFlag, Item, Period, Provenance, QcFlags, Quantity, Reading};
use store::{Derived, NewEvent, StoreError};

use crate::support::*;

#[tokio::test]
async fn what_is_sent_again_is_a_duplicate() {
    let scene = Scene::open().await;
    let readings = vec![pm25(hour_ago(1), 35), pm25(hour_ago(0), 38), pm25(hour_ago(2000), 12)];
    let first = scene.record(readings.clone()).await;
    assert_eq!((first.stored, first.duplicate, first.revised), (3, 0, 0));
    let before = scene.observations().await;
    for _ in 0..3 {
        let again = scene.record(readings.clone()).await;
        assert_eq!((again.stored, again.duplicate, again.revised), (0, 3, 0));
    }
    assert_eq!(scene.observations().await, before);
}

#[tokio::test]
async fn twice_in_one_delivery_counts_once() {
    let scene = Scene::open().await;
    for start in [hour_ago(0), hour_ago(2000)] {
        let outcome = scene.record(vec![pm25(start, 35), pm25(start, 35), pm25(start, 36)]).await;
        assert_eq!((outcome.stored, outcome.duplicate, outcome.revised), (1, 1, 1));
    }
    let values: Vec<_> = scene.values().await.into_iter().map(|(_, value)| value).collect();
    assert_eq!(values, [Some(36), Some(36)]);
}

#[tokio::test]
async fn a_bad_reading_is_named_and_the_good_ones_are_stored() {
    let scene = Scene::open().await;
    let stranger = Reading { station: "9999Z".to_owned(), ..pm25(hour_ago(0), 1) };
    let ancient = pm25(at("1890-01-01T00:00:00Z"), 1);
    let future = pm25(at("2027-11-23T05:00:00Z"), 1);
    let split = pm25(at("2026-11-23T05:00:00.5Z"), 1);
    let sent = vec![stranger, pm25(hour_ago(0), 35), ancient, future, split];
    let outcome = scene.record(sent).await;
    assert_eq!(outcome.stored, 1);
    let [(0, station), (2, period), (3, clock), (4, second)] = outcome.rejected.as_slice() else {
        panic!("{outcome:?}");
    };
    assert!(second.contains("05:00:00.5") && second.contains("whole seconds"), "{second}");
    assert!(clock.contains("2027-11-23") && clock.contains("future"), "{clock}");
    assert!(station.contains("9999Z"), "{station}");
    assert!(period.contains("1890-01-01"), "{period}");
}

#[tokio::test]
async fn the_newest_period_is_the_latest_whatever_comes_last() {
    let scene = Scene::open().await;
    scene.record(vec![pm25(hour_ago(0), 38)]).await;
    scene.record(vec![pm25(hour_ago(1), 35)]).await;
    let latest = scene.store.latest_of("1424A").await.unwrap();
    assert_eq!(latest[0].observation.period().start, hour_ago(0));
    assert_eq!(latest, scene.store.latest_all().await.unwrap());
    assert!(scene.store.latest_of("A500107_0001").await.unwrap().is_empty());
}

#[tokio::test]
async fn a_device_ahead_of_time_never_hides_the_present() {
    let scene = Scene::open().await;
    let tomorrow = hour_ago(-24);
    scene.record(vec![pm25(hour_ago(0), 38), pm25(tomorrow, 500)]).await;
    let latest = &scene.store.latest_all().await.unwrap()[0];
    assert_eq!(latest.observation.period().start, hour_ago(0));
    // Its value is kept all the same, and becomes the newest when its time has come.
    assert_eq!(scene.values().await.len(), 2);
    let later = tomorrow + jiff::SignedDuration::from_hours(1);
    let again = vec![delivery(vec![pm25(tomorrow, 500)])];
    scene.store.record(again, later, |_, _| Ok(Derived::default())).await.unwrap();
    let latest = &scene.store.latest_all().await.unwrap()[0];
    assert_eq!(latest.observation.period().start, tomorrow);
}

#[tokio::test]
async fn senders_and_provenances_never_share_a_series() {
    let scene = Scene::open().await;
    scene.record(vec![pm25(hour_ago(0), 38)]).await;
    let other = store::NewDelivery {
        source: "http:campus".to_owned(),
        ..delivery(vec![pm25(hour_ago(0), 41)])
    };
    // The payload says measured; what counts is what the feed is.
    let simulated = store::NewDelivery {
        provenance: Provenance::Simulated,
        ..delivery(vec![pm25(hour_ago(0), 44)])
    };
    for delivery in [other, simulated] {
        assert_eq!(record(&scene.store, delivery).await.unwrap().outcomes[0].stored, 1);
    }
    let all = scene.store.hourly("1424A", Item::Pm25, hour_ago(3), now()).await.unwrap();
    let seen: Vec<_> = all
        .iter()
        .map(|of| (of.series.source.as_str(), of.series.provenance, of.observations.len()))
        .collect();
    assert_eq!(
        seen,
        [
            ("hj212:88888880000001", Provenance::Measured, 1),
            ("http:campus", Provenance::Measured, 1),
            ("hj212:88888880000001", Provenance::Simulated, 1),
        ]
    );
}

#[tokio::test]
async fn every_circumstance_of_a_reading_survives() {
    let scene = Scene::open().await;
    let sent = Reading {
        averaging: Averaging::Minute,
        period: Period { start: at("2026-11-23T05:59:01Z"), length_s: 60 },
        value: Some(Quantity::from_millionths(-12_345_678)),
        flag: DeviceFlag::Calibration,
        quality: QcFlags::RANGE.with(QcFlags::SPIKE),
        ..pm25(now(), 0)
    };
    let old = Reading {
        period: Period { start: at("2026-03-01T00:00:30Z"), length_s: 30 },
        ..sent.clone()
    };
    scene.record(vec![sent.clone(), old.clone()]).await;
    let all = scene.observations().await;
    for (observation, reading) in all.iter().zip([&old, &sent]) {
        assert_eq!(observation.period(), reading.period);
        assert_eq!(observation.value, reading.value);
        assert_eq!((observation.flag, observation.quality), (reading.flag, reading.quality));
    }
}

#[tokio::test]
async fn events_and_observations_commit_together_or_not_at_all() {
    let scene = Scene::open().await;
    let event = |body: String| NewEvent { kind: "latest".to_owned(), body };
    scene
        .store
        .record(vec![delivery(vec![pm25(hour_ago(0), 38)])], now(), move |changes, view| {
            assert!(changes[0].newest && changes[0].before.is_none());
            let seen = view.latest_of("1424A")?;
            let value = seen[0].observation.value.map(|q| q.to_string());
            let events = vec![event(format!("{{\"pm2_5\":{}}}", value.unwrap_or_default()))];
            Ok(Derived { events, indices: Vec::new() })
        })
        .await
        .unwrap();
    assert_eq!(scene.store.events_after(0, 10).await.unwrap()[0].body, "{\"pm2_5\":38}");

    let refused = scene
        .store
        .record(vec![delivery(vec![pm25(hour_ago(1), 35)])], now(), |_, _| {
            Err(StoreError::Damaged("the index could not be computed".to_owned()))
        })
        .await;
    assert!(refused.is_err());
    assert_eq!(scene.values().await, [(hour_ago(0), Some(38))]);
    assert_eq!(scene.store.newest_event_id().await.unwrap(), 1);
    let panicking = scene
        .store
        .record(vec![delivery(vec![pm25(hour_ago(1), 35)])], now(), |_, _| panic!("on purpose"))
        .await;
    assert!(matches!(panicking, Err(StoreError::Panicked)), "{panicking:?}");
    assert_eq!(scene.values().await, [(hour_ago(0), Some(38))]);
    // What the writer remembered of the failed attempt is forgotten too.
    assert_eq!(scene.record(vec![pm25(hour_ago(1), 35)]).await.stored, 1);
}

#[tokio::test]
async fn one_failing_request_does_not_take_its_neighbours_along() {
    let scene = Scene::open().await;
    let requests: Vec<_> = (0..20)
        .map(|hour| {
            let store = scene.store.clone();
            tokio::spawn(async move {
                let sent = vec![delivery(vec![pm25(hour_ago(hour), 30)])];
                let derive = move |_: &[store::Change], _: &store::View<'_>| match hour % 3 {
                    0 => Err(StoreError::Damaged("on purpose".to_owned())),
                    _ => Ok(Derived::default()),
                };
                (hour, store.record(sent, now(), derive).await.is_ok())
            })
        })
        .collect();
    let mut kept = Vec::new();
    for request in requests {
        let (hour, ok) = request.await.unwrap();
        assert_eq!(ok, hour % 3 != 0, "hour {hour}");
        kept.extend(ok.then(|| hour_ago(hour)));
    }
    kept.sort();
    let stored: Vec<_> = scene.values().await.into_iter().map(|(start, _)| start).collect();
    assert_eq!(stored, kept);
}

#[tokio::test]
async fn a_number_leads_back_to_its_bytes() {
    let scene = Scene::open().await;
    let long = b"##".repeat(4_000);
    let sent = store::NewDelivery { raw: long.clone(), ..delivery(vec![pm25(hour_ago(0), 38)]) };
    record(&scene.store, sent).await.unwrap();
    scene.record(vec![pm25(hour_ago(2000), 12)]).await;
    let series = scene.series().await;
    let hot = scene.store.traced(series, hour_ago(0)).await.unwrap().unwrap();
    assert_eq!(hot.frame.unwrap().bytes, long);
    let sealed = scene.store.traced(series, hour_ago(2000)).await.unwrap().unwrap();
    assert_eq!(sealed.frame.unwrap().bytes, delivery(Vec::new()).raw);
    assert!(scene.store.traced(series, hour_ago(7)).await.unwrap().is_none());
}

#[tokio::test]
async fn bytes_that_came_to_no_reading_are_kept_for_study() {
    let scene = Scene::open().await;
    let unread = delivery(Vec::new());
    let recorded = record(&scene.store, unread.clone()).await.unwrap();
    assert_eq!((recorded.outcomes[0].stored, recorded.changes.len()), (0, 0));
    let kept = scene.store.raw_frame(1).await.unwrap().expect("the only copy there is");
    assert_eq!((kept.bytes, kept.source), (unread.raw, unread.source));
    // Repetitions of what was read need no second copy.
    scene.record(vec![pm25(hour_ago(0), 38)]).await;
    scene.record(vec![pm25(hour_ago(0), 38)]).await;
    assert!(scene.store.raw_frame(2).await.unwrap().is_some());
    assert!(scene.store.raw_frame(3).await.unwrap().is_none());
}
