//! Lists of issues brought in by an officer: looked at first, imported then.

use domain::Text;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Where an import stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImportState {
    /// The list is being looked at.
    Reading,
    /// It was looked at; nothing is imported yet.
    Read,
    /// It is being imported.
    Importing,
    /// It is imported.
    Imported,
    /// The file is no list, or nothing was imported: [`ImportView::failure`] says why.
    Failed,
}

impl ImportState {
    /// Whether it is worth asking again in a moment.
    pub const fn is_busy(self) -> bool {
        matches!(self, Self::Reading | Self::Importing)
    }
}

/// An import as it stands. A short list is ready in the first reply already.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportView {
    /// Names the import, for the officer who sent the list alone.
    pub token: String,
    /// The file's name.
    pub file: String,
    /// Where it stands.
    pub state: ImportState,
    /// Rows looked at so far; then, what is written of the issues and their events.
    pub done: u32,
    /// Of so many; 0 while the file is being opened.
    pub of: u32,
    /// What was found, once it was looked at.
    pub dry_run: Option<DryRun>,
    /// What was imported, once it was.
    pub imported: Option<Imported>,
    /// Why the file could not be read, or nothing was imported.
    pub failure: Option<Text>,
    /// When the list is forgotten if nothing is done with it.
    #[serde(deserialize_with = "domain::wire::instant")]
    pub expires: Timestamp,
}

/// What an import would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DryRun {
    /// Rows with something in them, the header not counted.
    pub rows: u32,
    /// Rows that can be imported.
    pub good: u32,
    /// What is wrong, by row and column; the first thousand.
    pub faults: Vec<RowFault>,
    /// How much is wrong in all; `faults.csv` has every one.
    pub faults_total: u32,
    /// Columns that nothing reads.
    pub ignored_columns: Vec<String>,
}

/// What is wrong with one cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowFault {
    /// As the spreadsheet numbers it; the header is row 1.
    pub row: u32,
    /// The heading of the column, or its letter where it has none.
    pub column: String,
    /// What stands there.
    pub value: String,
    /// What is wrong and what to do.
    pub reason: Text,
}

/// Imports what a dry run found good.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportRun {
    /// Of the dry run.
    pub token: String,
    /// Leave out rows at fault; without it nothing is imported while there are any.
    pub skip_faults: bool,
}

/// What was imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Imported {
    /// Issues.
    pub items: u32,
    /// Events.
    pub events: u32,
}
