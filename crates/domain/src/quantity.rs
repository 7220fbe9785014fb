//! Exact decimal numbers: every concentration and index input of the portal.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A measured or computed amount in millionths of its item's unit.
///
/// Fixed point because IAQI rounds *up*: in binary floats CO 2.2 mg/m³ scores 56, the standard
/// says 55. Range ± 9.2 × 10¹² units, step 10⁻⁶.
///
/// In JSON a quantity is a plain number. Up to nine significant integer digits it survives the
/// way through IEEE doubles unchanged.
///
/// ```
/// # use domain::Quantity;
/// let co: Quantity = "2.2".parse()?;
/// assert_eq!(co.millionths(), 2_200_000);
/// assert_eq!(co.to_string(), "2.2");
/// # Ok::<(), domain::quantity::QuantityError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Quantity(i64);

/// Why a text is not a quantity; carries the text for the person who must correct it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum QuantityError {
    /// Not a decimal number: letters, NaN, infinity, thousands marks, nothing at all.
    #[error("\"{0}\" is not a decimal number")]
    NotANumber(String),
    /// More digits than ± 9.2 × 10¹² with six decimals can hold.
    #[error("\"{0}\" is out of range")]
    OutOfRange(String),
}

const ONE: i64 = 1_000_000;

impl Quantity {
    /// Nothing at all; not the same as missing.
    pub const ZERO: Self = Self(0);

    /// From millionths of the unit.
    pub const fn from_millionths(millionths: i64) -> Self {
        Self(millionths)
    }

    /// A whole number of units.
    pub const fn from_integer(units: i32) -> Self {
        Self(units as i64 * ONE)
    }

    /// Millionths of the unit.
    pub const fn millionths(self) -> i64 {
        self.0
    }

    /// True below zero, where no concentration can be.
    pub const fn is_negative(self) -> bool {
        self.0 < 0
    }

    /// Rounded to a multiple of `step` by GB/T 8170: to nearest, ties to the even multiple.
    ///
    /// A `step` of zero or less leaves the quantity as it is.
    pub const fn round_half_even(self, step: Self) -> Self {
        if step.0 <= 0 {
            return self;
        }
        let floor = self.0.div_euclid(step.0);
        let rest = self.0.rem_euclid(step.0);
        let up = match rest.checked_mul(2) {
            Some(twice) => twice > step.0 || (twice == step.0 && floor.rem_euclid(2) == 1),
            None => true,
        };
        Self((floor + up as i64).saturating_mul(step.0))
    }

    /// Cut towards zero to a multiple of `step`, as the US EPA's index asks.
    pub const fn truncate(self, step: Self) -> Self {
        if step.0 <= 0 { self } else { Self(self.0 / step.0 * step.0) }
    }

    /// The arithmetic mean of `values`, rounded half to even to a millionth; `None` of none.
    pub fn mean(values: impl IntoIterator<Item = Self>) -> Option<Self> {
        let (sum, count) =
            values.into_iter().fold((0_i128, 0_i128), |(sum, n), v| (sum + i128::from(v.0), n + 1));
        if count == 0 {
            return None;
        }
        let (floor, rest) = (sum.div_euclid(count), sum.rem_euclid(count));
        let up = rest * 2 > count || (rest * 2 == count && floor.rem_euclid(2) == 1);
        i64::try_from(floor + i128::from(up)).ok().map(Self)
    }

    /// `self × numerator ÷ denominator`, rounded half to even; for changing units.
    ///
    /// `None` if the denominator is zero or the result does not fit.
    pub fn scale(self, numerator: i64, denominator: i64) -> Option<Self> {
        if denominator == 0 {
            return None;
        }
        let (n, d) = if denominator < 0 {
            (-i128::from(numerator), -i128::from(denominator))
        } else {
            (i128::from(numerator), i128::from(denominator))
        };
        let product = i128::from(self.0) * n;
        let (floor, rest) = (product.div_euclid(d), product.rem_euclid(d));
        let up = rest * 2 > d || (rest * 2 == d && floor.rem_euclid(2) == 1);
        i64::try_from(floor + i128::from(up)).ok().map(Self)
    }

    /// The difference, saturating at the ends of the range.
    pub const fn minus(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }

    /// The nearest double: for pixels and JSON, never for a rule.
    pub const fn approximate(self) -> f64 {
        self.0 as f64 / ONE as f64
    }

