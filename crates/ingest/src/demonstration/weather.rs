//! The weather over all stations: a humid basin with hot summers, mild foggy winters and little
//! wind.

use std::f64::consts::TAU;

use domain::period::BEIJING;
use jiff::Timestamp;

use super::noise::Noise;

pub(super) const HOUR: i64 = 3_600;
pub(super) const DAY: i64 = 24 * HOUR;

/// The weather of one moment.
#[derive(Debug, Clone, Copy)]
pub(super) struct Weather {
    /// °C.
    pub(super) temperature: f64,
    /// %.
    pub(super) humidity: f64,
    /// kPa.
    pub(super) pressure: f64,
    /// m/s.
    pub(super) wind: f64,
    /// °.
    pub(super) direction: f64,
    /// Rain of the last hours, 0 to 1.
    pub(super) rain: f64,
    /// How still the air has been for days, 0 to 1.
    pub(super) stagnation: f64,
    /// Sunshine two hours ago, 0 to 1: what ozone is made of.
    pub(super) sun: f64,
    /// 1 in mid-January, -1 in mid-July.
    pub(super) winter: f64,
}

impl Weather {
    pub(super) fn at(noise: Noise, at: Timestamp) -> Self {
        let winter = winter(at);
        let hour = hour_of_day(at);
        let regime = noise.of("regime").weathered(at, 5 * DAY);
        let wet = noise.of("rain").weathered(at, 30 * HOUR);
        // Wetter and heavier in summer.
        let rain = ((wet - 0.22 - 0.08 * winter) * 2.2).clamp(0.0, 1.0);
        let cloud = (0.35 + 0.3 * winter + 0.4 * wet).clamp(0.05, 1.0);
        let warmest_at = 15.0;
        let swing = (1.2 + 4.2 * (1.0 - cloud)) * ((hour - warmest_at) / 24.0 * TAU).cos();
        let temperature = 18.6 - 10.4 * winter + 3.6 * regime - 2.0 * rain + swing;
        let stagnation = (0.45 + 0.25 * winter + 0.55 * noise.of("still").weathered(at, 4 * DAY)
            - 0.5 * rain)
            .clamp(0.0, 1.0);
        let wind = (0.5
            + 1.3 * (1.0 - stagnation)
            + 0.4 * (swing / 5.0)
            + 0.5 * noise.of("gust").weathered(at, 2 * HOUR))
        .max(0.1);
        Self {
            temperature,
            humidity: (82.0 - 3.2 * swing + 14.0 * rain - 6.0 * regime).clamp(28.0, 99.0),
            pressure: 98.3 + 0.9 * winter - 0.25 * regime - 0.2 * rain,
            wind,
            direction: (360.0 + 40.0 + 170.0 * noise.of("vane").weathered(at, 9 * HOUR)) % 360.0,
            rain,
            stagnation,
            sun: sunshine(hour - 2.0, winter) * (1.0 - 0.75 * cloud),
            winter,
        }
    }
}

/// 1 in mid-January, -1 in mid-July.
pub(super) fn winter(at: Timestamp) -> f64 {
    let day = f64::from(BEIJING.to_datetime(at).date().day_of_year());
    ((day - 15.0) / 365.25 * TAU).cos()
}

/// Hours since midnight in Beijing time, with their fraction.
pub(super) fn hour_of_day(at: Timestamp) -> f64 {
    (at.as_second() + 8 * HOUR).rem_euclid(DAY) as f64 / HOUR as f64
}

/// 0 at night, 1 at noon in midsummer; solar noon is an hour late this far west.
fn sunshine(hour: f64, winter: f64) -> f64 {
    let day_length = 12.0 - 1.9 * winter;
    let from_noon = (hour - 13.0).abs() / (day_length / 2.0);
    if from_noon >= 1.0 { 0.0 } else { (from_noon * TAU / 4.0).cos() * (0.75 - 0.25 * winter) }
}
