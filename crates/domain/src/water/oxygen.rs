//! Oxygen saturation: class I of dissolved oxygen is also met at 90 % saturation.

use crate::Quantity;

/// What is known of the saturation beside a concentration of dissolved oxygen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Saturation {
    /// Measured, in per cent.
    Percent(Quantity),
    /// To be computed from the water temperature in °C: saturated oxygen is
    /// 468 ÷ (31.6 + T) mg/L (HJ 2.3-2018).
    AtTemperature(Quantity),
}

impl Saturation {
    /// True when `oxygen`, in mg/L, is at least 90 % of saturation; exact, as
    /// oxygen × (31.6 + T) ≥ 0.9 × 468.
    pub fn reaches_90_percent(self, oxygen: Quantity) -> bool {
        match self {
            Self::Percent(percent) => percent >= Quantity::from_integer(90),
            Self::AtTemperature(celsius) => {
                let above = i128::from(celsius.millionths()) + 31_600_000;
                above > 0 && i128::from(oxygen.millionths()) * above >= 421_200_000 * 1_000_000
            }
        }
    }
}
