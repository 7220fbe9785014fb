//! What a standard asks for, and whether a figure reaches it.

use serde::{Deserialize, Serialize};

use super::Indicator;
use crate::{Quantity, Text, scorecard::Sign};

/// A value that a standard or a programme names for an indicator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Threshold {
    /// Of which indicator.
    pub indicator: Indicator,
    /// What is reached with it.
    pub target: Text,
    /// At least, at most …
    pub sign: Sign,
    /// In the indicator's unit.
    pub value: Quantity,
    /// The document and its date.
    pub source: Text,
    /// False where the text was not seen: shown as such, and never used to judge.
    pub confirmed: bool,
    /// False for what is only stood beside the figure, e.g. another place's mean.
    pub judges: bool,
}

/// How a figure stands to a threshold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Compared {
    /// It reaches the threshold.
    Met,
    /// It does not.
    NotMet,
    /// The two must not be compared: another definition, a text not seen, or nothing to judge by.
    NotComparable,
}

/// How a figure of `indicator` stands to `threshold`.
///
/// ```
/// # use domain::{Quantity, Text, green_space::{Compared, Indicator, Threshold, compare}, scorecard::Sign};
/// let garden_city = Threshold {
///     indicator: Indicator::CoverageRate,
///     target: Text::new("国家生态园林城市", "National ecological garden city"),
///     sign: Sign::AtLeast,
///     value: Quantity::from_integer(43),
///     source: Text::default(),
///     confirmed: true,
///     judges: true,
/// };
/// let published: Quantity = "43.75".parse()?;
/// assert_eq!(compare(Indicator::CoverageRate, published, &garden_city), Compared::Met);
/// assert_eq!(compare(Indicator::UnstatedRate, published, &garden_city), Compared::NotComparable);
/// # Ok::<(), domain::quantity::QuantityError>(())
/// ```
pub fn compare(indicator: Indicator, figure: Quantity, threshold: &Threshold) -> Compared {
    let same = indicator == threshold.indicator && indicator.is_defined();
    if !same || !threshold.confirmed || !threshold.judges {
        return Compared::NotComparable;
    }
    match threshold.sign.holds(figure, threshold.value) {
        Some(true) => Compared::Met,
        Some(false) => Compared::NotMet,
        None => Compared::NotComparable,
    }
}
