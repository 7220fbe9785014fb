//! Moving days from the hot table into packed months.

use domain::period::beijing_day;
use jiff::Timestamp;
use rusqlite::Connection;

use crate::{
    Observation, SeriesId, Store, StoreError,
    block::Row,
    observation::{BUCKETS_S, COLUMNS},
    retention,
    sealed::{self, set_sealed_until},
    sqlite::WriteSide,
    time::{day_start_us, month_of},
};

/// What one sealing moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sealed {
    /// Observations moved.
    pub rows: usize,
    /// Months rewritten.
    pub blocks: usize,
}

const DAY_US: i64 = 86_400_000_000;

/// Where the line belongs at `now`: midnight in Beijing, the configured days before today.
fn line_at(now: Timestamp, hot_days: i64) -> i64 {
    domain::period::day_start(beijing_day(now))
        .as_microsecond()
        .saturating_sub(hot_days.saturating_mul(DAY_US))
}

/// Where the line is; drawn for the first time if there is none.
pub(crate) fn line(side: &mut WriteSide, now: Timestamp) -> Result<i64, StoreError> {
    if let Some(at_us) = side.known.sealed_until {
        return Ok(at_us);
    }
    let at_us = line_at(now, side.hot_days);
    set_sealed_until(&side.db, at_us)?;
    side.known.sealed_until = Some(at_us);
    Ok(at_us)
}

impl Store {
    /// Seals every day that is no longer among the hot ones, one day to a transaction so that
    /// readings in between need not wait. To be called every hour or so; harmless more often.
    ///
    /// # Errors
    ///
    /// When the database cannot be written. Days sealed before stay sealed; the rest follows the
    /// next time.
    pub async fn seal(&self, now: Timestamp) -> Result<Sealed, StoreError> {
        let mut total = Sealed::default();
        loop {
            let step = self.write(GROUP, move |side| seal_one_day(side, now)).await?;
            let Some(sealed) = step else { return Ok(total) };
            total.rows += sealed.rows;
            total.blocks += sealed.blocks;
        }
    }
}

/// A sealing is a transaction of its own.
const GROUP: usize = usize::MAX / 2;

/// `None` when the line is where it belongs.
fn seal_one_day(side: &mut WriteSide, now: Timestamp) -> Result<Option<Sealed>, StoreError> {
    let (line_us, goal_us) = (line(side, now)?, line_at(now, side.hot_days));
    if line_us >= goal_us {
        return Ok(None);
    }
    let next_us = oldest(&side.db)?
        .map_or(goal_us, |at| day_start_us(at).saturating_add(DAY_US))
        .min(goal_us);
    let sealed = move_rows(&side.db, next_us)?;
    retention::forget_sealed_rows(&side.db, next_us)?;
    set_sealed_until(&side.db, next_us)?;
    side.known.sealed_until = Some(next_us);
    Ok(Some(sealed))
}

/// The start of the oldest hot row.
fn oldest(db: &Connection) -> Result<Option<i64>, StoreError> {
    let mut statement = db.prepare_cached(
        "select min(period_start_us) from observation where bucket_s = ?1 and bucket =
             (select min(bucket) from observation where bucket_s = ?1)",
    )?;
    let mut oldest = None;
    for bucket_s in BUCKETS_S {
        let of_width: Option<i64> = statement.query_row([bucket_s], |row| row.get(0))?;
        oldest = [oldest, of_width].into_iter().flatten().min();
    }
    Ok(oldest)
}

/// Packs every hot row that starts before `before_us`.
fn move_rows(db: &Connection, before_us: i64) -> Result<Sealed, StoreError> {
    let mut statement = db.prepare_cached(&format!(
        "select {COLUMNS}, raw, series from observation
         where bucket_s = ?1 and bucket <= ?2 and period_start_us < ?3
         order by series, period_start_us"
    ))?;
    let (mut sealed, mut month) = (Sealed::default(), Month::default());
    // A series has one averaging and so one width: none is split between the rounds.
    for bucket_s in BUCKETS_S {
        let mut rows =
            statement.query([bucket_s, before_us / (bucket_s * 1_000_000), before_us])?;
        while let Some(row) = rows.next()? {
            let packed = Row { seen: Observation::from_row(row, 0)?, raw: row.get(6)? };
            let key = (SeriesId::from_row(row, 7)?, month_of(packed.seen.start_us));
            if month.key != Some(key) {
                sealed.blocks += month.seal(db)?;
                month.key = Some(key);
            }
            month.rows.push(packed);
            sealed.rows += 1;
        }
    }
    sealed.blocks += month.seal(db)?;
    Ok(sealed)
}

/// Rows of one series and month on their way into its block.
#[derive(Default)]
struct Month {
    key: Option<(SeriesId, i64)>,
    rows: Vec<Row>,
}

impl Month {
    /// Blocks rewritten: one, or none when there was nothing.
    fn seal(&mut self, db: &Connection) -> Result<usize, StoreError> {
        let Some((series, month)) = self.key.take() else { return Ok(0) };
        let old = sealed::load(db, series, month)?;
        sealed::save(db, series, month, &sealed::merge(old, &self.rows))?;
        self.rows.clear();
        Ok(1)
    }
}
