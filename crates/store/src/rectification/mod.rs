//! The rectification ledger: one chain of events, and beside it what lists and officers need at once.

mod act;
mod event;
mod head;
mod list;
mod objection;
mod photo;

pub(crate) use self::objection::forget as forget_objections;
use domain::rectification::{Case, Link, Medium, Origin, Source, Stage, Term};
use jiff::{Timestamp, civil::Date};
use rusqlite::{Connection, OptionalExtension, Row, named_params};

pub use self::{
    act::{ItemChange, ItemPhoto},
    event::{ItemEvent, NewItemEvent, Signed},
    list::{ItemFilter, ItemInbox, ItemSort},
    objection::{NewObjection, Objection},
    photo::PhotoOfItem,
};
use crate::{
    Store, StoreError, View,
    time::timestamp,
    words::{some_word, word},
};

/// An issue as lists show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemRow {
    /// Its number.
    pub number: String,
    /// Where it stands.
    pub stage: Stage,
    /// Where it comes from.
    pub source: Source,
    /// Round or batch.
    pub batch: String,
    /// What it concerns.
    pub medium: Medium,
    /// In one line.
    pub title: String,
    /// The same in English.
    pub title_en: Option<String>,
    /// Where its text comes from.
    pub origin: Origin,
    /// The responsible unit's key.
    pub unit: Option<String>,
    /// The kind of deadline.
    pub term: Option<Term>,
    /// The day it was found.
    pub found: Date,
    /// The last day.
    pub due: Option<Date>,
    /// The day it was closed, while it is.
    pub closed: Option<Date>,
    /// The last day of publicity.
    pub until: Option<Date>,
    /// Objections without an answer.
    pub open_objections: u32,
    /// The public number of the report it was opened from.
    pub report: Option<String>,
    /// Any of its events is made up.
    pub simulated: bool,
    /// How many events it has: its version.
    pub version: u32,
    /// When it last changed.
    pub changed: Timestamp,
    /// Who changed it, for colleagues.
    pub changed_by: String,
    /// The key of what was done.
    pub changed_what: String,
}

impl ItemRow {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            number: row.get("number")?,
            stage: word(row, "stage", Stage::from_key)?,
            source: word(row, "source", Source::from_key)?,
            batch: row.get("batch")?,
            medium: word(row, "medium", Medium::from_key)?,
            title: row.get("title")?,
            title_en: row.get("title_en")?,
            origin: word(row, "origin", Origin::from_key)?,
            unit: row.get("unit")?,
            term: some_word(row, "term", Term::from_key)?,
            found: word(row, "found_on", day)?,
            due: some_word(row, "due_on", day)?,
            closed: some_word(row, "closed_on", day)?,
            until: some_word(row, "until_on", day)?,
            open_objections: row.get("open_objections")?,
            report: row.get("report")?,
            simulated: row.get("simulated")?,
            version: row.get("events")?,
            changed: timestamp(row.get("changed_us")?),
            changed_by: row.get("changed_by")?,
            changed_what: row.get("changed_what")?,
        })
    }

    /// The first column that is not what the events say, by its name.
    pub fn differs(&self, case: &Case) -> Option<&'static str> {
        let agree = [
            ("number", self.number == case.item.as_str()),
            ("stage", self.stage == case.stage),
            ("source", self.source == case.facts.source),
            ("batch", self.batch == case.facts.batch),
            ("medium", self.medium == case.facts.medium),
            ("title", self.title == case.facts.title),
            ("title_en", self.title_en == case.facts.title_en),
            ("origin", self.origin == case.facts.origin),
            ("unit", self.unit == case.unit),
            ("term", self.term == case.term),
            ("found_on", self.found == case.found),
            ("due_on", self.due == case.due),
            ("closed_on", self.closed == case.closed),
            ("until_on", self.until == case.window.map(|window| window.until)),
            ("open_objections", self.open_objections == case.open_objections()),
            ("report", self.report.as_deref() == report_of(case)),
            ("events", self.version == case.seq),
        ];
        agree.into_iter().find(|(_, agrees)| !agrees).map(|(name, _)| name)
    }
}

pub(super) fn day(text: &str) -> Option<Date> {
    text.parse().ok()
}

