//! The individual index of one concentration: eq. 1 of HJ 633.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{
    AirItem, AqiEdition, Edge, Explanation, Segment,
    editions::{AboveLast, above_last, breakpoints},
};
use crate::Quantity;

/// 空气质量分指数 (IAQI), HJ 633-2026 §3.2: 0 to 500.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Iaqi(u16);

impl Iaqi {
    /// The number.
    pub const fn get(self) -> u16 {
        self.0
    }
}

impl fmt::Display for Iaqi {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Why a concentration has no individual index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum IaqiError {
    /// No concentration can be.
    #[error("{concentration} is below zero; check the analyser's zero calibration")]
    BelowZero {
        /// As given.
        concentration: Quantity,
    },
    /// HJ 633-2012 table 1 notes 2 and 3: SO₂ 1 h and O₃ 8 h above 800 µg/m³.
    #[error(
        "{concentration} is above {last}, where HJ 633-2012 gives no index for this averaging time; use the {instead}"
    )]
    NoIndexAbove {
        /// As given.
        concentration: Quantity,
        /// The last node of the column.
        last: Quantity,
        /// The averaging time that decides instead.
        instead: &'static str,
    },
}

/// The individual index (IAQI) of one concentration under one edition of HJ 633.
///
/// `concentration` is in `item`'s own unit: µg/m³, and mg/m³ for CO. HJ 633-2026 §4.2.2–3 first
/// rounds it to the reporting step (GB/T 8170, ties to even); the 2012 edition does not. The
/// index itself is rounded **up** (2012 §6.2, 2026 §4.2.6) and stays at 500 above the last
/// breakpoint, where the standard is silent; in 2026 SO₂ 1 h stays at 200 and O₃ 8 h at 300
/// (table 3 notes b, c).
///
/// # Errors
///
/// [`IaqiError::BelowZero`] if the concentration is negative, [`IaqiError::NoIndexAbove`] for
/// SO₂ 1 h and O₃ 8 h above 800 µg/m³ under the 2012 edition.
///
/// # Example: the same air under two editions
///
/// ```
/// # use domain::{air::{AirItem, AqiEdition, iaqi}, quantity::Quantity};
/// let seventy_five = Quantity::from_millionths(75_000_000);
/// assert_eq!(iaqi(AirItem::Pm25Day, seventy_five, AqiEdition::Hj633_2012)?.get(), 100);
/// assert_eq!(iaqi(AirItem::Pm25Day, seventy_five, AqiEdition::Hj633_2026)?.get(), 114);
/// # Ok::<(), domain::air::IaqiError>(())
/// ```
pub fn iaqi(
    item: AirItem,
    concentration: Quantity,
    edition: AqiEdition,
) -> Result<Iaqi, IaqiError> {
    explain(item, concentration, edition)?.result.map(Iaqi).ok_or(IaqiError::NoIndexAbove {
        concentration,
        last: last_node(item, edition),
        instead: if item == AirItem::So2Hour { "24-hour mean" } else { "1-hour mean" },
    })
}

/// The way from a concentration to its individual index: rounding, segment, caps.
///
/// # Errors
///
/// [`IaqiError::BelowZero`] if the concentration is negative.
pub fn explain(
    item: AirItem,
    concentration: Quantity,
    edition: AqiEdition,
) -> Result<Explanation, IaqiError> {
    if concentration.is_negative() {
        return Err(IaqiError::BelowZero { concentration });
    }
    let concentration_used = match edition {
        AqiEdition::Hj633_2012 => concentration,
        AqiEdition::Hj633_2026 => concentration.round_half_even(item.item().step()),
    };
    let segment = segment(item, concentration_used, edition);
    let (result, edge) = match (segment, above_last(item, edition)) {
        (Some(segment), _) => (Some(index_in(segment, concentration_used)), None),
        (None, AboveLast::HeldAt(index)) => (Some(index), Some(Edge::HeldAt(index))),
        (None, AboveLast::NoIndex) => (None, Some(Edge::NoIndexAbove(last_node(item, edition)))),
    };
    Ok(Explanation { concentration, concentration_used, segment, result, edge })
}

fn last_node(item: AirItem, edition: AqiEdition) -> Quantity {
    breakpoints(item, edition).next_back().map_or(Quantity::ZERO, |node| node.concentration)
}

/// The first segment whose upper node is not exceeded; a node belongs to both its segments,
/// with the same result.
fn segment(item: AirItem, concentration: Quantity, edition: AqiEdition) -> Option<Segment> {
    breakpoints(item, edition)
        .zip(breakpoints(item, edition).skip(1))
        .find(|(_, high)| concentration <= high.concentration)
        .map(|(low, high)| Segment {
            bp_lo: low.concentration,
            bp_hi: high.concentration,
            index_lo: low.index,
            index_hi: high.index,
        })
}

/// Eq. 1, rounded up to the next whole number, in integers.
fn index_in(segment: Segment, concentration: Quantity) -> u16 {
    let rise = i64::from(segment.index_hi - segment.index_lo);
    let width = segment.bp_hi.minus(segment.bp_lo).millionths();
    // At most 100 × 1,140 × 10⁶: far inside an i64.
    let above = rise * concentration.minus(segment.bp_lo).millionths();
    let steps = (above + width - 1) / width;
    u16::try_from(steps).map_or(segment.index_hi, |steps| segment.index_lo + steps)
}
