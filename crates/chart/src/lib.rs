//! Numbers, thresholds and labels in; SVG, data table and plot geometry out.
//!
//! A chart is a function from labelled numbers to a [`Drawing`]. This crate knows no unit, language,
//! place or time zone: every label arrives as text, and each point carries the text that the page
//! prints, so that picture, table, tooltip and CSV cannot differ. The same input gives the same bytes
//! in a browser and on a server: no logarithm or power (whose last digit differs between
//! mathematics libraries) is taken anywhere.
//!
//! # How `plotters` is used
//!
//! `plotters` maps values to positions and writes the SVG elements, through `plotters-svg` alone.
//! Three of its habits do not suit a public page, and the private module `sheet` answers them:
//!
//! - Its SVG backend measures text in a browser by adding elements to the page, and elsewhere
//!   guesses. Nothing here asks it for a size: label areas come from the estimate in [`text`], and
//!   labels are anchored text.
//! - It places points on whole pixels. Drawings use a view box of ten units to the CSS pixel,
//!   text included.
//! - It writes colours into every element. Here one layer is one `<g>`: its elements are drawn by
//!   the backend in plain black, the inline paint is removed and the group carries a class
//!   (`chart-line s0`, `chart-grid`, `chart-band b1`, `chart-threshold`, `chart-text` …) with the
//!   theme's colour as presentation attributes. A stylesheet can therefore repaint a drawing, CSS
//!   variables ([`Theme::css`]) let one SVG serve light and dark, and 10,000 points stay small.
//!   Rewriting the backend's output was preferred to a second SVG writer because every shape and
//!   every escape then still comes from the library.
//!
//! # Classes
//!
//! | class | what carries it |
//! |---|---|
//! | `chart` and `chart-over-time`, `chart-calendar`, `chart-strip`, `chart-bars`, `chart-sparkline` | the `<svg>` |
//! | `chart-line s0`, `chart-marker s0`, `chart-bar s0`, `chart-gap s0`, `chart-extreme s0` | parts of series 0; also its key in the legend |
//! | `chart-band b0`, `chart-band-rail b0`, `chart-pattern` | the wash, the full colour and the pattern of band 0 |
//! | `chart-threshold`, `chart-mark`, `chart-grid`, `chart-axis` | lines |
//! | `chart-cell l0`, `chart-cell none`, `chart-bar-track` | cells of level 0, cells without one, the room of a bar |
//! | `chart-text` with `major`, `value`, `chart-series-label`, `chart-threshold-label`, `chart-mark-label`, `chart-band-label`; `chart-symbol` | text |
//!
//! # Example
//!
//! ```
//! use chart::{LineChart, Point, Series, Theme, TimeAxis, ValueAxis, line};
//!
//! let chart = LineChart {
//!     title: "PM2.5".into(),
//!     width: 360,
//!     height: 220,
//!     x: TimeAxis { start_s: 0, end_s: 7_200, ticks: vec![] },
//!     y: ValueAxis { unit_label: "µg/m³".into(), ..ValueAxis::default() },
//!     series: vec![Series {
//!         label: "A".into(),
//!         points: vec![
//!             Point { at_s: 0, value: Some(35.0), text: "35".into(), ..Point::default() },
//!             Point { at_s: 3_600, value: None, text: "no value".into(), ..Point::default() },
//!         ],
//!         ..Series::default()
//!     }],
//!     ..LineChart::default()
//! };
//! let drawing = line(&chart, &Theme::css())?;
//! assert!(drawing.svg.starts_with("<svg "));
//! assert_eq!(drawing.table.rows[1][1], "no value");
//! # Ok::<(), chart::DrawError>(())
//! ```
#![warn(missing_docs)]

mod bars;
mod calendar;
mod decimate;
mod drawing;
mod geometry;
mod legend;
mod line;
mod markers;
mod pattern;
mod place;
mod sheet;
mod sparkline;
mod standalone;
mod strip;
mod table;
pub mod text;
mod theme;
pub mod ticks;

pub use bars::{Bar, BarChart, bars};
pub use calendar::{CalendarChart, CalendarDay, CalendarMonth, calendar};
pub use drawing::{DrawError, Drawing, Words};
pub use geometry::{PlotGeometry, Rect};
pub use legend::Level;
pub use line::{
    Band, Gap, LineChart, Point, Series, SeriesStyle, Threshold, TimeAxis, ValueAxis, VerticalMark,
    line,
};
pub use markers::Marker;
pub use pattern::Pattern;
pub use sparkline::sparkline;
pub use standalone::{Frame, framed, standalone};
pub use strip::{StripCell, StripChart, strip};
pub use table::{Bom, Table};
pub use theme::Theme;
pub use ticks::Tick;
