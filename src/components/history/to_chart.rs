//! Series translated into a chart.

use chart::{Gap, LineChart, Marker, Point, Threshold, TimeAxis, ValueAxis, VerticalMark};
use contract::public::{Series, Step};
use domain::{Averaging, DeviceFlag, Item, Lang, Period, QcFlags};
use ui::{
    dates::{self, instant},
    figure,
};

use super::query::Query;
use crate::{
    components::charts::{headings, level_bands},
    words,
};

/// One line of the chart.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    /// The station's name, or its name a year before.
    pub(super) label: String,
    /// Seconds by which the points are moved.
    pub(super) shift_s: i64,
    /// The numbers.
    pub(super) series: Series,
}

/// The chart of `lines` over the range that was asked for.
pub(super) fn chart(lines: &[Line], query: &Query, lang: Lang) -> LineChart {
    let (start_s, end_s) = query.range_s();
    let end_s = answered_s(lines).filter(|at| *at > start_s).map_or(end_s, |at| at.min(end_s));
    let first = lines.first().map(|line| &line.series);
    let numbered = || lines.iter().enumerate();
    LineChart {
        title: title(query, lines, lang),
        height: 320,
        x: TimeAxis { start_s, end_s, ticks: vec![] },
        y: value_axis(query.item, first),
        series: numbered().map(|(number, line)| drawn(number, line, query, lang)).collect(),
        bands: if query.item.is_none() { level_bands(lang) } else { vec![] },
        thresholds: first.map(|series| thresholds(series, lang)).unwrap_or_default(),
        marks: first.map(|series| marks(series, lang)).unwrap_or_default(),
        gaps: numbered().flat_map(|(number, line)| gaps(number, line, lang)).collect(),
        words: headings(lang),
        ..LineChart::default()
    }
}

/// Up to when the server answered: now, as the rest of today has no place on the axis, or the end of the period that is
/// running, or its point in the middle would lie beyond.
fn answered_s(lines: &[Line]) -> Option<i64> {
    let Line { series, shift_s, .. } = lines.first()?;
    let running = series.start_s.last().map(|last| last.saturating_add(i64::from(series.length_s)));
    let answered = series.to.as_second();
    Some(running.map_or(answered, |end| end.max(answered)).saturating_add(*shift_s))
}

/// What is drawn: item, step, and the station where there is one.
pub(super) fn title(query: &Query, lines: &[Line], lang: Lang) -> String {
    let item = item_name(query.item, lang);
    let step = step_name(query.step, lang);
    match lines {
        [line] => format!("{} · {item} · {step}", line.label),
        _ => format!("{item} · {step}"),
    }
}

/// An item's name; the index's where there is none.
pub(super) fn item_name(item: Option<Item>, lang: Lang) -> String {
    match (item, lang) {
        (Some(item), Lang::Zh) if item.symbol() != item.name(lang) => {
            format!("{} {}", item.symbol(), item.name(lang))
        }
        (Some(item), _) => item.name(lang).to_owned(),
        (None, _) => words::aqi_long(lang).to_owned(),
    }
}

/// How the values of a step were averaged.
pub(super) fn step_name(step: Step, lang: Lang) -> &'static str {
    match step {
        Step::Raw => words::step_raw(lang),
        Step::Hour => words::step_hour(lang),
        Step::Day => words::step_day(lang),
        Step::Month => words::step_month(lang),
    }
}

fn value_axis(item: Option<Item>, series: Option<&Series>) -> ValueAxis {
    ValueAxis {
        unit_label: series.map(|series| series.unit.clone()).unwrap_or_default(),
        min: None,
        max: None,
        decimals: item.map_or(0, |item| usize::from(item.decimals())),
    }
}

fn drawn(number: usize, line: &Line, query: &Query, lang: Lang) -> chart::Series {
    let series = &line.series;
    chart::Series {
        label: line.label.clone(),
        points: (0..series.start_s.len()).map(|index| point(line, index, query, lang)).collect(),
        marker: Marker::ALL[number % Marker::ALL.len()],
        // Steps of months differ by three days; instants come when they come.
        expected_step_s: (series.length_s > 0)
            .then(|| series.length_s.saturating_add(series.length_s / 8)),
        ..chart::Series::default()
    }
}

