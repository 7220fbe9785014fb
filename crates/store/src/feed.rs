//! How each feed is doing, so that a silent or failing source is visible.

use jiff::Timestamp;
use rusqlite::params;

use crate::{Store, StoreError, View, time::timestamp};

/// One feed's last try, success and error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedStatus {
    /// The feed's name, e.g. `cnemc-air`.
    pub feed: String,
    /// When it was last tried or heard.
    pub last_try: Timestamp,
    /// When it last brought data; `None` if never.
    pub last_success: Option<Timestamp>,
    /// When it last failed; `None` if never.
    pub last_error_at: Option<Timestamp>,
    /// What was wrong then, for whoever runs the portal.
    pub last_error: Option<String>,
    /// Failures in a row up to the last try; 0 when it went well.
    pub failures: u32,
}

impl View<'_> {
    /// Every feed that was ever tried, by name.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn feed_statuses(&self) -> Result<Vec<FeedStatus>, StoreError> {
        let mut statement = self.db.prepare_cached(
            "select feed, last_try_us, last_success_us, last_error_us, last_error, failures
             from feed_status order by feed",
        )?;
        let statuses = statement.query_map([], |row| {
            Ok(FeedStatus {
                feed: row.get(0)?,
                last_try: timestamp(row.get(1)?),
                last_success: row.get::<_, Option<i64>>(2)?.map(timestamp),
                last_error_at: row.get::<_, Option<i64>>(3)?.map(timestamp),
                last_error: row.get(4)?,
                failures: row.get(5)?,
            })
        })?;
        Ok(statuses.collect::<Result<_, _>>()?)
    }
}

impl Store {
    /// Every feed that was ever tried, by name.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn feed_statuses(&self) -> Result<Vec<FeedStatus>, StoreError> {
        self.read(|view| view.feed_statuses()).await
    }

    /// Notes that `feed` is about to be tried: a server that dies over it still knows, when it
    /// starts again, how lately it asked.
    ///
    /// # Errors
    ///
    /// When the database cannot be written.
    pub async fn feed_tried(&self, feed: &str, at: Timestamp) -> Result<(), StoreError> {
        let feed = feed.to_owned();
        self.write(1, move |side| {
            side.db
                .prepare_cached(
                    "insert into feed_status (feed, last_try_us, failures) values (?1, ?2, 0)
                     on conflict (feed) do update set last_try_us =
                         max(last_try_us, excluded.last_try_us)",
                )?
                .execute(params![feed, at.as_microsecond()])?;
            Ok(())
        })
        .await
    }

    /// Notes that `feed` brought data, or had nothing new to bring.
    ///
    /// # Errors
    ///
    /// When the database cannot be written.
    pub async fn feed_succeeded(&self, feed: &str, at: Timestamp) -> Result<(), StoreError> {
        let feed = feed.to_owned();
        self.write(1, move |side| {
            side.db
                .prepare_cached(
                    "insert into feed_status (feed, last_try_us, last_success_us, failures)
                     values (?1, ?2, ?2, 0)
                     on conflict (feed) do update set last_try_us = excluded.last_try_us,
                         last_success_us = excluded.last_success_us, failures = 0",
                )?
                .execute(params![feed, at.as_microsecond()])?;
            Ok(())
        })
        .await
    }

    /// Notes that `feed` failed and why; its last good data stays.
    ///
    /// # Errors
    ///
    /// When the database cannot be written.
    pub async fn feed_failed(
        &self,
        feed: &str,
        at: Timestamp,
        error: &str,
    ) -> Result<(), StoreError> {
        let (feed, error) = (feed.to_owned(), error.to_owned());
        self.write(1, move |side| {
            side.db
                .prepare_cached(
                    "insert into feed_status (feed, last_try_us, last_error_us, last_error, failures)
                     values (?1, ?2, ?2, ?3, 1)
                     on conflict (feed) do update set last_try_us = excluded.last_try_us,
                         last_error_us = excluded.last_error_us,
                         last_error = excluded.last_error, failures = failures + 1",
                )?
                .execute(params![feed, at.as_microsecond(), error])?;
            Ok(())
        })
        .await
    }
}
