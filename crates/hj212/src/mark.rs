//! What a data mark (`x-Flag`) says about its value (table 8 and its forerunner of 2005).
//!
//! What follows for showing and averaging the value, and in which words, is for whoever publishes it.

use crate::edition::Edition;

/// The state of the instrument when it gave a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mark {
    /// `N`, and `3` of air stations in 2005: working normally.
    Normal,
    /// `F`: the source or instrument is stopped.
    Stopped,
    /// `M`: under maintenance.
    Maintenance,
    /// `S` from 2017 on: entered by hand.
    Manual,
    /// `S` in 2005: a value set, not measured.
    SetValue,
    /// `D`: faulty.
    Fault,
    /// `C` from 2017 on, and `0` of air stations in 2005: being calibrated.
    Calibration,
    /// `C` in 2005: being checked.
    Check,
    /// `T`: above the measuring range; the value is a lower bound.
    AboveRange,
    /// `B` from 2017 on: no communication with the logger.
    NoCommunication,
    /// `P` in 2005: power failure.
    PowerFailure,
    /// `1` of air stations in 2005: a weather parameter.
    Weather,
    /// `2` of air stations in 2005: abnormal data.
    Abnormal,
    /// No mark was sent: the value is as it is.
    Absent,
    /// A mark the edition does not define. Its text stays with the raw value.
    Unknown,
}

/// The mark that `text` is in an edition; `text` is `None` where the item has no Flag.
///
/// ```
/// # use hj212::{Edition, Mark, mark};
/// assert_eq!(mark(Edition::V2017, Some("B")), Mark::NoCommunication);
/// assert_eq!(mark(Edition::V2005, Some("3")), Mark::Normal);
/// assert_eq!(mark(Edition::V2017, Some("3")), Mark::Unknown);
/// ```
pub fn mark(edition: Edition, text: Option<&str>) -> Mark {
    match (edition, text.unwrap_or_default()) {
        (_, "") => Mark::Absent,
        (_, "N") => Mark::Normal,
        (_, "F") => Mark::Stopped,
        (_, "M") => Mark::Maintenance,
        (_, "D") => Mark::Fault,
        (_, "T") => Mark::AboveRange,
        (Edition::V2005, "S") => Mark::SetValue,
        (Edition::V2005, "C") => Mark::Check,
        (Edition::V2005, "P") => Mark::PowerFailure,
        (Edition::V2005, "0") => Mark::Calibration,
        (Edition::V2005, "1") => Mark::Weather,
        (Edition::V2005, "2") => Mark::Abnormal,
        (Edition::V2005, "3") => Mark::Normal,
        (Edition::V2017 | Edition::V2025, "S") => Mark::Manual,
        (Edition::V2017 | Edition::V2025, "C") => Mark::Calibration,
        (Edition::V2017 | Edition::V2025, "B") => Mark::NoCommunication,
        _ => Mark::Unknown,
    }
}
