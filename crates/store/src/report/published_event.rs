//! What was decided about published reports, for programs that follow them.

use domain::report::{Event, EventKind};
use jiff::Timestamp;
use rusqlite::{Row, params_from_iter};

use super::event;
use crate::{Store, StoreError, filter::Filter, time::timestamp};

/// One decision about a published report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedEvent {
    /// Public number of the report.
    pub public_id: String,
    /// When, as coarse as the category demands.
    pub at: Timestamp,
    /// What, and with which finding or department.
    pub event: Event,
    /// The event's hash, by which it can be told from others.
    pub hash: [u8; 32],
}

impl PublishedEvent {
    fn from_row(row: &Row<'_>) -> Result<Self, StoreError> {
        Ok(Self {
            public_id: row.get("public_id")?,
            at: timestamp(row.get("public_us")?),
            event: event::parsed(&row.get::<_, String>("body")?)?,
            hash: row.get("hash")?,
        })
    }
}

impl Store {
    /// Events of `kinds` of published reports, within `from..to` as published and the oldest
    /// first, at most `limit`; of these reports, or without any of all.
    ///
    /// # Errors
    ///
    /// [`StoreError::Damaged`] for a row that is no event.
    pub async fn published_events(
        &self,
        public_ids: Vec<String>,
        kinds: Vec<EventKind>,
        from: Option<Timestamp>,
        to: Option<Timestamp>,
        limit: u32,
    ) -> Result<Vec<PublishedEvent>, StoreError> {
        let mut filter = Filter::default();
        filter.one_of("public_id", &public_ids);
        filter.one_of("kind", kinds.iter().map(|kind| kind.key()));
        filter.with_some("public_us >= ?", from.map(Timestamp::as_microsecond));
        filter.with_some("public_us < ?", to.map(Timestamp::as_microsecond));
        self.read(move |view| {
            let sql = format!(
                "select * from published_event {}
                 order by public_us, public_id, json_extract(body, '$.seq') limit {limit}",
                filter.sql()
            );
            let mut statement = view.db.prepare(&sql)?;
            let mut rows = statement.query(params_from_iter(filter.values()))?;
            let mut events = Vec::new();
            while let Some(row) = rows.next()? {
                events.push(PublishedEvent::from_row(row)?);
            }
            Ok(events)
        })
        .await
    }
}
