//! The only deletions there are: what has been sealed, what has expired, what can be derived
//! again.

mod reports;

use jiff::{SignedDuration, Timestamp};
use rusqlite::Connection;

pub use self::reports::{ANSWERS_KEPT, ExpiredReports, JOBS_KEPT};
use crate::{
    SeriesId, Store, StoreError, observation::BUCKETS_S, seal::Stuck, sealed, time::before_us,
};

/// How long the bytes of a delivery are kept.
pub const FRAMES_KEPT: SignedDuration = SignedDuration::from_hours(30 * 24);

/// How long a live page may have been away and still resume without a gap.
pub const EVENTS_KEPT: SignedDuration = SignedDuration::from_hours(48);

/// What one expiry removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Expired {
    /// Raw frames.
    pub frames: usize,
    /// Live events.
    pub events: usize,
    /// Blocks rewritten without pointers to frames that are gone.
    pub blocks: usize,
}

/// Rows removed, or blocks rewritten, in one transaction: readings should not wait for more.
const AT_ONCE: usize = 2_000;

impl Store {
    /// Removes frames older than [`FRAMES_KEPT`] and events older than [`EVENTS_KEPT`]. To be
    /// called every hour or so.
    ///
    /// # Errors
    ///
    /// When the database cannot be written; what is left follows the next time.
    pub async fn expire(&self, now: Timestamp) -> Result<Expired, StoreError> {
        let mut total = Expired::default();
        loop {
            let step = self.write(AT_ONCE, move |side| expire_some(&side.db, now)).await?;
            total.frames += step.frames;
            total.events += step.events;
            total.blocks += step.blocks;
            if step == Expired::default() {
                return Ok(total);
            }
        }
    }
}

fn expire_some(db: &Connection, now: Timestamp) -> Result<Expired, StoreError> {
    let frames = db.execute(
        "delete from raw_frame where id in
             (select id from raw_frame where received_us < ?1 order by received_us limit ?2)",
        rusqlite::params![before_us(now, FRAMES_KEPT), AT_ONCE],
    )?;
    let events = db.execute(
        "delete from feed_event where id in
             (select id from feed_event where at_us < ?1 order by at_us limit ?2)",
        rusqlite::params![before_us(now, EVENTS_KEPT), AT_ONCE],
    )?;
    Ok(Expired { frames, events, blocks: forget_expired_pointers(db)? })
}

/// Rewrites blocks whose frames have all expired: a pointer costs more than the value.
fn forget_expired_pointers(db: &Connection) -> Result<usize, StoreError> {
    let mut statement = db.prepare_cached(
        "select series, month from block
         where raw_max > 0 and raw_max < (select coalesce(
             (select min(id) from raw_frame),
             (select seq + 1 from sqlite_sequence where name = 'raw_frame')))
         limit ?1",
    )?;
    let stale = statement
        .query_map([AT_ONCE], |row| Ok((SeriesId::from_row(row, 0)?, row.get(1)?)))?
        .collect::<Result<Vec<(SeriesId, i64)>, _>>()?;
    for (series, month) in &stale {
        let mut rows = sealed::load(db, *series, *month)?;
        rows.iter_mut().for_each(|row| row.raw = 0);
        sealed::save(db, *series, *month, &rows)?;
    }
    Ok(stale.len())
}

/// Takes rows out of the hot table after they were packed in the same transaction; those that
/// were not stay.
pub(crate) fn forget_sealed_rows(
    db: &Connection,
    before_us: i64,
    stuck: &[Stuck],
) -> Result<(), StoreError> {
    let all = "delete from observation
               where bucket_s = ?1 and bucket <= ?2 and period_start_us < ?3";
    let mut forget = if stuck.is_empty() {
        db.prepare(all)?
    } else {
        let rows: Vec<String> = stuck
            .iter()
            .map(|s| format!("({}, {}, {})", s.series.get(), s.first_us, s.last_us))
            .collect();
        db.prepare(&format!(
            "with stuck (series, first_us, last_us) as (values {}) {all} and not exists
                 (select 1 from stuck where stuck.series = observation.series
                  and period_start_us between first_us and last_us)",
            rows.join(", ")
        ))?
    };
    for bucket_s in BUCKETS_S {
        forget.execute([bucket_s, before_us / (bucket_s * 1_000_000), before_us])?;
    }
    Ok(())
}

/// Takes out everything that can be computed again, before it is.
pub(crate) fn forget_derived(db: &Connection) -> Result<(), StoreError> {
    Ok(db.execute_batch("delete from latest; delete from air_index;")?)
}
