//! The district's record in the staff console, below `console/api/v1/record/`.
//!
//! | method and path | body → reply |
//! |---|---|
//! | `GET items?stage=&source=&medium=&unit=&view=&q=&sort=&page=` | → [`ItemInbox`]; several values between commas; `view`: a key of [`ItemView`]; `sort`: `number`, `due`, `changed` |
//! | `POST items` | [`NewItem`] → [`ItemCase`] |
//! | `GET items/{number}` · `GET items.csv` (filters as above) | → [`ItemCase`] · the list |
//! | `POST items/{number}/acts` | [`ItemAct`] → [`ItemCase`]; refusals as with cases: 403, 422 with `fields` named as in [`Body`], 409 with the rule, 409 with [`StaleFacts`](crate::problem::StaleFacts) |
//! | `POST items/bulk` | [`ItemBulk`] → [`ItemBulkOutcome`] |
//! | `GET items/{number}/photos/{sha256}` (`{sha256}-redacted`: with its boxes) | the stored picture; photos are sent like reporters', to `api/v1/report/photos/{sha256}`, and named in an event's evidence |
//! | `POST items/{number}/photos/{sha256}/redaction` | [`Redaction`](super::Redaction) → [`ItemCasePhoto`] |
//! | `POST items/{number}/photos/{sha256}/publication` | [`PhotoPublication`] → [`ItemCasePhoto`] |
//! | `GET objections` | → [`OpenObjections`] |
//! | `POST items/{number}/objections/{objection}/identity` | [`Unsealing`](super::Unsealing) → [`SealedIdentity`](super::SealedIdentity); audited |
//! | `POST import/dry-run` (multipart, field `file`) | → [`ImportView`] |
//! | `POST import/run` | [`ImportRun`] → [`ImportView`] |
//! | `GET import/{token}` | → [`ImportView`], to be asked again while [`ImportState::is_busy`] |
//! | `GET import/{token}/faults.csv` | everything that is wrong, also where [`DryRun::faults`] is cut off |
//! | `GET scorecard` · `PUT scorecard/{key}` | → [`Statements`] · [`StatementEdit`] → [`Statements`] |
//! | `GET programmes/{slug}` · `PUT programmes/{slug}` | → [`ProgrammeHistory`] · [`ProgrammeEdit`] → [`ProgrammeHistory`] |
//! | `POST markdown` | a [`Text`] in Markdown → the [`Text`] as HTML, as the public page would show it |
//!
//! An account of a department sees and acts on that department's issues alone; recording new ones is the bureau's.

mod content;
mod import;

use domain::{
    Lang, Text,
    rectification::{Body, CheckStep, EventKind, EvidenceKind, Facts, Milestone, Phase, Stage},
    report,
};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

pub use self::{
    content::{
        ProgrammeEdit, ProgrammeHistory, ProgrammeRevision, Stated, StatementEdit, Statements,
    },
    import::{DryRun, ImportRun, ImportState, ImportView, Imported, RowFault},
};
use super::RedactionBox;
use crate::rectification::{Item, ItemLine};

macro_rules! views {
    ($($name:ident $key:literal $zh:literal $en:literal;)+) => {
        /// A view of the officers' list.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum ItemView { $(#[doc = $en] $name,)+ }

        impl ItemView {
            /// Every view.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// The key in addresses and JSON.
            pub const fn key(self) -> &'static str {
                match self { $(Self::$name => $key),+ }
            }

            /// Its name.
            pub const fn name(self, lang: Lang) -> &'static str {
                match self { $(Self::$name => lang.pick($zh, $en)),+ }
            }

            /// The view with that key.
            pub fn from_key(key: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|view| view.key() == key)
            }
        }
    };
}

views! {
    Overdue "overdue" "已超期" "past the last day";
    Soon "soon" "即将到期" "soon due";
    Objected "objected" "有异议待答复" "objections to answer";
    Closable "closable" "公示期满" "publicity over";
}

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
    /// How many issues each view holds, whatever else was asked for.
    pub by_view: Vec<(ItemView, u64)>,
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
    /// Where it stands.
    pub stage: Stage,
    /// Its facts, to be put right.
    pub facts: Facts,
    /// How far the work shall be when; empty: evenly.
    pub plan: Vec<Milestone>,
    /// The check that comes next, once the work is declared done; absent when all are passed.
    pub next_check: Option<CheckStep>,
    /// Who did each step of the course, in its order; empty where nobody of the office did.
    pub done_by: Vec<String>,
    /// What shows what was done, in the order it came.
    pub evidence: Vec<EvidenceLine>,
    /// Photos, with what was decided about them.
    pub photos: Vec<ItemCasePhoto>,
    /// Reports that belong to it, published or not.
    pub reports: Vec<ReportOfItem>,
    /// Objections, in order.
    pub objections: Vec<OfficerObjection>,
    /// What may be done now, and why not what may not.
    pub offered: Vec<OfferedEvent>,
    /// The days of publicity, if it began today.
    pub publicity_from_today: (Date, Date),
}

/// One piece of evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EvidenceLine {
    /// The number in the ledger of the event it came with.
    pub event: u64,
    /// That event's kind.
    pub with: EventKind,
    /// Photo or record.
    pub kind: EvidenceKind,
    /// Before, during or after the work.
    pub phase: Phase,
    /// Of a photo: its name among [`ItemCase::photos`].
    pub sha256: Option<String>,
    /// The record itself, or what the photo shows.
    pub note: String,
}

/// A photo of an issue as officers see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemCasePhoto {
    /// Its name: SHA-256 of the bytes that were sent.
    pub sha256: String,
    /// Before, during or after the work.
    pub phase: Phase,
    /// What it shows.
    pub note: String,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// Boxes that are burnt into what the public sees.
    pub boxes: Vec<RedactionBox>,
    /// Name of the picture with its boxes; absent without any.
    pub redacted: Option<String>,
    /// Whether the public sees it.
    pub published: bool,
    /// Why it cannot be published here: a report's photo is published with its report.
    pub refusal: Option<Text>,
}

/// Shows a photo to the public, or takes it back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhotoPublication {
    /// Shown from now on, with its boxes burnt in.
    pub publish: bool,
}

/// A report that belongs to an issue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportOfItem {
    /// Its number, as it is shown and as its case is called in addresses.
    pub public_id: String,
    /// Its state; absent for a report that the officer may not see.
    pub state: Option<report::State>,
    /// Whether it is published.
    pub published: bool,
}

/// An issue that a report belongs to, on the report's case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemOfReport {
    /// Its number.
    pub number: String,
    /// In one line.
    pub title: String,
    /// Where it stands.
    pub stage: Stage,
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
    /// In the reader's words; absent once deleted, and for officers who do not answer objections.
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
