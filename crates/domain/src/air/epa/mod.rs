//! US EPA AQI, EPA-454/B-24-002 (May 2024): table 6, truncation, NowCast.

mod category;
mod nowcast;
mod table;

pub use category::EpaCategory;
pub use nowcast::nowcast;
pub use table::EpaItem;
use table::INDEX_RANGES;

use super::{
    AirIndex, Band, Concentrations, Edge, Explanation, IndexStandard, Report, Segment, SubIndex,
    index::{Offer, POLLUTANTS},
};
use crate::Quantity;

/// The way from one concentration to its US index; `None` for a negative one.
///
/// Truncated to the agency's step, interpolated, rounded half up. Above 500 the last slope
/// goes on (note 4); O₃ 8 h above 0.200 ppm has no index (note 2), O₃ 1 h below 0.125 ppm and
/// SO₂ 24 h below 305 ppb have none, SO₂ 1 h from 305 ppb on is held at 200 (note 3).
///
/// ```
/// # use domain::air::epa::{EpaItem, explain};
/// let smoke = "35.55".parse()?;
/// assert_eq!(explain(EpaItem::Pm25Day, smoke).and_then(|e| e.result), Some(101));
/// # Ok::<(), domain::quantity::QuantityError>(())
/// ```
pub fn explain(item: EpaItem, concentration: Quantity) -> Option<Explanation> {
    if concentration.is_negative() {
        return None;
    }
    let step = Quantity::from_millionths(item.step());
    let used = concentration.truncate(step);
    let steps = used.millionths() / item.step();
    let (first, rows) = item.table();
    let in_units = |steps: u16| Quantity::from_millionths(i64::from(steps) * item.step());
    let segment_of = |row: usize| {
        let (&(low, high), &(index_lo, index_hi)) =
            (rows.get(row)?, INDEX_RANGES.get(first + row)?);
        Some(Segment { bp_lo: in_units(low), bp_hi: in_units(high), index_lo, index_hi })
    };
    let (lowest, highest) = (rows.first()?.0, rows.last()?.1);
    let row = rows.iter().position(|&(_, high)| steps <= i64::from(high));
    let segment = segment_of(row.unwrap_or(rows.len() - 1))?;
    let (result, edge) = if steps < i64::from(lowest) {
        (None, Some(Edge::NoIndexBelow(in_units(lowest))))
    } else if row.is_some() {
        (Some(index_on(segment, used)), None)
    } else {
        match item {
            EpaItem::O3EightHour => (None, Some(Edge::NoIndexAbove(in_units(highest)))),
            EpaItem::So2Hour => (Some(200), Some(Edge::HeldAt(200))),
            _ => (Some(index_on(segment, used)), Some(Edge::SlopeContinues)),
        }
    };
    let within = row.is_some() && result.is_some();
    Some(Explanation {
        concentration,
        concentration_used: used,
        segment: (within || edge == Some(Edge::SlopeContinues)).then_some(segment),
        result,
        edge,
    })
}

/// The line through `segment`, rounded half up, going on above it.
fn index_on(segment: Segment, used: Quantity) -> u16 {
    let rise = i128::from(segment.index_hi - segment.index_lo);
    let width = i128::from(segment.bp_hi.minus(segment.bp_lo).millionths());
    let above = rise * i128::from(used.minus(segment.bp_lo).millionths());
    let steps = (2 * above + width) / (2 * width);
    u16::try_from(steps + i128::from(segment.index_lo)).unwrap_or(u16::MAX)
}

/// Evaluates concentrations in the agency's units. The largest sub-index is the AQI, its
/// pollutants are the ones to report; what is missing is left out.
pub(super) fn evaluate(report: Report, concentrations: &Concentrations) -> AirIndex {
    let mut sub: Vec<SubIndex> = Vec::new();
    for item in EpaItem::ALL {
        let value = match item {
            EpaItem::O3EightHour => concentrations.o3_8h,
            EpaItem::So2Day => concentrations.so2_24h,
            _ => concentrations.get(item.item()),
        };
        if let Some(explanation) = value.and_then(|value| explain(item, value)) {
            let offer = Offer {
                item: item.item(),
                averaging: item.averaging(),
                unit: item.unit(),
                counted: true,
            };
            sub.push(offer.sub_index(explanation, |aqi| Band::Epa(EpaCategory::of(aqi))));
        }
    }
    // Below the first row of its table a concentration says nothing of its pollutant.
    let judged = |sub: &SubIndex| {
        sub.value.is_some() || !matches!(sub.explanation.edge, Some(Edge::NoIndexBelow(_)))
    };
    let missing = POLLUTANTS
        .into_iter()
        .filter(|item| !sub.iter().any(|sub| sub.item == *item && judged(sub)))
        .collect();
    let value = sub.iter().filter_map(|sub| sub.value).max();
    let index = AirIndex {
        value,
        level: value.map(|aqi| Band::Epa(EpaCategory::of(aqi))),
        ..AirIndex::without_value(IndexStandard::Epa2024, report, sub, missing)
    };
    match value {
        Some(aqi) if aqi > 0 => index.with_primary(|sub| sub.value == Some(aqi)),
        _ => index,
    }
}

/// Chinese concentrations (µg/m³, CO mg/m³, gases at 298.15 K and 1013.25 hPa) in the agency's
/// units: ppb = µg/m³ × 24.45 ÷ M, with M = 48.00 (O₃), 46.01 (NO₂), 64.07 (SO₂), 28.01 (CO).
///
/// Particles are at ambient conditions and stay as they are. Whoever shows the result marks it
/// as converted, as [`evaluate_chinese`](super::evaluate_chinese) does.
pub fn from_chinese(chinese: &Concentrations) -> Concentrations {
    let convert = |value: Option<Quantity>, numerator, denominator| {
        value.and_then(|value: Quantity| value.scale(numerator, denominator))
    };
    Concentrations {
        so2: convert(chinese.so2, 2_445, 6_407),
        so2_24h: convert(chinese.so2_24h, 2_445, 6_407),
        no2: convert(chinese.no2, 2_445, 4_601),
        co: convert(chinese.co, 2_445, 2_801),
        o3: convert(chinese.o3, 2_445, 4_800_000),
        o3_8h: convert(chinese.o3_8h, 2_445, 4_800_000),
        pm10: chinese.pm10,
        pm2_5: chinese.pm2_5,
    }
}
