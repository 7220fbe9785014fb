//! The categories of the US index with name and colour.

use serde::{Deserialize, Serialize};

use crate::Lang;

/// A category of the US index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EpaCategory {
    /// 0–50.
    Good,
    /// 51–100.
    Moderate,
    /// 101–150.
    UnhealthyForSensitiveGroups,
    /// 151–200.
    Unhealthy,
    /// 201–300.
    VeryUnhealthy,
    /// 301 and more.
    Hazardous,
}

impl EpaCategory {
    /// Every category, cleanest first.
    pub const ALL: [Self; 6] = [
        Self::Good,
        Self::Moderate,
        Self::UnhealthyForSensitiveGroups,
        Self::Unhealthy,
        Self::VeryUnhealthy,
        Self::Hazardous,
    ];

    /// The category of an index value.
    pub const fn of(aqi: u16) -> Self {
        match aqi {
            0..=50 => Self::Good,
            51..=100 => Self::Moderate,
            101..=150 => Self::UnhealthyForSensitiveGroups,
            151..=200 => Self::Unhealthy,
            201..=300 => Self::VeryUnhealthy,
            _ => Self::Hazardous,
        }
    }

    /// 1 to 6; the agency names them only.
    pub const fn number(self) -> u8 {
        self as u8 + 1
    }

    /// The agency's name; the Chinese is ours.
    pub const fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Good => lang.pick("良好", "Good"),
            Self::Moderate => lang.pick("中等", "Moderate"),
            Self::UnhealthyForSensitiveGroups => {
                lang.pick("对敏感人群不健康", "Unhealthy for Sensitive Groups")
            }
            Self::Unhealthy => lang.pick("不健康", "Unhealthy"),
            Self::VeryUnhealthy => lang.pick("非常不健康", "Very unhealthy"),
            Self::Hazardous => lang.pick("有害", "Hazardous"),
        }
    }

    /// The agency's colour; the purple is not China's.
    pub const fn hex(self) -> &'static str {
        match self {
            Self::Good => "#00E400",
            Self::Moderate => "#FFFF00",
            Self::UnhealthyForSensitiveGroups => "#FF7E00",
            Self::Unhealthy => "#FF0000",
            Self::VeryUnhealthy => "#8F3F97",
            Self::Hazardous => "#7E0023",
        }
    }

    /// The text colour that is readable on [`EpaCategory::hex`].
    pub const fn on_hex(self) -> &'static str {
        match self {
            Self::VeryUnhealthy | Self::Hazardous => "#FFFFFF",
            _ => "#000000",
        }
    }
}
