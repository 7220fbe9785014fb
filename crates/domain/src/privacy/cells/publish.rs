//! Which cell of a report becomes public, and when.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Cell, Grid, Point};

/// The fewest distinct reports that a cell of a from-home category may show.
pub const K: usize = 5;

/// How much of the place a category gives away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Exposure {
    /// Something that is nobody's home, such as an outfall: 50 m.
    Fine,
    /// Anything else: 500 m.
    Coarse,
    /// Noticed at home, as noise and odour are: 500 m or more, and only together with others.
    FromHome,
}

/// A report that a person has released to the public. It stays in the list for ever: one that is hidden later
/// keeps counting in its cell, as a tombstone without text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Released<'a> {
    /// The public id.
    pub id: &'a str,
    /// The category's key.
    pub category: &'a str,
    /// How much of the place the category gives away.
    pub exposure: Exposure,
    /// The exact place.
    pub at: Point,
    /// The day it was reported on, Beijing time.
    pub day: Date,
    /// The day it was released on, Beijing time.
    pub released_on: Date,
}

/// Where a report may be shown.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Placed {
    /// The public id.
    pub id: String,
    /// The cell.
    pub cell: Cell,
}

/// The reports that may be shown on `as_of` (Beijing time), each in its cell, by public id.
///
/// What is absent must not be shown with any place, nor counted in a total that names one.
pub fn publish(grid: &Grid, released: &[Released<'_>], as_of: Date, k: usize) -> Vec<Placed> {
    let _ = (grid, released, as_of, k);
    todo!()
}
