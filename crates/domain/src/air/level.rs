//! The six levels of the index.

use serde::{Deserialize, Serialize};

use crate::Lang;

/// A level of the air quality index, HJ 633-2012 table 2 and HJ 633-2026 table 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AqiLevel {
    /// 优, 0–50.
    Excellent,
    /// 良, 51–100.
    Good,
    /// 轻度污染, 101–150.
    Light,
    /// 中度污染, 151–200.
    Moderate,
    /// 重度污染, 201–300.
    Heavy,
    /// 严重污染, above 300.
    Severe,
}

impl AqiLevel {
    /// Every level, cleanest first.
    pub const ALL: [Self; 6] =
        [Self::Excellent, Self::Good, Self::Light, Self::Moderate, Self::Heavy, Self::Severe];

    /// The level of an index value.
    pub const fn of(aqi: u16) -> Self {
        match aqi {
            0..=50 => Self::Excellent,
            51..=100 => Self::Good,
            101..=150 => Self::Light,
            151..=200 => Self::Moderate,
            201..=300 => Self::Heavy,
            _ => Self::Severe,
        }
    }

    /// 1 (一级) to 6 (六级).
    pub const fn number(self) -> u8 {
        self as u8 + 1
    }

    /// 类别; the English words are ours, the standard gives none.
    pub const fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Excellent => lang.pick("优", "Good"),
            Self::Good => lang.pick("良", "Fair"),
            Self::Light => lang.pick("轻度污染", "Lightly polluted"),
            Self::Moderate => lang.pick("中度污染", "Moderately polluted"),
            Self::Heavy => lang.pick("重度污染", "Heavily polluted"),
            Self::Severe => lang.pick("严重污染", "Severely polluted"),
        }
    }

    /// The official colour, HJ 633-2026 table A.1, equal in 2012. A fill: most fail as text.
    pub const fn hex(self) -> &'static str {
        match self {
            Self::Excellent => "#00E400",
            Self::Good => "#FFFF00",
            Self::Light => "#FF7E00",
            Self::Moderate => "#FF0000",
            Self::Heavy => "#99004C",
            Self::Severe => "#7E0023",
        }
    }

    /// The text colour that is readable on [`AqiLevel::hex`]: contrast at least 4.5 to 1.
    pub const fn on_hex(self) -> &'static str {
        match self {
            Self::Excellent | Self::Good | Self::Light | Self::Moderate => "#000000",
            Self::Heavy | Self::Severe => "#FFFFFF",
        }
    }

    /// 级别 as the standard numbers it: 一级 to 六级, Level 1 to Level 6.
    pub const fn level_name(self, lang: Lang) -> &'static str {
        match self {
            Self::Excellent => lang.pick("一级", "Level 1"),
            Self::Good => lang.pick("二级", "Level 2"),
            Self::Light => lang.pick("三级", "Level 3"),
            Self::Moderate => lang.pick("四级", "Level 4"),
            Self::Heavy => lang.pick("五级", "Level 5"),
            Self::Severe => lang.pick("六级", "Level 6"),
        }
    }
}
