//! 饮用水水源: monthly compliance of surface-water sources.

use super::{PARAMETERS, Sample, Share, WaterBody, WaterClass, class_of};
use crate::{Item, Quantity};

/// GB 3838-2002 table 2, mg/L, at most; the values could not be checked against the text.
pub const SUPPLEMENTARY: [(Item, Quantity); 5] = [
    (Item::Sulphate, Quantity::from_integer(250)),
    (Item::Chloride, Quantity::from_integer(250)),
    (Item::Nitrate, Quantity::from_integer(10)),
    (Item::Iron, Quantity::from_millionths(300_000)),
    (Item::Manganese, Quantity::from_millionths(100_000)),
];

/// Whether a source complied in a month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compliance {
    /// True when every item that was measured meets its limit; `None` when nothing was.
    pub complies: Option<bool>,
    /// Items over their limit.
    pub failing: Vec<Item>,
    /// Items of table 1 (the 21 evaluated) and table 2 without a value.
    pub missing: Vec<Item>,
}

/// Judges a source by class III of table 1 and the limits of table 2. The 80 specific items of
/// table 3 are not in this portal: a source that complies here complies as far as measured.
pub fn compliance(sample: &Sample, body: WaterBody) -> Compliance {
    let table_1 = PARAMETERS.iter().filter(|p| p.evaluated).map(|p| {
        let value = sample.get(p.item);
        let class = value.and_then(|value| class_of(p.item, value, body, None));
        (p.item, class.map(|class| class <= WaterClass::III))
    });
    let table_2 = SUPPLEMENTARY.into_iter().map(|(item, limit)| {
        let value = sample.get(item).filter(|value| !value.is_negative());
        (item, value.map(|value| value <= limit))
    });
    let (mut measured, mut failing, mut missing) = (false, Vec::new(), Vec::new());
    for (item, meets) in table_1.chain(table_2) {
        match meets {
            Some(true) => measured = true,
            Some(false) => failing.push(item),
            None => missing.push(item),
        }
    }
    let complies = (measured || !failing.is_empty()).then_some(failing.is_empty());
    Compliance { complies, failing, missing }
}

/// One source in one month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SourceMonth {
    /// Whether it complied; `None` is left out of both rates.
    pub complies: Option<bool>,
    /// Water drawn, in any one unit for all sources.
    pub volume: Quantity,
}

/// Both rates, which are always reported together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ComplianceRates {
    /// 水源达标率: complying sources of all.
    pub sources: Share,
    /// 水量达标率: complying volume of all drawn, in millionths of its unit.
    pub volume: Share,
}

/// The compliance rates of a month's sources; a negative volume counts as nothing drawn.
pub fn compliance_rates(sources: &[SourceMonth]) -> ComplianceRates {
    let mut rates = ComplianceRates {
        sources: Share { part: 0, whole: 0 },
        volume: Share { part: 0, whole: 0 },
    };
    for source in sources {
        let Some(complies) = source.complies else { continue };
        let volume = u64::try_from(source.volume.millionths()).unwrap_or(0);
        let (one, part) = if complies { (1, volume) } else { (0, 0) };
        rates.sources.part += one;
        rates.sources.whole += 1;
        rates.volume.part = rates.volume.part.saturating_add(part);
        rates.volume.whole = rates.volume.whole.saturating_add(volume);
    }
    rates
}
