//! An index with everything that made it: parts, gaps, reasons.

use serde::{Deserialize, Serialize};

use super::{Band, Explanation, IndexStandard};
use crate::{Averaging, Item, QcFlags, Quantity};

/// Which of the two reports of HJ 633 an index belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Report {
    /// 实时报: one hour.
    Hourly,
    /// 日报: one natural day in Beijing time; ozone is the day's largest 1-h and 8-h mean.
    Daily,
}

/// What the PM columns of a 2012 hourly report hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HourlyPm {
    /// 1-hour means, and the sliding 8-hour ozone is shown but does not decide: how the
    /// national hourly report computed, reproduced on recorded station-hours.
    #[default]
    OneHour,
    /// 24-hour sliding means, and the sliding 8-hour ozone counts: the text of 5.1.3.
    Sliding24h,
}

/// Choices the standards leave to the publisher.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options<'a> {
    /// For HJ 633-2012 hourly only.
    pub hourly_pm: HourlyPm,
    /// Pollutants outside the monitoring plan that HJ 633-2026 5.3.2 exempts: never primary on
    /// a day of light pollution or worse in three years. Their absence does not matter.
    pub not_monitored: &'a [Item],
}

/// The index of one item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubIndex {
    /// The pollutant.
    pub item: Item,
    /// The averaging time of the concentration; tells the two ozone values apart.
    pub averaging: Averaging,
    /// The concentration, in `unit`.
    pub concentration: Quantity,
    /// The unit the ruler uses; differs from the item's own for US EPA gases.
    pub unit: &'static str,
    /// The index, or the band's number (EAQI); `None` where the ruler defines none.
    pub value: Option<u16>,
    /// The level of this item alone.
    pub band: Option<Band>,
    /// False for a value that is shown but does not enter the index.
    pub counted: bool,
    /// True for the pollutants that decide the index.
    pub primary: bool,
    /// How the value came about.
    pub explanation: Explanation,
}

/// Why there is no index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoIndex {
    /// No pollutant has a valid concentration.
    NoData,
    /// HJ 633-2026 5.3.1: a pollutant is missing and the others do not exceed 100.
    Incomplete,
    /// Every concentration lies where the ruler defines no index.
    OffTheTable,
    /// The ruler has no index, only guideline values (WHO).
    NoIndexDefined,
}

impl NoIndex {
    /// Every reason.
    pub const ALL: [Self; 4] =
        [Self::NoData, Self::Incomplete, Self::OffTheTable, Self::NoIndexDefined];

    /// The key in JSON and the database.
    pub const fn key(self) -> &'static str {
        match self {
            Self::NoData => "no_data",
            Self::Incomplete => "incomplete",
            Self::OffTheTable => "off_the_table",
            Self::NoIndexDefined => "no_index_defined",
        }
    }

    /// The reason with that key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.key() == key)
    }
}

/// An index with everything that made it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AirIndex {
    /// The ruler.
    pub standard: IndexStandard,
    /// The report.
    pub report: Report,
    /// AQI; for EAQI the band's number 1–6; `None` with `reason_none` set.
    pub value: Option<u16>,
    /// The level; `None` when there is no index. WHO has a level without an index.
    pub level: Option<Band>,
    /// 首要污染物, HJ 633-2026 §3.3: only above 50, ties together, in the order of `sub`. For
    /// US EPA the pollutants with the largest index, for EAQI those of the worst band from
    /// Fair on, for WHO those furthest from the guideline among those that miss it.
    pub primary: Vec<Item>,
    /// One entry per concentration, PM₁₀ first as in the national feed.
    pub sub: Vec<SubIndex>,
    /// Pollutants of this report without a valid concentration.
    pub missing: Vec<Item>,
    /// Why there is no value.
    pub reason_none: Option<NoIndex>,
    /// True when nothing is missing.
    pub complete: bool,
    /// [`QcFlags::CONVERTED`] when concentrations were changed into another agency's units.
    pub marks: QcFlags,
}

/// One column offered to a ruler.
pub(super) struct Offer {
    pub item: Item,
    pub averaging: Averaging,
    pub unit: &'static str,
    pub counted: bool,
}

/// The six pollutants, in the order of the national feed.
pub(super) const POLLUTANTS: [Item; 6] =
    [Item::Pm10, Item::Pm25, Item::O3, Item::No2, Item::So2, Item::Co];

impl AirIndex {
    /// An index that is still to be decided; says why it has no value if none follows.
    pub(super) fn without_value(
        standard: IndexStandard,
        report: Report,
        sub: Vec<SubIndex>,
        missing: Vec<Item>,
    ) -> Self {
        let counted = sub.iter().any(|sub| sub.counted);
        let valued = sub.iter().any(|sub| sub.counted && sub.value.is_some());
        let reason_none = match (counted, valued) {
            (false, _) => Some(NoIndex::NoData),
            (true, false) => Some(NoIndex::OffTheTable),
            (true, true) => None,
        };
        Self {
            standard,
            report,
            value: None,
            level: None,
            primary: Vec::new(),
            complete: missing.is_empty(),
            sub,
            missing,
            reason_none,
            marks: QcFlags::NONE,
        }
    }

    /// Marks the counted sub-indices that `decides`, and lists their items once each.
    pub(super) fn with_primary(mut self, decides: impl Fn(&SubIndex) -> bool) -> Self {
        for sub in &mut self.sub {
            sub.primary = sub.counted && decides(sub);
            if sub.primary && !self.primary.contains(&sub.item) {
                self.primary.push(sub.item);
            }
        }
        self
    }
}

impl Offer {
    /// The sub-index of this column, its level given by `band`.
    pub(super) fn sub_index(self, explanation: Explanation, band: fn(u16) -> Band) -> SubIndex {
        SubIndex {
            item: self.item,
            averaging: self.averaging,
            concentration: explanation.concentration,
            unit: self.unit,
            value: explanation.result,
            band: explanation.result.map(band),
            counted: self.counted,
            primary: false,
            explanation,
        }
    }
}
