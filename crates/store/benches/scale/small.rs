//! A history that arrives in small pieces through a real feed, as the demonstration's does: every
//! piece belongs to sealed months and rewrites some of each.

use std::{path::Path, time::Instant};

use store::{Derived, Options, Store};

use crate::{
    air::{NOW, Network, hours},
    table::Table,
};

const SERIES: usize = 100;
const HOURS: usize = 400 * 24;

/// Hours that come together: about 500 readings.
const AT_ONCE: usize = 5;

pub(crate) async fn measure(folder: &Path, table: &mut Table) {
    let store = Store::open(Options::at(folder.join("small.sqlite"))).await.unwrap();
    let network = Network { hours: vec![HOURS; SERIES] };
    store.sync_stations(network.stations()).await.unwrap();
    let mut weather = network.weather();
    let started = Instant::now();
    for first in (0..HOURS).step_by(AT_ONCE) {
        let hour = |number: usize| NOW - hours(HOURS) + hours(number);
        let deliveries = (first..first + AT_ONCE)
            .flat_map(|number| network.tick(&mut weather, hour(number), b"##0101..."))
            .collect();
        store.record(deliveries, NOW, |_, _| Ok(Derived::default())).await.unwrap();
    }
    let seconds = started.elapsed().as_secs_f64();
    assert_eq!(store.latest_all().await.unwrap().len(), SERIES);
    table.line("400 days of 100 series, 500 at a time", format!("{seconds:.1} s"), "≤ 20 s");
    store.close().await.unwrap();
}
