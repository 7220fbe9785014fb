//! Reports from the public: what was told, where it stands, what may be shown.
//!
//! What the words mean (states, findings, categories, kinds of events) is `domain`'s; here they
//! are keys, and bodies are JSON.

mod act;
mod claim;
mod contact;
mod event;
mod inbox;
mod link;
mod message;
mod near;
mod published;
mod published_event;
mod statistics;
mod submit;

use domain::report::{Finding, State};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row};

pub use self::{
    act::{ReportChange, Seen},
    claim::{Claim, ClaimRow},
    contact::SealedContact,
    event::{NewReportEvent, ReportEvent},
    inbox::{Assignee, Inbox, InboxFilter, InboxRow, InboxSort, Page},
    link::{LinkChange, LinkKind, ReportLink},
    message::{Message, NewMessage, Sender},
    near::{Bounds, PublishedPlace},
    published::{
        Cell, CellRange, PublishedFilter, PublishedPage, PublishedPhoto, PublishedReport,
        PublishedStep,
    },
    published_event::PublishedEvent,
    statistics::{QueueSize, ReportTimes},
    submit::{NewReport, Submitted},
};
use crate::{
    Store, StoreError, View,
    time::{some_timestamp, timestamp},
    words::{some_word, word, words},
};

words! {
    /// Whether an officer's queue has room for the report yet.
    pub enum Queue {
        /// In the queue.
        Normal = "normal",
        /// Accepted from the reporter, waiting for the queue to have room.
        Delayed = "delayed",
    }
}

words! {
    /// How soon somebody should look.
    pub enum Priority {
        /// Probably not a person's.
        Low = "low",
        /// As most.
        Normal = "normal",
        /// Before others.
        High = "high",
        /// At once.
        Urgent = "urgent",
    }
}

words! {
    /// Whether the public may see the report, and who decided.
    pub enum Publication {
        /// Nobody has looked at it yet.
        Waiting = "waiting",
        /// It may.
        Published = "published",
        /// Officers keep it back.
        Hidden = "hidden",
        /// The reporter keeps it back.
        HiddenByHolder = "hidden_by_holder",
        /// Its kind is never shown.
        Never = "never",
    }
}

/// A point, in millionths of a degree (WGS 84). Never in anything public.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Point {
    /// East.
    pub lon_micro: i64,
    /// North.
    pub lat_micro: i64,
}

/// What the reporter told. Everything but the street is empty once the report is anonymised.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Told {
    /// In the reporter's words.
    pub text: Option<String>,
    /// Answers to the category's questions, as JSON.
    pub answers: Option<String>,
    /// Similarity hash of the text.
    pub simhash: Option<u64>,
    /// Where the problem is.
    pub place: Option<Point>,
    /// How exact the place is, in metres; `None` where it was not measured.
    pub accuracy_m: Option<u32>,
    /// The place in words.
    pub place_text: Option<String>,
    /// Key of the street (街道) or town.
    pub street: Option<String>,
    /// Code on the outfall's sign.
    pub outfall: Option<String>,
    /// What else came through the channel, e.g. addresses of media; JSON.
    pub extra: Option<String>,
}

/// What the public may see: masked, coarse, looked at by a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicCopy {
    /// The masked text; may be empty.
    pub text: String,
    /// What the authority has to say about it.
    pub note: Option<String>,
    /// Key of the street, where naming it is allowed.
    pub street: Option<String>,
    /// The cell that may be shown; `None`: only that it is in the district.
    pub cell: Option<Cell>,
    /// When it was reported, as coarse as the category demands.
    pub at: Timestamp,
    /// When it last changed for the public, as coarse as that.
    pub changed: Timestamp,
}

