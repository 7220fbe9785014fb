//! Table 6: the columns of the US index.

use crate::{Averaging, Item};

/// A column of table 6.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EpaItem {
    /// O₃, 8 h, ppm.
    O3EightHour,
    /// O₃, 1 h, ppm; only from 0.125 on.
    O3Hour,
    /// PM₂.₅, 24 h or NowCast, µg/m³.
    Pm25Day,
    /// PM₁₀, 24 h or NowCast, µg/m³.
    Pm10Day,
    /// CO, 8 h, ppm.
    CoEightHour,
    /// SO₂, 1 h, ppb; up to 304.
    So2Hour,
    /// SO₂, 24 h, ppb; only from 305 on.
    So2Day,
    /// NO₂, 1 h, ppb.
    No2Hour,
}

impl EpaItem {
    /// Every column.
    pub const ALL: [Self; 8] = [
        Self::Pm10Day,
        Self::Pm25Day,
        Self::O3EightHour,
        Self::O3Hour,
        Self::No2Hour,
        Self::So2Hour,
        Self::So2Day,
        Self::CoEightHour,
    ];

    /// The pollutant.
    pub const fn item(self) -> Item {
        match self {
            Self::O3EightHour | Self::O3Hour => Item::O3,
            Self::Pm25Day => Item::Pm25,
            Self::Pm10Day => Item::Pm10,
            Self::CoEightHour => Item::Co,
            Self::So2Hour | Self::So2Day => Item::So2,
            Self::No2Hour => Item::No2,
        }
    }

    /// The averaging time.
    pub const fn averaging(self) -> Averaging {
        match self {
            Self::O3EightHour | Self::CoEightHour => Averaging::EightHour,
            Self::O3Hour | Self::So2Hour | Self::No2Hour => Averaging::Hour,
            Self::Pm25Day | Self::Pm10Day | Self::So2Day => Averaging::Day,
        }
    }

    /// The agency's unit.
    pub const fn unit(self) -> &'static str {
        match self {
            Self::O3EightHour | Self::O3Hour | Self::CoEightHour => "ppm",
            Self::Pm25Day | Self::Pm10Day => "µg/m³",
            Self::So2Hour | Self::So2Day | Self::No2Hour => "ppb",
        }
    }

    /// The step concentrations are truncated to, in millionths of the unit.
    pub(super) const fn step(self) -> i64 {
        match self {
            Self::O3EightHour | Self::O3Hour => 1_000,
            Self::Pm25Day | Self::CoEightHour => 100_000,
            Self::Pm10Day | Self::So2Hour | Self::So2Day | Self::No2Hour => 1_000_000,
        }
    }

    /// Table 6 in steps: (low, high) with the position of the first one in [`INDEX_RANGES`].
    pub(super) const fn table(self) -> (usize, &'static [(u16, u16)]) {
        match self {
            Self::O3EightHour => (0, &[(0, 54), (55, 70), (71, 85), (86, 105), (106, 200)]),
            Self::O3Hour => (2, &[(125, 164), (165, 204), (205, 404), (405, 604)]),
            Self::Pm25Day => {
                (0, &[(0, 90), (91, 354), (355, 554), (555, 1254), (1255, 2254), (2255, 3254)])
            }
            Self::Pm10Day => {
                (0, &[(0, 54), (55, 154), (155, 254), (255, 354), (355, 424), (425, 604)])
            }
            Self::CoEightHour => {
                (0, &[(0, 44), (45, 94), (95, 124), (125, 154), (155, 304), (305, 504)])
            }
            Self::So2Hour => (0, &[(0, 35), (36, 75), (76, 185), (186, 304)]),
            Self::So2Day => (4, &[(305, 604), (605, 1004)]),
            Self::No2Hour => {
                (0, &[(0, 53), (54, 100), (101, 360), (361, 649), (650, 1249), (1250, 2049)])
            }
        }
    }
}

/// The index at both ends of each row of table 6.
pub(super) const INDEX_RANGES: [(u16, u16); 6] =
    [(0, 50), (51, 100), (101, 150), (151, 200), (201, 300), (301, 500)];
