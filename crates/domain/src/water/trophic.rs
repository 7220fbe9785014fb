//! 综合营养状态指数 TLI(Σ) of lakes and reservoirs.
//!
//! The one place of `domain` that computes in doubles: the formula is made of natural
//! logarithms, so no exact arithmetic exists. The result is rounded to a hundredth at once.

use serde::{Deserialize, Serialize};

use super::Sample;
use crate::{Item, Lang, Quantity};

/// 营养状态. Upper bounds are inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TrophicState {
    /// 贫营养, below 30.
    Oligotrophic,
    /// 中营养, 30–50.
    Mesotrophic,
    /// 轻度富营养, above 50 to 60.
    LightlyEutrophic,
    /// 中度富营养, above 60 to 70.
    ModeratelyEutrophic,
    /// 重度富营养, above 70.
    HighlyEutrophic,
}

impl TrophicState {
    /// The state of an index.
    pub fn of(index: Quantity) -> Self {
        let at_most = |bound: i32| index <= Quantity::from_integer(bound);
        if index < Quantity::from_integer(30) {
            Self::Oligotrophic
        } else if at_most(50) {
            Self::Mesotrophic
        } else if at_most(60) {
            Self::LightlyEutrophic
        } else if at_most(70) {
            Self::ModeratelyEutrophic
        } else {
            Self::HighlyEutrophic
        }
    }

    /// The word; the English is the usual one of limnology.
    pub const fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Oligotrophic => lang.pick("贫营养", "Oligotrophic"),
            Self::Mesotrophic => lang.pick("中营养", "Mesotrophic"),
            Self::LightlyEutrophic => lang.pick("轻度富营养", "Lightly eutrophic"),
            Self::ModeratelyEutrophic => lang.pick("中度富营养", "Moderately eutrophic"),
            Self::HighlyEutrophic => lang.pick("重度富营养", "Highly eutrophic"),
        }
    }
}

/// A trophic index with what it was made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trophic {
    /// TLI(Σ), to a hundredth.
    pub index: Quantity,
    /// Its state.
    pub state: TrophicState,
    /// TLI(j) of each parameter that was there, to a hundredth.
    pub parts: Vec<(Item, Quantity)>,
    /// Parameters without a positive value; the weights of the others were renormalised.
    pub missing: Vec<Item>,
}

/// TLI(j) = 10 × (a + b ln c) with weight r²: chlorophyll a in mg/m³, TP, TN, CODMn in mg/L,
/// Secchi depth in m.
const TERMS: [(Item, f64, f64, f64); 5] = [
    (Item::ChlorophyllA, 2.5, 1.086, 1.0),
    (Item::TotalPhosphorus, 9.436, 1.624, 0.7056),
    (Item::TotalNitrogen, 5.453, 1.694, 0.6724),
    (Item::SecchiDepth, 5.118, -1.94, 0.6889),
    (Item::CodMn, 0.109, 2.661, 0.6889),
];

/// The trophic index of a lake's sample; `None` without chlorophyll a, to which all weights
/// are relative, or without any other parameter.
pub fn trophic(sample: &Sample) -> Option<Trophic> {
    let (mut sum, mut weights) = (0.0, 0.0);
    let (mut parts, mut missing) = (Vec::new(), Vec::new());
    for (item, constant, slope, weight) in TERMS {
        let Some(value) = sample.get(item).filter(|value| *value > Quantity::ZERO) else {
            missing.push(item);
            continue;
        };
        let part = 10.0 * (constant + slope * value.approximate().ln());
        sum += weight * part;
        weights += weight;
        parts.push((item, hundredth(part)?));
    }
    if parts.len() < 2 || missing.contains(&Item::ChlorophyllA) {
        return None;
    }
    let index = hundredth(sum / weights)?;
    Some(Trophic { index, state: TrophicState::of(index), parts, missing })
}

fn hundredth(number: f64) -> Option<Quantity> {
    let step = Quantity::from_millionths(10_000);
    Quantity::from_json_number(number).map(|quantity| quantity.round_half_even(step))
}
