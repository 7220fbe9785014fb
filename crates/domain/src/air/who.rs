//! WHO global air quality guidelines 2021: no index, a distance to the guideline.
//!
//! The values for PM and NO₂ were checked against public code, the others were not.

use serde::{Deserialize, Serialize};

use super::{
    AirIndex, Band, Concentrations, Explanation, IndexStandard, NoIndex, Report, SubIndex,
};
use crate::{Averaging, Item, Lang, Quantity};

/// How far on the way to the guideline a concentration is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WhoTier {
    /// Meets the air quality guideline level.
    Guideline,
    /// Meets interim target 4.
    Interim4,
    /// Meets interim target 3.
    Interim3,
    /// Meets interim target 2.
    Interim2,
    /// Meets interim target 1.
    Interim1,
    /// Meets no target.
    AboveTargets,
}

impl WhoTier {
    /// Every tier, cleanest first.
    pub const ALL: [Self; 6] = [
        Self::Guideline,
        Self::Interim4,
        Self::Interim3,
        Self::Interim2,
        Self::Interim1,
        Self::AboveTargets,
    ];

    /// 1 (guideline) to 6 (no target met).
    pub const fn number(self) -> u8 {
        self as u8 + 1
    }

    /// In words.
    pub const fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Guideline => lang.pick("达到准则值", "Guideline met"),
            Self::Interim4 => lang.pick("达到过渡目标 4", "Interim target 4 met"),
            Self::Interim3 => lang.pick("达到过渡目标 3", "Interim target 3 met"),
            Self::Interim2 => lang.pick("达到过渡目标 2", "Interim target 2 met"),
            Self::Interim1 => lang.pick("达到过渡目标 1", "Interim target 1 met"),
            Self::AboveTargets => lang.pick("未达到任何目标", "No target met"),
        }
    }

    /// Ours; WHO gives no colours.
    pub const fn hex(self) -> &'static str {
        match self {
            Self::Guideline => "#DDEBF7",
            Self::Interim4 => "#B8D3EA",
            Self::Interim3 => "#8AB6DA",
            Self::Interim2 => "#4F8FC0",
            Self::Interim1 => "#25649B",
            Self::AboveTargets => "#123A63",
        }
    }

    /// The text colour that is readable on [`WhoTier::hex`].
    pub const fn on_hex(self) -> &'static str {
        match self {
            Self::Interim1 | Self::AboveTargets => "#FFFFFF",
            _ => "#000000",
        }
    }
}

/// One concentration beside the guideline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WhoComparison {
    /// The guideline level, in the item's unit.
    pub guideline: Quantity,
    /// How many times the guideline, to a millionth.
    pub times: Quantity,
    /// The strictest target that is met.
    pub tier: WhoTier,
}

/// The guideline and the interim targets 1, 2, … in millionths of the item's unit.
const fn targets(item: Item, averaging: Averaging) -> Option<(i64, &'static [i64])> {
    const U: i64 = 1_000_000;
    Some(match (item, averaging) {
        (Item::Pm25, Averaging::Year) => (5 * U, &[35 * U, 25 * U, 15 * U, 10 * U]),
        (Item::Pm25, Averaging::Day) => (15 * U, &[75 * U, 50 * U, 37 * U + U / 2, 25 * U]),
        (Item::Pm10, Averaging::Year) => (15 * U, &[70 * U, 50 * U, 30 * U, 20 * U]),
        (Item::Pm10, Averaging::Day) => (45 * U, &[150 * U, 100 * U, 75 * U, 50 * U]),
        (Item::O3, Averaging::EightHour) => (100 * U, &[160 * U, 120 * U]),
        (Item::No2, Averaging::Year) => (10 * U, &[40 * U, 30 * U, 20 * U]),
        (Item::No2, Averaging::Day) => (25 * U, &[120 * U, 50 * U]),
        (Item::No2, Averaging::Hour) => (200 * U, &[]),
        (Item::So2, Averaging::Day) => (40 * U, &[125 * U, 50 * U]),
        (Item::Co, Averaging::Day) => (4 * U, &[7 * U]),
        (Item::Co, Averaging::EightHour) => (10 * U, &[]),
        (Item::Co, Averaging::Hour) => (35 * U, &[]),
        _ => return None,
    })
}

