//! From seed, station and time to values with their marks.

use domain::{Averaging, DeviceFlag, Item, Quantity};
use jiff::{SignedDuration, Timestamp};

use super::{
    Station, air,
    incidents::{self, Condition},
    noise::Noise,
    water,
    weather::{HOUR, Weather},
};

/// River and lake stations analyse this often.
const WATER_HOURS: i64 = 4;

/// One value as an instrument would send it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sample {
    /// What it is of.
    pub item: Item,
    /// In the item's own unit; `None` where the mark says why.
    pub value: Option<Quantity>,
    /// The mark.
    pub flag: DeviceFlag,
}

/// What one station reports for one period.
#[derive(Debug, Clone, PartialEq)]
pub struct Batch<'a> {
    /// The station.
    pub station: &'a Station,
    /// How the values were averaged.
    pub averaging: Averaging,
    /// Start of the period, or the moment of an instant.
    pub start: Timestamp,
    /// The end of the period, when it is reported.
    pub end: Timestamp,
    /// The values.
    pub samples: Vec<Sample>,
}

/// The simulated district.
#[derive(Debug, Clone)]
pub struct Generator {
    noise: Noise,
    stations: Vec<Station>,
}

impl Generator {
    /// The same seed and stations give the same values for ever.
    pub fn new(seed: u64, stations: Vec<Station>) -> Self {
        Self { noise: Noise::new(seed), stations }
    }

    /// The stations.
    pub fn stations(&self) -> &[Station] {
        &self.stations
    }

    /// What `station` reports between `from` and `to`, oldest first: air hour by hour, water
    /// every four hours. Hours of silence are left out.
    pub fn history<'a>(
        &'a self,
        station: &'a Station,
        from: Timestamp,
        to: Timestamp,
    ) -> impl Iterator<Item = Batch<'a>> + use<'a> {
        let is_air = station.character.is_air();
        let step = if is_air { HOUR } else { WATER_HOURS * HOUR };
        let up = |at: Timestamp| (at.as_second() + step - 1).div_euclid(step);
        let first = up(from);
        // An hour must be over; an analysis is of its moment.
        let last = if is_air { to.as_second().div_euclid(step) } else { up(to) };
        (first..last).filter_map(move |number| {
            let start = Timestamp::from_second(number * step).ok()?;
            self.regular(station, start)
        })
    }

    /// The regular report whose period begins at `start`: the hour of an air station, the
    /// analysis of a water station. `None` while the station is silent.
    pub fn regular<'a>(&self, station: &'a Station, start: Timestamp) -> Option<Batch<'a>> {
        if station.character.is_air() {
            self.batch(station, Averaging::Hour, start, HOUR)
        } else {
            self.batch(station, Averaging::Instant, start, 0)
        }
    }

    /// The mean over `length_s` seconds from `start`, or the value of a moment.
    pub fn batch<'a>(
        &self,
        station: &'a Station,
        averaging: Averaging,
        start: Timestamp,
        length_s: i64,
    ) -> Option<Batch<'a>> {
        let own = self.noise.of(&station.code);
        if incidents::is_silent(own, start) {
            return None;
        }
        let after =
            |seconds| start.checked_add(SignedDuration::from_secs(seconds)).unwrap_or(start);
        // Four points are a fair mean of a curve that turns within 40 minutes at the fastest.
        let moments: Vec<Moment> = if length_s == 0 {
            vec![Moment::at(self.noise, start)]
        } else {
            (0..4).map(|q| Moment::at(self.noise, after((2 * q + 1) * length_s / 8))).collect()
        };
        let samples = station
            .character
            .items()
            .iter()
            .map(|item| self.sample(*item, station, own, &moments, start))
            .collect();
        Some(Batch { station, averaging, start, end: after(length_s), samples })
    }

    fn sample(
        &self,
        item: Item,
        station: &Station,
        own: Noise,
        moments: &[Moment],
        start: Timestamp,
    ) -> Sample {
        let mean = |moments: &[Moment]| {
            let sum: f64 = moments.iter().map(|m| self.value(item, station, own, m)).sum();
            sum / moments.len().max(1) as f64
        };
        let (value, flag) = match incidents::condition(item, station.character, own, start) {
            Condition::Normal => (Some(mean(moments)), DeviceFlag::Normal),
            Condition::Marked(flag) => (None, flag),
            Condition::StuckSince(then) => {
                (Some(mean(&[Moment::at(self.noise, then)])), DeviceFlag::Normal)
            }
            Condition::Spike(factor) => (Some(factor * mean(moments)), DeviceFlag::Normal),
        };
        Sample { item, value: value.and_then(|value| rounded(value, item)), flag }
    }

    fn value(&self, item: Item, station: &Station, own: Noise, moment: &Moment) -> f64 {
        let value = if station.character.is_air() { air::value } else { water::value };
        value(item, station.character, self.noise, own, &moment.weather, moment.at)
    }
}

/// A point in time and its weather, which all items share.
struct Moment {
    at: Timestamp,
    weather: Weather,
}

impl Moment {
    fn at(noise: Noise, at: Timestamp) -> Self {
        Self { at, weather: Weather::at(noise, at) }
    }
}

/// As precise as instruments report: one digit more than is shown for air, as shown for water.
fn rounded(value: f64, item: Item) -> Option<Quantity> {
    let digits = if item.medium() == domain::item::Medium::Air {
        item.decimals() + 1
    } else {
        item.decimals()
    };
    let step = Quantity::from_millionths(10_i64.pow(6 - u32::from(digits.min(6))));
    Quantity::from_json_number(value).map(|value| value.round_half_even(step))
}
