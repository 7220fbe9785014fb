//! The district's record in the staff console, below `console/api/v1/record/`.
//!
//! | method and path | body → reply |
//! |---|---|
//! | `GET items?stage=&source=&medium=&unit=&view=&q=&sort=&page=` | → [`ItemInbox`]; `view`: `overdue`, `soon`, `objected`, `closable` |
//! | `POST items` | [`NewItem`] → [`ItemCase`] |
//! | `GET items/{number}` · `GET items.csv` | → [`ItemCase`] · the list |
//! | `POST items/{number}/acts` | [`ItemAct`] → [`ItemCase`]; refusals as with cases |
//! | `POST items/bulk` | [`ItemBulk`] → [`ItemBulkOutcome`] |
//! | `POST import/dry-run` (multipart, field `file`) | → [`DryRun`] |
//! | `POST import/run` | [`ImportRun`] → [`Imported`] |
//! | `GET objections` | → [`OpenObjections`] |
//! | `PUT scorecard/{key}` | [`domain::scorecard::Entry`] → [`crate::scorecard::Scorecard`] |
//! | `GET programmes/{slug}` · `PUT programmes/{slug}` | → [`ProgrammeHistory`] · [`ProgrammeEdit`] → [`ProgrammeHistory`] |

use domain::{
    Text,
    rectification::{Body, EventKind, Facts, Stage},
};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use crate::{
    programme::ProgrammeText,
    rectification::{Item, ItemLine},
};

/// A page of issues.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ItemInbox {
    /// The server's clock.
    #[serde(deserialize_with = "domain::wire::instant")]
    pub server_time: Timestamp,
    /// Issues that match.
    pub total: u64,
    /// From 1.
    pub page: u32,
    /// Issues of a page.
    pub page_size: u32,
    /// All issues by stage, whichever stages were asked for.
    pub by_stage: Vec<(Stage, u64)>,
    /// The page's issues.
    pub rows: Vec<OfficerLine>,
}

/// One issue in the officers' list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfficerLine {
    /// As the public reads it.
    pub line: ItemLine,
    /// The version to act on.
    pub version: u32,
    /// Objections without an answer.
    pub open_objections: u32,
    /// The last day of publicity.
    #[serde(default, deserialize_with = "domain::wire::day_or_none")]
    pub until: Option<Date>,
    /// When it last changed.
    #[serde(deserialize_with = "domain::wire::instant")]
    pub changed: Timestamp,
    /// Who changed it.
    pub changed_by: String,
}

/// One issue with what an officer may do to it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ItemCase {
    /// As the public reads it.
    pub item: Item,
    /// The version to act on.
    pub version: u32,
    /// Who did each step of the course, in its order; empty where nobody of the office did.
    pub done_by: Vec<String>,
    /// Objections, in order.
    pub objections: Vec<OfficerObjection>,
    /// What may be done now, and why not what may not.
    pub offered: Vec<OfferedEvent>,
    /// The days of publicity, if it began today.
    pub publicity_from_today: (Date, Date),
}

/// What may be done, or why not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfferedEvent {
    /// What.
    pub kind: EventKind,
    /// Why it may not be done; absent where it may.
    pub refusal: Option<Text>,
}

/// An objection as officers read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfficerObjection {
    /// The number.
    pub item: String,
    /// 1, 2, 3… within the issue.
    pub objection: u32,
    /// When it came.
    #[serde(deserialize_with = "domain::wire::instant")]
    pub at: Timestamp,
    /// In the reader's words; absent once deleted.
    pub text: Option<String>,
    /// The same with personal data covered, as it may be shown.
    pub masked: Option<String>,
    /// Whether a sealed contact is kept.
    pub has_contact: bool,
    /// Whether it was upheld; absent before it is answered.
    pub upheld: Option<bool>,
}

/// Objections that wait for an answer, the oldest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenObjections {
    /// All of them.
    pub objections: Vec<OfficerObjection>,
}

/// A new issue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewItem {
    /// Its number.
    pub number: String,
    /// The day it was found.
    #[serde(deserialize_with = "domain::wire::day")]
    pub on: Date,
    /// Its facts; with the public number of a report, it is opened from that.
    pub facts: Facts,
}

/// Something done to an issue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemAct {
    /// The version that was on screen.
    pub seen_version: u32,
    /// The day it happened on; absent: today.
    #[serde(default, deserialize_with = "domain::wire::day_or_none")]
    pub on: Option<Date>,
    /// The event that is wished.
    pub body: Body,
}

/// The same done to several issues.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemBulk {
    /// Numbers, each with the version that was on screen.
    pub items: Vec<(String, u32)>,
    /// The event that is wished.
    pub body: Body,
}

/// What became of each.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemBulkOutcome {
    /// Issues it was done to.
    pub done: u32,
    /// Those it was not done to, and why.
    pub refused: Vec<(String, Text)>,
}

/// What an import would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DryRun {
    /// Rows with something in them, the header not counted.
    pub rows: u32,
    /// Rows that can be imported.
    pub good: u32,
    /// Everything that is wrong, by row and column.
    pub faults: Vec<RowFault>,
    /// Columns that nothing reads.
    pub ignored_columns: Vec<String>,
    /// To be sent back with [`ImportRun`]; valid until the file is imported or an hour has passed.
    pub token: String,
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

/// A page of a programme with its revisions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProgrammeHistory {
    /// Its name in its address.
    pub slug: String,
    /// The revision to revise; 0 for a new page.
    pub version: i64,
    /// Revisions, the newest first.
    pub revisions: Vec<ProgrammeRevision>,
}

/// One revision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProgrammeRevision {
    /// When.
    #[serde(deserialize_with = "domain::wire::instant")]
    pub at: Timestamp,
    /// Who; empty: from the district's profile.
    pub by: String,
    /// What the page then said.
    pub text: ProgrammeText,
}

/// A revision that is to be added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProgrammeEdit {
    /// The revision that was on screen.
    pub seen_version: i64,
    /// What the page shall say.
    pub text: ProgrammeText,
}
