//! The table under a line chart.

use super::{Band, LineChart, Point};
use crate::Table;
use crate::table::{joined, with_unit};

/// One row per time inside the window; a series without a point then has an empty cell.
pub(super) fn table(chart: &LineChart) -> Table {
    let unit = &chart.y.unit_label;
    let heading = |series: &super::Series| with_unit(&series.label, unit);
    let mut columns = vec![chart.words.time.clone()];
    columns.extend(chart.series.iter().map(heading));
    columns.push(chart.words.note.clone());
    let mut next: Vec<&[Point]> =
        chart.series.iter().map(|series| visible(chart, &series.points)).collect();
    let mut rows = vec![];
    while let Some(at_s) = next.iter().filter_map(|points| points.first()).map(|p| p.at_s).min() {
        rows.push(row(chart, at_s, &mut next));
    }
    Table { caption: with_unit(&chart.title, unit), columns, rows, notes: notes(chart) }
        .without_empty_columns()
}

fn visible<'p>(chart: &LineChart, points: &'p [Point]) -> &'p [Point] {
    let first = points.partition_point(|point| point.at_s < chart.x.start_s);
    let past = points.partition_point(|point| point.at_s <= chart.x.end_s);
    points.get(first..past).unwrap_or_default()
}

/// Takes the points of `at_s` off the fronts of `next`.
fn row(chart: &LineChart, at_s: i64, next: &mut [&[Point]]) -> Vec<String> {
    let mut time = "";
    let mut cells = Vec::with_capacity(next.len() + 2);
    let mut remarks: Vec<&str> = vec![];
    cells.push(String::new());
    for (number, points) in next.iter_mut().enumerate() {
        let Some((point, rest)) = points.split_first().filter(|(point, _)| point.at_s == at_s)
        else {
            cells.push(String::new());
            continue;
        };
        *points = rest;
        time = if time.is_empty() { &point.time_text } else { time };
        cells.push(point.text.clone());
        let covering = chart.gaps.iter().filter(|gap| {
            gap.series == number && point.value.is_none() && (gap.from_s..gap.to_s).contains(&at_s)
        });
        for remark in std::iter::once(&point.note).chain(covering.map(|gap| &gap.reason)) {
            if !remarks.contains(&remark.as_str()) {
                remarks.push(remark);
            }
        }
    }
    cells[0].push_str(time);
    cells.push(joined(remarks, "; "));
    cells
}

/// Everything the picture says without a point: so that the table says it too.
fn notes(chart: &LineChart) -> Vec<String> {
    let named_bands = chart.bands.iter().filter(|band| !band.label.is_empty());
    let thresholds = chart.thresholds.iter().map(|threshold| threshold.label.clone());
    let marks = chart.marks.iter().map(|mark| mark.label.clone());
    let gaps = chart.gaps.iter().map(|gap| {
        let series = chart.series.get(gap.series).map_or("", |series| series.label.as_str());
        joined([series, gap.reason.as_str()], ": ")
    });
    let mut notes: Vec<String> = vec![];
    for note in thresholds.chain(named_bands.map(band_note)).chain(marks).chain(gaps) {
        if !note.is_empty() && !notes.contains(&note) {
            notes.push(note);
        }
    }
    notes
}

fn band_note(band: &Band) -> String {
    match band.to {
        Some(to) => format!("{}: {}–{to}", band.label, band.from),
        None => format!("{}: ≥ {}", band.label, band.from),
    }
}
