//! The three questions that pages ask, through the public interface.

use std::time::{Duration, Instant};

use store::{Observation, SeriesId, Store};

use crate::{
    air::{NOW, Network, hours},
    probe::{ms, percentile},
    table::Table,
};

pub(crate) async fn measure(store: &Store, network: &Network, table: &mut Table) {
    let mut times = Vec::new();
    for _ in 0..500 {
        let started = Instant::now();
        let latest = store.latest_all().await.unwrap();
        times.push(started.elapsed());
        assert_eq!(latest.len(), network.hours.len());
    }
    report(table, "latest of all, p50", &mut times, "≤ 1 ms");

    let series: Vec<SeriesId> =
        store.latest_all().await.unwrap().iter().map(|latest| latest.series.id).collect();
    let longest = network.hours[0];
    // The first series are the long ones; a stride visits them in no order of the disk.
    let long = network.hours.iter().filter(|hours| **hours == longest).count();
    let some = |count: usize| (0..count).map(move |turn| turn * 997 % long);
    let mut times = Vec::new();
    for place in some(1_000) {
        let started = Instant::now();
        let seen = store.observations(series[place], NOW - hours(720), NOW).await.unwrap();
        times.push(started.elapsed());
        assert!(seen.len() > 600.min(longest * 9 / 10));
    }
    report(table, "30 days hourly of one, p50", &mut times, "≤ 0.2 ms");

    let mut times = Vec::new();
    for place in some(500) {
        let started = Instant::now();
        let seen = store.observations(series[place], NOW - hours(longest), NOW).await.unwrap();
        let days = daily(&seen);
        times.push(started.elapsed());
        assert!(days.len() >= longest / 24);
    }
    report(table, "3 years daily of one, p50", &mut times, "≤ 1 ms");
}

fn report(table: &mut Table, what: &str, times: &mut [Duration], budget: &str) {
    table.line(what, ms(percentile(times, 50)), budget);
    table.line(&what.replace("p50", "p99"), ms(percentile(times, 99)), "");
}

/// Means of Beijing days in millionths, of those with a value.
fn daily(hours: &[Observation]) -> Vec<i64> {
    const DAY_US: i64 = 86_400_000_000;
    const BEIJING_US: i64 = 28_800_000_000;
    hours
        .chunk_by(|a, b| (a.start_us + BEIJING_US) / DAY_US == (b.start_us + BEIJING_US) / DAY_US)
        .map(|day| {
            let values = day.iter().filter_map(|hour| hour.value);
            let (sum, count) =
                values.fold((0, 0), |(sum, count), v| (sum + v.millionths(), count + 1));
            sum / count.max(1)
        })
        .collect()
}
