//! What an air station would measure.

use domain::Item;
use jiff::Timestamp;

use super::{
    Character,
    noise::Noise,
    weather::{DAY, HOUR, Weather, hour_of_day},
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
    let flicker = |size: f64| 1.0 + size * own.of(item.key()).weathered(at, 40 * 60);
    let air = Air::at(character, all, own, weather, at);
    let value = match item {
        Item::Pm25 => air.fine * flicker(0.12),
        Item::Pm10 => {
            air.fine * flicker(0.12) * (1.35 + 0.2 * own.of("coarse").wave(at, 7 * HOUR))
                + 8.0
                + air.dust
        }
        Item::O3 => air.ozone * flicker(0.08),
        Item::No2 => air.no2 * flicker(0.15),
        Item::So2 => (5.0 + 5.0 * weather.stagnation) * flicker(0.3),
        Item::Co => {
            (0.45 + 0.35 * air.traffic * weather.stagnation + air.fine / 190.0) * flicker(0.1)
        }
        Item::Temperature => weather.temperature + 0.8 * (flicker(0.5) - 1.0),
        Item::Humidity => (weather.humidity * flicker(0.03)).min(99.0),
        Item::Pressure => weather.pressure + 0.02 * (flicker(1.0) - 1.0),
        Item::WindSpeed => weather.wind * flicker(0.35),
        Item::WindDirection => (weather.direction + 25.0 * (flicker(1.0) - 1.0) + 360.0) % 360.0,
        _ => 0.0,
    };
    if item == Item::Temperature { value } else { value.max(0.0) }
}

/// What the pollutants have in common.
struct Air {
    traffic: f64,
    /// PM2.5.
    fine: f64,
    /// Blown in from far away, in spring.
    dust: f64,
    ozone: f64,
    no2: f64,
}

impl Air {
    fn at(character: Character, all: Noise, own: Noise, weather: &Weather, at: Timestamp) -> Self {
        let urban = if character == Character::UrbanAir { 1.0 } else { 0.55 };
        let place = 0.9 + 0.25 * own.of("place").chance(0);
        let traffic = traffic(at) * urban;
        let clean = 1.0 - 0.6 * weather.rain;
        let season = 31.0 + 9.0 * weather.winter;
        let fine = (season * (0.45 + 1.15 * weather.stagnation) * (0.85 + 0.3 * traffic)
            + episode(all, weather, at))
            * clean
            * place;
        let no2 = (9.0 + 34.0 * traffic * (0.5 + 0.7 * weather.stagnation))
            * (1.0 + 0.25 * weather.winter)
            * (1.0 - 0.3 * weather.sun)
            * place;
        let warmth = ((weather.temperature - 2.0) / 30.0).clamp(0.1, 1.25);
        let photochemistry = 235.0 * weather.sun * warmth * (0.7 + 0.5 * weather.stagnation);
        let background = (52.0 - 0.75 * no2 * urban).max(4.0);
        Self {
            traffic,
            fine,
            dust: dust(all, weather, at),
            ozone: (background + photochemistry * (1.15 - 0.2 * urban)) * clean,
            no2,
        }
    }
}

/// 0 to 1: two rush hours on working days, a flat noon at weekends.
fn traffic(at: Timestamp) -> f64 {
    let hour = hour_of_day(at);
    let peak = |middle: f64, width: f64| (-((hour - middle) / width).powi(2)).exp();
    // 1970-01-01 was a Thursday.
    let weekday = (at.as_second() + 8 * HOUR).div_euclid(DAY).rem_euclid(7);
    if matches!(weekday, 2 | 3) {
        0.12 + 0.45 * peak(15.0, 5.0) + 0.3 * peak(20.0, 2.5)
    } else {
        0.12 + 0.75 * peak(8.2, 1.6) + 0.85 * peak(18.6, 2.4) + 0.35 * peak(13.0, 3.0)
    }
}

/// About two times in a winter's month, still air fills with fine particles for two to four days.
fn episode(all: Noise, weather: &Weather, at: Timestamp) -> f64 {
    let span = 12 * DAY;
    let (window, rest) = (at.as_second().div_euclid(span), at.as_second().rem_euclid(span));
    let chance = all.of("episode");
    if weather.winter < 0.35 || chance.chance(window) > 0.7 {
        return 0.0;
    }
    let middle = (0.3 + 0.4 * chance.of("when").chance(window)) * span as f64;
    let width = (0.8 + 0.7 * chance.of("width").chance(window)) * DAY as f64;
    let height = 45.0 + 85.0 * chance.of("height").chance(window);
    height * (-((rest as f64 - middle) / width).powi(2)).exp()
}

/// Once or twice a spring.
fn dust(all: Noise, weather: &Weather, at: Timestamp) -> f64 {
    let span = 20 * DAY;
    let (window, rest) = (at.as_second().div_euclid(span), at.as_second().rem_euclid(span));
    let spring = weather.winter.abs() < 0.6;
    if !spring || all.of("dust").chance(window) > 0.35 {
        return 0.0;
    }
    let from_middle = (rest as f64 - span as f64 / 2.0) / (0.6 * DAY as f64);
    150.0 * (-from_middle.powi(2)).exp()
}