/// Where a report stands: what officers' actions change, folded from the events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Whether the queue has room for it.
    pub queue: Queue,
    /// How soon somebody should look.
    pub priority: Priority,
    /// The state.
    pub state: State,
    /// What was found; of closed ones.
    pub finding: Option<Finding>,
    /// Key of the department that handles it; `None`: the bureau itself.
    pub department: Option<String>,
    /// Number of the officer who handles it.
    pub assignee: Option<i64>,
    /// Id of the report it was merged into; of merged ones, and forgotten with that state.
    pub merged_into: Option<String>,
    /// The deadline that is running.
    pub due: Option<Timestamp>,
    /// When it was first accepted.
    pub accepted: Option<Timestamp>,
    /// When it ended, in whichever way; `None` while open. Follows the state by itself.
    pub closed: Option<Timestamp>,
    /// How often it was opened again.
    pub reopened: u32,
    /// The public copy, published or prepared.
    pub public: Option<PublicCopy>,
    /// Whether the copy is public; published without a copy cannot be stored.
    pub publication: Publication,
}

impl Standing {
    /// Of a report that has just arrived.
    pub fn submitted() -> Self {
        Self {
            queue: Queue::Normal,
            priority: Priority::Normal,
            state: State::Submitted,
            finding: None,
            department: None,
            assignee: None,
            merged_into: None,
            due: None,
            accepted: None,
            closed: None,
            reopened: 0,
            public: None,
            publication: Publication::Waiting,
        }
    }
}

/// One report, for officers and for its reporter. Who the reporter is, is not in here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportRow {
    /// UUIDv7 made on the phone; never public.
    pub id: String,
    /// The number people use, without the dash.
    pub public_id: String,
    /// SHA-256 of the canonical submission.
    pub content_hash: [u8; 32],
    /// When it arrived.
    pub received: Timestamp,
    /// How it came: `app`, `form`, `open311`, …
    pub channel: String,
    /// The reporter's language.
    pub lang: String,
    /// Invented for a demonstration.
    pub simulated: bool,
    /// Key of the category.
    pub category: String,
    /// Key of the category's group.
    pub category_group: String,
    /// Whether the place may be the reporter's home.
    pub from_home: bool,
    /// What the reporter told.
    pub told: Told,
    /// Where it stands.
    pub standing: Standing,
    /// Counts the changes, from 1.
    pub version: u32,
    /// When it last changed.
    pub changed: Timestamp,
    /// Who changed it, as colleagues may read it.
    pub changed_by: String,
    /// Key of what was done.
    pub changed_what: String,
    /// Number of its newest event.
    pub events: u32,
    /// Number of its newest message; 0 before the first.
    pub messages: u32,
    /// When the reporter's words and place were removed.
    pub anonymised: Option<Timestamp>,
}

/// Columns of a [`ReportRow`], of a table named `report`.
const COLUMNS: &str = "report.*,
    (select coalesce(max(seq), 0) from report_event where report = report.id) as events,
    (select coalesce(max(number), 0) from report_message where report = report.id) as messages";

impl ReportRow {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            public_id: row.get("public_id")?,
            content_hash: row.get("content_hash")?,
            received: timestamp(row.get("received_us")?),
            channel: row.get("channel")?,
            lang: row.get("lang")?,
            simulated: row.get("simulated")?,
            category: row.get("category")?,
            category_group: row.get("category_group")?,
            from_home: row.get("from_home")?,
            told: told(row)?,
            standing: standing(row)?,
            version: row.get("version")?,
            changed: timestamp(row.get("changed_us")?),
            changed_by: row.get("changed_by")?,
            changed_what: row.get("changed_what")?,
            events: row.get("events")?,
            messages: row.get("messages")?,
            anonymised: some_timestamp(row.get("anonymised_us")?),
        })
    }
}

fn told(row: &Row<'_>) -> rusqlite::Result<Told> {
    let east: Option<i64> = row.get("lon_micro")?;
    let north: Option<i64> = row.get("lat_micro")?;
    Ok(Told {
        text: row.get("text")?,
        answers: row.get("answers")?,
        simhash: row.get::<_, Option<i64>>("text_simhash")?.map(i64::cast_unsigned),
        place: east.zip(north).map(|(lon_micro, lat_micro)| Point { lon_micro, lat_micro }),
        accuracy_m: row.get("accuracy_m")?,
        place_text: row.get("place_text")?,
        street: row.get("street")?,
        outfall: row.get("outfall")?,
        extra: row.get("extra")?,
    })
}

