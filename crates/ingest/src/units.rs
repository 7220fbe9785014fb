//! Units as they are written, and their exact conversion into the item's own.

use domain::{Item, Quantity};

/// Mass per volume in ng/m³; air and water share the table.
const MASS_PER_VOLUME: &[(&str, i64)] = &[
    ("ng/m3", 1),
    ("ug/m3", 1_000),
    ("mg/m3", 1_000_000),
    ("ng/l", 1_000),
    ("ug/l", 1_000_000),
    ("mg/l", 1_000_000_000),
    ("g/l", 1_000_000_000_000),
];

/// Pressures in Pa.
const PRESSURE: &[(&str, i64)] =
    &[("pa", 1), ("hpa", 100), ("mbar", 100), ("kpa", 1_000), ("mpa", 1_000_000)];

/// Conductivities in µS/cm.
const CONDUCTIVITY: &[(&str, i64)] = &[("us/cm", 1), ("ms/m", 10), ("ms/cm", 1_000)];

/// Counts per litre.
const COUNT: &[(&str, i64)] =
    &[("/l", 1), ("count/l", 1), ("cells/l", 1), ("个/l", 1), ("cells/ml", 1_000), ("/ml", 1_000)];

/// Lengths in mm.
const LENGTH: &[(&str, i64)] = &[("mm", 1), ("cm", 10), ("m", 1_000)];

/// Units that are written in several ways but convert into nothing.
const SPELLINGS: &[&[&str]] = &[
    &["°c", "℃", "degc", "c", "摄氏度"],
    &["°", "deg", "度"],
    &["%", "%rh"],
    &["m/s"],
    &["ntu"],
    &["", "-", "1", "无量纲", "ph"],
];

/// `value` given in `unit`, in `item.unit()`, rounded half to even to a millionth.
///
/// `None` if `unit` is neither the item's own nor one it converts from, or the result does not
/// fit. Gases in ppm are not converted: that would need temperature and pressure.
pub(crate) fn convert(value: Quantity, unit: &str, item: Item) -> Option<Quantity> {
    let (numerator, denominator) = factor(unit, item.unit())?;
    if numerator == denominator { Some(value) } else { value.scale(numerator, denominator) }
}

/// True if values of `item` may be given in `unit`.
pub(crate) fn fits(unit: &str, item: Item) -> bool {
    factor(unit, item.unit()).is_some()
}

/// What a value in `from` is multiplied by and divided by to be in `to`.
fn factor(from: &str, to: &str) -> Option<(i64, i64)> {
    let (from, to) = (normal(from), normal(to));
    if from == to {
        return Some((1, 1));
    }
    for table in [MASS_PER_VOLUME, PRESSURE, CONDUCTIVITY, COUNT, LENGTH] {
        if let (Some(from), Some(to)) = (size(table, &from), size(table, &to)) {
            return Some((from, to));
        }
    }
    let same = SPELLINGS
        .iter()
        .any(|names| names.contains(&from.as_str()) && names.contains(&to.as_str()));
    same.then_some((1, 1))
}

fn size(table: &[(&str, i64)], unit: &str) -> Option<i64> {
    table.iter().find(|(name, _)| *name == unit).map(|(_, size)| *size)
}

/// One spelling for µ, ³ and letter case. `mS` and `MS`, `mPa` and `MPa` differ only by case;
/// the larger and smaller of each pair are never both plausible here.
fn normal(unit: &str) -> String {
    unit.trim()
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| match c {
            'µ' | 'μ' => 'u',
            '³' => '3',
            other => other,
        })
        .collect::<String>()
        .to_lowercase()
        .replace("m^3", "m3")
}

#[cfg(test)]
mod tests {
    use super::convert;
    use domain::{Item, Quantity};
    use rstest::rstest;

    #[rstest]
    #[case::the_standards_default_for_pm("35100", "ng/m3", Item::Pm25, Some("35.1"))]
    #[case::what_instruments_send("35.1", "ug/m3", Item::Pm25, Some("35.1"))]
    #[case::greek_mu("35.1", "μg/m³", Item::Pm25, Some("35.1"))]
    #[case::dust_sites("0.18", "mg/m³", Item::Tsp, Some("180"))]
    #[case::co_in_micrograms("1200", "µg/m³", Item::Co, Some("1.2"))]
    #[case::mercury("0.05", "ug/L", Item::Mercury, Some("0.00005"))]
    #[case::chlorophyll("0.004", "mg/L", Item::ChlorophyllA, Some("4"))]
    #[case::hectopascal("1013.25", "hPa", Item::Pressure, Some("101.325"))]
    #[case::conductivity("0.35", "mS/cm", Item::Conductivity, Some("350"))]
    #[case::temperature("-1.5", "℃", Item::Temperature, Some("-1.5"))]
    #[case::ph_has_none("7.9", "", Item::Ph, Some("7.9"))]
    #[case::ph_dash("7.9", "-", Item::Ph, Some("7.9"))]
    #[case::ppm_needs_temperature("0.05", "ppm", Item::O3, None)]
    #[case::litres_are_not_hours("5", "mg/h", Item::CodMn, None)]
    #[case::empty_for_a_concentration("5", "", Item::So2, None)]
    fn units_convert_exactly(
        #[case] value: &str,
        #[case] unit: &str,
        #[case] item: Item,
        #[case] expected: Option<&str>,
    ) {
        let value: Quantity = value.parse().unwrap();
        assert_eq!(convert(value, unit, item).map(|v| v.to_string()).as_deref(), expected);
    }
}
