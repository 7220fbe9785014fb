//! GB 3838-2002 《地表水环境质量标准》 table 1: 24 parameters, five classes.

use super::{WaterBody, WaterClass};
use crate::{Item, Quantity};

/// How a parameter is held against its limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// The value must not exceed the limit.
    AtMost,
    /// The value must reach the limit (dissolved oxygen).
    AtLeast,
    /// The value must lie within 6–9, whatever the class (pH).
    Range,
    /// No number classifies it (water temperature: the change caused by people).
    Change,
}

/// One row of table 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parameter {
    /// The item.
    pub item: Item,
    /// The parameter's usual abbreviation, as in tables and CSV heads: `CODMn`, `NH3N`.
    pub key: &'static str,
    /// How it is compared.
    pub comparison: Comparison,
    /// True for the 21 parameters that decide a class; water temperature, total nitrogen and
    /// faecal coliforms are references only (环办〔2011〕22号).
    pub evaluated: bool,
    /// Limits in millionths of the item's unit.
    limits: [i64; 5],
    /// Limits for lakes and reservoirs where they differ.
    lake: Option<[i64; 5]>,
}

const fn row(item: Item, key: &'static str, limits: [i64; 5]) -> Parameter {
    Parameter { item, key, comparison: Comparison::AtMost, evaluated: true, limits, lake: None }
}

const fn reference(parameter: Parameter) -> Parameter {
    Parameter { evaluated: false, ..parameter }
}

const fn compared(parameter: Parameter, comparison: Comparison) -> Parameter {
    Parameter { comparison, ..parameter }
}

/// The rows of table 1 in its order. The limits of total nitrogen are for lakes and reservoirs.
pub const PARAMETERS: [Parameter; 24] = [
    reference(compared(row(Item::WaterTemperature, "WT", [0; 5]), Comparison::Change)),
    compared(row(Item::Ph, "pH", [0; 5]), Comparison::Range),
    compared(
        row(Item::DissolvedOxygen, "DO", [7_500_000, 6_000_000, 5_000_000, 3_000_000, 2_000_000]),
        Comparison::AtLeast,
    ),
    row(Item::CodMn, "CODMn", [2_000_000, 4_000_000, 6_000_000, 10_000_000, 15_000_000]),
    row(Item::Cod, "COD", [15_000_000, 15_000_000, 20_000_000, 30_000_000, 40_000_000]),
    row(Item::Bod5, "BOD5", [3_000_000, 3_000_000, 4_000_000, 6_000_000, 10_000_000]),
    row(Item::Nh3N, "NH3N", [150_000, 500_000, 1_000_000, 1_500_000, 2_000_000]),
    Parameter {
        lake: Some([10_000, 25_000, 50_000, 100_000, 200_000]),
        ..row(Item::TotalPhosphorus, "TP", [20_000, 100_000, 200_000, 300_000, 400_000])
    },
    reference(row(Item::TotalNitrogen, "TN", [200_000, 500_000, 1_000_000, 1_500_000, 2_000_000])),
    row(Item::Copper, "Cu", [10_000, 1_000_000, 1_000_000, 1_000_000, 1_000_000]),
    row(Item::Zinc, "Zn", [50_000, 1_000_000, 1_000_000, 2_000_000, 2_000_000]),
    row(Item::Fluoride, "F", [1_000_000, 1_000_000, 1_000_000, 1_500_000, 1_500_000]),
    row(Item::Selenium, "Se", [10_000, 10_000, 10_000, 20_000, 20_000]),
    row(Item::Arsenic, "As", [50_000, 50_000, 50_000, 100_000, 100_000]),
    row(Item::Mercury, "Hg", [50, 50, 100, 1_000, 1_000]),
    row(Item::Cadmium, "Cd", [1_000, 5_000, 5_000, 5_000, 10_000]),
    row(Item::Chromium6, "Cr6", [10_000, 50_000, 50_000, 50_000, 100_000]),
    row(Item::Lead, "Pb", [10_000, 10_000, 50_000, 50_000, 100_000]),
    row(Item::Cyanide, "CN", [5_000, 50_000, 200_000, 200_000, 200_000]),
    row(Item::VolatilePhenol, "VPhen", [2_000, 2_000, 5_000, 10_000, 100_000]),
    row(Item::Oil, "Oil", [50_000, 50_000, 50_000, 500_000, 1_000_000]),
    row(Item::AnionicSurfactant, "LAS", [200_000, 200_000, 200_000, 300_000, 300_000]),
    row(Item::Sulphide, "S", [50_000, 100_000, 200_000, 500_000, 1_000_000]),
    reference(row(
        Item::FaecalColiform,
        "FC",
        [200_000_000, 2_000_000_000, 10_000_000_000, 20_000_000_000, 40_000_000_000],
    )),
];

/// The lower and upper bound of pH for every class.
pub const PH_RANGE: (Quantity, Quantity) = (Quantity::from_integer(6), Quantity::from_integer(9));

impl Parameter {
    /// The row of `item`; `None` for items table 1 does not name.
    pub fn of(item: Item) -> Option<&'static Self> {
        PARAMETERS.iter().find(|parameter| parameter.item == item)
    }

    /// The row with that abbreviation, in any letter case.
    pub fn from_key(key: &str) -> Option<&'static Self> {
        PARAMETERS.iter().find(|parameter| parameter.key.eq_ignore_ascii_case(key))
    }

    const fn has_limits(&self) -> bool {
        matches!(self.comparison, Comparison::AtMost | Comparison::AtLeast)
    }

    /// True when a value of this parameter has a class in that waterbody.
    pub(super) fn classifies(&self, body: WaterBody) -> bool {
        self.comparison == Comparison::Range || self.limit(WaterClass::III, body).is_some()
    }

    /// The limit of `class`; `None` for pH, water temperature and 劣Ⅴ, which have none, and for
    /// total nitrogen in rivers.
    pub fn limit(&self, class: WaterClass, body: WaterBody) -> Option<Quantity> {
        let lakes_only = self.item == Item::TotalNitrogen;
        if !self.has_limits() || (lakes_only && body == WaterBody::River) {
            return None;
        }
        let limits = match (body, &self.lake) {
            (WaterBody::Lake, Some(lake)) => lake,
            _ => &self.limits,
        };
        limits.get(usize::from(class.number() - 1)).map(|&limit| Quantity::from_millionths(limit))
    }
}

/// The limit of one class, see [`Parameter::limit`].
pub fn limit(item: Item, class: WaterClass, body: WaterBody) -> Option<Quantity> {
    Parameter::of(item)?.limit(class, body)
}
