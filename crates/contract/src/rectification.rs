//! The rectification ledger as the public reads it. Nobody is named in it: neither who acted nor who objected.

use domain::{
    Text,
    rectification::{
        Cause, CheckStep, EventKind, Medium, Origin, Point, Source, State, Statistics, Term,
    },
};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

#[cfg(feature = "openapi")]
use crate::schema;
use crate::{public::Meta, report::Proof};

/// `GET api/v1/rectification?as_of=`: every figure at the end of a day, and every issue in one line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Ledger {
    /// About this reply.
    pub meta: Meta,
    /// The figures as of the day asked for, with their definitions in `docs/rectification.md`.
    #[cfg_attr(feature = "openapi", schema(value_type = serde_json::Value))]
    pub statistics: Statistics,
    /// The whole list at the end of every month up to that day.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<serde_json::Value>))]
    pub timeline: Vec<Point>,
    /// Names of the units.
    pub units: Vec<NamedUnit>,
    /// Issues by number, as of the same day.
    pub items: Vec<ItemLine>,
    /// Where the ledger ends now.
    pub head: LedgerHead,
}

/// A unit by its key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NamedUnit {
    /// As in [`ItemLine::unit`].
    pub key: String,
    /// Its name.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Text))]
    pub name: Text,
}

/// The last event's number and hash: whoever keeps it can tell later whether anything was altered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LedgerHead {
    /// The day it was published, of a head of the past.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<schema::CalendarDay>))]
    #[serde(
        default,
        deserialize_with = "domain::wire::day_or_none",
        skip_serializing_if = "Option::is_none"
    )]
    pub day: Option<Date>,
    /// How many events there are.
    pub count: u64,
    /// SHA-256 of the last, lower-case hexadecimal.
    pub hash: String,
}

/// `GET api/v1/rectification/heads`: where the ledger ended, day by day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LedgerHeads {
    /// About this reply.
    pub meta: Meta,
    /// The oldest first.
    pub heads: Vec<LedgerHead>,
}

/// One issue in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ItemLine {
    /// Its number, part of its address.
    pub number: String,
    /// In one line, in Chinese.
    pub title: String,
    /// The same in English, where somebody wrote it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title_en: Option<String>,
    /// Where it comes from.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub source: Source,
    /// Round or batch.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub batch: String,
    /// What it concerns.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub medium: Medium,
    /// The responsible unit's key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// Where it stands.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub state: State,
    /// The day it was found.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::CalendarDay))]
    #[serde(deserialize_with = "domain::wire::day")]
    pub found: Date,
    /// The last day.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<schema::CalendarDay>))]
    #[serde(
        default,
        deserialize_with = "domain::wire::day_or_none",
        skip_serializing_if = "Option::is_none"
    )]
    pub due: Option<Date>,
    /// The day it was struck off, while it is.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<schema::CalendarDay>))]
    #[serde(
        default,
        deserialize_with = "domain::wire::day_or_none",
        skip_serializing_if = "Option::is_none"
    )]
    pub closed: Option<Date>,
    /// Past its last day and not done.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub overdue: bool,
    /// Where its text comes from.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub origin: Origin,
}

