//! Hour after hour of every series, each acknowledged only when the disk has it.

use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

use jiff::Timestamp;
use store::{Derived, NewDelivery, Store};
use tokio::task::JoinHandle;

use crate::{
    air::{NOW, Network, hours},
    probe::{bytes_written, ms, percentile},
    table::Table,
};

/// Ticks of each run.
const TICKS: usize = 400;

/// Ticks on their way at once, as from senders that do not wait for each other.
const UNDER_WAY: usize = 4;

pub(crate) async fn measure(store: &Store, network: &Network, table: &mut Table) {
    run(store, network, 0, "", table).await;
    // An hourly frame of one station with six items, as HJ 212 has it.
    let frame = "##0386QN=20261123140000001;ST=22;CN=2061;PW=******;MN=88888880000001;Flag=5;CP=&&DataTime=20261123130000;".to_owned()
        + &"a34004-Avg=35.1,a34004-Min=30.0,a34004-Max=41.2,a34004-Flag=N;".repeat(6)
        + "&&1C80\r\n";
    run(store, network, TICKS, &frame, table).await;

    let (before, started) = (bytes_written(), Instant::now());
    let sealed = store.seal(NOW + hours(2 * TICKS)).await.unwrap();
    let per_row = (bytes_written() - before) as f64 / sealed.rows as f64;
    let rate = sealed.rows as f64 / started.elapsed().as_secs_f64();
    table.line("sealing, day by day", format!("{rate:.0} obs/s"), "");
    table.line("… written", format!("{per_row:.0} bytes/obs"), "");
}

async fn run(store: &Store, network: &Network, first: usize, raw: &str, table: &mut Table) {
    let name =
        if raw.is_empty() { "live ingest, durable" } else { "… with the frames as received" };
    let mut weather = network.weather();
    let ticks: Vec<_> = (first..first + TICKS)
        .map(|tick| network.tick(&mut weather, NOW + hours(tick), raw.as_bytes()))
        .collect();
    let (before, started) = (bytes_written(), Instant::now());
    let mut under_way = VecDeque::new();
    let mut waits = Vec::new();
    for (tick, deliveries) in (first..).zip(ticks) {
        if under_way.len() == UNDER_WAY {
            waits.extend(finished(&mut under_way).await);
        }
        under_way.push_back(send(store, deliveries, NOW + hours(tick + 1)));
    }
    while let Some(wait) = finished(&mut under_way).await {
        waits.push(wait);
    }
    let seconds = started.elapsed().as_secs_f64();
    let rows = (TICKS * network.hours.len()) as f64;
    let written = (bytes_written() - before) as f64 / rows;
    let bare = raw.is_empty();
    table.line(
        name,
        format!("{:.0} obs/s", rows / seconds),
        if bare { "≥ 200,000 obs/s" } else { "" },
    );
    table.line(
        "… written",
        format!("{written:.0} bytes/obs"),
        if bare { "≤ 250 bytes" } else { "" },
    );
    table.line("… a tick of every series acknowledged, p99", ms(percentile(&mut waits, 99)), "");
}

fn send(store: &Store, deliveries: Vec<NewDelivery>, now: Timestamp) -> JoinHandle<Duration> {
    let store = store.clone();
    tokio::spawn(async move {
        let sent = Instant::now();
        let recorded = store.record(deliveries, now, |_, _| Ok(Derived::default())).await.unwrap();
        assert!(recorded.outcomes.iter().all(|outcome| outcome.duplicate + outcome.revised == 0));
        sent.elapsed()
    })
}

async fn finished(under_way: &mut VecDeque<JoinHandle<Duration>>) -> Option<Duration> {
    Some(under_way.pop_front()?.await.unwrap())
}
