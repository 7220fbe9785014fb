//! What is plausible, per item.
//!
//! These are our own bounds, wider than what ambient stations and rivers show and about the
//! measuring ranges of common analysers; no standard gives them.

use domain::{Item, Quantity};

const ONE: i64 = 1_000_000;

/// True inside the plausible range of `item`, both ends included.
pub(super) fn is_plausible(item: Item, value: Quantity) -> bool {
    let (low, high) = range(item);
    (low * ONE..=high * ONE).contains(&value.millionths())
}

/// Least and greatest plausible value, in whole units of the item.
const fn range(item: Item) -> (i64, i64) {
    match item {
        Item::So2 => (0, 2_620),
        Item::No2 => (0, 3_840),
        Item::Co => (0, 150),
        Item::O3 => (0, 1_200),
        Item::Pm10 => (0, 5_000),
        Item::Pm25 => (0, 2_000),
        Item::No => (0, 3_000),
        Item::Nox => (0, 5_000),
        Item::Tsp => (0, 10_000),
        Item::PublishedAqi => (0, 500),
        Item::Temperature => (-50, 60),
        Item::Humidity => (0, 100),
        Item::Pressure => (50, 110),
        Item::WindSpeed => (0, 75),
        Item::WindDirection => (0, 360),
        Item::WaterTemperature => (-2, 45),
        Item::Ph => (0, 14),
        Item::DissolvedOxygen => (0, 30),
        Item::Conductivity => (0, 60_000),
        Item::Turbidity => (0, 10_000),
        Item::CodMn => (0, 500),
        Item::Cod => (0, 2_000),
        Item::Bod5 => (0, 1_000),
        Item::Nh3N => (0, 300),
        Item::TotalPhosphorus => (0, 100),
        Item::TotalNitrogen => (0, 500),
        Item::FaecalColiform => (0, 1_000_000_000),
        Item::ChlorophyllA => (0, 2_000),
        Item::AlgalDensity => (0, 100_000_000_000),
        Item::SecchiDepth => (0, 50),
        Item::PublishedClass => (1, 6),
        // Dissolved in water, in mg/L.
        _ => (0, 1_000),
    }
}

/// At or below this an unchanging value says nothing: it is near the detection limit, or calm.
/// `None` for items that may stand still for any time.
pub(super) fn quiet_below(item: Item) -> Option<Quantity> {
    let millionths = match item {
        Item::PublishedAqi
        | Item::PublishedClass
        | Item::WindDirection
        | Item::Humidity
        // A barometer read to 0.1 kPa stands still for half a day.
        | Item::Pressure
        | Item::FaecalColiform
        | Item::SecchiDepth => return None,
        Item::So2 | Item::No => 10 * ONE,
        Item::No2 | Item::O3 | Item::Pm10 | Item::Pm25 | Item::Nox | Item::Tsp => 5 * ONE,
        Item::Co => 800_000,
        Item::Nh3N => 50_000,
        Item::TotalPhosphorus => 20_000,
        _ => 0,
    };
    Some(Quantity::from_millionths(millionths))
}

/// The least jump that can be called a spike; `None` for items that jump by nature.
pub(super) const fn spike_step(item: Item) -> Option<Quantity> {
    let millionths = match item {
        Item::Pm25 => 150 * ONE,
        Item::Pm10 => 250 * ONE,
        Item::Tsp => 500 * ONE,
        Item::O3 | Item::No2 => 120 * ONE,
        Item::So2 => 150 * ONE,
        Item::Co => 3 * ONE,
        Item::Temperature | Item::WaterTemperature => 10 * ONE,
        Item::Pressure => 3 * ONE,
        Item::Ph => 1_500_000,
        Item::DissolvedOxygen => 5 * ONE,
        Item::Conductivity => 500 * ONE,
        Item::Turbidity => 500 * ONE,
        Item::CodMn => 10 * ONE,
        Item::Nh3N => 2 * ONE,
        Item::TotalPhosphorus => 500_000,
        Item::TotalNitrogen => 8 * ONE,
        _ => return None,
    };
    Some(Quantity::from_millionths(millionths))
}