/// `GET api/v1/rectification/{number}`: one issue with its course.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = Issue))]
pub struct Item {
    /// About this reply.
    pub meta: Meta,
    /// As in lists.
    pub line: ItemLine,
    /// The kind of deadline.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub term: Option<Term>,
    /// The responsible unit's name.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<schema::Text>))]
    pub unit: Option<Text>,
    /// Who watches over it.
    pub lead: Option<String>,
    /// The task 整改任务概述, first row of the district's publication form.
    pub task: String,
    /// The target 整改目标; absent before it is set.
    pub goal: Option<String>,
    /// The measures 整改措施; absent before they are set.
    pub measures: Option<String>,
    /// What was achieved 整改成效; absent before it is declared.
    pub result: Option<String>,
    /// How far the work was last said to be, in percent.
    pub percent: u32,
    /// How far it was planned to be by now, in percent; absent where nothing is planned.
    pub planned_percent: Option<u32>,
    /// Everything that happened, oldest first.
    pub course: Vec<ItemStep>,
    /// The days on which the public may object; of the last time, also when they are over.
    pub publicity: Option<Publicity>,
    /// Objections by what became of them.
    pub objections: ObjectionCounts,
    /// Photos that were looked at and may be shown.
    pub photos: Vec<ItemPhoto>,
    /// Published reports that belong to it, by their public numbers.
    pub reports: Vec<String>,
    /// Stations and sections whose readings belong to it, by code.
    pub stations: Vec<String>,
    /// The number of the ledger's event that opened it.
    pub first_event: u64,
    /// Who publishes the notice, named above the publication form.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Text))]
    pub publisher: Text,
    /// True where the text is quoted from a published one and its days are made up for a demonstration.
    pub days_simulated: bool,
}

/// One step of an issue's course.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ItemStep {
    /// The event's number in the ledger.
    pub event: u64,
    /// The day it happened on.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::CalendarDay))]
    #[serde(deserialize_with = "domain::wire::day")]
    pub on: Date,
    /// When it was written down.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Instant))]
    #[serde(deserialize_with = "domain::wire::instant")]
    pub at: Timestamp,
    /// What.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub kind: EventKind,
    /// The department that did it; absent for the bureau, the public and the portal.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<schema::Text>))]
    pub unit: Option<Text>,
    /// What was said with it: reason, progress, result, record or answer.
    pub text: Option<String>,
    /// Of a check: which.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub step: Option<CheckStep>,
    /// Of a check whether it passed, of an objection whether it was upheld.
    pub passed: Option<bool>,
    /// Of a progress report, in percent.
    pub percent: Option<u32>,
    /// Of an opening again.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub cause: Option<Cause>,
    /// Of a carrying over: the document.
    pub document: Option<String>,
    /// SHA-256 of the event in the chain, lower-case hexadecimal.
    pub hash: String,
}

/// 公示: the days on which the public may object.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Publicity {
    /// The first.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::CalendarDay))]
    #[serde(deserialize_with = "domain::wire::day")]
    pub from: Date,
    /// The last; it counts whole.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::CalendarDay))]
    #[serde(deserialize_with = "domain::wire::day")]
    pub until: Date,
    /// Whether an objection is taken now.
    pub open: bool,
    /// Working days left, today not counted; 0 on the last day and after.
    pub working_days_left: u32,
    /// False where the portal does not have the holidays of that year: the last day was counted by weekends.
    pub announced: bool,
    /// Where else it is shown: an address, or words such as those of a notice board.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub elsewhere: Option<String>,
}

/// Objections by what became of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ObjectionCounts {
    /// Received in all.
    pub received: u32,
    /// Not answered yet.
    pub open: u32,
    /// Not upheld.
    pub rejected: u32,
    /// Upheld: the issue went back to work.
    pub upheld: u32,
}

/// A photo of the place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ItemPhoto {
    /// Its address, relative to the base path.
    pub href: String,
    /// `before`, `during` or `after`.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub phase: domain::rectification::Phase,
    /// What it shows.
    pub note: String,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
}

/// `POST api/v1/rectification/{number}/objections`: what a reader objects.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Objection {
    /// Why it should not be struck off; at most 1,000 characters.
    pub text: String,
    /// A contact sealed to the officers' key, as in a report; optional.
    #[serde(default)]
    pub sealed_contact: Option<String>,
    /// As with a report.
    pub proof: Option<Proof>,
    /// To be left empty: people do not see the field.
    #[serde(default)]
    pub website: String,
}

/// The objection was taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ObjectionTaken {
    /// Of the issue's objections, which.
    pub objection: u32,
    /// SHA-256 over salt and text as it stands in the ledger, lower-case hexadecimal: proves what was sent.
    pub sha256: String,
    /// 16 random bytes in lower-case hexadecimal; the server deletes its copy with the text.
    pub salt: String,
}
