//! Means over hours, days and months with the validity rules of GB 3095-2026.
//!
//! Hourly input is always a natural day in Beijing time: `hours[0]` is 00:00–01:00, one entry
//! per hour, oldest first; `None` is a gap or an invalid hour. All valid values take part
//! (6.4); below the minimum the mean is invalid.

use crate::{Item, Quantity};

/// Too few valid values for a mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{have} valid values, {need} needed")]
pub struct Invalid {
    /// Valid values there are.
    pub have: usize,
    /// Valid values the standard asks for.
    pub need: usize,
}

/// GB 3095-2012 and GB 3095-2026 table 1, O₃ daily maximum 8 h, grade II.
const O3_8H_LIMIT: Quantity = Quantity::from_integer(160);

fn mean_of_at_least(need: usize, values: &[Option<Quantity>]) -> Result<Quantity, Invalid> {
    let have = values.iter().flatten().count();
    let invalid = Invalid { have, need };
    if have < need {
        return Err(invalid);
    }
    Quantity::mean(values.iter().flatten().copied()).ok_or(invalid)
}

/// The sliding 8-hour means of a series of any length: entry `i` is the mean of the eight hours
/// that end with hour `i`, valid with at least six of them (table 4).
pub fn sliding_8h(hours: &[Option<Quantity>]) -> Vec<Result<Quantity, Invalid>> {
    (0..hours.len())
        .map(|last| mean_of_at_least(6, &hours[(last + 1).saturating_sub(8)..=last]))
        .collect()
}

/// The largest 8-hour mean of a day, from the 17 windows that end at 08:00 to 24:00.
///
/// The number of valid windows follows HJ 663-2013 practice; the text of HJ 663-2026 was not
/// seen.
///
/// # Errors
///
/// [`Invalid`] with fewer than 14 valid windows, unless the largest already exceeds the limit
/// of 160 µg/m³: a day known to be bad stays bad.
pub fn daily_max_8h(hours: &[Option<Quantity>]) -> Result<Quantity, Invalid> {
    let day = &hours[..hours.len().min(24)];
    let valid: Vec<Quantity> = sliding_8h(day).into_iter().skip(7).flatten().collect();
    let invalid = Invalid { have: valid.len(), need: 14 };
    let largest = valid.iter().copied().max().ok_or(invalid)?;
    if valid.len() >= 14 || largest > O3_8H_LIMIT { Ok(largest) } else { Err(invalid) }
}

/// The day's largest hourly mean (ozone under HJ 633-2012), valid with at least 20 hours: the rule
/// of [`daily_mean`], as no clause on a largest hour is known; not checked against the text.
///
/// # Errors
///
/// [`Invalid`] with fewer hours.
pub fn daily_max_1h(hours: &[Option<Quantity>]) -> Result<Quantity, Invalid> {
    let day = &hours[..hours.len().min(24)];
    let have = day.iter().flatten().count();
    let invalid = Invalid { have, need: 20 };
    if have < 20 {
        return Err(invalid);
    }
    day.iter().flatten().copied().max().ok_or(invalid)
}

/// The mean of the 24 hourly means of a natural day, valid with at least 20 (table 4: SO₂, NO₂,
/// CO, PM₁₀, PM₂.₅, NOₓ).
///
/// # Errors
///
/// [`Invalid`] with fewer hours.
pub fn daily_mean(hours: &[Option<Quantity>]) -> Result<Quantity, Invalid> {
    mean_of_at_least(20, &hours[..hours.len().min(24)])
}

/// The mean of the daily means of a calendar month, `days` one entry per day of it; valid with
/// at least 27 days, 25 in February (table 4).
///
/// # Errors
///
/// [`Invalid`] with fewer days.
pub fn monthly_mean(days: &[Option<Quantity>]) -> Result<Quantity, Invalid> {
    mean_of_at_least(if days.len() < 30 { 25 } else { 27 }, days)
}

/// A daily concentration of `item` from its hours: for ozone the largest 8-hour mean, else the
/// daily mean.
///
/// # Errors
///
/// As [`daily_max_8h`] and [`daily_mean`].
pub fn daily_value(item: Item, hours: &[Option<Quantity>]) -> Result<Quantity, Invalid> {
    if item == Item::O3 { daily_max_8h(hours) } else { daily_mean(hours) }
}
