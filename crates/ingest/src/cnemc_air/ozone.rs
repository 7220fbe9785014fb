//! Which ozone field holds the hour.
//!
//! In the recorded national lists `O3` holds the 24-hour maximum and `O3_24h` the hour, and
//! `O3_8h` / `O3_8h_24h` likewise: with the fields so swapped, the index recomputed by HJ 633
//! equals the published one in all of 11,452 recorded station-hours, and in 7,480 with the names
//! taken at their word. Other feeds of the same publisher may not be swapped.

use domain::air::{AqiEdition, Concentrations, Report, evaluate};
use serde::Deserialize;

use super::record::{Record, before};
use crate::polling::Fault;

/// The setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OzoneFields {
    /// The hour is in `O3_24h`.
    Swapped,
    /// The hour is in `O3`.
    Plain,
    /// Whichever reading gives the published index in at least 99 % of the rows.
    #[default]
    Auto,
}

/// The answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ozone {
    /// The hour is in `O3_24h`, the 8-hour mean in `O3_8h_24h`.
    Swapped,
    /// The fields are what their names say.
    Plain,
}

impl Ozone {
    /// The columns of the hour and of the sliding 8-hour mean.
    pub(super) const fn columns(self) -> (&'static str, &'static str) {
        match self {
            Self::Swapped => ("o3_24h", "o3_8h_24h"),
            Self::Plain => ("o3", "o3_8h"),
        }
    }
}

impl OzoneFields {
    /// How to read the ozone of these records.
    ///
    /// # Errors
    ///
    /// For `auto`, when fewer than 99 % of the rows fit either way, or nothing decides.
    pub(crate) fn of(self, records: &[Record]) -> Result<Ozone, Fault> {
        match self {
            Self::Swapped => Ok(Ozone::Swapped),
            Self::Plain => Ok(Ozone::Plain),
            Self::Auto => judge(records),
        }
    }
}

fn judge(records: &[Record]) -> Result<Ozone, Fault> {
    let indexed: Vec<_> =
        records.iter().filter_map(|record| record.aqi.map(|aqi| (record, aqi))).collect();
    let fitting =
        |ozone| indexed.iter().filter(|(record, aqi)| index(record, ozone) == Some(*aqi)).count();
    let (plain, swapped) = (fitting(Ozone::Plain), fitting(Ozone::Swapped));
    let fits = |count: usize| count * 100 >= indexed.len() * 99;
    match (fits(plain), fits(swapped)) {
        (false, false) => Err(Fault::ozone(plain, swapped, indexed.len())),
        (true, false) => Ok(Ozone::Plain),
        (false, true) => Ok(Ozone::Swapped),
        (true, true) if plain != swapped => {
            Ok(if swapped > plain { Ozone::Swapped } else { Ozone::Plain })
        }
        // Ozone decides no index here: on a cold day, or when no index was published.
        (true, true) => by_size(records),
    }
}

/// The day's maximum is never below the hour: whichever field is, is the hour.
fn by_size(records: &[Record]) -> Result<Ozone, Fault> {
    let pairs: Vec<_> = [("o3", "o3_24h"), ("o3_8h", "o3_8h_24h")]
        .iter()
        .flat_map(|(plain, swapped)| {
            records.iter().filter_map(|r| Some((r.value(plain)?, r.value(swapped)?)))
        })
        .collect();
    let larger = pairs.iter().filter(|(plain, swapped)| plain > swapped).count();
    let smaller = pairs.iter().filter(|(plain, swapped)| plain < swapped).count();
    match (larger, smaller) {
        (0, 0) if pairs.is_empty() => Ok(Ozone::Swapped),
        (_, 0) => Ok(Ozone::Swapped),
        (0, _) => Ok(Ozone::Plain),
        _ => Err(Fault::ozone(smaller, larger, pairs.len())),
    }
}

/// The hourly index as the national system computes it: from the pollutants it has.
fn index(record: &Record, ozone: Ozone) -> Option<u16> {
    let concentrations = Concentrations {
        so2: record.value("so2"),
        no2: record.value("no2"),
        co: record.value("co"),
        o3: record.value(ozone.columns().0),
        pm10: record.value("pm10"),
        pm2_5: record.value("pm2_5"),
        ..Concentrations::default()
    };
    let day = domain::period::beijing_day(before(record.end, 1));
    let index = evaluate(AqiEdition::on(day).into(), Report::Hourly, &concentrations);
    // Not `index.value`: the edition of 2026 withholds it when a pollutant is missing.
    index.sub.iter().filter(|sub| sub.counted).filter_map(|sub| sub.value).max()
}
