//! Moving days from the hot table into packed months.

use domain::period::beijing_day;
use jiff::Timestamp;
use rusqlite::Connection;

use crate::{
    Observation, SeriesId, Store, StoreError, View,
    block::Row,
    health,
    observation::{BUCKETS_S, COLUMNS},
    record, retention,
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
    /// Observations left unsealed because their month is damaged or too full; the log names it.
    pub skipped: usize,
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
    /// A month that cannot be rewritten is named in the log and skipped: its observations stay
    /// where they are, unread, until the month is whole again.
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
            // What could not be sealed yesterday is tried again today: the last count stands.
            total.skipped = sealed.skipped;
        }
    }
}

/// A sealing is a transaction of its own.
const GROUP: usize = usize::MAX / 2;

/// `None` when the line is where it belongs, or nothing lies before there.
fn seal_one_day(side: &mut WriteSide, now: Timestamp) -> Result<Option<Sealed>, StoreError> {
    let (line_us, goal_us) = (line(side, now)?, line_at(now, side.hot_days));
    if line_us >= goal_us {
        return Ok(None);
    }
    // No farther than there is something to seal: a clock far ahead, once, would otherwise move
    // the line to its year, and nothing that comes after would ever be hot.
    let Some(oldest_us) = oldest_from(&side.db, line_us)? else { return Ok(None) };
    let next_us = day_start_us(oldest_us).saturating_add(DAY_US).min(goal_us);
    if next_us <= oldest_us {
        return Ok(None);
    }
    let (sealed, stuck) = move_rows(&side.db, next_us)?;
    retention::forget_sealed_rows(&side.db, next_us, &stuck)?;
    draw_line(side, next_us)?;
    Ok(Some(sealed))
}

fn draw_line(side: &mut WriteSide, at_us: i64) -> Result<(), StoreError> {
    set_sealed_until(&side.db, at_us)?;
    side.known.sealed_until = Some(at_us);
    Ok(())
}

/// The start of the oldest hot row from `line_us` on.
fn oldest_from(db: &Connection, line_us: i64) -> Result<Option<i64>, StoreError> {
    let mut statement = db.prepare_cached(
        "select min(period_start_us) from observation
         where bucket_s = ?1 and period_start_us >= ?3 and bucket =
             (select min(bucket) from observation
              where bucket_s = ?1 and bucket >= ?2 and period_start_us >= ?3)",
    )?;
    let mut oldest = None;
    for bucket_s in BUCKETS_S {
        let line = [bucket_s, line_us / (bucket_s * 1_000_000), line_us];
        let of_width: Option<i64> = statement.query_row(line, |row| row.get(0))?;
        oldest = [oldest, of_width].into_iter().flatten().min();
    }
    Ok(oldest)
}

/// A stretch of one series that stays in the hot table though it lies before the line.
pub(crate) struct Stuck {
    pub(crate) series: SeriesId,
    pub(crate) first_us: i64,
    pub(crate) last_us: i64,
}

/// Packs every hot row that starts before `before_us`, as far as its month can be rewritten.
fn move_rows(db: &Connection, before_us: i64) -> Result<(Sealed, Vec<Stuck>), StoreError> {
    let mut statement = db.prepare_cached(&format!(
        "select {COLUMNS}, raw, series from observation
         where bucket_s = ?1 and bucket <= ?2 and period_start_us < ?3
         order by series, period_start_us"
    ))?;
    let mut moving = Moving { db, sealed: Sealed::default(), stuck: Vec::new() };
    let mut month = Month::default();
    // A series has one averaging and so one width: none is split between the rounds.
    for bucket_s in BUCKETS_S {
        let mut rows =
            statement.query([bucket_s, before_us / (bucket_s * 1_000_000), before_us])?;
        while let Some(row) = rows.next()? {
            let packed = Row { seen: Observation::from_row(row, 0)?, raw: row.get(6)? };
            let key = (SeriesId::from_row(row, 7)?, month_of(packed.seen.start_us));
            if month.key != Some(key) {
                moving.seal(&mut month)?;
                month.key = Some(key);
            }
            month.rows.push(packed);
        }
    }
    moving.seal(&mut month)?;
    Ok((moving.sealed, moving.stuck))
}

/// Rows of one series and month on their way into its block.
#[derive(Default)]
struct Month {
    key: Option<(SeriesId, i64)>,
    rows: Vec<Row>,
}

/// One sealing under way.
struct Moving<'a> {
    db: &'a Connection,
    sealed: Sealed,
    stuck: Vec<Stuck>,
}

impl Moving<'_> {
    /// Empties `month` into its block; one that cannot be rewritten must not keep the others.
    fn seal(&mut self, month: &mut Month) -> Result<(), StoreError> {
        let Some((series, number)) = month.key.take() else { return Ok(()) };
        let rows = std::mem::take(&mut month.rows);
        match rewrite(self.db, series, number, &rows) {
            Ok(()) => {
                self.sealed.rows += rows.len();
                self.sealed.blocks += 1;
            }
            Err(error @ (StoreError::Damaged(_) | StoreError::MonthFull { .. })) => {
                tracing::error!(%error, series = series.get(), "a month was not sealed");
                self.sealed.skipped += rows.len();
                if let (Some(first), Some(last)) = (rows.first(), rows.last()) {
                    let (first_us, last_us) = (first.seen.start_us, last.seen.start_us);
                    self.stuck.push(Stuck { series, first_us, last_us });
                }
            }
            Err(error) => return Err(error),
        }
        Ok(())
    }
}

fn rewrite(db: &Connection, series: SeriesId, month: i64, rows: &[Row]) -> Result<(), StoreError> {
    let old = sealed::load(db, series, month)?;
    sealed::save(db, series, month, &sealed::merge(old, rows))
}

/// Moves the line back to where it belongs at `now`, if it lies after that, and everything from
/// there on out of the blocks again.
pub(crate) fn redraw_line(side: &mut WriteSide, now: Timestamp) -> Result<(), StoreError> {
    let right_us = line_at(now, side.hot_days);
    if side.known.sealed_until.is_none_or(|line_us| line_us <= right_us) {
        return Ok(());
    }
    let later = side
        .db
        .prepare("select series, month from block where month >= ?1")?
        .query_map([month_of(right_us)], |row| Ok((SeriesId::from_row(row, 0)?, row.get(1)?)))?
        .collect::<Result<Vec<(SeriesId, i64)>, _>>()?;
    for (series, month) in later {
        unseal(side, series, month, right_us)?;
    }
    draw_line(side, right_us)
}

fn unseal(side: &WriteSide, series: SeriesId, month: i64, from_us: i64) -> Result<(), StoreError> {
    let mut stay = sealed::load(&side.db, series, month)?;
    let back = stay.split_off(stay.partition_point(|row| row.seen.start_us < from_us));
    if back.is_empty() {
        return Ok(());
    }
    let view = View { db: &side.db, catalogue: &side.known.catalogue };
    let series = view.series(series)?;
    for row in &back {
        let received_us = health::received_us(&side.db, row)?;
        record::bring_back(&side.db, &series, row, received_us)?;
    }
    if stay.is_empty() {
        sealed::remove(&side.db, series.id, month)
    } else {
        sealed::save(&side.db, series.id, month, &stay)
    }
}
