//! The demonstration: a deterministic generator that plays instruments through the real
//! collector and the real HTTP interface.
//!
//! Every value is a function of seed, station, item and time alone, so that history and live
//! data join without a seam and a second run gives the same numbers. Floating point is at home
//! here: nothing of this is measured, and everything is labelled 演示数据 by its feed.

mod air;
mod device;
mod frames;
mod generator;
mod incidents;
mod noise;
mod play;
mod pusher;
mod water;
mod weather;

use std::collections::BTreeMap;

use domain::{Item, Provenance};
use serde::Deserialize;

pub use device::{DeviceError, SimulatedDevice};
pub use frames::frame;
pub use generator::{Batch, Generator, Sample};
pub use play::{Endpoints, PlayError, Played, last_full_hour, play_history, play_live};
pub use pusher::{PushError, Pusher};

use crate::{Secret, hj212_tcp};

/// What a simulated station is like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Character {
    /// Air amid traffic.
    UrbanAir,
    /// Air at the edge of the city: less NO₂, more ozone.
    SuburbanAir,
    /// A large, clean river.
    River,
    /// A small urban river that suffers after rain.
    Stream,
    /// A lake or reservoir, with algae in summer.
    Lake,
}

impl Character {
    /// The items such a station measures.
    pub fn items(self) -> &'static [Item] {
        const AIR: &[Item] = &[
            Item::Pm25,
            Item::Pm10,
            Item::O3,
            Item::No2,
            Item::So2,
            Item::Co,
            Item::Temperature,
            Item::Humidity,
            Item::Pressure,
            Item::WindSpeed,
            Item::WindDirection,
        ];
        const LAKE: &[Item] = &[
            Item::WaterTemperature,
            Item::Ph,
            Item::DissolvedOxygen,
            Item::Conductivity,
            Item::Turbidity,
            Item::CodMn,
            Item::Nh3N,
            Item::TotalPhosphorus,
            Item::TotalNitrogen,
            Item::ChlorophyllA,
            Item::AlgalDensity,
        ];
        match self {
            Self::UrbanAir | Self::SuburbanAir => AIR,
            Self::River | Self::Stream => LAKE.get(..9).unwrap_or(LAKE),
            Self::Lake => LAKE,
        }
    }

    /// Whether it stands in the air.
    pub const fn is_air(self) -> bool {
        matches!(self, Self::UrbanAir | Self::SuburbanAir)
    }
}

/// A station that is played.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Station {
    /// Its code.
    pub code: String,
    /// What it is like.
    pub character: Character,
    /// How its data travels.
    pub via: Via,
}

/// How a simulated station reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Via {
    /// As a field device over TCP.
    Hj212 {
        /// Its MN.
        mn: String,
        /// Its PW.
        password: Secret,
    },
    /// As a gateway over HTTP.
    Http,
}

/// Length of the simulated devices' minute data.
pub const MINUTE_INTERVAL: u32 = 5;

/// The collector's rows for the stations that report by HJ 212, labelled simulated;
/// `history_hours` is how far back they will replay.
pub fn devices(stations: &[Station], history_hours: u32) -> Vec<hj212_tcp::Device> {
    stations
        .iter()
        .filter_map(|station| {
            let Via::Hj212 { mn, password } = &station.via else { return None };
            Some(hj212_tcp::Device {
                mn: mn.clone(),
                password: password.clone(),
                station: station.code.clone(),
                profile: if station.character.is_air() {
                    hj212_tcp::Profile::V2017
                } else {
                    hj212_tcp::Profile::SurfaceWater
                },
                units: units(station.character),
                minute_interval: MINUTE_INTERVAL,
                history_hours,
                provenance: Provenance::Simulated,
                ..hj212_tcp::Device::default()
            })
        })
        .collect()
}

/// The items' own units, by factor code.
fn units(character: Character) -> BTreeMap<String, String> {
    character
        .items()
        .iter()
        .filter_map(|item| {
            Some((hj212_tcp::factors::code(*item)?.to_owned(), item.unit().to_owned()))
        })
        .collect()
}