fn standing(row: &Row<'_>) -> rusqlite::Result<Standing> {
    Ok(Standing {
        queue: row.get("queue")?,
        priority: row.get("priority")?,
        state: word(row, "state", State::from_key)?,
        finding: some_word(row, "finding", Finding::from_key)?,
        department: row.get("department")?,
        assignee: row.get("assignee")?,
        merged_into: row.get("merged_into")?,
        due: some_timestamp(row.get("due_us")?),
        accepted: some_timestamp(row.get("accepted_us")?),
        closed: some_timestamp(row.get("closed_us")?),
        reopened: row.get("reopened")?,
        public: public_copy(row)?,
        publication: row.get("publication")?,
    })
}

fn public_copy(row: &Row<'_>) -> rusqlite::Result<Option<PublicCopy>> {
    let text: Option<String> = row.get("public_text")?;
    let at: Option<i64> = row.get("public_at_us")?;
    let changed: Option<i64> = row.get("public_changed_us")?;
    let (Some(text), Some(at), Some(changed)) = (text, at, changed) else { return Ok(None) };
    Ok(Some(PublicCopy {
        text,
        note: row.get("public_note")?,
        street: row.get("public_street")?,
        cell: Cell::from_row(row)?,
        at: timestamp(at),
        changed: timestamp(changed),
    }))
}

pub(crate) fn load(db: &Connection, id: &str) -> Result<Option<ReportRow>, StoreError> {
    let mut statement =
        db.prepare_cached(&format!("select {COLUMNS} from report where id = ?1"))?;
    Ok(statement.query_row([id], ReportRow::from_row).optional()?)
}

/// Appends one event that no action causes, and counts it as a change.
pub(crate) fn append_event(
    db: &Connection,
    report: &str,
    new: NewReportEvent,
) -> Result<(), StoreError> {
    db.prepare_cached(
        "update report set version = version + 1, changed_us = ?2, changed_by = ?3,
             changed_what = ?4 where id = ?1",
    )?
    .execute(rusqlite::params![
        report,
        new.at.as_microsecond(),
        new.actor.key(),
        new.kind.key()
    ])?;
    event::append(db, report, &[new])
}

impl View<'_> {
    /// The report with that id.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn report(&self, id: &str) -> Result<Option<ReportRow>, StoreError> {
        load(self.db, id)
    }

    /// The report with that public number, written without the dash.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn report_by_public_id(&self, public_id: &str) -> Result<Option<ReportRow>, StoreError> {
        let sql = format!("select {COLUMNS} from report where public_id = ?1");
        let mut statement = self.db.prepare_cached(&sql)?;
        Ok(statement.query_row([public_id], ReportRow::from_row).optional()?)
    }
}

impl Store {
    /// The report with that id.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn report(&self, id: &str) -> Result<Option<ReportRow>, StoreError> {
        let id = id.to_owned();
        self.read(move |view| view.report(&id)).await
    }

    /// The report with that public number, written without the dash. For officers: what the
    /// public may see is [`Store::published_report`].
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn report_by_public_id(
        &self,
        public_id: &str,
    ) -> Result<Option<ReportRow>, StoreError> {
        let public_id = public_id.to_owned();
        self.read(move |view| view.report_by_public_id(&public_id)).await
    }

    /// Looks at several things at once, on one snapshot.
    ///
    /// # Errors
    ///
    /// When the database cannot be read, and whatever `look` answers.
    pub async fn look<T, F>(&self, look: F) -> Result<T, StoreError>
    where
        F: FnOnce(&View<'_>) -> Result<T, StoreError> + Send + 'static,
        T: Send + 'static,
    {
        self.read(look).await
    }
}
