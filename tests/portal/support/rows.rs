//! Rows of pushed batches.

use serde_json::{Value, json};

/// Six pollutants of clean air; CO in mg/m³.
pub(crate) const CLEAN: [(&str, f64); 6] =
    [("pm2_5", 20.0), ("pm10", 30.0), ("so2", 5.0), ("no2", 18.0), ("o3", 60.0), ("co", 0.5)];

pub(crate) fn row(station: &str, item: &str, value: impl Into<Value>, start: &str) -> Value {
    let unit = match item {
        "co" => "mg/m³",
        "ph" => "",
        "do" | "codmn" | "nh3n" | "tp" => "mg/L",
        _ => "µg/m³",
    };
    let averaging = if unit == "mg/L" || item == "ph" { "instant" } else { "hour" };
    json!({ "station": station, "item": item, "value": value.into(), "unit": unit, "start": start,
        "averaging": averaging })
}

/// One hour of `values`, given as items and concentrations.
pub(crate) fn hour_of(station: &str, values: &[(&str, f64)], start: &str) -> Vec<Value> {
    values.iter().map(|(item, value)| row(station, item, *value, start)).collect()
}

/// The hours `hours` of a day in Beijing time, each with `values`.
pub(crate) fn day_of_hours(
    station: &str,
    values: &[(&str, f64)],
    day: &str,
    hours: std::ops::Range<u32>,
) -> Vec<Value> {
    hours
        .flat_map(|hour| hour_of(station, values, &format!("{day}T{hour:02}:00:00+08:00")))
        .collect()
}