    /// The quantity nearest to a double read from JSON; `None` for NaN, infinity or overflow.
    pub fn from_json_number(number: f64) -> Option<Self> {
        let scaled = (number * ONE as f64).round();
        // 2⁶³ is exact in a double; the comparison keeps the cast in range.
        #[expect(clippy::cast_possible_truncation, reason = "range checked on this line")]
        (scaled.abs() < 9.2e18).then_some(Self(scaled as i64))
    }

    /// Text with exactly `decimals` digits after the point (at most six), rounded half to even.
    pub fn to_fixed(self, decimals: u8) -> String {
        let decimals = decimals.min(6);
        let step = 10_i64.pow(u32::from(6 - decimals));
        let rounded = self.round_half_even(Self(step)).0;
        let sign = if rounded < 0 { "-" } else { "" };
        let (whole, part) =
            (rounded.unsigned_abs() / 1_000_000, rounded.unsigned_abs() % 1_000_000);
        if decimals == 0 {
            format!("{sign}{whole}")
        } else {
            format!(
                "{sign}{whole}.{:0width$}",
                part / step.unsigned_abs(),
                width = usize::from(decimals)
            )
        }
    }
}

impl fmt::Display for Quantity {
    /// The shortest exact decimal text.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.to_fixed(6);
        f.pad(text.trim_end_matches('0').trim_end_matches('.'))
    }
}

impl std::str::FromStr for Quantity {
    type Err = QuantityError;

    /// Decimal point, optional sign and exponent; digits beyond the sixth round half to even.
    fn from_str(text: &str) -> Result<Self, QuantityError> {
        parse(text.trim())
            .ok_or_else(|| QuantityError::NotANumber(text.trim().to_owned()))?
            .map(Self)
            .ok_or_else(|| QuantityError::OutOfRange(text.trim().to_owned()))
    }
}

/// `None`: not a number; `Some(None)`: a number out of range.
fn parse(text: &str) -> Option<Option<i64>> {
    let (negative, rest) = match text.as_bytes().first()? {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    let (mantissa, exponent) = match rest.find(['e', 'E']) {
        Some(at) => (&rest[..at], exponent(&rest[at + 1..])?),
        None => (rest, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    // Past 36 digits only whether anything followed can still matter, to a tie.
    let (mut digits, mut dropped, mut followed) = (0_i128, 0_i64, false);
    for byte in whole.bytes().chain(fraction.bytes()) {
        if !byte.is_ascii_digit() {
            return None;
        }
        if digits < 10_i128.pow(35) {
            digits = digits * 10 + i128::from(byte - b'0');
        } else {
            dropped += 1;
            followed |= byte != b'0';
        }
    }
    let fraction_len = i64::try_from(fraction.len()).ok()?;
    let shift = exponent.saturating_sub(fraction_len).saturating_add(6 + dropped);
    let shifted = shifted(digits, shift, followed);
    Some(shifted.and_then(|n| i64::try_from(if negative { -n } else { n }).ok()))
}

/// A signed whole number, held at the ends of its range; `None` for anything else.
fn exponent(text: &str) -> Option<i64> {
    let (negative, digits) = match text.as_bytes().first()? {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    // Only overflow is left to fail.
    let size = digits.parse().unwrap_or(i64::MAX);
    Some(if negative { -size } else { size })
}

/// `digits × 10^shift`, half to even; `followed` says that the digits went on. `None` on overflow.
fn shifted(digits: i128, shift: i64, followed: bool) -> Option<i128> {
    if digits == 0 {
        return Some(0);
    }
    let power = |exponent: i64| 10_i128.checked_pow(u32::try_from(exponent).ok()?);
    if shift >= 0 {
        return digits.checked_mul(power(shift)?);
    }
    let Some(unit) = shift.checked_neg().and_then(power) else { return Some(0) };
    let (floor, rest) = (digits / unit, digits % unit);
    let half = unit / 2;
    let up = rest > half || (rest == half && (followed || floor % 2 == 1));
    Some(floor + i128::from(up))
}

impl Serialize for Quantity {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0 % ONE == 0 {
            serializer.serialize_i64(self.0 / ONE)
        } else {
            serializer.serialize_f64(self.approximate())
        }
    }
}

impl<'de> Deserialize<'de> for Quantity {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = f64::deserialize(deserializer)?;
        Self::from_json_number(number)
            .ok_or_else(|| serde::de::Error::custom(format!("{number} is out of range")))
    }
}
