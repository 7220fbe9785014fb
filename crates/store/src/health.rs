//! Looking after the file: checks, rebuilding what is derived, sizes.

use std::collections::HashMap;

use jiff::Timestamp;

use crate::{
    Observation, SeriesId, Store, StoreError, View, block, latest, observation::COLUMNS, retention,
    seal, sealed, time::before_us,
};

/// How much is stored; for metrics and the operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Observations in the hot table.
    pub hot_rows: u64,
    /// Observations in packed months.
    pub sealed_rows: u64,
    /// Packed months.
    pub blocks: u64,
    /// Bytes of these months, keys and pages not counted.
    pub packed_bytes: u64,
    /// Bytes of the database file.
    pub file_bytes: u64,
}

impl View<'_> {
    /// How much is stored.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn size(&self) -> Result<Size, StoreError> {
        let one = |sql: &str| -> Result<u64, StoreError> {
            Ok(self.db.query_row(sql, [], |row| row.get(0))?)
        };
        Ok(Size {
            hot_rows: one("select count(*) from observation")?,
            sealed_rows: one("select coalesce(sum(rows), 0) from block")?,
            blocks: one("select count(*) from block")?,
            packed_bytes: one("select coalesce(sum(length(packed)), 0) from block")?,
            file_bytes: one("pragma page_count")? * one("pragma page_size")?,
        })
    }
}

impl Store {
    /// How much is stored. Reads every block's head: for the operator, not for every request.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn size(&self) -> Result<Size, StoreError> {
        self.read(|view| view.size()).await
    }

    /// Reads everything once: SQLite's own check, then every block's checksum.
    ///
    /// # Errors
    ///
    /// [`StoreError::Damaged`] with the first thing that is wrong.
    pub async fn integrity_check(&self) -> Result<(), StoreError> {
        self.read(|view| check(view.db)).await
    }

    /// Computes `latest` again from the observations and forgets every kept index, which the
    /// caller computes again as pages ask. A line between hot and sealed that a wrong clock has
    /// moved too far comes back.
    ///
    /// # Errors
    ///
    /// When the database cannot be read or written; then everything stays as it was.
    pub async fn rebuild(&self, now: Timestamp) -> Result<(), StoreError> {
        self.write(usize::MAX / 2, move |side| {
            seal::redraw_line(side, now)?;
            retention::forget_derived(&side.db)?;
            let newest = newest_of_all(&side.db, now)?;
            side.known.newest.clear();
            for (series, (observation, received_us)) in newest {
                latest::advance(&side.db, series, &observation, received_us)?;
                side.known.newest.insert(series, observation.start_us);
            }
            Ok(())
        })
        .await
    }
}

/// SQLite's own check, then every block's checksum.
pub(crate) fn check(db: &rusqlite::Connection) -> Result<(), StoreError> {
    let verdict: String = db.query_row("pragma integrity_check(1)", [], |row| row.get(0))?;
    if verdict != "ok" {
        return Err(StoreError::Damaged(verdict));
    }
    let orphans = db.prepare("pragma foreign_key_check")?.query([])?.next()?.is_some();
    if orphans {
        return Err(StoreError::Damaged("a row names another that is gone".to_owned()));
    }
    let mut statement = db.prepare("select id, rows, packed from block")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let packed = row.get_ref(2)?.as_blob().map_err(rusqlite::Error::from)?;
        let unpacked = block::decode(packed).map_err(sealed::damaged(row.get(0)?))?;
        if unpacked.len() != row.get::<_, usize>(1)? {
            let id: i64 = row.get(0)?;
            return Err(sealed::damaged(id)(block::BlockError::Malformed));
        }
    }
    Ok(())
}

type Newest = HashMap<SeriesId, (Observation, i64)>;

/// The newest observation of every series that was over at `now`. Of sealed ones the arrival is
/// that of the frame, or the end of the period once the frame has expired.
fn newest_of_all(db: &rusqlite::Connection, now: Timestamp) -> Result<Newest, StoreError> {
    let limit_us = before_us(now, -crate::record::AHEAD);
    let over = |o: &Observation| o.start_us + i64::from(o.length_s) * 1_000_000 <= limit_us;
    let mut newest = Newest::new();
    let mut blocks = db.prepare("select id, series, packed from block order by id")?;
    let mut rows = blocks.query([])?;
    while let Some(row) = rows.next()? {
        let packed = row.get_ref(2)?.as_blob().map_err(rusqlite::Error::from)?;
        let unpacked = block::decode(packed).map_err(sealed::damaged(row.get(0)?))?;
        if let Some(last) = unpacked.iter().rfind(|row| over(&row.seen)) {
            let received_us = received_us(db, last)?;
            newest.insert(SeriesId::from_row(row, 1)?, (last.seen, received_us));
        }
    }
    let mut hot = db.prepare(&format!(
        "select {COLUMNS}, received_us, series from observation order by period_start_us"
    ))?;
    let mut rows = hot.query([])?;
    while let Some(row) = rows.next()? {
        let observation = Observation::from_row(row, 0)?;
        if over(&observation) {
            newest.insert(SeriesId::from_row(row, 7)?, (observation, row.get(6)?));
        }
    }
    Ok(newest)
}

/// When a sealed observation arrived: with its frame, or at the end of its period once the frame
/// has expired.
pub(crate) fn received_us(db: &rusqlite::Connection, row: &block::Row) -> Result<i64, StoreError> {
    let mut statement = db.prepare_cached("select received_us from raw_frame where id = ?1")?;
    let frame =
        rusqlite::OptionalExtension::optional(statement.query_row([row.raw], |row| row.get(0)))?;
    Ok(frame.unwrap_or(row.seen.start_us + i64::from(row.seen.length_s) * 1_000_000))
}
