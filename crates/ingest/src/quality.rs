//! Checks on arrival: doubtful readings are marked, never dropped.
//!
//! The marks are [`QcFlags`]; only range and clock keep a value out of means and indices.

mod limits;
mod series;

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use domain::{Averaging, Item, Period, QcFlags, Quantity, Reading};
use jiff::{SignedDuration, Timestamp};

use series::Series;

/// How far ahead of our clock a period may end.
const AHEAD: SignedDuration = SignedDuration::from_mins(10);

/// Series whose past is remembered. Beyond it new series are checked for range, clock and
/// contradiction only, so that memory stays bounded (about 300 bytes per series).
const SERIES: usize = 50_000;

/// The checks, with the recent past they compare with. Clones share it.
#[derive(Debug, Clone, Default)]
pub struct QualityControl(Arc<Mutex<Past>>);

/// The series of one station.
type StationPast = HashMap<(Item, Averaging), Series>;

#[derive(Debug, Default)]
struct Past {
    /// By source and station: two sources of one station do not repeat each other.
    sources: HashMap<String, HashMap<String, StationPast>>,
    series: usize,
}

/// When readings arrived, and from when on they are believed to be news.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arrival {
    /// Our clock.
    pub now: Timestamp,
    /// Live data that is older has a wrong clock.
    pub oldest: Timestamp,
}

impl Arrival {
    /// Live data: more than `hours` old is a wrong clock.
    pub fn live(now: Timestamp, hours: u32) -> Self {
        let oldest =
            now.checked_sub(SignedDuration::from_hours(i64::from(hours))).unwrap_or(Timestamp::MIN);
        Self { now, oldest }
    }

    /// A record of the past: any age is right.
    pub fn history(now: Timestamp) -> Self {
        Self { now, oldest: Timestamp::MIN }
    }
}

impl QualityControl {
    /// Nothing seen yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Marks the readings of one delivery from `source`, see [`crate::Delivery::source`].
    ///
    /// `RANGE`: outside the item's plausible range. `CLOCK`: ends more than ten minutes ahead of
    /// our clock, or began before `arrival.oldest`. `INCONSISTENT`: PM2.5 above PM10, or NO₂
    /// above NOₓ, of one station and period. `STUCK`: the same value at least six times in a row
    /// over six hours or more, unless that low that analysers cannot tell. `SPIKE`: far from the
    /// value before and from the median of the last twelve; the second of two like values is a
    /// step, not a spike. `DUPLICATE`: a recent reading sent again unchanged.
    pub fn judge(&self, source: &str, readings: &mut [Reading], arrival: Arrival) {
        self.judge_and_learn(source, readings, arrival);
    }

    /// As [`QualityControl::judge`]; says what the past has learnt from it.
    ///
    /// The past advances at once, so that frames behind one whose commit is still awaited are
    /// compared with it.
    pub(crate) fn judge_and_learn(
        &self,
        source: &str,
        readings: &mut [Reading],
        arrival: Arrival,
    ) -> Learnt {
        let mut learnt = Learnt { source: source.to_owned(), values: Vec::new() };
        mark_contradictions(readings);
        // A panic while the lock was held leaves at worst one series without its last value.
        let mut past = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for reading in readings {
            let mut marks = reading.quality;
            let timely = is_timely(reading.period, arrival);
            if !timely {
                marks = marks.with(QcFlags::CLOCK);
            }
            if let Some(value) = reading.value {
                let plausible = limits::is_plausible(reading.item, value);
                if !plausible {
                    marks = marks.with(QcFlags::RANGE);
                }
                if timely && let Some(series) = past.series(source, reading) {
                    let compared = plausible && reading.flag.may_be_shown();
                    let (item, period) = (reading.item, reading.period);
                    let compared = series.compare(item, period, value, compared);
                    marks = marks.with(compared.marks);
                    if compared.joined {
                        let key = (item, reading.averaging);
                        learnt.values.push((reading.station.clone(), key, period.start, value));
                    }
                }
            }
            reading.quality = marks;
        }
        learnt
    }

    /// Takes back what was learnt from readings that were not stored after all.
    pub(crate) fn forget(&self, learnt: Learnt) {
        let mut past = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(stations) = past.sources.get_mut(&learnt.source) else { return };
        for (station, key, start, value) in learnt.values.iter().rev() {
            if let Some(series) = stations.get_mut(station).and_then(|of| of.get_mut(key)) {
                series.forget(*start, *value);
            }
        }
    }
}

/// The values of one delivery that joined the past of their series.
#[derive(Debug)]
pub(crate) struct Learnt {
    source: String,
    values: Vec<(String, (Item, Averaging), Timestamp, Quantity)>,
}

impl Past {
    /// The past of the reading's series; `None` when too many are remembered already.
    fn series(&mut self, source: &str, reading: &Reading) -> Option<&mut Series> {
        let key = (reading.item, reading.averaging);
        let known = self.sources.get(source).and_then(|stations| stations.get(&reading.station));
        if !known.is_some_and(|series| series.contains_key(&key)) {
            if self.series >= SERIES {
                return None;
            }
            self.series += 1;
            let stations = self.sources.entry(source.to_owned()).or_default();
            let station = stations.entry(reading.station.clone()).or_default();
            station.insert(key, Series::default());
        }
        self.sources.get_mut(source)?.get_mut(&reading.station)?.get_mut(&key)
    }
}

fn is_timely(period: Period, arrival: Arrival) -> bool {
    period.end().duration_since(arrival.now) <= AHEAD && period.start >= arrival.oldest
}

/// The lesser must not exceed the greater: fine particles are part of PM10, NO₂ of NOₓ.
fn mark_contradictions(readings: &mut [Reading]) {
    for (part, whole) in [(Item::Pm25, Item::Pm10), (Item::No2, Item::Nox)] {
        let parts: Vec<usize> =
            (0..readings.len()).filter(|&place| readings[place].item == part).collect();
        for place in parts {
            let Some(other) = (0..readings.len()).find(|&other| {
                readings[other].item == whole
                    && same_circumstances(&readings[other], &readings[place])
            }) else {
                continue;
            };
            if exceeds(readings[place].value, readings[other].value) {
                for contradicting in [place, other] {
                    let reading = &mut readings[contradicting];
                    reading.quality = reading.quality.with(QcFlags::INCONSISTENT);
                }
            }
        }
    }
}

fn same_circumstances(a: &Reading, b: &Reading) -> bool {
    a.averaging == b.averaging && a.period == b.period && a.station == b.station
}

fn exceeds(part: Option<Quantity>, whole: Option<Quantity>) -> bool {
    matches!((part, whole), (Some(part), Some(whole)) if part > whole)
}
