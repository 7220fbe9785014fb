//! A reading on its way in: what every source is reduced to before it is stored.

use serde::{Deserialize, Serialize};

use crate::{Averaging, DeviceFlag, Item, Period, Provenance, QcFlags, Quantity};

/// One value of one item at one station, with its circumstances.
///
/// Its identity is station, item, averaging, period start and source: the same again with the
/// same value is a duplicate, with another value a revision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// The station's code.
    pub station: String,
    /// What was measured.
    pub item: Item,
    /// How it was averaged.
    pub averaging: Averaging,
    /// When.
    pub period: Period,
    /// In `item.unit()`; `None` is a gap whose reason is `flag`.
    pub value: Option<Quantity>,
    /// What the instrument said.
    pub flag: DeviceFlag,
    /// What our checks found so far.
    pub quality: QcFlags,
    /// Set by the feed, never by a payload.
    pub provenance: Provenance,
}
