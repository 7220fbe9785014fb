//! Where the ledger ended on the days it was published: what a shorter or rewritten chain contradicts.

use domain::ledger::Head;
use jiff::civil::Date;
use rusqlite::params;

use super::{day, event};
use crate::{Store, StoreError, View, words::word};

impl View<'_> {
    /// The heads that were published, the oldest first.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn published_heads(&self) -> Result<Vec<(Date, Head)>, StoreError> {
        let mut statement = self
            .db
            .prepare_cached("select day, count, hash from rectification_head order by day")?;
        let rows = statement.query_map([], |row| {
            let head = Head { count: row.get("count")?, hash: row.get("hash")? };
            Ok((word(row, "day", day)?, head))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Store {
    /// Publishes where the ledger ends as that of `day`; the first head of a day stays.
    ///
    /// # Errors
    ///
    /// When the database cannot be written.
    pub async fn publish_head(&self, day: Date) -> Result<Head, StoreError> {
        self.write(1, move |side| {
            let head = event::head(&side.db)?;
            side.db
                .prepare_cached(
                    "insert into rectification_head (day, count, hash) values (?1, ?2, ?3)
                     on conflict (day) do nothing",
                )?
                .execute(params![day.to_string(), head.count, head.hash])?;
            Ok(head)
        })
        .await
    }

    /// The heads that were published, the oldest first.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn published_heads(&self) -> Result<Vec<(Date, Head)>, StoreError> {
        self.read(|view| view.published_heads()).await
    }
}
