//! Which cell of a report becomes public, and when.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Cell, Grid, Level, Point};

/// The fewest distinct reports that a cell of a from-home category may show.
pub const K: usize = 5;

/// How much of the place a category gives away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Exposure {
    /// Something that is nobody's home, such as an outfall: 50 m.
    Fine,
    /// Anything else: 500 m.
    Coarse,
    /// Noticed at home, as noise and odour are: 500 m or more, and only together with others.
    FromHome,
}

/// A report that a person has released to the public.
///
/// It stays in the list for ever, with the category, place and day it was released with: one that is hidden
/// later keeps counting in its cell, as a tombstone without text, or the others in the cell would be too few.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Released<'a> {
    /// The day it was released on, Beijing time.
    pub released_on: Date,
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
/// What is absent must not be shown with any place, nor counted in a total that names one. `k` below [`K`]
/// counts as [`K`]. The order of `released` does not matter.
///
/// Reports noticed at home are grouped by category and day, because lists are filtered by both. The batch of a
/// day of release is placed when the day is over, together with what waited before, and never again: today's
/// output contains yesterday's unchanged, and what is new in it are whole groups of `k` or more. A group is
/// divided among the quarters of its cell only if every quarter that is not empty keeps `k` reports, so that
/// no quarter follows from its siblings (complementary suppression). Fewer than `k` in 4 km wait.
pub fn publish(grid: &Grid, released: &[Released<'_>], as_of: Date, k: usize) -> Vec<Placed> {
    let k = k.max(K);
    let mut placed = Vec::new();
    let mut at_home: BTreeMap<(&str, Date), Vec<Released<'_>>> = BTreeMap::new();
    for report in distinct(released) {
        let level = match report.exposure {
            Exposure::Fine => Level::M50,
            Exposure::Coarse => Level::M500,
            Exposure::FromHome => {
                at_home.entry((report.category, report.day)).or_default().push(report);
                continue;
            }
        };
        if report.released_on <= as_of {
            placed.push(in_cell(&report, grid.cell(report.at, level)));
        }
    }
    for bucket in at_home.into_values() {
        placed.extend(grouped(grid, bucket, as_of, k));
    }
    placed.sort();
    placed
}

/// Every report once: as it was first released.
fn distinct<'a>(released: &[Released<'a>]) -> Vec<Released<'a>> {
    let mut first: BTreeMap<&str, Released<'a>> = BTreeMap::new();
    for report in released {
        let known = first.entry(report.id).or_insert(*report);
        *known = (*known).min(*report);
    }
    first.into_values().collect()
}

fn in_cell(report: &Released<'_>, cell: Cell) -> Placed {
    Placed { id: report.id.to_owned(), cell }
}

/// The reports of one category and day, batch by batch.
fn grouped(grid: &Grid, bucket: Vec<Released<'_>>, as_of: Date, k: usize) -> Vec<Placed> {
    let mut batches: BTreeMap<Date, Vec<Released<'_>>> = BTreeMap::new();
    for report in bucket.into_iter().filter(|report| report.released_on < as_of) {
        batches.entry(report.released_on).or_default().push(report);
    }
    let (mut placed, mut waiting) = (Vec::new(), Vec::new());
    for batch in batches.into_values() {
        waiting.extend(batch);
        let cells = by_cell(grid, std::mem::take(&mut waiting), Level::Km4);
        for (cell, group) in cells {
            if group.len() < k {
                waiting.extend(group);
            } else {
                divide(grid, cell, group, k, &mut placed);
            }
        }
    }
    placed
}

fn by_cell<'a>(
    grid: &Grid,
    reports: Vec<Released<'a>>,
    level: Level,
) -> BTreeMap<Cell, Vec<Released<'a>>> {
    let mut cells: BTreeMap<Cell, Vec<Released<'a>>> = BTreeMap::new();
    for report in reports {
        cells.entry(grid.cell(report.at, level)).or_default().push(report);
    }
    cells
}

/// Places a group of `k` or more in `cell`, or in parts of it as long as each part has `k`.
fn divide(grid: &Grid, cell: Cell, group: Vec<Released<'_>>, k: usize, placed: &mut Vec<Placed>) {
    let Some(level) = cell.level.down().filter(|level| *level >= Level::M500) else {
        placed.extend(group.iter().map(|report| in_cell(report, cell)));
        return;
    };
    let parts = by_cell(grid, group.clone(), level);
    if parts.values().any(|part| part.len() < k) {
        placed.extend(group.iter().map(|report| in_cell(report, cell)));
        return;
    }
    for (part, members) in parts {
        divide(grid, part, members, k, placed);
    }
}
