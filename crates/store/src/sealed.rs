//! Loading and storing the packed months, and the line between them and the hot table.

use rusqlite::{Connection, OptionalExtension, params};

use crate::{
    Observation, SeriesId, StoreError, View,
    block::{self, BlockError, MOST_ROWS, Row},
    observation::{COLUMNS, bucket_s},
    time::month_of,
};

/// The key of one month of one series.
pub(crate) const fn block_id(series: SeriesId, month: i64) -> i64 {
    series.get() * 4096 + month
}

/// Names the block that cannot be read.
pub(crate) fn damaged(id: i64) -> impl FnOnce(BlockError) -> StoreError {
    move |cause| {
        let (series, month) = (id / 4096, id % 4096);
        let (year, month) = (1970 + month / 12, month % 12 + 1);
        StoreError::Damaged(format!("series {series}, month {year}-{month:02}: {cause}"))
    }
}

/// Where blocks end and the hot table begins; `None` before the first observation.
pub(crate) fn sealed_until(db: &Connection) -> Result<Option<i64>, StoreError> {
    let mut statement = db.prepare_cached("select at_us from sealed_until")?;
    Ok(statement.query_row([], |row| row.get(0)).optional()?)
}

/// Moves the line; the caller moves the rows.
pub(crate) fn set_sealed_until(db: &Connection, at_us: i64) -> Result<(), StoreError> {
    db.prepare_cached(
        "insert into sealed_until (only_row, at_us) values (1, ?1)
         on conflict do update set at_us = excluded.at_us",
    )?
    .execute([at_us])?;
    Ok(())
}

/// The rows of one month; none if it was never sealed.
pub(crate) fn load(db: &Connection, series: SeriesId, month: i64) -> Result<Vec<Row>, StoreError> {
    let id = block_id(series, month);
    let mut statement = db.prepare_cached("select packed from block where id = ?1")?;
    let mut rows = statement.query([id])?;
    let Some(row) = rows.next()? else { return Ok(Vec::new()) };
    let packed = row.get_ref(0)?.as_blob().map_err(rusqlite::Error::from)?;
    block::decode(packed).map_err(damaged(id))
}

/// Writes one month whole and counts the rewriting; one too full to be read back is refused.
pub(crate) fn save(
    db: &Connection,
    series: SeriesId,
    month: i64,
    rows: &[Row],
) -> Result<(), StoreError> {
    if rows.len() > MOST_ROWS {
        return Err(StoreError::MonthFull { series: series.get(), rows: rows.len() });
    }
    let raw_max = rows.iter().map(|row| row.raw).max().unwrap_or(0);
    db.prepare_cached(
        "insert into block (id, series, month, version, rows, raw_max, packed)
         values (?1, ?2, ?3, 1, ?4, ?5, ?6)
         on conflict (id) do update set version = version + 1, rows = excluded.rows,
             raw_max = excluded.raw_max, packed = excluded.packed",
    )?
    .execute(params![
        block_id(series, month),
        series.get(),
        month,
        rows.len(),
        raw_max,
        block::encode(rows)
    ])?;
    Ok(())
}

/// Takes out a month of which nothing is left.
pub(crate) fn remove(db: &Connection, series: SeriesId, month: i64) -> Result<(), StoreError> {
    db.prepare_cached("delete from block where id = ?1")?.execute([block_id(series, month)])?;
    Ok(())
}

/// Adds `new`, in rising order, to `old`, in rising order; where both have a start, `new` stays.
pub(crate) fn merge(old: Vec<Row>, new: &[Row]) -> Vec<Row> {
    let Some(first) = new.first() else { return old };
    let mut merged = old;
    // Nearly always everything new comes after everything old.
    let tail = merged.split_off(merged.partition_point(|r| r.seen.start_us < first.seen.start_us));
    let mut tail = tail.into_iter().peekable();
    for row in new {
        while let Some(older) = tail.next_if(|r| r.seen.start_us < row.seen.start_us) {
            merged.push(older);
        }
        tail.next_if(|r| r.seen.start_us == row.seen.start_us);
        merged.push(*row);
    }
    merged.extend(tail);
    merged
}

/// One observation and its frame's number, wherever it lies.
pub(crate) fn one(
    view: &View<'_>,
    series: SeriesId,
    start_us: i64,
) -> Result<Option<(Observation, i64)>, StoreError> {
    if start_us < sealed_until(view.db)?.unwrap_or(i64::MIN) {
        let rows = load(view.db, series, month_of(start_us))?;
        let place = rows.binary_search_by_key(&start_us, |row| row.seen.start_us).ok();
        return Ok(place.and_then(|place| rows.get(place)).map(|row| (row.seen, row.raw)));
    }
    let bucket_s = bucket_s(view.series(series)?.averaging);
    let mut statement = view.db.prepare_cached(&format!(
        "select {COLUMNS}, raw from observation
         where bucket_s = ?1 and bucket = ?2 and series = ?3 and period_start_us = ?4"
    ))?;
    let bucket = start_us / (bucket_s * 1_000_000);
    Ok(statement
        .query_row([bucket_s, bucket, series.get(), start_us], |row| {
            Ok((Observation::from_row(row, 0)?, row.get(6)?))
        })
        .optional()?)
}
