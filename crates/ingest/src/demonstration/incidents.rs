//! What goes wrong at stations: calibration, maintenance, silence, faults. A demonstration
//! without gaps would show a portal nobody has.

use domain::{DeviceFlag, Item};
use jiff::{SignedDuration, Timestamp};

use super::{
    Character,
    noise::Noise,
    weather::{DAY, HOUR, hour_of_day},
};

/// What happens to one value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Condition {
    Normal,
    /// Marked by the device; the value says nothing.
    Marked(DeviceFlag),
    /// The instrument repeats what it showed then, and does not know.
    StuckSince(Timestamp),
    /// One value is off by this factor.
    Spike(f64),
}

/// True while the station's line is down: whole hours without a frame, on about two days a year.
pub(super) fn is_silent(own: Noise, at: Timestamp) -> bool {
    let day = day(at);
    let chance = own.of("silent");
    if chance.chance(day) > 0.006 {
        return false;
    }
    let start = 20.0 * chance.of("from").chance(day);
    let length = 3.0 + 9.0 * chance.of("length").chance(day);
    (start..start + length).contains(&hour_of_day(at))
}

/// What happens to `item` in the hour of `at`.
pub(super) fn condition(item: Item, character: Character, own: Noise, at: Timestamp) -> Condition {
    let day = day(at);
    let hour = hour_of_day(at);
    let chance = own.of("fault").of(item.key());
    if character.is_air() {
        let phase = (8.0 * own.of("phase").chance(0)) as i64;
        let gas = matches!(item, Item::So2 | Item::No2 | Item::Co | Item::O3);
        if gas && (day + phase).rem_euclid(7) == 0 && (1.0..2.0).contains(&hour) {
            return Condition::Marked(DeviceFlag::Calibration);
        }
        let particles = matches!(item, Item::Pm25 | Item::Pm10);
        if particles && (day + phase).rem_euclid(28) == 3 && (10.0..12.0).contains(&hour) {
            return Condition::Marked(DeviceFlag::Maintenance);
        }
    } else if matches!(item, Item::Nh3N | Item::TotalPhosphorus | Item::TotalNitrogen)
        && chance.of("analyser").chance(day) < 0.008
    {
        return Condition::Marked(DeviceFlag::Fault);
    }
    let delicate = matches!(item, Item::Pm25 | Item::O3 | Item::DissolvedOxygen | Item::CodMn);
    if delicate && chance.of("stuck").chance(day) < 0.003 {
        return Condition::StuckSince(midnight(at));
    }
    if matches!(item, Item::Pm25 | Item::No2)
        && chance.of("spike").chance(at.as_second() / HOUR) < 0.000_1
    {
        return Condition::Spike(9.0);
    }
    Condition::Normal
}

/// The number of the day in Beijing time.
fn day(at: Timestamp) -> i64 {
    (at.as_second() + 8 * HOUR).div_euclid(DAY)
}

fn midnight(at: Timestamp) -> Timestamp {
    let into_day = (at.as_second() + 8 * HOUR).rem_euclid(DAY);
    at.checked_sub(SignedDuration::from_secs(into_day)).unwrap_or(at)
}
