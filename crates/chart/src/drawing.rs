//! What every chart answers with, and why it may refuse.

use crate::{PlotGeometry, Table};
use plotters::drawing::DrawingAreaErrorKind;

/// A drawn chart: the picture, the same numbers as a table, and where everything is.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Drawing {
    /// A complete `<svg role="img">` element, one CSS pixel per asked pixel.
    pub svg: String,
    /// The drawn values as text, row by row.
    pub table: Table,
    /// Positions in CSS pixels from the drawing's upper left corner.
    pub plot: PlotGeometry,
}

/// The column headings of a chart's table, in the reader's language.
///
/// A column whose heading and cells are all empty is left out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Words {
    /// Heading of the first column: times, days or names.
    pub time: String,
    /// Heading of the value column in charts with one value per row.
    pub value: String,
    /// Heading of the level column in calendars and strips.
    pub level: String,
    /// Heading of the remarks column: quality notes and the reasons of gaps.
    pub note: String,
}

/// Why a chart was not drawn. Addressed to whoever wrote the call.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum DrawError {
    /// The drawing would be too small for its labels or larger than any screen.
    #[error(
        "a drawing of {width} × {height} px is not possible; ask for a width of 48 to 4000 px \
         and a height of 16 to 4000 px, and at least 160 × 96 px where there are axes"
    )]
    Size {
        /// Asked width in CSS pixels.
        width: u32,
        /// Asked height in CSS pixels.
        height: u32,
    },
    /// The visible window has no length.
    #[error("the time window ends at {end_s} s, not after its start at {start_s} s")]
    Window {
        /// Start of the window, Unix seconds.
        start_s: i64,
        /// End of the window, Unix seconds.
        end_s: i64,
    },
    /// A number is infinite, not a number, or beyond ±10¹².
    #[error("{what} is {value}, which has no place on an axis; use None for a missing value")]
    NotDrawable {
        /// Which number it is.
        what: String,
        /// The number itself.
        value: f64,
    },
    /// A bar starts at zero and has no room below it.
    #[error(
        "{what} is {value}, but a bar cannot be shorter than nothing; use None for a missing value"
    )]
    Negative {
        /// Which bar it is.
        what: String,
        /// Its length.
        value: f64,
    },
    /// Points must be oldest first.
    #[error("point {index} of series {series} is older than the one before it; sort by time first")]
    Unordered {
        /// Index of the series.
        series: usize,
        /// Index of the point within it.
        index: usize,
    },
    /// A gap names a series that is not in the chart.
    #[error("a gap names series {series}, but there are only {count}")]
    UnknownSeries {
        /// The index the gap names.
        series: usize,
        /// How many series there are.
        count: usize,
    },
    /// A cell names a level that is not in the chart's list.
    #[error("a cell names level {level}, but only {count} levels are described")]
    UnknownLevel {
        /// The index the cell names.
        level: usize,
        /// How many levels there are.
        count: usize,
    },
    /// The drawing library refused.
    #[error("the SVG could not be written: {0}")]
    Backend(String),
}

impl From<DrawingAreaErrorKind<std::io::Error>> for DrawError {
    fn from(error: DrawingAreaErrorKind<std::io::Error>) -> Self {
        Self::Backend(error.to_string())
    }
}

/// Refuses numbers that would leave no room for any other on an axis.
pub(crate) fn drawable(value: f64, what: impl FnOnce() -> String) -> Result<f64, DrawError> {
    if value.abs() <= 1e12 {
        Ok(value)
    } else {
        Err(DrawError::NotDrawable { what: what(), value })
    }
}

/// Refuses a drawing that cannot hold at least `least` (width, height) pixels.
pub(crate) fn check_size(width: u32, height: u32, least: (u32, u32)) -> Result<(), DrawError> {
    let fits = (least.0..=4000).contains(&width) && (least.1..=4000).contains(&height);
    if fits { Ok(()) } else { Err(DrawError::Size { width, height }) }
}
