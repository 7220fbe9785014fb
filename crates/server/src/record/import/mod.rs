//! Lists of issues from spreadsheets: read, looked at row by row, and only then imported.
//!
//! A dry run names everything that is wrong by row, column, value and reason, and changes nothing. What is imported is
//! imported in one transaction. A value stands for its own row: merged cells are faults, never filled down by guessing.

mod columns;
mod events;
mod row;
mod sheet;
#[cfg(test)]
mod tests;
mod values;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::atomic::{AtomicU32, Ordering},
};

use domain::{
    Text,
    calendar::WorkCalendar,
    rectification::{ItemNumber, Rules},
};
use jiff::Timestamp;
use store::NewItemEvent;

pub use self::sheet::{MOST_BYTES, SheetError};
use self::{columns::Columns, row::Draft, sheet::Sheet};

/// What the rows are looked at with.
#[derive(Debug, Clone)]
pub struct Known {
    /// Units by key.
    pub units: BTreeMap<String, Text>,
    /// Numbers that the ledger has.
    pub numbers: BTreeSet<String>,
    /// The district's rules.
    pub rules: Rules,
    /// Working days.
    pub calendar: WorkCalendar,
    /// The server's clock.
    pub now: Timestamp,
    /// Whether what is imported is made up.
    pub simulated: bool,
}

/// What a list holds.
#[derive(Debug, Clone, PartialEq)]
pub struct DryRun {
    /// Rows with something in them.
    pub rows: usize,
    /// Rows without a fault, in the order of the list.
    pub good: Vec<Good>,
    /// What is wrong, by row and column; at most [`MOST_FAULTS`].
    pub faults: Vec<Fault>,
    /// How much is wrong in all.
    pub faults_total: usize,
    /// Headings of columns that nothing reads.
    pub ignored: Vec<String>,
}

/// A row that can be imported.
#[derive(Debug, Clone, PartialEq)]
pub struct Good {
    /// Its place in the spreadsheet, from 1.
    pub row: u32,
    /// Its issue.
    pub number: ItemNumber,
    /// What is told of it.
    pub events: Vec<NewItemEvent>,
}

/// What is wrong with one cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// As the spreadsheet numbers it, from 1.
    pub row: u32,
    /// The heading of the column.
    pub column: String,
    /// What stands there.
    pub value: String,
    /// What is wrong and what to do.
    pub reason: Text,
}

impl DryRun {
    /// Events of all good rows, for one transaction.
    pub fn into_events(self) -> Vec<(ItemNumber, NewItemEvent)> {
        let of_row = |good: Good| {
            let number = good.number;
            good.events.into_iter().map(move |event| (number.clone(), event))
        };
        self.good.into_iter().flat_map(of_row).collect()
    }
}

/// Faults that are kept of one list; who has more does better to look at how the list was made.
pub const MOST_FAULTS: usize = 20_000;

/// How far a list has been looked at, for whoever waits for it.
#[derive(Debug, Default)]
pub struct Progress {
    /// So far.
    pub done: AtomicU32,
    /// Of so many; 0 while the file is being opened.
    pub of: AtomicU32,
}

impl Progress {
    /// Begins anew with so many ahead.
    pub fn begin(&self, of: usize) {
        self.done.store(0, Ordering::Relaxed);
        self.of.store(u32::try_from(of).unwrap_or(u32::MAX), Ordering::Relaxed);
    }

    /// One more is done.
    pub fn step(&self) {
        self.done.fetch_add(1, Ordering::Relaxed);
    }
}

/// Looks at a list without changing anything. `name` is the file's: its ending says what it is.
///
/// # Errors
///
/// [`SheetError`] for a file that is no list at all.
pub fn dry_run(
    bytes: &[u8],
    name: &str,
    known: &Known,
    progress: &Progress,
) -> Result<DryRun, SheetError> {
    let sheet = Sheet::read(bytes, name)?;
    let columns = Columns::of(&sheet)?;
    progress.begin(sheet.count(columns.header));
    let mut found = DryRun {
        rows: 0,
        good: Vec::new(),
        faults: Vec::new(),
        faults_total: 0,
        ignored: columns.ignored.clone(),
    };
    let mut seen: BTreeMap<ItemNumber, u32> = BTreeMap::new();
    for line in sheet.lines(columns.header) {
        found.rows += 1;
        progress.step();
        let mut draft = Draft::read(&line, &columns, &sheet, known);
        if let Some(number) = draft.number.clone() {
            match seen.get(&number) {
                Some(first) => draft.twice(*first),
                None => {
                    seen.insert(number, line.row);
                }
            }
        }
        match draft.finish(known) {
            Ok(good) => found.good.push(good),
            Err(faults) => {
                found.faults_total += faults.len();
                let room = MOST_FAULTS.saturating_sub(found.faults.len());
                found.faults.extend(faults.into_iter().take(room));
            }
        }
    }
    Ok(found)
}
