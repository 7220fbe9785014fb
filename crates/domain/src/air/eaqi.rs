//! European Air Quality Index, 2024 revision (ETC HE Report 2024/17, as publicly discussed).

use serde::{Deserialize, Serialize};

use super::{
    AirIndex, Band, Concentrations, Edge, Explanation, IndexStandard, Report, Segment, index::Offer,
};
use crate::{Averaging, Item, Lang, Quantity};

/// A band of the European index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EaqiBand {
    /// Band 1.
    Good,
    /// Band 2.
    Fair,
    /// Band 3.
    Moderate,
    /// Band 4.
    Poor,
    /// Band 5.
    VeryPoor,
    /// Band 6, open upwards.
    ExtremelyPoor,
}

impl EaqiBand {
    /// Every band, cleanest first.
    pub const ALL: [Self; 6] =
        [Self::Good, Self::Fair, Self::Moderate, Self::Poor, Self::VeryPoor, Self::ExtremelyPoor];

    /// 1 to 6.
    pub const fn number(self) -> u8 {
        self as u8 + 1
    }

    /// The agency's word; the Chinese is ours.
    pub const fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Good => lang.pick("好", "Good"),
            Self::Fair => lang.pick("较好", "Fair"),
            Self::Moderate => lang.pick("中等", "Moderate"),
            Self::Poor => lang.pick("差", "Poor"),
            Self::VeryPoor => lang.pick("很差", "Very poor"),
            Self::ExtremelyPoor => lang.pick("极差", "Extremely poor"),
        }
    }

    /// The palette of 2019; that of 2024 could not be checked.
    pub const fn hex(self) -> &'static str {
        match self {
            Self::Good => "#50F0E6",
            Self::Fair => "#50CCAA",
            Self::Moderate => "#F0E641",
            Self::Poor => "#FF5050",
            Self::VeryPoor => "#960032",
            Self::ExtremelyPoor => "#7D2181",
        }
    }

    /// The text colour that is readable on [`EaqiBand::hex`].
    pub const fn on_hex(self) -> &'static str {
        match self {
            Self::VeryPoor | Self::ExtremelyPoor => "#FFFFFF",
            _ => "#000000",
        }
    }
}

/// The pollutants with the upper bounds of the first five bands, µg/m³, inclusive.
const BOUNDS: [(Item, [u16; 5]); 5] = [
    (Item::Pm10, [15, 45, 120, 195, 270]),
    (Item::Pm25, [5, 15, 50, 90, 140]),
    (Item::O3, [60, 100, 120, 160, 180]),
    (Item::No2, [10, 25, 60, 100, 150]),
    (Item::So2, [20, 40, 125, 190, 275]),
];

/// The band of an hourly mean in µg/m³; `None` for other items and negative values.
pub fn band(item: Item, concentration: Quantity) -> Option<EaqiBand> {
    let number = explain(item, concentration)?.result?;
    EaqiBand::ALL.into_iter().find(|band| u16::from(band.number()) == number)
}

/// The bounds of the band that a concentration falls in; `None` as in [`band`].
pub fn explain(item: Item, concentration: Quantity) -> Option<Explanation> {
    let (_, bounds) = BOUNDS.iter().find(|(known, _)| *known == item)?;
    if concentration.is_negative() {
        return None;
    }
    let bound = |at: usize| bounds.get(at).map(|&b| Quantity::from_integer(i32::from(b)));
    let below =
        bounds.iter().filter(|&&b| concentration > Quantity::from_integer(i32::from(b))).count();
    let number = u16::try_from(below + 1).ok()?;
    let bp_lo = below.checked_sub(1).and_then(bound).unwrap_or(Quantity::ZERO);
    let segment =
        bound(below).map(|bp_hi| Segment { bp_lo, bp_hi, index_lo: number, index_hi: number });
    Some(Explanation {
        concentration,
        concentration_used: concentration,
        segment,
        result: Some(number),
        edge: segment.is_none().then_some(Edge::OpenBand),
    })
}

/// The worst band of the five pollutants decides. The bands are made for hourly values; a daily
/// report holds the day's means, and its largest hour of ozone, against the same bounds.
pub(super) fn evaluate(report: Report, concentrations: &Concentrations) -> AirIndex {
    let averaging = |item| match report {
        Report::Daily if item != Item::O3 => Averaging::Day,
        _ => Averaging::Hour,
    };
    let mut sub = Vec::new();
    let mut missing = Vec::new();
    for (item, _) in BOUNDS {
        match concentrations.get(item).and_then(|value| explain(item, value)) {
            Some(explanation) => sub.push(
                Offer { item, averaging: averaging(item), unit: item.unit(), counted: true }
                    .sub_index(explanation, of_number),
            ),
            None => missing.push(item),
        }
    }
    let value = sub.iter().filter_map(|sub| sub.value).max();
    let index = AirIndex {
        value,
        level: value.map(of_number),
        ..AirIndex::without_value(IndexStandard::Eaqi2024, report, sub, missing)
    };
    match value {
        Some(worst) if worst > 1 => index.with_primary(|sub| sub.value == Some(worst)),
        _ => index,
    }
}

fn of_number(number: u16) -> Band {
    let band = EaqiBand::ALL.into_iter().find(|band| u16::from(band.number()) == number);
    Band::Eaqi(band.unwrap_or(EaqiBand::ExtremelyPoor))
}
