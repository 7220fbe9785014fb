//! What happened to an issue: appended to the one chain, never changed.

use domain::{
    canonical::{Hash, chain},
    ledger::{GENESIS, Head},
    rectification::{ActorRole, Body, Case, Event, ItemNumber, Kept, commitment},
};
use jiff::{Timestamp, civil::Date};
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::{Store, StoreError, View};

/// The account that stands behind an event, and what hides it in what is published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signed {
    /// Number of the officer.
    pub staff: i64,
    /// Random bytes, new for every event.
    pub salt: [u8; 16],
}

/// Something that happened, before it has a number and a hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewItemEvent {
    /// When it is written down.
    pub at: Timestamp,
    /// The Beijing day it happened on.
    pub on: Date,
    /// The role that did it; never a person.
    pub actor: ActorRole,
    /// The key of the officer's department.
    pub unit: Option<String>,
    /// The officer.
    pub signed: Option<Signed>,
    /// Whether it is made up.
    pub simulated: bool,
    /// What.
    pub body: Body,
}

/// One event of an issue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemEvent {
    /// The event, as it was hashed.
    pub event: Event,
    /// Number of the officer, for rules and colleagues.
    pub staff: Option<i64>,
    /// The officer's name, for colleagues.
    pub staff_name: Option<String>,
    /// The canonical text that was hashed.
    pub bytes: String,
    /// Hash of the event before.
    pub prev_hash: Hash,
    /// Its own hash.
    pub hash: Hash,
}

impl ItemEvent {
    fn from_row(row: &Row<'_>) -> Result<Self, StoreError> {
        let bytes: String = row.get("body")?;
        let event = serde_json::from_str(&bytes)
            .map_err(|error| StoreError::Damaged(format!("an event of an issue: {error}")))?;
        Ok(Self {
            event,
            staff: row.get("staff")?,
            staff_name: row.get("staff_name")?,
            bytes,
            prev_hash: row.get("prev_hash")?,
            hash: row.get("hash")?,
        })
    }
}

pub(super) fn head(db: &Connection) -> Result<Head, StoreError> {
    let last = db
        .prepare_cached(
            "select number, hash from rectification_event order by number desc limit 1",
        )?
        .query_row([], |row| Ok(Head { count: row.get(0)?, hash: row.get(1)? }))
        .optional()?;
    Ok(last.unwrap_or(Head { count: 0, hash: GENESIS }))
}

/// The issue as its events make it; `None` for an unknown number.
pub(super) fn case(db: &Connection, item: &str) -> Result<Option<Case>, StoreError> {
    let mut case: Option<Case> = None;
    for ItemEvent { event, staff, .. } in events(db, item)? {
        let applied = match &mut case {
            Some(case) => case.apply(&event, staff),
            None => Case::begin(&event).map(|begun| case = Some(begun)),
        };
        applied.map_err(|refusal| {
            StoreError::Damaged(format!("event {} of issue {item}: {refusal}", event.seq))
        })?;
    }
    Ok(case)
}

fn events(db: &Connection, item: &str) -> Result<Vec<ItemEvent>, StoreError> {
    let mut statement = db.prepare_cached(
        "select body, staff, prev_hash, hash,
             (select display_name from staff where id = rectification_event.staff) as staff_name
         from rectification_event where item = ?1 order by seq",
    )?;
    let mut rows = statement.query([item])?;
    let mut events = Vec::new();
    while let Some(row) = rows.next()? {
        events.push(ItemEvent::from_row(row)?);
    }
    Ok(events)
}

/// Appends one event at `head`, and moves `head` and `case` on. The rules that events prove are asked here once more:
/// whatever the caller forgot, nothing unlawful is ever chained.
pub(super) fn append(
    db: &Connection,
    head: &mut Head,
    item: &ItemNumber,
    case: &mut Option<Case>,
    new: &NewItemEvent,
) -> Result<(), StoreError> {
    let event = Event {
        number: head.count + 1,
        item: item.clone(),
        seq: case.as_ref().map_or(0, |case| case.seq) + 1,
        at: new.at,
        on: new.on,
        actor: new.actor,
        unit: new.unit.clone(),
        who: new.signed.map(|signed| commitment(&signed.salt, signed.staff)),
        simulated: new.simulated,
        body: new.body.clone(),
    };
    let staff = new.signed.map(|signed| signed.staff);
    match case {
        Some(case) => case.apply(&event, staff)?,
        None => {
            let begun = Case::begin(&event)?;
            begin(db, &begun, new)?;
            *case = Some(begun);
        }
    }
    let bytes = event.canonical();
    let hash = chain(&head.hash, bytes.as_bytes());
    db.prepare_cached(
        "insert into rectification_event
             (number, item, seq, at_us, on_day, kind, body, staff, salt, prev_hash, hash)
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
    )?
    .execute(params![
        event.number,
        item.as_str(),
        event.seq,
        event.at.as_microsecond(),
        event.on.to_string(),
        event.body.kind().key(),
        bytes,
        staff,
        new.signed.map(|signed| signed.salt),
        head.hash,
        hash
    ])?;
    *head = Head { count: event.number, hash };
    Ok(())
}

