//! How an index came about, for the page that explains it.

use crate::Quantity;

/// The stretch of a breakpoint table that a concentration falls in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Segment {
    /// The concentration at the lower end, in the unit of the sub-index.
    pub bp_lo: Quantity,
    /// The concentration at the upper end.
    pub bp_hi: Quantity,
    /// The index at the lower end.
    pub index_lo: u16,
    /// The index at the upper end.
    pub index_hi: u16,
}

/// Why an index is not simply read off a segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edge {
    /// Above the last node the index stays at this value.
    HeldAt(u16),
    /// Above this concentration the column gives no index; another averaging time decides.
    NoIndexAbove(Quantity),
    /// Below this concentration the column says nothing.
    NoIndexBelow(Quantity),
    /// Above the table the last slope goes on (US EPA note 4).
    SlopeContinues,
    /// In the last, open band.
    OpenBand,
}

/// One concentration's way to its index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Explanation {
    /// As measured or averaged.
    pub concentration: Quantity,
    /// After the rounding (HJ 633-2026 4.2.2, 4.2.3) or truncation (US EPA) the rule asks for.
    pub concentration_used: Quantity,
    /// The stretch of the table; `None` beyond its ends.
    pub segment: Option<Segment>,
    /// The index; `None` where the rule defines none.
    pub result: Option<u16>,
    /// Set when the concentration lies beyond an end of the table.
    pub edge: Option<Edge>,
}
