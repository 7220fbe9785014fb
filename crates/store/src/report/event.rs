//! What happened to a report: appended, chained, never changed.

use domain::{
    canonical::Hash,
    report::{ActorRole, Event, EventBody, EventKind, ReportId, first_link},
};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::{Store, StoreError, View};

/// Something that happened, before it has a number and a hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewReportEvent {
    /// When, to the microsecond.
    pub at: Timestamp,
    /// The role that did it; never a person.
    pub actor: ActorRole,
    /// Number of the officer who did it.
    pub staff: Option<i64>,
    /// What was done.
    pub kind: EventKind,
    /// With what: neither a text of the reporter's nor an identity.
    pub body: EventBody,
}

/// One link of a report's chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportEvent {
    /// The event, as it was hashed.
    pub event: Event,
    /// The officer's name, for colleagues.
    pub staff_name: Option<String>,
    /// Hash of the event before; of the first, [`first_link`].
    pub prev_hash: Hash,
    /// [`Event::hash`].
    pub hash: Hash,
}

impl ReportEvent {
    fn from_row(row: &Row<'_>) -> Result<Self, StoreError> {
        let body: String = row.get("body")?;
        Ok(Self {
            event: parsed(&body)?,
            staff_name: row.get("staff_name")?,
            prev_hash: row.get("prev_hash")?,
            hash: row.get("hash")?,
        })
    }
}

/// The event whose canonical JSON a row holds.
pub(super) fn parsed(body: &str) -> Result<Event, StoreError> {
    serde_json::from_str(body)
        .map_err(|error| StoreError::Damaged(format!("an event of a report: {error}")))
}

/// Appends to the report's chain.
pub(super) fn append(
    db: &Connection,
    report: &str,
    events: &[NewReportEvent],
) -> Result<(), StoreError> {
    let head = db
        .prepare_cached(
            "select seq, hash from report_event where report = ?1 order by seq desc limit 1",
        )?
        .query_row([report], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let (mut seq, mut prev_hash) = match head {
        Some(head) => head,
        None => (0, first_link(&id(report)?)),
    };
    let mut statement = db.prepare_cached(
        "insert into report_event (report, seq, at_us, actor, kind, body, staff, prev_hash, hash)
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?;
    for new in events {
        seq += 1;
        let event = Event {
            seq,
            at: new.at,
            actor: new.actor,
            staff: new.staff.map(|staff| staff.to_string()),
            kind: new.kind,
            body: new.body.clone(),
        };
        let hash = event.hash(&prev_hash);
        let (actor, kind) = (event.actor.key(), event.kind.key());
        let at_us = event.at.as_microsecond();
        statement.execute(params![
            report,
            seq,
            at_us,
            actor,
            kind,
            event.canonical(),
            new.staff,
            prev_hash,
            hash
        ])?;
        prev_hash = hash;
    }
    Ok(())
}

fn id(report: &str) -> Result<ReportId, StoreError> {
    ReportId::parse(report)
        .map_err(|error| StoreError::Damaged(format!("report id \"{report}\": {error}")))
}

impl View<'_> {
    /// Everything that happened to the report, in order.
    ///
    /// # Errors
    ///
    /// [`StoreError::Damaged`] for a row that is no event.
    pub fn report_events(&self, report: &str) -> Result<Vec<ReportEvent>, StoreError> {
        let mut statement = self.db.prepare_cached(
            "select body, prev_hash, hash, staff.display_name as staff_name
             from report_event left join staff on staff.id = report_event.staff
             where report = ?1 order by seq",
        )?;
        let mut rows = statement.query([report])?;
        let mut events = Vec::new();
        while let Some(row) = rows.next()? {
            events.push(ReportEvent::from_row(row)?);
        }
        Ok(events)
    }
}

impl Store {
    /// Everything that happened to the report, in order.
    ///
    /// # Errors
    ///
    /// [`StoreError::Damaged`] for a row that is no event.
    pub async fn report_events(&self, report: &str) -> Result<Vec<ReportEvent>, StoreError> {
        let report = report.to_owned();
        self.read(move |view| view.report_events(&report)).await
    }
}
