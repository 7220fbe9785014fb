//! A rate that never travels without its two numbers.

use serde::{Deserialize, Serialize};

use crate::Quantity;

/// `part` of `whole`.
///
/// ```
/// # use domain::rectification::Ratio;
/// let closed = Ratio { part: 1_764, whole: 1_818 };
/// assert_eq!(closed.percent().unwrap().to_string(), "97.03");
/// assert!(closed.is_over(97) && !Ratio { part: 97, whole: 100 }.is_over(97));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ratio {
    /// Of these …
    pub part: u32,
    /// … in all.
    pub whole: u32,
}

impl Ratio {
    /// In percent, rounded half to even to a hundredth (GB/T 8170); `None` of nothing.
    pub fn percent(self) -> Option<Quantity> {
        let step = Quantity::from_millionths(10_000);
        let part = Quantity::from_millionths(i64::from(self.part) * 1_000_000);
        Some(part.scale(100, i64::from(self.whole))?.round_half_even(step))
    }

    /// Whether it is more than so many percent, by the numbers and not by what rounding shows.
    pub const fn is_over(self, percent: u32) -> bool {
        self.part as u64 * 100 > self.whole as u64 * percent as u64
    }
}
