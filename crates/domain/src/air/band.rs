//! A level of any of the rulers, with number, word and colour.

use serde::{Deserialize, Serialize};

use super::{AqiLevel, EaqiBand, EpaCategory, WhoTier};
use crate::Lang;

/// A level under whichever ruler the reader chose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Band {
    /// HJ 633, both editions.
    Hj633(AqiLevel),
    /// US EPA.
    Epa(EpaCategory),
    /// European index.
    Eaqi(EaqiBand),
    /// WHO: the guideline or interim target that is met.
    Who(WhoTier),
}

impl Band {
    /// 1 (cleanest) to 6.
    pub const fn number(self) -> u8 {
        match self {
            Self::Hj633(level) => level.number(),
            Self::Epa(category) => category.number(),
            Self::Eaqi(band) => band.number(),
            Self::Who(tier) => tier.number(),
        }
    }

    /// The word.
    pub const fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Hj633(level) => level.name(lang),
            Self::Epa(category) => category.name(lang),
            Self::Eaqi(band) => band.name(lang),
            Self::Who(tier) => tier.name(lang),
        }
    }

    /// The fill, `#RRGGBB`.
    pub const fn hex(self) -> &'static str {
        match self {
            Self::Hj633(level) => level.hex(),
            Self::Epa(category) => category.hex(),
            Self::Eaqi(band) => band.hex(),
            Self::Who(tier) => tier.hex(),
        }
    }

    /// The text colour that is readable on [`Band::hex`].
    pub const fn on_hex(self) -> &'static str {
        match self {
            Self::Hj633(level) => level.on_hex(),
            Self::Epa(category) => category.on_hex(),
            Self::Eaqi(band) => band.on_hex(),
            Self::Who(tier) => tier.on_hex(),
        }
    }
}
