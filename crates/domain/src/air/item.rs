//! What the index judges: a pollutant together with its averaging time.

use serde::{Deserialize, Serialize};

use crate::{Averaging, Item};

/// A column of the breakpoint table: a pollutant averaged over a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AirItem {
    /// SO₂, 1-hour mean, µg/m³.
    So2Hour,
    /// SO₂, daily mean, µg/m³.
    So2Day,
    /// NO₂, 1-hour mean, µg/m³.
    No2Hour,
    /// NO₂, daily mean, µg/m³.
    No2Day,
    /// CO, 1-hour mean, mg/m³.
    CoHour,
    /// CO, daily mean, mg/m³.
    CoDay,
    /// O₃, 1-hour mean, or the day's largest one, µg/m³.
    O3Hour,
    /// O₃, sliding 8-hour mean, or the day's largest one, µg/m³.
    O3EightHour,
    /// PM₁₀, 1-hour mean on the daily column (HJ 633-2026 eq. 1), µg/m³.
    Pm10Hour,
    /// PM₁₀, daily mean or 24-hour sliding mean, µg/m³.
    Pm10Day,
    /// PM₂.₅, 1-hour mean on the daily column (HJ 633-2026 eq. 1), µg/m³.
    Pm25Hour,
    /// PM₂.₅, daily mean or 24-hour sliding mean, µg/m³.
    Pm25Day,
}

impl AirItem {
    /// Every column.
    pub const ALL: [Self; 12] = [
        Self::So2Hour,
        Self::So2Day,
        Self::No2Hour,
        Self::No2Day,
        Self::CoHour,
        Self::CoDay,
        Self::O3Hour,
        Self::O3EightHour,
        Self::Pm10Hour,
        Self::Pm10Day,
        Self::Pm25Hour,
        Self::Pm25Day,
    ];

    /// The column for `item` averaged over `averaging`; `None` where the index has none.
    pub fn of(item: Item, averaging: Averaging) -> Option<Self> {
        Self::ALL.into_iter().find(|a| a.item() == item && a.averaging() == averaging)
    }

    /// The pollutant.
    pub const fn item(self) -> Item {
        match self {
            Self::So2Hour | Self::So2Day => Item::So2,
            Self::No2Hour | Self::No2Day => Item::No2,
            Self::CoHour | Self::CoDay => Item::Co,
            Self::O3Hour | Self::O3EightHour => Item::O3,
            Self::Pm10Hour | Self::Pm10Day => Item::Pm10,
            Self::Pm25Hour | Self::Pm25Day => Item::Pm25,
        }
    }

    /// The averaging time.
    pub const fn averaging(self) -> Averaging {
        match self {
            Self::So2Hour
            | Self::No2Hour
            | Self::CoHour
            | Self::O3Hour
            | Self::Pm10Hour
            | Self::Pm25Hour => Averaging::Hour,
            Self::O3EightHour => Averaging::EightHour,
            Self::So2Day | Self::No2Day | Self::CoDay | Self::Pm10Day | Self::Pm25Day => {
                Averaging::Day
            }
        }
    }
}
