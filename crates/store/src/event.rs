//! The numbered feed that live pages resume from.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

use crate::{Store, StoreError, View, time::timestamp};

/// Something to tell the open pages, before it has a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEvent {
    /// The event's name on the stream.
    pub kind: String,
    /// Its content, as JSON.
    pub body: String,
}

/// One event of the feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Rises in the order of commits; the id a client resumes after.
    pub id: i64,
    /// The event's name on the stream.
    pub kind: String,
    /// Its content, as JSON.
    pub body: String,
    /// When it was appended.
    pub at: Timestamp,
}

/// The ends of the feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EventIds {
    /// The oldest event still kept; one more than `newest` when none is.
    pub oldest: i64,
    /// The newest event ever appended; 0 before the first.
    pub newest: i64,
}

impl EventIds {
    /// True when a client that has seen everything up to `seen` can be told the rest; false when
    /// some of it has expired, or `seen` is no number of this feed.
    pub const fn can_resume_after(self, seen: i64) -> bool {
        seen >= self.oldest - 1 && seen <= self.newest
    }
}

pub(crate) fn append(
    db: &Connection,
    events: &[NewEvent],
    now: Timestamp,
) -> Result<(), StoreError> {
    let mut statement =
        db.prepare_cached("insert into feed_event (kind, body, at_us) values (?1, ?2, ?3)")?;
    for event in events {
        statement.execute(params![event.kind, event.body, now.as_microsecond()])?;
    }
    Ok(())
}

impl View<'_> {
    /// Events after number `seen`, in order, at most `limit`.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn events_after(&self, seen: i64, limit: usize) -> Result<Vec<Event>, StoreError> {
        let mut statement = self.db.prepare_cached(
            "select id, kind, body, at_us from feed_event where id > ?1 order by id limit ?2",
        )?;
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let events = statement.query_map([seen, limit], |row| {
            Ok(Event {
                id: row.get(0)?,
                kind: row.get(1)?,
                body: row.get(2)?,
                at: timestamp(row.get(3)?),
            })
        })?;
        Ok(events.collect::<Result<_, _>>()?)
    }

    /// The ends of the feed.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn event_ids(&self) -> Result<EventIds, StoreError> {
        let newest = self
            .db
            .prepare_cached("select seq from sqlite_sequence where name = 'feed_event'")?
            .query_row([], |row| row.get(0))
            .optional()?
            .unwrap_or(0);
        let oldest: Option<i64> = self
            .db
            .prepare_cached("select min(id) from feed_event")?
            .query_row([], |row| row.get(0))?;
        Ok(EventIds { oldest: oldest.unwrap_or(newest + 1), newest })
    }
}

impl Store {
    /// Events after number `seen`, in order, at most `limit`.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn events_after(&self, seen: i64, limit: usize) -> Result<Vec<Event>, StoreError> {
        self.read(move |view| view.events_after(seen, limit)).await
    }

    /// The ends of the feed: whether a client can resume, or needs the full state.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn event_ids(&self) -> Result<EventIds, StoreError> {
        self.read(|view| view.event_ids()).await
    }

    /// The newest event ever appended; 0 before the first.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn newest_event_id(&self) -> Result<i64, StoreError> {
        Ok(self.event_ids().await?.newest)
    }
}
