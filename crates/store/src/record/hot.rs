//! The last days: one row per observation, in the order of time.

use domain::Quantity;
use jiff::Timestamp;
use rusqlite::{CachedStatement, Connection, params};

use super::{Ledger, accept::Arrival, settle::settle};
use crate::{
    Observation, Series, StoreError,
    block::Row,
    correction::{self, NewCorrection},
    observation::{COLUMNS, bucket_s},
    sqlite::WriteSide,
};

const INSERT: &str =
    "insert into observation (bucket_s, bucket, series, period_start_us, length_s, value_micro,
                              device_flag, qc, revision, raw, received_us)
     values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";

/// Stores arrivals after the line; the same again changes nothing.
pub(super) fn store(
    side: &WriteSide,
    mut arrivals: Vec<Arrival>,
    now: Timestamp,
    ledger: &mut Ledger,
) -> Result<(), StoreError> {
    // In the order of the key, so that neighbours are written together; stable, so that the
    // later of two equal ones stands.
    arrivals.sort_by_key(|a| (bucket(a).0, bucket(a).1, a.series.id, a.observation.start_us));
    let mut insert = side.db.prepare_cached(&format!("{INSERT} on conflict do nothing"))?;
    for arrival in &arrivals {
        if write(&mut insert, arrival, &arrival.observation)? {
            ledger.changed(arrival, arrival.observation, None, false);
        } else {
            meet(side, arrival, now, ledger)?;
        }
    }
    Ok(())
}

/// Width and number of the step that an arrival falls into.
fn bucket(arrival: &Arrival) -> (i64, i64) {
    let bucket_s = bucket_s(arrival.series.averaging);
    (bucket_s, arrival.observation.start_us / (bucket_s * 1_000_000))
}

fn write(
    statement: &mut CachedStatement<'_>,
    arrival: &Arrival,
    observation: &Observation,
) -> Result<bool, StoreError> {
    let row = Row { seen: *observation, raw: arrival.raw };
    put(statement, &arrival.series, &row, arrival.received_us)
}

fn put(
    statement: &mut CachedStatement<'_>,
    series: &Series,
    Row { seen, raw }: &Row,
    received_us: i64,
) -> Result<bool, StoreError> {
    let bucket_s = bucket_s(series.averaging);
    let rows = statement.execute(params![
        bucket_s,
        seen.start_us / (bucket_s * 1_000_000),
        series.id.get(),
        seen.start_us,
        seen.length_s,
        seen.value.map(Quantity::millionths),
        seen.flag.code(),
        seen.quality.bits(),
        seen.revision,
        raw,
        received_us,
    ])?;
    Ok(rows > 0)
}

/// Puts back a row that was sealed too early.
pub(crate) fn bring_back(
    db: &Connection,
    series: &Series,
    row: &Row,
    received_us: i64,
) -> Result<(), StoreError> {
    let mut insert = db.prepare_cached(&format!("{INSERT} on conflict do nothing"))?;
    put(&mut insert, series, row, received_us)?;
    Ok(())
}

fn meet(
    side: &WriteSide,
    arrival: &Arrival,
    now: Timestamp,
    ledger: &mut Ledger,
) -> Result<(), StoreError> {
    let (bucket_s, bucket) = bucket(arrival);
    let key = [bucket_s, bucket, arrival.series.id.get(), arrival.observation.start_us];
    let old = side
        .db
        .prepare_cached(&format!(
            "select {COLUMNS} from observation
             where bucket_s = ?1 and bucket = ?2 and series = ?3 and period_start_us = ?4"
        ))?
        .query_row(key, |row| Observation::from_row(row, 0))?;
    let Some(settled) = settle(&old, &arrival.observation) else {
        ledger.duplicate(arrival, old);
        return Ok(());
    };
    let mut replace = side.db.prepare_cached(&format!(
        "{INSERT} on conflict do update set length_s = excluded.length_s,
             value_micro = excluded.value_micro, device_flag = excluded.device_flag,
             qc = excluded.qc, revision = excluded.revision, raw = excluded.raw,
             received_us = excluded.received_us"
    ))?;
    write(&mut replace, arrival, &settled)?;
    let trace = NewCorrection::of(arrival.series.id, old, settled, false, arrival.raw);
    correction::append(&side.db, &trace, now)?;
    ledger.changed(arrival, settled, Some(old), false);
    Ok(())
}
