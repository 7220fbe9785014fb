//! The classes of GB 3838-2002 and the two kinds of waterbody.

use serde::{Deserialize, Serialize};

/// A class of GB 3838-2002, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum WaterClass {
    /// Ⅰ类.
    I,
    /// Ⅱ类.
    II,
    /// Ⅲ类.
    III,
    /// Ⅳ类.
    IV,
    /// Ⅴ类.
    V,
    /// 劣Ⅴ类: meets no class.
    BelowV,
}

impl WaterClass {
    /// Every class, best first.
    pub const ALL: [Self; 6] = [Self::I, Self::II, Self::III, Self::IV, Self::V, Self::BelowV];

    /// 1 (Ⅰ) to 6 (劣Ⅴ).
    pub const fn number(self) -> u8 {
        self as u8 + 1
    }

    /// The class with that number.
    pub fn from_number(number: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.number() == number)
    }

    /// As the national platform writes it: Ⅰ … Ⅴ (U+2160–2164), 劣Ⅴ; the same in English,
    /// where a screen reader is given [`WaterClass::spoken`].
    pub const fn glyph(self) -> &'static str {
        match self {
            Self::I => "Ⅰ",
            Self::II => "Ⅱ",
            Self::III => "Ⅲ",
            Self::IV => "Ⅳ",
            Self::V => "Ⅴ",
            Self::BelowV => "劣Ⅴ",
        }
    }
}

/// What kind of water a section belongs to: phosphorus has its own limits in lakes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WaterBody {
    /// 河流.
    River,
    /// 湖库.
    Lake,
}
