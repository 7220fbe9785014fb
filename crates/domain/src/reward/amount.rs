//! Money, to the fen.

use std::fmt;

use serde::{Deserialize, Serialize};

/// An amount of money in fen 分, a hundredth of a yuan; in JSON the whole number of fen.
///
/// ```
/// # use domain::reward::Amount;
/// assert_eq!(Amount::from_yuan(1_000).to_string(), "1000.00");
/// assert_eq!(Amount::from_fen(5).to_string(), "0.05");
/// ```
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Amount(i64);

impl Amount {
    /// Nothing at all.
    pub const ZERO: Self = Self(0);

    /// From fen.
    pub const fn from_fen(fen: i64) -> Self {
        Self(fen)
    }

    /// A whole number of yuan.
    pub const fn from_yuan(yuan: i32) -> Self {
        Self(yuan as i64 * 100)
    }

    /// In fen.
    pub const fn fen(self) -> i64 {
        self.0
    }

    /// `permille` thousandths of the amount, to the fen: half a fen and more counts as one.
    ///
    /// `None` below zero and beyond what fits.
    pub fn permille(self, permille: u32) -> Option<Self> {
        if self.0 < 0 {
            return None;
        }
        let product = i128::from(self.0) * i128::from(permille);
        i64::try_from((product + 500) / 1000).ok().map(Self)
    }

    /// The sum; `None` if it does not fit.
    pub fn plus(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }
}

impl fmt::Display for Amount {
    /// Yuan with two decimals and without a sign of currency: `2000.00`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let fen = self.0.unsigned_abs();
        f.pad(&format!("{sign}{}.{:02}", fen / 100, fen % 100))
    }
}

/// Equal shares of `amount` among `persons`, to the fen; their sum is the amount exactly.
///
/// Fen that cannot be divided go one each to the first shares, so that no two differ by more than one.
/// Empty for nobody, and for an amount below zero.
///
/// ```
/// # use domain::reward::{Amount, shares};
/// let fen: Vec<_> = shares(Amount::from_yuan(500), 3).into_iter().map(Amount::fen).collect();
/// assert_eq!(fen, [16_667, 16_667, 16_666]);
/// ```
pub fn shares(amount: Amount, persons: u32) -> Vec<Amount> {
    if persons == 0 || amount.0 < 0 {
        return Vec::new();
    }
    let (each, rest) = (amount.0 / i64::from(persons), amount.0 % i64::from(persons));
    (0..i64::from(persons)).map(|index| Amount(each + i64::from(index < rest))).collect()
}