/// Holds a concentration against the guideline for its averaging time; `None` where WHO gives
/// none and for negative values. 24-hour guidelines are 99th percentiles of a year: three or
/// four days a year may be above.
pub fn compare(item: Item, averaging: Averaging, concentration: Quantity) -> Option<WhoComparison> {
    let (guideline, interim) = targets(item, averaging)?;
    if concentration.is_negative() {
        return None;
    }
    let value = concentration.millionths();
    let met = interim.iter().rposition(|&target| value <= target);
    let tier = match met {
        _ if value <= guideline => WhoTier::Guideline,
        Some(0) => WhoTier::Interim1,
        Some(1) => WhoTier::Interim2,
        Some(2) => WhoTier::Interim3,
        Some(_) => WhoTier::Interim4,
        None => WhoTier::AboveTargets,
    };
    let guideline = Quantity::from_millionths(guideline);
    Some(WhoComparison {
        guideline,
        times: concentration.scale(1_000_000, guideline.millionths())?,
        tier,
    })
}

/// The columns with a guideline in each report: hourly values have guidelines for gases only.
const fn columns(report: Report) -> &'static [(Item, Averaging)] {
    match report {
        Report::Hourly => &[
            (Item::O3, Averaging::EightHour),
            (Item::No2, Averaging::Hour),
            (Item::Co, Averaging::Hour),
        ],
        Report::Daily => &[
            (Item::Pm10, Averaging::Day),
            (Item::Pm25, Averaging::Day),
            (Item::O3, Averaging::EightHour),
            (Item::No2, Averaging::Day),
            (Item::So2, Averaging::Day),
            (Item::Co, Averaging::Day),
        ],
    }
}

/// No value, but a level: the worst tier among the pollutants with a guideline for this report.
pub(super) fn evaluate(report: Report, concentrations: &Concentrations) -> AirIndex {
    let mut sub = Vec::new();
    let mut missing = Vec::new();
    let mut furthest = (Quantity::ZERO, WhoTier::Guideline);
    for &(item, averaging) in columns(report) {
        let value = match averaging {
            Averaging::EightHour => concentrations.o3_8h,
            _ => concentrations.get(item),
        };
        let Some((value, compared)) =
            value.and_then(|value| compare(item, averaging, value).map(|c| (value, c)))
        else {
            missing.push(item);
            continue;
        };
        furthest = (furthest.0.max(compared.times), furthest.1.max(compared.tier));
        sub.push(beside_guideline(item, averaging, value, compared.tier));
    }
    let level = (!sub.is_empty()).then_some(Band::Who(furthest.1));
    let reason = if sub.is_empty() { NoIndex::NoData } else { NoIndex::NoIndexDefined };
    let index = AirIndex {
        level,
        reason_none: Some(reason),
        ..AirIndex::without_value(IndexStandard::Who2021, report, sub, missing)
    };
    index.with_primary(|sub| {
        compare(sub.item, sub.averaging, sub.concentration)
            .is_some_and(|c| c.tier > WhoTier::Guideline && c.times == furthest.0)
    })
}

fn beside_guideline(
    item: Item,
    averaging: Averaging,
    concentration: Quantity,
    tier: WhoTier,
) -> SubIndex {
    SubIndex {
        item,
        averaging,
        concentration,
        unit: item.unit(),
        value: None,
        band: Some(Band::Who(tier)),
        counted: true,
        primary: false,
        explanation: Explanation {
            concentration,
            concentration_used: concentration,
            segment: None,
            result: None,
            edge: None,
        },
    }
}
