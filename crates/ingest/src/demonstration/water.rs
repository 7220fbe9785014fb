//! What a surface-water station would measure.

use domain::Item;
use jiff::{SignedDuration, Timestamp};

use super::{
    Character,
    noise::Noise,
    weather::{DAY, HOUR, Weather, hour_of_day, winter},
};

/// The value of `item` at one moment, in its own unit.
pub(super) fn value(
    item: Item,
    character: Character,
    all: Noise,
    own: Noise,
    weather: &Weather,
    at: Timestamp,
) -> f64 {
    let water = Water::at(character, all, own, weather, at);
    let flicker = |size: f64| 1.0 + size * own.of(item.key()).weathered(at, 9 * HOUR);
    let Water { base, flood, incident, temperature, .. } = water;
    let value = match item {
        Item::WaterTemperature => temperature,
        Item::Ph => water.ph + 0.12 * (flicker(1.0) - 1.0) - 0.25 * incident,
        Item::DissolvedOxygen => water.oxygen * flicker(0.04),
        Item::Conductivity => {
            (base.conductivity * (1.0 - 0.25 * flood) + 90.0 * incident) * flicker(0.05)
        }
        Item::Turbidity => (base.turbidity * (1.0 + 14.0 * flood)) * flicker(0.4),
        Item::CodMn => (base.codmn * (1.0 + 0.7 * flood) + 2.2 * incident) * flicker(0.1),
        Item::Nh3N => (base.nh3n * (1.0 + base.sewer * flood) + 2.4 * incident) * flicker(0.25),
        Item::TotalPhosphorus => (base.tp * (1.0 + 1.1 * flood) + 0.25 * incident) * flicker(0.15),
        Item::TotalNitrogen => (base.tn * (1.0 + 0.3 * flood) + 2.6 * incident) * flicker(0.12),
        Item::ChlorophyllA => water.bloom * 34.0 * flicker(0.25),
        Item::AlgalDensity => water.bloom * 2.1e7 * flicker(0.3),
        _ => 0.0,
    };
    value.max(0.001)
}

/// Dry-weather values, and what overflows with rain.
#[derive(Clone, Copy)]
struct Base {
    conductivity: f64,
    turbidity: f64,
    codmn: f64,
    nh3n: f64,
    tp: f64,
    tn: f64,
    sewer: f64,
}

struct Water {
    base: Base,
    /// High water after rain, 0 to 1.
    flood: f64,
    /// A spill upstream, 0 to 1.
    incident: f64,
    temperature: f64,
    oxygen: f64,
    ph: f64,
    /// Algae, 0 to 1.
    bloom: f64,
}

impl Water {
    fn at(character: Character, all: Noise, own: Noise, weather: &Weather, at: Timestamp) -> Self {
        let base = base(character, own);
        let earlier = at.checked_sub(SignedDuration::from_hours(10)).unwrap_or(at);
        let flood = (0.4 * weather.rain + 0.6 * Weather::at(all, earlier).rain).clamp(0.0, 1.0);
        let incident = incident(character, own, at);
        // Water lags the air by a month, deep water more than shallow.
        let lag = if character == Character::Stream { 12 } else { 30 };
        let then = at.checked_sub(SignedDuration::from_hours(24 * lag)).unwrap_or(at);
        let daily = ((hour_of_day(at) - 16.0) / 24.0 * std::f64::consts::TAU).cos();
        let regime = own.of("temperature").weathered(at, 6 * DAY);
        let temperature = 19.2 - 6.6 * winter(then) + 0.9 * regime + 0.3 * daily - 0.8 * flood;
        let warm = ((temperature - 14.0) / 14.0).clamp(0.0, 1.0);
        let bloom = match character {
            Character::Lake => {
                (warm * (0.55 + 0.45 * own.of("bloom").weathered(at, 12 * DAY))).clamp(0.02, 1.0)
            }
            _ => 0.0,
        };
        let used = match character {
            Character::River => 0.06,
            Character::Stream => 0.22,
            _ => 0.10,
        };
        let share = 1.0 - used - 0.12 * flood - 0.5 * incident + (0.04 + 0.22 * bloom) * daily;
        Self {
            base,
            flood,
            incident,
            temperature,
            oxygen: saturation(temperature) * share.max(0.08),
            ph: if character == Character::Lake { 8.1 } else { 7.9 } + 0.5 * bloom + 0.06 * daily,
            bloom,
        }
    }
}

fn base(character: Character, own: Noise) -> Base {
    let place = 0.85 + 0.3 * own.of("place").chance(0);
    let base = match character {
        Character::Stream => Base {
            conductivity: 560.0,
            turbidity: 14.0,
            codmn: 3.9,
            nh3n: 0.42,
            tp: 0.13,
            tn: 3.4,
            sewer: 2.6,
        },
        Character::Lake => Base {
            conductivity: 310.0,
            turbidity: 6.0,
            codmn: 3.0,
            nh3n: 0.12,
            tp: 0.026,
            tn: 0.8,
            sewer: 0.8,
        },
        _ => Base {
            conductivity: 365.0,
            turbidity: 9.0,
            codmn: 1.5,
            nh3n: 0.06,
            tp: 0.05,
            tn: 1.6,
            sewer: 0.9,
        },
    };
    let Base { conductivity, turbidity, codmn, nh3n, tp, tn, sewer } = base;
    Base {
        conductivity: conductivity * place,
        turbidity: turbidity * place,
        codmn: codmn * place,
        nh3n: nh3n * place,
        tp: tp * place,
        tn: tn * place,
        sewer,
    }
}

/// Once in some months something spills into a small river, and is gone after a day.
fn incident(character: Character, own: Noise, at: Timestamp) -> f64 {
    let span = 45 * DAY;
    let (window, rest) = (at.as_second().div_euclid(span), at.as_second().rem_euclid(span));
    let chance = own.of("incident");
    if character != Character::Stream || chance.chance(window) > 0.5 {
        return 0.0;
    }
    let start = (0.1 + 0.8 * chance.of("when").chance(window)) * span as f64;
    let hours = (rest as f64 - start) / HOUR as f64;
    // It comes within two hours and thins out over half a day.
    if hours < 0.0 { 0.0 } else { (1.0 - (-hours / 1.5).exp()) * (-hours / 12.0).exp() }
}

/// Oxygen that water of this temperature holds, mg/L, near 250 m above the sea; within 0.1 of
/// the tables between 0 and 35 °C.
fn saturation(temperature: f64) -> f64 {
    0.97 * 468.0 / (31.6 + temperature)
}
