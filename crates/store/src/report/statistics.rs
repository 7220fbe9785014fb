//! What statistics are computed from: one line per report, without words or places.

use domain::report::{Finding, State};
use jiff::Timestamp;

use super::Queue;
use crate::{
    Store, StoreError,
    time::{some_timestamp, timestamp},
    words::{some_word, word},
};

/// The course of one report in time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportTimes {
    /// Key of the category.
    pub category: String,
    /// Key of the category's group.
    pub category_group: String,
    /// Key of the street.
    pub street: Option<String>,
    /// Key of the department that handles it.
    pub department: Option<String>,
    /// The state.
    pub state: State,
    /// What was found; of closed ones.
    pub finding: Option<Finding>,
    /// When it arrived.
    pub received: Timestamp,
    /// When it was first accepted.
    pub accepted: Option<Timestamp>,
    /// When it ended; `None` while open.
    pub closed: Option<Timestamp>,
    /// The deadline that is running.
    pub due: Option<Timestamp>,
    /// How often it was opened again.
    pub reopened: u32,
}

/// How much waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QueueSize {
    /// Reports that went straight into the queue since the instant asked for.
    pub arrived: u64,
    /// Reports that wait for the queue to have room.
    pub delayed: u64,
}

impl Store {
    /// The course of every report that arrived in `from..to`, in that order.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn report_times(
        &self,
        from: Timestamp,
        to: Timestamp,
    ) -> Result<Vec<ReportTimes>, StoreError> {
        self.read(move |view| {
            let mut statement = view.db.prepare_cached(
                "select category, category_group, street, department, state, finding,
                        received_us, accepted_us, closed_us, due_us, reopened
                 from report where received_us >= ?1 and received_us < ?2 order by received_us, id",
            )?;
            let rows =
                statement.query_map([from.as_microsecond(), to.as_microsecond()], |row| {
                    Ok(ReportTimes {
                        category: row.get(0)?,
                        category_group: row.get(1)?,
                        street: row.get(2)?,
                        department: row.get(3)?,
                        state: word(row, "state", State::from_key)?,
                        finding: some_word(row, "finding", Finding::from_key)?,
                        received: timestamp(row.get(6)?),
                        accepted: some_timestamp(row.get(7)?),
                        closed: some_timestamp(row.get(8)?),
                        due: some_timestamp(row.get(9)?),
                        reopened: row.get(10)?,
                    })
                })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
        .await
    }

    /// What the rate of the queue is decided by: arrivals in it since `since`, and who waits.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn queue_size(&self, since: Timestamp) -> Result<QueueSize, StoreError> {
        self.read(move |view| {
            let mut statement = view.db.prepare_cached(
                "select (select count(*) from report where received_us >= ?1 and queue = ?2),
                        (select count(*) from report where queue = ?3)",
            )?;
            let params = rusqlite::params![since.as_microsecond(), Queue::Normal, Queue::Delayed];
            Ok(statement.query_row(params, |row| {
                Ok(QueueSize { arrived: row.get(0)?, delayed: row.get(1)? })
            })?)
        })
        .await
    }
}
