//! What stands for a day's mean of PM while the day is not over.

use crate::{Quantity, air::means::Invalid};

/// The NowCast of PM: the weighted mean of up to 12 hours, heavier on recent ones the more the
/// concentration changes.
///
/// `hours` are hourly means, oldest first, one per hour; `None` is a gap; only the last 12
/// count. w = max(½, smallest ÷ largest), the mean is Σ wⁱcᵢ ÷ Σ wⁱ with i hours ago. Computed
/// in fixed point with 18 digits, given to a millionth.
///
/// # Errors
///
/// [`Invalid`] unless two of the last three hours are there.
pub fn nowcast(hours: &[Option<Quantity>]) -> Result<Quantity, Invalid> {
    const ONE: i128 = 1_000_000_000_000_000_000;
    let have = hours.iter().rev().take(3).filter(|hour| hour.is_some()).count();
    if have < 2 {
        return Err(Invalid { have, need: 2 });
    }
    let recent = || hours.iter().rev().take(12);
    let largest = recent().flatten().max().map_or(0, |q| q.millionths()).max(0);
    let smallest = recent().flatten().min().map_or(0, |q| q.millionths()).max(0);
    if largest == 0 {
        return Ok(Quantity::ZERO);
    }
    let ratio = i128::from(smallest) * ONE / i128::from(largest);
    let step = ratio.max(ONE / 2);
    let (mut weight, mut sum, mut weights) = (ONE, 0_i128, 0_i128);
    for hour in recent() {
        if let Some(value) = hour {
            sum += weight * i128::from(value.millionths());
            weights += weight;
        }
        weight = weight * step / ONE;
    }
    // Half up. The sum of twelve largest quantities leaves no room to be doubled.
    let (floor, rest) = (sum.div_euclid(weights), sum.rem_euclid(weights));
    let rounded = floor + i128::from(2 * rest >= weights);
    // A mean lies between its smallest and largest value, so it fits like them.
    Ok(Quantity::from_millionths(i64::try_from(rounded).unwrap_or(largest)))
}
