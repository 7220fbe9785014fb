//! The store at the size of a province: 42 million observations in 2,415 series.
//!
//! `cargo bench -p store`, or with fewer rows `cargo bench -p store -- --rows 1000000` or
//! `BILAN_BENCH_ROWS=1000000`. With `BILAN_TEST_DATA` set, the bytes per observation are also
//! measured on four years of real hours of twelve stations.
#![expect(clippy::print_stdout, reason = "a table of figures is what this program is for")]
#![expect(clippy::unwrap_used, reason = "a benchmark that cannot go on should say where")]

mod air;
mod live;
mod probe;
mod queries;
mod real;
mod record;
mod rest;
mod small;
mod table;

use std::{path::Path, time::Instant};

use store::{Options, Store};

use crate::table::Table;

const SERIES: usize = 2_415;

#[tokio::main]
async fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if let Some(path) = value_of(&arguments, "--at-rest") {
        return rest::show(Path::new(&path)).await;
    }
    let rows = value_of(&arguments, "--rows")
        .or_else(|| std::env::var("BILAN_BENCH_ROWS").ok())
        .map_or(42_000_000, |text| text.parse().expect("--rows is a whole number"));
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let path = folder.path().join("scale.sqlite");
    let mut table = Table::titled(&format!("{rows} observations in {SERIES} series"));

    let store = Store::open(Options::at(&path)).await.unwrap();
    let network = air::Network::of(SERIES, rows);
    fill(&store, &network, &mut table).await;
    queries::measure(&store, &network, &mut table).await;
    store.close().await.unwrap();
    rest::measure(&path, &mut table);
    let store = Store::open(Options::at(&path)).await.unwrap();
    live::measure(&store, &network, &mut table).await;
    store.close().await.unwrap();
    small::measure(folder.path(), &mut table).await;
    record::measure(folder.path(), &mut table).await;
    real::measure(folder.path(), &mut table).await;
    table.print();
}

fn value_of(arguments: &[String], name: &str) -> Option<String> {
    let place = arguments.iter().position(|argument| argument == name)?;
    arguments.get(place + 1).cloned()
}

/// Everything through the front door: old periods go into packed months as they arrive.
async fn fill(store: &Store, network: &air::Network, table: &mut Table) {
    let started = Instant::now();
    store.sync_stations(network.stations()).await.unwrap();
    let mut rows = 0;
    for delivery in network.history() {
        rows += delivery.readings.len();
        let recorded =
            store.record(vec![delivery], air::NOW, |_, _| Ok(store::Derived::default())).await;
        assert!(recorded.unwrap().outcomes[0].rejected.is_empty());
    }
    let seconds = started.elapsed().as_secs_f64();
    let size = store.size().await.unwrap();
    assert_eq!((size.hot_rows + size.sealed_rows) as usize, rows, "nothing is lost on the way");
    table.line("import of history", format!("{:.0} obs/s", rows as f64 / seconds), "");
    table.line(
        "disk per sealed observation",
        format!("{:.2} bytes", size.packed_bytes as f64 / size.sealed_rows as f64),
        "",
    );
    table.line(
        "… with keys, pages and the hot table",
        format!("{:.2} bytes", size.file_bytes as f64 / rows as f64),
        "≤ 2 bytes",
    );
}
