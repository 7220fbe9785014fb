//! `bilan import --format rectification`: a list of issues from a spreadsheet, looked at first and imported whole.

use std::fs;

use anyhow::{Context, Result};

use super::super::{configured, hold, open, say};
use domain::calendar::WorkCalendar;

use crate::{
    cli::Import,
    record::import::{DryRun, Known, MOST_BYTES, Progress, dry_run},
};

/// Says everything that is wrong with the list; imports it when nothing is, or when rows at fault may be left out.
pub(super) async fn run(command: Import) -> Result<()> {
    let (config, profile) = configured(&command.place)?;
    let _held = hold(&config.server.data_dir)?;
    let path = &command.path;
    let size = fs::metadata(path).with_context(|| path.display().to_string())?.len();
    anyhow::ensure!(
        size <= MOST_BYTES as u64,
        "{}: the file is too large; split it",
        path.display()
    );
    let bytes = fs::read(path).with_context(|| path.display().to_string())?;
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let store = open(&config).await?;
    let numbers = store.items().await?.into_iter().map(|item| item.number).collect();
    let known = Known {
        units: crate::record::units(&profile),
        numbers,
        rules: profile.record.rules,
        calendar: WorkCalendar::default(),
        now: crate::clock::now(),
        simulated: false,
    };
    let found = dry_run(&bytes, &name, &known, &Progress::default())
        .with_context(|| path.display().to_string())?;
    told(&found)?;
    if command.dry_run {
        return store.close().await.map_err(Into::into);
    }
    anyhow::ensure!(
        found.faults_total == 0 || command.skip_faults,
        "nothing was imported; correct the rows named above, or say --skip-faults"
    );
    let events = found.into_events();
    let count = events.len();
    let opened = store.record_items(events, "import", Vec::new()).await?;
    store.close().await?;
    say(&format!("imported {opened} issues in {count} events"))
}

fn told(found: &DryRun) -> Result<()> {
    for fault in &found.faults {
        say(&format!(
            "row {} column {} \"{}\": {} / {}",
            fault.row, fault.column, fault.value, fault.reason.zh, fault.reason.en
        ))?;
    }
    if found.faults_total > found.faults.len() {
        say(&format!("… and {} faults more", found.faults_total - found.faults.len()))?;
    }
    for heading in &found.ignored {
        say(&format!("column {heading} is not read"))?;
    }
    say(&format!(
        "{} rows: {} can be imported, {} cannot",
        found.rows,
        found.good.len(),
        found.rows - found.good.len()
    ))
}
