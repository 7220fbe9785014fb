//! The classes of GB 3838-2002 and the two kinds of waterbody.

use serde::{Deserialize, Serialize};

use crate::Lang;

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

    /// In words, for text and screen readers.
    pub const fn spoken(self, lang: Lang) -> &'static str {
        match self {
            Self::I => lang.pick("一类", "class 1"),
            Self::II => lang.pick("二类", "class 2"),
            Self::III => lang.pick("三类", "class 3"),
            Self::IV => lang.pick("四类", "class 4"),
            Self::V => lang.pick("五类", "class 5"),
            Self::BelowV => lang.pick("劣五类", "worse than class 5"),
        }
    }

    /// In Latin letters, I to V and 劣V, as tables of test vectors and CSV write it.
    pub const fn latin(self) -> &'static str {
        match self {
            Self::I => "I",
            Self::II => "II",
            Self::III => "III",
            Self::IV => "IV",
            Self::V => "V",
            Self::BelowV => "劣V",
        }
    }

    /// The fill public code draws it with; no standard gives one. The class is always printed
    /// beside it, in black.
    pub const fn hex(self) -> &'static str {
        match self {
            Self::I => "#CFFFFF",
            Self::II => "#8FFFFF",
            Self::III => "#7FFF7F",
            Self::IV => "#FFFF6F",
            Self::V => "#FFC000",
            Self::BelowV => "#FF0000",
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

impl WaterBody {
    /// The key in JSON and on the command line.
    pub const fn key(self) -> &'static str {
        match self {
            Self::River => "river",
            Self::Lake => "lake",
        }
    }

    /// The word.
    pub const fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::River => lang.pick("河流", "river"),
            Self::Lake => lang.pick("湖库", "lake or reservoir"),
        }
    }
}
