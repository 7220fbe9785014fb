//! From concentrations to an index under any ruler.

use super::{
    AirIndex, AqiEdition, Concentrations, IndexStandard, Options, Report, eaqi, epa, hj633, who,
};
use crate::QcFlags;

/// Evaluates `concentrations` of one hour or day under `standard` with the default options.
///
/// A negative concentration counts as invalid, that is, as missing. Under HJ 633-2012 missing
/// pollutants are left out, as the national report does; under HJ 633-2026 there is then an AQI
/// only if the others exceed 100 (5.3.1).
///
/// ```
/// # use domain::{Item, Quantity, air::{Concentrations, IndexStandard, NoIndex, Report, evaluate}};
/// let hour = Concentrations { pm2_5: Some(Quantity::from_integer(60)), ..Default::default() };
/// let then = evaluate(IndexStandard::Hj633_2012, Report::Hourly, &hour);
/// assert_eq!((then.value, then.primary), (Some(82), vec![Item::Pm25]));
/// let now = evaluate(IndexStandard::Hj633_2026, Report::Hourly, &hour);
/// assert_eq!((now.value, now.reason_none), (None, Some(NoIndex::Incomplete)));
/// assert_eq!(now.sub[0].value, Some(100));
/// ```
pub fn evaluate(
    standard: IndexStandard,
    report: Report,
    concentrations: &Concentrations,
) -> AirIndex {
    evaluate_with(standard, report, concentrations, Options::default())
}

/// [`evaluate`] for concentrations in Chinese units whatever the ruler: the gases are converted
/// for US EPA, and the index says so.
///
/// What a ruler looks at differs (US EPA: the NowCast of PM, 8-hour CO): take `concentrations` from
/// [`Concentrations::of_hour`] or [`Concentrations::of_day`], which know it.
pub fn evaluate_chinese(
    standard: IndexStandard,
    report: Report,
    concentrations: &Concentrations,
) -> AirIndex {
    if standard == IndexStandard::Epa2024 {
        let converted = epa::from_chinese(concentrations);
        AirIndex { marks: QcFlags::CONVERTED, ..evaluate(standard, report, &converted) }
    } else {
        evaluate(standard, report, concentrations)
    }
}

/// [`evaluate`] with the choices the standards leave open.
pub fn evaluate_with(
    standard: IndexStandard,
    report: Report,
    concentrations: &Concentrations,
    options: Options<'_>,
) -> AirIndex {
    let edition = match standard {
        IndexStandard::Hj633_2012 => AqiEdition::Hj633_2012,
        IndexStandard::Hj633_2026 => AqiEdition::Hj633_2026,
        IndexStandard::Epa2024 => return epa::evaluate(report, concentrations),
        IndexStandard::Eaqi2024 => return eaqi::evaluate(report, concentrations),
        IndexStandard::Who2021 => return who::evaluate(report, concentrations),
    };
    hj633::evaluate(edition, report, concentrations, options)
}
