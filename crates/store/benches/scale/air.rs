//! Air as a province's stations would measure it: a course of the day, weather that lasts, noise.

use domain::{
    Averaging, DeviceFlag, Item, Period, Provenance, QcFlags, Quantity, Reading, period::BEIJING,
};
use jiff::{SignedDuration, Timestamp, civil::Date};
use store::{NewDelivery, StationRow};

/// The bench's present: 2026-11-23 00:00 in Beijing.
pub(crate) const NOW: Timestamp = Timestamp::constant(1_795_363_200, 0);

/// Item, usual level, resolution in millionths.
const ITEMS: [(Item, f64, i64); 6] = [
    (Item::So2, 8.0, 1_000_000),
    (Item::No2, 32.0, 1_000_000),
    (Item::Co, 0.8, 100_000),
    (Item::O3, 60.0, 1_000_000),
    (Item::Pm10, 70.0, 1_000_000),
    (Item::Pm25, 42.0, 1_000_000),
];

/// Hours in three years.
const LONGEST: usize = 26_280;

/// Series that readings go into per call.
const AT_ONCE: usize = 30;

pub(crate) struct Network {
    /// Hours of history of each series; the longest first.
    pub(crate) hours: Vec<usize>,
}

impl Network {
    /// 1,392 of 2,415 series reach back equally far, three years if 42 million rows are asked
    /// for; the others share the eighth that is left.
    pub(crate) fn of(series: usize, rows: usize) -> Self {
        let long = series * 1_392 / 2_415;
        let longest = LONGEST.min(rows / 100 * 87 / long);
        let rest = (rows - longest * long) / (series - long);
        let hours = (0..series).map(|place| if place < long { longest } else { rest }).collect();
        Self { hours }
    }

    pub(crate) fn stations(&self) -> Vec<StationRow> {
        (0..self.hours.len().div_ceil(ITEMS.len()))
            .map(|number| StationRow {
                code: station(number),
                kind: "air".to_owned(),
                body: "{}".to_owned(),
            })
            .collect()
    }

    /// The whole history, a month of some series at a time, oldest month first.
    pub(crate) fn history(&self) -> impl Iterator<Item = NewDelivery> {
        let mut weather: Vec<Weather> = (0..self.hours.len()).map(Weather::new).collect();
        months().into_iter().flat_map(move |(from, to)| {
            let places: Vec<usize> = (0..self.hours.len()).collect();
            places
                .chunks(AT_ONCE)
                .map(|places| {
                    let mut readings = Vec::new();
                    for place in places {
                        let begin = NOW - hours(self.hours[*place]);
                        let mut at = from.max(begin);
                        while at < to {
                            readings.extend(weather[*place].reading(at));
                            at += hours(1);
                        }
                    }
                    delivery(readings)
                })
                .collect::<Vec<_>>()
        })
    }

    /// One hour of every series, station by station as the instruments send it.
    pub(crate) fn tick(
        &self,
        weather: &mut [Weather],
        at: Timestamp,
        raw: &[u8],
    ) -> Vec<NewDelivery> {
        weather
            .chunks_mut(ITEMS.len())
            .map(|of_station| {
                let readings = of_station.iter_mut().map(|w| w.sure_reading(at)).collect();
                NewDelivery { raw: raw.to_vec(), ..delivery(readings) }
            })
            .collect()
    }

    pub(crate) fn weather(&self) -> Vec<Weather> {
        (0..self.hours.len()).map(Weather::new).collect()
    }
}

fn delivery(readings: Vec<Reading>) -> NewDelivery {
    NewDelivery {
        feed: "bench".to_owned(),
        source: "bench".to_owned(),
        provenance: Provenance::Simulated,
        received: NOW,
        raw: Vec::new(),
        readings,
    }
}

pub(crate) fn hours(count: usize) -> SignedDuration {
    SignedDuration::from_hours(i64::try_from(count).unwrap())
}

/// Months in Beijing time that cover three years before now.
fn months() -> Vec<(Timestamp, Timestamp)> {
    let start = |months_back: i32| {
        let months = 2026 * 12 + 10 - months_back;
        let year = i16::try_from(months / 12).unwrap();
        let month = i8::try_from(months % 12 + 1).unwrap();
        let day = Date::new(year, month, 1).unwrap();
        BEIJING.to_timestamp(day.at(0, 0, 0, 0)).unwrap().min(NOW)
    };
    (0..=37).rev().map(|back| (start(back), start(back - 1))).collect()
}

fn station(number: usize) -> String {
    format!("{number:04}A")
}

/// One series' present state: what makes the next hour resemble this one.
pub(crate) struct Weather {
    station: String,
    item: Item,
    level: f64,
    step: i64,
    lasting: f64,
    random: u64,
    by_hour: [f64; 24],
}

impl Weather {
    fn new(place: usize) -> Self {
        let (item, level, step) = ITEMS[place % ITEMS.len()];
        let peak = if item == Item::O3 { 15.0 } else { 8.0 };
        let by_hour = std::array::from_fn(|hour| {
            1.0 + 0.35 * ((hour as f64 - peak) / 24.0 * std::f64::consts::TAU).cos()
        });
        let random = 0x9e37_79b9_7f4a_7c15_u64.wrapping_mul(place as u64 + 1) | 1;
        let station = station(place / ITEMS.len());
        Self { station, item, level, step, lasting: 0.0, random, by_hour }
    }

    /// xorshift64*: the same figures on every machine.
    fn uniform(&mut self) -> f64 {
        self.random ^= self.random >> 12;
        self.random ^= self.random << 25;
        self.random ^= self.random >> 27;
        (self.random.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn noise(&mut self) -> f64 {
        (0..4).map(|_| self.uniform() - 0.5).sum()
    }

    /// About one hour in a hundred is silent, one in five hundred is calibration.
    fn reading(&mut self, at: Timestamp) -> Option<Reading> {
        let chance = self.uniform();
        let reading = self.sure_reading(at);
        match chance {
            c if c < 0.01 => None,
            c if c < 0.012 => {
                Some(Reading { value: None, flag: DeviceFlag::Calibration, ..reading })
            }
            _ => Some(reading),
        }
    }

    fn sure_reading(&mut self, at: Timestamp) -> Reading {
        self.lasting = 0.92 * self.lasting + 0.22 * self.noise();
        let hour = usize::try_from(at.as_second() / 3_600 + 8).unwrap() % 24;
        let value =
            self.level * self.by_hour[hour] * self.lasting.exp() * (1.0 + 0.05 * self.noise());
        let steps = (value * 1e6 / self.step as f64).round() as i64;
        Reading {
            station: self.station.clone(),
            item: self.item,
            averaging: Averaging::Hour,
            period: Period::hour(at),
            value: Some(Quantity::from_millionths(steps.max(0) * self.step)),
            flag: DeviceFlag::Normal,
            quality: QcFlags::NONE,
            provenance: Provenance::Simulated,
        }
    }
}