fn report_of(case: &Case) -> Option<&str> {
    case.links.iter().find_map(|link| match link {
        Link::Report(number) => Some(number.as_str()),
        Link::Station(_) => None,
    })
}

/// Who changed an issue, and what they did.
pub(super) struct Changed<'a> {
    pub(super) at: Timestamp,
    pub(super) by: &'a str,
    pub(super) what: &'a str,
}

/// Writes what the events of an issue amount to.
pub(super) fn fold(
    db: &Connection,
    case: &Case,
    simulated: bool,
    changed: &Changed<'_>,
) -> Result<(), StoreError> {
    let text = |day: Option<Date>| day.map(|day| day.to_string());
    db.prepare_cached(
        "update rectification_item set stage = :stage, source = :source, batch = :batch,
             medium = :medium, title = :title, title_en = :title_en, origin = :origin,
             unit = :unit, term = :term, found_on = :found, due_on = :due, closed_on = :closed,
             until_on = :until, open_objections = :open, report = :report,
             simulated = max(simulated, :simulated), events = :events,
             changed_us = :at, changed_by = :by, changed_what = :what
         where number = :number",
    )?
    .execute(named_params! {
        ":number": case.item.as_str(), ":stage": case.stage.key(),
        ":source": case.facts.source.key(), ":batch": case.facts.batch,
        ":medium": case.facts.medium.key(), ":title": case.facts.title,
        ":title_en": case.facts.title_en, ":origin": case.facts.origin.key(),
        ":unit": case.unit, ":term": case.term.map(Term::key), ":found": case.found.to_string(),
        ":due": text(case.due), ":closed": text(case.closed),
        ":until": text(case.window.map(|window| window.until)),
        ":open": case.open_objections(), ":report": report_of(case), ":simulated": simulated,
        ":events": case.seq, ":at": changed.at.as_microsecond(), ":by": changed.by,
        ":what": changed.what,
    })?;
    link_reports(db, case)
}

/// The reports that the issue belongs to, for their cases.
fn link_reports(db: &Connection, case: &Case) -> Result<(), StoreError> {
    let item = case.item.as_str();
    db.prepare_cached("update rectification_report set linked = 0 where item = ?1")?
        .execute([item])?;
    for link in &case.links {
        if let Link::Report(report) = link {
            db.prepare_cached(
                "insert into rectification_report (item, report, linked) values (?1, ?2, 1)
                 on conflict (item, report) do update set linked = 1",
            )?
            .execute([item, report])?;
        }
    }
    Ok(())
}

pub(super) fn load(db: &Connection, number: &str) -> Result<Option<ItemRow>, StoreError> {
    let mut statement = db.prepare_cached("select * from rectification_item where number = ?1")?;
    Ok(statement.query_row([number], ItemRow::from_row).optional()?)
}

impl View<'_> {
    /// The issue with that number.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn item(&self, number: &str) -> Result<Option<ItemRow>, StoreError> {
        load(self.db, number)
    }

    /// Every issue, by number.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn items(&self) -> Result<Vec<ItemRow>, StoreError> {
        let mut statement =
            self.db.prepare_cached("select * from rectification_item order by number")?;
        Ok(statement.query_map([], ItemRow::from_row)?.collect::<Result<_, _>>()?)
    }

    /// The issues that the report with that public number belongs to.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn items_of_report(&self, report: &str) -> Result<Vec<ItemRow>, StoreError> {
        let mut statement = self.db.prepare_cached(
            "select rectification_item.* from rectification_item
                 join rectification_report on item = number
                 where rectification_report.report = ?1 and linked = 1 order by id",
        )?;
        Ok(statement.query_map([report], ItemRow::from_row)?.collect::<Result<_, _>>()?)
    }
}

impl Store {
    /// The issue with that number.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn item(&self, number: &str) -> Result<Option<ItemRow>, StoreError> {
        let number = number.to_owned();
        self.read(move |view| view.item(&number)).await
    }

    /// Every issue, by number.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn items(&self) -> Result<Vec<ItemRow>, StoreError> {
        self.read(|view| view.items()).await
    }

    /// The issues that the report with that public number belongs to.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn items_of_report(&self, report: &str) -> Result<Vec<ItemRow>, StoreError> {
        let report = report.to_owned();
        self.read(move |view| view.items_of_report(&report)).await
    }
}
