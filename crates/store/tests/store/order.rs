use std::collections::BTreeMap;

use domain::{DeviceFlag, QcFlags, Quantity, Reading};
use jiff::SignedDuration;
use proptest::prelude::*;

use crate::support::*;

/// An hour before now and what it measured; the same hour always says the same.
fn any_reading() -> impl Strategy<Value = Reading> {
    // Around the line between hot and sealed, and months back.
    prop_oneof![0_i64..60, 700_i64..760, 5_000_i64..5_003].prop_map(|hour| {
        if hour % 7 == 3 { silent(hour_ago(hour)) } else { pm25(hour_ago(hour), hour as i32 % 90) }
    })
}

fn any_deliveries() -> impl Strategy<Value = Vec<Vec<Reading>>> {
    prop::collection::vec(prop::collection::vec(any_reading(), 1..12), 1..12)
}

async fn final_state(deliveries: &[Vec<Reading>], seal_after: Option<usize>) -> String {
    let scene = Scene::open().await;
    for (place, readings) in deliveries.iter().enumerate() {
        scene.record(readings.clone()).await;
        if seal_after == Some(place) {
            scene.store.seal(now() + SignedDuration::from_hours(48)).await.unwrap();
        }
    }
    scene.store.integrity_check().await.unwrap();
    let latest = scene.store.latest_all().await.unwrap();
    let latest: Vec<_> = latest.iter().map(|l| (&l.series.station, l.observation)).collect();
    let state = format!("{:?} {latest:?}", scene.observations().await);
    scene.store.rebuild(now()).await.unwrap();
    let rebuilt = scene.store.latest_all().await.unwrap();
    let rebuilt: Vec<_> = rebuilt.iter().map(|l| (&l.series.station, l.observation)).collect();
    assert_eq!(latest, rebuilt, "what is derived can be derived again");
    state
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_deliveries_leaves_no_mark(
        deliveries in any_deliveries(),
        shuffled in any::<prop::sample::Index>(),
        repeated in any::<prop::sample::Index>(),
        seal_after in prop::option::of(0_usize..12),
    ) {
        let mut other = deliveries.clone();
        let turn = shuffled.index(other.len());
        other.rotate_left(turn);
        other.iter_mut().for_each(|readings| readings.reverse());
        other.push(deliveries[repeated.index(deliveries.len())].clone());
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let (one, two) = runtime.block_on(async {
            (final_state(&deliveries, None).await, final_state(&other, seal_after).await)
        });
        prop_assert_eq!(one, two);
    }

    #[test]
    fn the_store_agrees_with_a_plain_map(
        deliveries in any_deliveries(),
        values in prop::collection::vec(prop::option::of(0_i32..5), 144),
        seal_after in prop::option::of(0_usize..12),
    ) {
        // Here the same hour may say different things: the last one stands.
        let mut values = values.into_iter().cycle();
        let deliveries: Vec<Vec<Reading>> = deliveries.into_iter().map(|readings| {
            readings.into_iter().map(|r| match values.next().flatten() {
                Some(value) => pm25(r.period.start, value),
                None => silent(r.period.start),
            }).collect()
        }).collect();
        let mut model = BTreeMap::new();
        for reading in deliveries.iter().flatten() {
            model.entry(reading.period.start)
                .and_modify(|(value, revision, flag): &mut (Option<Quantity>, u32, DeviceFlag)| {
                    let gap = if value.is_some() { DeviceFlag::Withdrawn } else { *flag };
                    let next = if reading.value.is_some() { DeviceFlag::Normal } else { gap };
                    if (*value, *flag) != (reading.value, next) {
                        *revision += 1;
                        (*value, *flag) = (reading.value, next);
                    }
                })
                .or_insert((reading.value, 0, reading.flag));
        }
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let seen = runtime.block_on(async {
            let scene = Scene::open().await;
            for (place, readings) in deliveries.iter().enumerate() {
                scene.record(readings.clone()).await;
                if seal_after == Some(place) {
                    scene.store.seal(now() + SignedDuration::from_hours(48)).await.unwrap();
                }
            }
            scene.observations().await
        });
        let seen: Vec<_> = seen.iter().map(|o| {
            assert_eq!(o.quality.contains(QcFlags::REVISED), o.revision > 0);
            (o.period().start, (o.value, o.revision, o.flag))
        }).collect();
        prop_assert_eq!(seen, model.into_iter().collect::<Vec<_>>());
    }
}