/// The row that the first event hangs on; what it says is folded in later.
fn begin(db: &Connection, case: &Case, new: &NewItemEvent) -> Result<(), StoreError> {
    let taken: bool = db
        .prepare_cached("select exists (select 1 from rectification_item where number = ?1)")?
        .query_row([case.item.as_str()], |row| row.get(0))?;
    if taken {
        return Err(StoreError::ItemNumberInUse(case.item.to_string()));
    }
    db.prepare_cached(
        "insert into rectification_item (number, stage, source, batch, medium, title, origin,
             found_on, open_objections, simulated, events, changed_us, changed_by, changed_what)
         values (?1, 'open', ?2, ?3, ?4, ?5, ?6, ?7, 0, ?8, 1, ?9, '', 'found')",
    )?
    .execute(params![
        case.item.as_str(),
        case.facts.source.key(),
        case.facts.batch,
        case.facts.medium.key(),
        case.facts.title,
        case.facts.origin.key(),
        case.found.to_string(),
        new.simulated,
        new.at.as_microsecond()
    ])?;
    Ok(())
}

fn kept(row: &Row<'_>) -> rusqlite::Result<Kept> {
    let bytes: String = row.get("body")?;
    Ok(Kept {
        number: row.get("number")?,
        item: row.get("item")?,
        seq: row.get("seq")?,
        at_us: row.get("at_us")?,
        on: row.get("on_day")?,
        kind: row.get("kind")?,
        staff: row.get("staff")?,
        salt: row.get("salt")?,
        event: serde_json::from_str(&bytes).ok(),
        bytes,
        prev_hash: row.get("prev_hash")?,
        hash: row.get("hash")?,
    })
}

impl View<'_> {
    /// The issue as its events make it.
    ///
    /// # Errors
    ///
    /// [`StoreError::Damaged`] for a row that is no event, or could not have happened.
    pub fn case_of_item(&self, number: &str) -> Result<Option<Case>, StoreError> {
        case(self.db, number)
    }

    /// Everything that happened to the issue, in order.
    ///
    /// # Errors
    ///
    /// [`StoreError::Damaged`] for a row that is no event.
    pub fn item_events(&self, number: &str) -> Result<Vec<ItemEvent>, StoreError> {
        events(self.db, number)
    }

    /// Events of all issues after number `after`, in the order of the ledger, at most `limit`; rows as they are kept,
    /// also those that are no events any more.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn rectification_events(&self, after: u64, limit: u32) -> Result<Vec<Kept>, StoreError> {
        let mut statement = self.db.prepare_cached(
            "select * from rectification_event where number > ?1 order by number limit ?2",
        )?;
        Ok(statement.query_map(params![after, limit], kept)?.collect::<Result<_, _>>()?)
    }

    /// How many events there are and the hash of the last.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn rectification_head(&self) -> Result<Head, StoreError> {
        head(self.db)
    }
}

impl Store {
    /// The issue as its events make it.
    ///
    /// # Errors
    ///
    /// [`StoreError::Damaged`] for a row that is no event, or could not have happened.
    pub async fn case_of_item(&self, number: &str) -> Result<Option<Case>, StoreError> {
        let number = number.to_owned();
        self.read(move |view| view.case_of_item(&number)).await
    }

    /// Everything that happened to the issue, in order.
    ///
    /// # Errors
    ///
    /// [`StoreError::Damaged`] for a row that is no event.
    pub async fn item_events(&self, number: &str) -> Result<Vec<ItemEvent>, StoreError> {
        let number = number.to_owned();
        self.read(move |view| view.item_events(&number)).await
    }

    /// Events of all issues after number `after`, in the order of the ledger, at most `limit`.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn rectification_events(
        &self,
        after: u64,
        limit: u32,
    ) -> Result<Vec<Kept>, StoreError> {
        self.read(move |view| view.rectification_events(after, limit)).await
    }

    /// How many events there are and the hash of the last.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn rectification_head(&self) -> Result<Head, StoreError> {
        self.read(|view| view.rectification_head()).await
    }
}
