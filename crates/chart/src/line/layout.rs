//! Where the parts of a line chart stand, and how values become positions.

use super::trace::Trace;
use super::{LineChart, Series, SeriesStyle};
use crate::geometry::Track;
use crate::legend::{Key, keys};
use crate::sheet::{Area, units};
use crate::text::width_px;
use crate::ticks::{ValueScale, value_scale};
use crate::{PlotGeometry, Rect, Theme};
use plotters::coord::types::RangedCoordf64;
use plotters::prelude::{Cartesian2d, DrawingArea};
use plotters_svg::SVGBackend;

/// The area in which positions are (seconds since the window's start, value).
pub(super) type DataArea<'a> =
    DrawingArea<SVGBackend<'a>, Cartesian2d<RangedCoordf64, RangedCoordf64>>;

/// A chart with its room divided: plot, axes, legend.
pub(super) struct Plane<'c> {
    pub(super) chart: &'c LineChart,
    pub(super) theme: &'c Theme,
    pub(super) font: f64,
    pub(super) plot: Rect,
    pub(super) scale: ValueScale,
    /// Above the plot; empty where series are labelled at their ends or need no label.
    pub(super) legend: Vec<Key>,
    /// Whether series are labelled at their right ends.
    pub(super) labelled_at_ends: bool,
    pub(super) unit_baseline: f64,
    span_s: f64,
}

impl<'c> Plane<'c> {
    pub(super) fn new(chart: &'c LineChart, theme: &'c Theme, traces: &[Trace]) -> Self {
        let font = theme.font();
        let (width, height) = (f64::from(chart.width), f64::from(chart.height));
        let labels: Vec<&str> = chart.series.iter().map(|series| series.label.as_str()).collect();
        let widest = labels.iter().map(|label| width_px(label, font)).fold(0.0, f64::max);
        let several = labels.len() > 1;
        let labelled_at_ends =
            several && labels.len() <= 6 && chart.width >= 600 && widest <= width * 0.26;
        let (legend, legend_height) = if several && !labelled_at_ends {
            let (keys, height) = keys(&labels, (22.0, font), (0.0, width), 0.0, font);
            (keys, height + font * 0.4)
        } else {
            (vec![], 0.0)
        };
        let unit_height = if chart.y.unit_label.is_empty() { font * 0.6 } else { font * 1.9 };
        let top = legend_height + unit_height;
        let foot = if chart.x.ticks.is_empty() { font * 0.8 } else { font * 2.1 };
        let bottom = (height - foot).max(top + font);
        let scale = scale(chart, traces, bottom - top, font);
        let axis = scale.ticks.iter().map(|(_, label)| width_px(label, font)).fold(0.0, f64::max);
        let right = if labelled_at_ends { widest + font * 1.5 } else { font * 0.75 };
        Self {
            plot: Rect { left: (axis + 8.0).min(width * 0.45), top, right: width - right, bottom },
            span_s: chart.x.end_s.saturating_sub(chart.x.start_s) as f64,
            unit_baseline: legend_height + font * 1.05,
            chart,
            theme,
            font,
            scale,
            legend,
            labelled_at_ends,
        }
    }

    /// The position of a time given in seconds since the window's start.
    pub(super) fn x(&self, since_start_s: f64) -> f64 {
        self.plot.left + since_start_s / self.span_s * self.plot.width()
    }

    /// The position of a Unix time, no further out than the plot's edges.
    pub(super) fn x_within(&self, at_s: i64) -> f64 {
        let since_s = at_s.saturating_sub(self.chart.x.start_s) as f64;
        self.x(since_s.clamp(0.0, self.span_s))
    }

    pub(super) fn y(&self, value: f64) -> f64 {
        let share = (value - self.scale.low) / (self.scale.high - self.scale.low);
        self.plot.bottom - share * self.plot.height()
    }

    /// The position of a value, no further out than the plot's edges.
    pub(super) fn y_within(&self, value: f64) -> f64 {
        self.y(value.clamp(self.scale.low, self.scale.high))
    }

    /// Whether a Unix time lies in the window.
    pub(super) fn shows(&self, at_s: i64) -> bool {
        (self.chart.x.start_s..=self.chart.x.end_s).contains(&at_s)
    }

    /// The same area with `plotters` mapping seconds and values.
    pub(super) fn data<'a>(&self, area: &Area<'a>) -> DataArea<'a> {
        let plot = &self.plot;
        area.apply_coord_spec(Cartesian2d::<RangedCoordf64, RangedCoordf64>::new(
            0.0..self.span_s,
            self.scale.low..self.scale.high,
            (units(plot.left)..units(plot.right), units(plot.bottom)..units(plot.top)),
        ))
    }

    pub(super) fn geometry(&self) -> PlotGeometry {
        let track = |series: &Series| Track {
            at_s: series.points.iter().map(|point| point.at_s).collect(),
            y: series
                .points
                .iter()
                .map(|point| point.value.map(|value| self.y_within(value)))
                .collect(),
        };
        PlotGeometry {
            width: f64::from(self.chart.width),
            height: f64::from(self.chart.height),
            plot_area: self.plot,
            window_s: (self.chart.x.start_s, self.chart.x.end_s),
            tracks: self.chart.series.iter().map(track).collect(),
            cells: vec![],
        }
    }
}

/// The value axis: it holds every drawn value, the asked ends, and thresholds that are not too far.
fn scale(chart: &LineChart, traces: &[Trace], height: f64, font: f64) -> ValueScale {
    let wanted = ((height / (font * 3.6)) as usize).clamp(1, 6);
    let values =
        || traces.iter().flat_map(|trace| trace.runs.iter().flatten()).map(|point| point.1);
    let mut low = values().fold(f64::INFINITY, f64::min);
    let mut high = values().fold(f64::NEG_INFINITY, f64::max);
    if low > high {
        (low, high) = empty_range(chart);
    }
    let has_bars = chart.series.iter().any(|series| series.style == SeriesStyle::Bars);
    if has_bars || (chart.y.min.is_none() && low > 0.0) {
        low = low.min(chart.y.min.unwrap_or(0.0));
        high = high.max(chart.y.min.unwrap_or(0.0));
    }
    low = chart.y.min.map_or(low, |min| min.min(low));
    high = chart.y.max.map_or(high, |max| max.max(high));
    let span = high - low;
    for threshold in &chart.thresholds {
        if (low - 1.5 * span..=low + 2.5 * span).contains(&threshold.value) {
            low = low.min(threshold.value);
            high = high.max(threshold.value);
        }
    }
    if high - low < 1e-9 {
        high = low + 1.0_f64.max(low.abs() * 0.1);
    }
    value_scale(low, high, wanted, chart.y.decimals)
}

/// Without a single value: what thresholds there are, or zero to one.
fn empty_range(chart: &LineChart) -> (f64, f64) {
    let low = chart.y.min.unwrap_or(0.0);
    let high = chart.thresholds.iter().map(|threshold| threshold.value).fold(low, f64::max);
    (low, if high > low { high } else { low + 1.0 })
}
