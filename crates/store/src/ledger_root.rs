//! Where the ledger ended on each day, kept beside it and published.

use domain::{ledger::Head, period::day_start};
use jiff::{Timestamp, ToSpan, civil::Date};
use rusqlite::{OptionalExtension, params};

use crate::{Store, StoreError};

/// The end of the ledger when a day was over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LedgerRoot {
    /// The day, in Beijing.
    pub day: Date,
    /// How many entries there were, and the hash of the last.
    pub head: Head,
}

impl Store {
    /// Notes where the ledger stood when `day` ended, unless that is known already or there was nothing in it; what is
    /// new is answered.
    ///
    /// # Errors
    ///
    /// When the database cannot be written.
    pub async fn close_ledger_day(
        &self,
        day: Date,
        now: Timestamp,
    ) -> Result<Option<LedgerRoot>, StoreError> {
        let end_us = day_start(day.saturating_add(1.days())).as_microsecond();
        self.write(1, move |side| {
            let head = side
                .db
                .prepare_cached(
                    "insert into ledger_root (day, count, hash, at_us)
                     select ?1, number, hash, ?3 from reward_ledger where at_us < ?2
                     order by number desc limit 1
                     on conflict (day) do nothing
                     returning count, hash",
                )?
                .query_row(params![day.to_string(), end_us, now.as_microsecond()], |row| {
                    Ok(Head { count: row.get(0)?, hash: row.get(1)? })
                })
                .optional()?;
            Ok(head.map(|head| LedgerRoot { day, head }))
        })
        .await
    }

    /// Where the ledger ended on each day, the earliest first.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn ledger_roots(&self) -> Result<Vec<LedgerRoot>, StoreError> {
        self.read(|view| {
            let mut statement =
                view.db.prepare_cached("select day, count, hash from ledger_root order by day")?;
            let rows = statement.query_map([], |row| {
                let head = Head { count: row.get(1)?, hash: row.get(2)? };
                Ok((row.get::<_, String>(0)?, head))
            })?;
            let mut roots = Vec::new();
            for row in rows {
                let (day, head) = row?;
                let day = day.parse().map_err(|error| {
                    StoreError::Damaged(format!("the day of a ledger root, {day}: {error}"))
                })?;
                roots.push(LedgerRoot { day, head });
            }
            Ok(roots)
        })
        .await
    }
}
