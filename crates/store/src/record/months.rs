//! Older than the line: into the packed month at once, leaving a trace.

use jiff::Timestamp;

use super::{Ledger, accept::Arrival, settle::settle};
use crate::{
    Observation, SeriesId, StoreError,
    block::Row,
    correction::{self, NewCorrection, Why},
    sealed,
    sqlite::WriteSide,
    time::month_of,
};

/// Stores arrivals before the line, rewriting each month of each series once.
pub(super) fn store(
    side: &WriteSide,
    mut arrivals: Vec<Arrival>,
    now: Timestamp,
    ledger: &mut Ledger,
) -> Result<(), StoreError> {
    arrivals.sort_by_key(|a| (a.series.id, a.observation.start_us));
    let month = |a: &Arrival| (a.series.id, month_of(a.observation.start_us));
    for of_month in arrivals.chunk_by(|a, b| month(a) == month(b)) {
        if let Some(first) = of_month.first() {
            rewrite(side, month(first), of_month, now, ledger)?;
        }
    }
    Ok(())
}

fn rewrite(
    side: &WriteSide,
    (series, month): (SeriesId, i64),
    arrivals: &[Arrival],
    now: Timestamp,
    ledger: &mut Ledger,
) -> Result<(), StoreError> {
    let old = sealed::load(&side.db, series, month)?;
    let mut new: Vec<Row> = Vec::with_capacity(arrivals.len());
    let mut late = Late::after(side.known.newest.get(&series).copied());
    for arrival in arrivals {
        let start_us = arrival.observation.start_us;
        let met = match new.last() {
            Some(last) if last.seen.start_us == start_us => Some(last.seen),
            _ => find(&old, start_us),
        };
        let Some(seen) = settled(met, arrival, ledger) else { continue };
        new.pop_if(|last| last.seen.start_us == start_us);
        new.push(Row { seen, raw: arrival.raw });
        match met {
            Some(before) => {
                let trace = NewCorrection::of(series, before, seen, true, arrival.raw);
                correction::append(&side.db, &trace, now)?;
            }
            None => late.note(arrival),
        }
    }
    if new.is_empty() {
        return Ok(());
    }
    late.leave_trace(side, series, now)?;
    sealed::save(&side.db, series, month, &sealed::merge(old, &new))
}

fn find(rows: &[Row], start_us: i64) -> Option<Observation> {
    let place = rows.binary_search_by_key(&start_us, |row| row.seen.start_us).ok()?;
    rows.get(place).map(|row| row.seen)
}

/// What is to be stored, if anything is news; the ledger has it either way.
fn settled(
    met: Option<Observation>,
    arrival: &Arrival,
    ledger: &mut Ledger,
) -> Option<Observation> {
    let settled = match met {
        None => Some(arrival.observation),
        Some(old) => settle(&old, &arrival.observation),
    };
    match (settled, met) {
        (Some(now), before) => ledger.changed(arrival, now, before, true),
        (None, Some(old)) => ledger.duplicate(arrival, old),
        (None, None) => {}
    }
    settled
}

/// New observations of sealed days that come after later ones were known. The first import of
/// a history in its order is not late; one line per month stands for many of them.
struct Late {
    known_us: Option<i64>,
    first_us: i64,
    rows: usize,
    raw: i64,
}

impl Late {
    const fn after(known_us: Option<i64>) -> Self {
        Self { known_us, first_us: 0, rows: 0, raw: 0 }
    }

    fn note(&mut self, arrival: &Arrival) {
        let start_us = arrival.observation.start_us;
        if self.known_us.is_some_and(|known| start_us < known) {
            if self.rows == 0 {
                (self.first_us, self.raw) = (start_us, arrival.raw);
            }
            self.rows += 1;
        }
    }

    fn leave_trace(
        &self,
        side: &WriteSide,
        series: SeriesId,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        if self.rows == 0 {
            return Ok(());
        }
        let Self { first_us: start_us, rows, raw, .. } = *self;
        let trace = NewCorrection {
            series,
            start_us,
            rows,
            why: Why::Late,
            change: None,
            sealed: true,
            raw,
        };
        correction::append(&side.db, &trace, now)
    }
}
