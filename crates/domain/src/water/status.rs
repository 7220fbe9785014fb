//! The qualitative status of a section or basin, 环办〔2011〕22号.

use serde::{Deserialize, Serialize};

use super::WaterClass;
use crate::Lang;

/// 水质状况.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WaterStatus {
    /// 优: class I or II.
    Excellent,
    /// 良好: class III.
    Good,
    /// 轻度污染: class IV.
    Light,
    /// 中度污染: class V.
    Moderate,
    /// 重度污染: worse than V.
    Heavy,
}

impl WaterStatus {
    /// Every status, best first.
    pub const ALL: [Self; 5] =
        [Self::Excellent, Self::Good, Self::Light, Self::Moderate, Self::Heavy];

    /// The status of a section of that class.
    pub const fn of(class: WaterClass) -> Self {
        match class {
            WaterClass::I | WaterClass::II => Self::Excellent,
            WaterClass::III => Self::Good,
            WaterClass::IV => Self::Light,
            WaterClass::V => Self::Moderate,
            WaterClass::BelowV => Self::Heavy,
        }
    }

    /// The word; the English is ours.
    pub const fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Excellent => lang.pick("优", "Excellent"),
            Self::Good => lang.pick("良好", "Good"),
            Self::Light => lang.pick("轻度污染", "Lightly polluted"),
            Self::Moderate => lang.pick("中度污染", "Moderately polluted"),
            Self::Heavy => lang.pick("重度污染", "Heavily polluted"),
        }
    }

    /// The colour the document names.
    pub const fn colour_name(self, lang: Lang) -> &'static str {
        match self {
            Self::Excellent => lang.pick("蓝色", "blue"),
            Self::Good => lang.pick("绿色", "green"),
            Self::Light => lang.pick("黄色", "yellow"),
            Self::Moderate => lang.pick("橙色", "orange"),
            Self::Heavy => lang.pick("红色", "red"),
        }
    }

    /// A fill of that colour, as public code draws it; no standard gives one.
    pub const fn hex(self) -> &'static str {
        match self {
            Self::Excellent => WaterClass::II.hex(),
            Self::Good => WaterClass::III.hex(),
            Self::Light => WaterClass::IV.hex(),
            Self::Moderate => WaterClass::V.hex(),
            Self::Heavy => WaterClass::BelowV.hex(),
        }
    }
}
