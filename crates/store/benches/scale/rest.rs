//! A fresh process on the full database: how soon it answers, how much memory it holds.

use std::{path::Path, process::Command, time::Instant};

use store::{Options, Store};

use crate::{
    probe::{ms, resident},
    table::Table,
};

/// Starts this program again on `path` and takes down what it says.
pub(crate) fn measure(path: &Path, table: &mut Table) {
    let this = std::env::current_exe().unwrap();
    let said = Command::new(this).arg("--at-rest").arg(path).output().unwrap();
    let said = String::from_utf8(said.stdout).unwrap();
    let mut figures = said.lines().map(str::to_owned);
    table.line("cold start to the first answer", figures.next().unwrap_or_default(), "≤ 1 s");
    table.line(
        "memory at rest (of the store alone)",
        figures.next().unwrap_or_default(),
        "≤ 150 MB",
    );
}

/// In the fresh process.
pub(crate) async fn show(path: &Path) {
    let started = Instant::now();
    let store = Store::open(Options::at(path)).await.unwrap();
    let latest = store.latest_all().await.unwrap();
    println!("{}", ms(started.elapsed()));
    assert!(!latest.is_empty());
    println!("{:.1} MB", resident() as f64 / 1e6);
}
