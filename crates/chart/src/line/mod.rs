//! Values over time: lines, steps and bars, with bands, thresholds, marks and masked gaps.

mod annotations;
mod check;
mod layout;
mod rows;
mod series;
mod surroundings;
mod trace;

use crate::sheet::Sheet;
use crate::{DrawError, Drawing, Marker, Pattern, Theme, Tick, Words};
use layout::Plane;

/// A chart of one or more series over time.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LineChart {
    /// Its name: the accessible name of the picture and the table's caption.
    pub title: String,
    /// A sentence that says what the picture shows.
    pub description: String,
    /// Width in CSS pixels, 160 to 4000. Draw for the width at hand: text does not scale.
    pub width: u32,
    /// Height in CSS pixels, 96 to 4000.
    pub height: u32,
    /// The horizontal axis.
    pub x: TimeAxis,
    /// The vertical axis.
    pub y: ValueAxis,
    /// What is drawn; with more than one, each is labelled at its end or in a row above the plot.
    pub series: Vec<Series>,
    /// Ranges of values behind the series.
    pub bands: Vec<Band>,
    /// Values drawn as lines across the plot. One so far off that the series would be squeezed into
    /// less than 40 % of the height is only named in the table's notes.
    pub thresholds: Vec<Threshold>,
    /// Moments drawn as vertical lines.
    pub marks: Vec<VerticalMark>,
    /// Missing stretches with their reasons.
    pub gaps: Vec<Gap>,
    /// Headings of the table.
    pub words: Words,
}

/// The visible window of time and its labels.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TimeAxis {
    /// Left edge, Unix seconds.
    pub start_s: i64,
    /// Right edge, Unix seconds; after `start_s`.
    pub end_s: i64,
    /// Labelled times, ascending; those that would touch another label are drawn without text.
    pub ticks: Vec<Tick>,
}

/// The value axis; its labels are computed.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ValueAxis {
    /// The unit, printed above the axis and in the table's headings.
    pub unit_label: String,
    /// The axis starts at or below this. Without it, at zero for values that are never negative.
    pub min: Option<f64>,
    /// The axis ends at or above this. Higher values still extend it: nothing is cut off.
    pub max: Option<f64>,
    /// Most decimal places of an axis label.
    pub decimals: usize,
}

/// One line, staircase or set of bars.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Series {
    /// Its name.
    pub label: String,
    /// Oldest first.
    pub points: Vec<Point>,
    /// How the points are joined.
    pub style: SeriesStyle,
    /// The shape by which it is recognised without colour.
    pub marker: Marker,
    /// Seconds from one point to the next when nothing is missing. A distance of more than two
    /// steps breaks the line, as a `None` does.
    pub expected_step_s: Option<u32>,
}

/// A value at a time, with the text that is printed for it everywhere.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Point {
    /// Unix seconds; for bars, the middle of the period.
    pub at_s: i64,
    /// `None` breaks the line.
    pub value: Option<f64>,
    /// The value as printed, or the words for its absence.
    pub text: String,
    /// The time as printed.
    pub time_text: String,
    /// Its quality or another remark; may be empty.
    pub note: String,
}

/// How the points of a series are joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SeriesStyle {
    /// Straight lines.
    #[default]
    Line,
    /// Each value holds until the next point.
    Step,
    /// A bar per point, from zero or from the foot of the axis.
    Bars,
}

/// A range of values, such as a level.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Band {
    /// Lower end.
    pub from: f64,
    /// Upper end; `None` is open upwards.
    pub to: Option<f64>,
    /// Its name, printed inside the band where there is room.
    pub label: String,
    /// Its colour.
    pub fill: String,
    /// What tells it from its neighbours without colour.
    pub pattern: Option<Pattern>,
}

/// A value of interest, such as a limit.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Threshold {
    /// Where the line runs.
    pub value: f64,
    /// What it is.
    pub label: String,
}

/// A moment of interest, such as a change of standard.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct VerticalMark {
    /// Unix seconds.
    pub at_s: i64,
    /// What happened.
    pub label: String,
}

/// A missing stretch of one series, hatched. It breaks the line.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Gap {
    /// Its start, Unix seconds.
    pub from_s: i64,
    /// Its end, Unix seconds.
    pub to_s: i64,
    /// Index of the series.
    pub series: usize,
    /// Why nothing is there; shown on the mask and in the table.
    pub reason: String,
}

/// Draws `chart` with `theme`; the same bytes in a browser and on the server.
///
/// The table has one row per time inside the window, with the texts of the points.
///
/// # Errors
///
/// [`DrawError`] if the size or window is impossible, a number has no place on an axis, points are
/// not oldest first, or a gap names a series that does not exist.
pub fn line(chart: &LineChart, theme: &Theme) -> Result<Drawing, DrawError> {
    check::check(chart)?;
    let traces = trace::traces(chart);
    let plane = Plane::new(chart, theme, &traces);
    let lines = series::Lines::new(&plane, &traces);
    let mut sheet = Sheet::new(
        "chart-over-time",
        &chart.title,
        &chart.description,
        (chart.width, chart.height),
    );
    surroundings::behind(&mut sheet, &plane)?;
    lines.draw(&mut sheet, &plane)?;
    annotations::in_front(&mut sheet, &plane, lines.inked())?;
    Ok(Drawing { svg: sheet.finish(), table: rows::table(chart), plot: plane.geometry() })
}
