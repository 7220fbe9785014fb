//! What a chart view can show.

use chart::{CalendarChart, DrawError, Drawing, Level, LineChart, StripChart, Theme};
use domain::Lang;

use super::time_axis::time_axis;

/// A chart without its size: the view draws it for the width at hand.
#[derive(Debug, Clone, PartialEq)]
pub enum Picture {
    /// Values over time; `x` is the whole range, its labels are made by the view.
    Line(LineChart),
    /// Days of a year by level.
    Calendar(CalendarChart),
    /// Periods in a row by level.
    Strip(StripChart),
}

/// What is read out of one point.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Readout {
    /// The series' name; empty where there is one only.
    pub series: String,
    /// The time as printed.
    pub time: String,
    /// The value as printed, or the words for its absence.
    pub value: String,
    /// Its quality or another remark; may be empty.
    pub note: String,
}

impl Picture {
    /// A picture of nothing, before anything has come.
    pub fn nothing() -> Self {
        Self::Strip(StripChart::default())
    }

    /// The name of the chart.
    pub fn title(&self) -> &str {
        match self {
            Self::Line(chart) => &chart.title,
            Self::Calendar(chart) => &chart.title,
            Self::Strip(chart) => &chart.title,
        }
    }

    /// The whole range of time, where there is an axis to zoom: start, end, least span to zoom to.
    pub(super) fn range(&self) -> Option<(i64, i64, i64)> {
        let Self::Line(chart) = self else { return None };
        let step = chart.series.iter().filter_map(|series| series.expected_step_s).min();
        Some((chart.x.start_s, chart.x.end_s, i64::from(step.unwrap_or(600)) * 6))
    }

    /// How many series can be inspected.
    pub(super) fn series(&self) -> usize {
        match self {
            Self::Line(chart) => chart.series.len(),
            Self::Calendar(_) | Self::Strip(_) => 1,
        }
    }

    /// When a point is, in a chart over time.
    pub(super) fn at_s(&self, series: usize, index: usize) -> Option<i64> {
        let Self::Line(chart) = self else { return None };
        Some(chart.series.get(series)?.points.get(index)?.at_s)
    }

    /// How many points a series has.
    pub(super) fn points(&self, series: usize) -> usize {
        match self {
            Self::Line(chart) => chart.series.get(series).map_or(0, |series| series.points.len()),
            Self::Calendar(chart) => chart.months.iter().map(|month| month.days.len()).sum(),
            Self::Strip(chart) => chart.cells.len(),
        }
    }

    /// What is read out of a point.
    pub(super) fn readout(&self, series: usize, index: usize) -> Option<Readout> {
        match self {
            Self::Line(chart) => {
                let of = chart.series.get(series)?;
                let point = of.points.get(index)?;
                let name = if chart.series.len() > 1 { of.label.clone() } else { String::new() };
                let value = with_unit(&point.text, &chart.y.unit_label, point.value.is_some());
                let (time, note) = (point.time_text.clone(), point.note.clone());
                Some(Readout { series: name, time, value, note })
            }
            Self::Calendar(chart) => {
                let day = chart.months.iter().flat_map(|month| &month.days).nth(index)?;
                Some(cell(&day.date_text, &day.text, day.level, &day.note, &chart.levels))
            }
            Self::Strip(chart) => {
                let at = chart.cells.get(index)?;
                Some(cell(&at.time_text, &at.text, at.level, &at.note, &chart.levels))
            }
        }
    }

    /// Draws it `width` CSS pixels wide; `window` narrows a chart over time.
    pub(super) fn draw(
        &self,
        width: u32,
        window: Option<(i64, i64)>,
        lang: Lang,
        theme: &Theme,
    ) -> Result<Drawing, DrawError> {
        match self {
            Self::Line(chart) => {
                let window = window.unwrap_or((chart.x.start_s, chart.x.end_s));
                let x = time_axis(window, width, lang);
                chart::line(&LineChart { width, x, ..chart.clone() }, theme)
            }
            Self::Calendar(chart) => {
                chart::calendar(&CalendarChart { width, ..chart.clone() }, theme)
            }
            Self::Strip(chart) => chart::strip(&StripChart { width, ..chart.clone() }, theme),
        }
    }
}

fn cell(time: &str, text: &str, level: Option<usize>, note: &str, levels: &[Level]) -> Readout {
    let word = level.and_then(|level| levels.get(level)).map_or("", |level| level.label.as_str());
    let value =
        if word.is_empty() || word == text { text.to_owned() } else { format!("{text} · {word}") };
    Readout { time: time.to_owned(), value, note: note.to_owned(), ..Readout::default() }
}

fn with_unit(text: &str, unit: &str, has_value: bool) -> String {
    if has_value { crate::figure::joined(text, unit) } else { text.to_owned() }
}
