//! HJ 633 in both editions: which items count, which pollutant decides, when there is no AQI.

use super::{
    AirIndex, AirItem, AqiEdition, AqiLevel, Band, Concentrations, Edge, HourlyPm, NoIndex,
    Options, Report, SubIndex, explain,
    index::{Offer, POLLUTANTS},
};
use crate::{Item, Quantity};

/// The largest counted sub-index is the AQI (eq. 2); under 2026 it is withheld with a gap unless
/// it exceeds 100 (5.3.1).
pub(super) fn evaluate(
    edition: AqiEdition,
    report: Report,
    concentrations: &Concentrations,
    options: Options<'_>,
) -> AirIndex {
    let sub = sub_indices(edition, report, concentrations, options.hourly_pm);
    let missing: Vec<Item> = POLLUTANTS
        .into_iter()
        .filter(|item| !options.not_monitored.contains(item))
        .filter(|item| !sub.iter().any(|sub| sub.counted && sub.item == *item))
        .collect();
    let value = sub.iter().filter(|sub| sub.counted).filter_map(|sub| sub.value).max();
    let index = AirIndex {
        level: value.map(|aqi| Band::Hj633(AqiLevel::of(aqi))),
        value,
        ..AirIndex::without_value(edition.into(), report, sub, missing)
    };
    match index.value {
        Some(aqi) if edition == AqiEdition::Hj633_2026 && !index.complete && aqi <= 100 => {
            AirIndex { value: None, level: None, reason_none: Some(NoIndex::Incomplete), ..index }
        }
        Some(aqi) if aqi > 50 => index.with_primary(|sub| sub.value == Some(aqi)),
        _ => index,
    }
}

/// The columns of a report, PM₁₀ first, and whether they enter the index: 2012 table 4 and
/// 5.1.2, 2026 4.2.2 and 4.2.3.
fn columns(edition: AqiEdition, report: Report, pm: HourlyPm) -> &'static [(AirItem, bool)] {
    use AirItem as A;
    match (edition, report, pm) {
        (AqiEdition::Hj633_2012, Report::Hourly, HourlyPm::Sliding24h) => &[
            (A::Pm10Day, true),
            (A::Pm25Day, true),
            (A::O3Hour, true),
            (A::O3EightHour, true),
            (A::No2Hour, true),
            (A::So2Hour, true),
            (A::CoHour, true),
        ],
        (AqiEdition::Hj633_2012, Report::Hourly, HourlyPm::OneHour) => &[
            (A::Pm10Hour, true),
            (A::Pm25Hour, true),
            (A::O3Hour, true),
            (A::O3EightHour, false),
            (A::No2Hour, true),
            (A::So2Hour, true),
            (A::CoHour, true),
        ],
        (AqiEdition::Hj633_2026, Report::Hourly, _) => &[
            (A::Pm10Hour, true),
            (A::Pm25Hour, true),
            (A::O3Hour, true),
            (A::No2Hour, true),
            (A::So2Hour, true),
            (A::CoHour, true),
        ],
        (AqiEdition::Hj633_2012, Report::Daily, _) => &[
            (A::Pm10Day, true),
            (A::Pm25Day, true),
            (A::O3Hour, true),
            (A::O3EightHour, true),
            (A::No2Day, true),
            (A::So2Day, true),
            (A::CoDay, true),
        ],
        (AqiEdition::Hj633_2026, Report::Daily, _) => &[
            (A::Pm10Day, true),
            (A::Pm25Day, true),
            (A::O3EightHour, true),
            (A::No2Day, true),
            (A::So2Day, true),
            (A::CoDay, true),
        ],
    }
}

fn sub_indices(
    edition: AqiEdition,
    report: Report,
    concentrations: &Concentrations,
    pm: HourlyPm,
) -> Vec<SubIndex> {
    let columns = columns(edition, report, pm);
    let mut found = Vec::with_capacity(columns.len());
    for &(column, counted) in columns {
        let value = match column {
            AirItem::O3EightHour => concentrations.o3_8h,
            _ => concentrations.get(column.item()),
        };
        let Some(sub) = value.and_then(|value| sub_index(column, value, edition, counted)) else {
            continue;
        };
        // 2012 table 1 note 2: an hour of SO₂ off the table is reported by the 24-hour index.
        let fallback = match (column, sub.explanation.edge, concentrations.so2_24h) {
            (AirItem::So2Hour, Some(Edge::NoIndexAbove(_)), Some(day)) => {
                sub_index(AirItem::So2Day, day, edition, counted)
            }
            _ => None,
        };
        found.push(sub);
        found.extend(fallback);
    }
    found
}

/// `None` for a negative concentration, which is invalid.
fn sub_index(
    column: AirItem,
    concentration: Quantity,
    edition: AqiEdition,
    counted: bool,
) -> Option<SubIndex> {
    let explanation = explain(column, concentration, edition).ok()?;
    let offer = Offer {
        item: column.item(),
        averaging: column.averaging(),
        unit: column.item().unit(),
        counted,
    };
    Some(offer.sub_index(explanation, |aqi| Band::Hj633(AqiLevel::of(aqi))))
}
