//! From readings to arrivals: whose series, which frame, or why not.

use std::sync::Arc;

use domain::Reading;
use jiff::{SignedDuration, Timestamp};

use super::{AHEAD, Ledger};
use crate::{
    NewDelivery, Observation, Series, StoreError, raw_frame, sqlite::WriteSide, time::LAST_US,
};

/// One acceptable reading on its way to its table.
pub(super) struct Arrival {
    /// Place of its delivery.
    pub(super) delivery: usize,
    pub(super) series: Arc<Series>,
    pub(super) observation: Observation,
    /// The number its frame will have; 0 if there is none.
    pub(super) raw: i64,
    pub(super) received_us: i64,
    /// False for a period that is not over yet.
    pub(super) may_be_newest: bool,
}

/// Every acceptable reading; the refused ones are in the ledger.
pub(super) fn all(
    side: &mut WriteSide,
    deliveries: &[NewDelivery],
    now: Timestamp,
    ledger: &mut Ledger,
) -> Result<Vec<Arrival>, StoreError> {
    let first_raw = raw_frame::next_id(&side.db)?;
    let limit_us = now.checked_add(AHEAD).unwrap_or(Timestamp::MAX).as_microsecond();
    let mut arrivals = Vec::with_capacity(deliveries.iter().map(|d| d.readings.len()).sum());
    for ((place, delivery), raw) in deliveries.iter().enumerate().zip(first_raw..) {
        for (number, reading) in delivery.readings.iter().enumerate() {
            if let Some(reason) = refusal(side, reading, now) {
                ledger.outcome(place).rejected.push((number, reason));
                continue;
            }
            let kind = (reading.item, reading.averaging, delivery.provenance);
            let series = side.known.series(&side.db, &delivery.source, &reading.station, kind)?;
            let observation = observation(reading);
            let end_us = observation.start_us + i64::from(observation.length_s) * 1_000_000;
            arrivals.push(Arrival {
                delivery: place,
                series,
                observation,
                raw: if delivery.raw.is_empty() { 0 } else { raw },
                received_us: delivery.received.as_microsecond(),
                may_be_newest: end_us <= limit_us,
            });
        }
    }
    Ok(arrivals)
}

/// Beyond this no clock error is plausible, and the hot table would have to be searched there.
const FARTHEST: SignedDuration = SignedDuration::from_hours(7 * 24);

fn refusal(side: &WriteSide, reading: &Reading, now: Timestamp) -> Option<String> {
    if !side.known.has_station(&reading.station) {
        return Some(format!("station \"{}\" is unknown; check its code", reading.station));
    }
    let start = reading.period.start;
    // A month of one series is at most one row per second; finer starts would overfill it.
    if start.subsec_nanosecond() != 0 {
        return Some(format!("the period starts at {start}; send whole seconds"));
    }
    if start.duration_since(now) > FARTHEST {
        return Some(format!("the period starts at {start}, in the future; set the clock"));
    }
    (!(0..LAST_US).contains(&start.as_microsecond()))
        .then(|| format!("the period starts at {start}; only 1970 to 2299 can be stored"))
}

fn observation(reading: &Reading) -> Observation {
    Observation {
        start_us: reading.period.start.as_microsecond(),
        value: reading.value,
        length_s: reading.period.length_s,
        revision: 0,
        flag: reading.flag,
        quality: reading.quality,
    }
}