fn point(line: &Line, index: usize, query: &Query, lang: Lang) -> Point {
    let series = &line.series;
    let start_s = series.start_s.get(index).copied().unwrap_or_default();
    let value = series.value.get(index).copied().flatten();
    let flag = flag(series, index);
    let text = match (value, query.item) {
        (Some(value), Some(item)) => figure::text(item, value),
        (Some(value), None) => figure::exact(value),
        (None, _) => flag.map_or(words::no_data(lang), |flag| flag.name(lang)).to_owned(),
    };
    let period = Period { start: instant(start_s), length_s: series.length_s };
    Point {
        at_s: start_s.saturating_add(line.shift_s).saturating_add(i64::from(series.length_s) / 2),
        value: value.map(domain::Quantity::approximate),
        text,
        time_text: dates::period(period, averaging(query.step), lang),
        note: note(series, index, value.is_some().then_some(flag).flatten(), lang),
    }
}

fn averaging(step: Step) -> Averaging {
    match step {
        Step::Raw | Step::Hour => Averaging::Hour,
        Step::Day => Averaging::Day,
        Step::Month => Averaging::Month,
    }
}

fn flag(series: &Series, index: usize) -> Option<DeviceFlag> {
    let number = *series.flag.get(index)?;
    series.flags.get(usize::from(number)).copied()
}

/// The marks held against a value.
fn note(series: &Series, index: usize, flag: Option<DeviceFlag>, lang: Lang) -> String {
    let bits = series.quality.get(index).copied().unwrap_or_default();
    let flag = flag.filter(|flag| !flag.enters_means()).map(|flag| flag.name(lang));
    let marks: Vec<&str> = flag.into_iter().chain(QcFlags::from_bits(bits).names(lang)).collect();
    marks.join(" · ")
}

fn thresholds(series: &Series, lang: Lang) -> Vec<Threshold> {
    let (from_s, to_s) = (series.from.as_second(), series.to.as_second());
    let applies = |limit: &&contract::public::Limit| {
        limit.from_s.is_none_or(|start| start < to_s) && limit.to_s.is_none_or(|end| end > from_s)
    };
    series
        .limits
        .iter()
        .filter(applies)
        .map(|limit| Threshold {
            value: limit.value.approximate(),
            label: format!(
                "{} {} {}",
                limit.label.get(lang),
                figure::exact(limit.value),
                limit.standard
            ),
        })
        .collect()
}

fn marks(series: &Series, lang: Lang) -> Vec<VerticalMark> {
    let mark = |change: &contract::public::EditionChange| VerticalMark {
        at_s: change.at_s,
        label: change.label.get(lang).to_owned(),
    };
    series.changes.iter().map(mark).collect()
}

/// Runs of missing values with one reason each.
fn gaps(number: usize, line: &Line, lang: Lang) -> Vec<Gap> {
    let series = &line.series;
    let mut gaps: Vec<(DeviceFlag, Gap)> = vec![];
    let mut open = false;
    for (index, start_s) in series.start_s.iter().enumerate() {
        if series.value.get(index).copied().flatten().is_some() {
            open = false;
            continue;
        }
        let reason = flag(series, index).unwrap_or(DeviceFlag::Missing);
        let from_s = start_s.saturating_add(line.shift_s);
        let to_s = from_s.saturating_add(i64::from(series.length_s));
        match gaps.last_mut() {
            Some((known, gap)) if open && *known == reason => gap.to_s = to_s,
            _ => gaps.push((
                reason,
                Gap { from_s, to_s, series: number, reason: reason.name(lang).to_owned() },
            )),
        }
        open = true;
    }
    gaps.into_iter().map(|(_, gap)| gap).collect()
}

#[cfg(test)]
mod tests;
