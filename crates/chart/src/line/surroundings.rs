//! What lies behind the series: bands, grid, masks of gaps, axes, legend.

use super::layout::Plane;
use super::series::{key, key_line};
use crate::legend::rectangle;
use crate::sheet::{Anchor, Area, Drawn, Label, Mark, Paint, Sheet, at, outline};
use crate::text::width_px;
use crate::ticks::thinned;
use crate::{DrawError, Pattern, Rect, Tick};
use plotters::element::PathElement;

/// Width of the strip at the axis that shows a band in its full colour.
pub(super) const RAIL_PX: f64 = 4.0;
/// The least distance of two ticks.
const LEAST_TICK_PX: f64 = 3.0;

pub(super) fn behind(sheet: &mut Sheet, plane: &Plane<'_>) -> Result<(), DrawError> {
    bands(sheet, plane)?;
    grid(sheet, plane)?;
    gaps(sheet, plane)?;
    axes(sheet, plane)?;
    legend(sheet, plane)
}

pub(super) fn segment(area: &Area<'_>, from: (f64, f64), to: (f64, f64)) -> Drawn {
    area.draw(&PathElement::new(vec![at(from.0, from.1), at(to.0, to.1)], outline()))
}

/// A faint wash under the series, and the full colour on a rail beside the axis: the wash keeps
/// lines legible, the rail keeps the colour recognisable.
fn bands(sheet: &mut Sheet, plane: &Plane<'_>) -> Result<(), DrawError> {
    let plot = &plane.plot;
    for (number, band) in plane.chart.bands.iter().enumerate() {
        let (top, bottom) =
            (band.to.map_or(plot.top, |to| plane.y_within(to)), plane.y_within(band.from));
        if bottom - top < 0.1 {
            continue;
        }
        let wash = Rect { top, bottom, ..*plot };
        let rail = Rect { right: plot.left + RAIL_PX, ..wash };
        let class = format!("chart-band b{number}");
        let paint = Paint::default().fill(&band.fill).with("fill-opacity", "0.13");
        sheet.layer(&class, paint, |area| rectangle(area, &wash))?;
        if let Some(pattern) = band.pattern {
            let fill = sheet.pattern(pattern, &plane.theme.ink, 0.1);
            sheet.layer("chart-pattern", Paint::default().fill(&fill), |area| {
                rectangle(area, &wash)
            })?;
        }
        let class = format!("chart-band-rail b{number}");
        sheet.layer(&class, Paint::default().fill(&band.fill), |area| rectangle(area, &rail))?;
    }
    Ok(())
}

fn grid(sheet: &mut Sheet, plane: &Plane<'_>) -> Result<(), DrawError> {
    let plot = plane.plot;
    sheet.layer("chart-grid", Paint::default().line(&plane.theme.grid, 1.0), |area| {
        for (value, _) in plane.scale.ticks.iter().filter(|(value, _)| *value > plane.scale.low) {
            let y = plane.y(*value);
            segment(area, (plot.left, y), (plot.right, y))?;
        }
        for tick in visible_ticks(plane).into_iter().filter(|tick| tick.major) {
            let x = plane.x_within(tick.at_s);
            if x > plot.left && x < plot.right {
                segment(area, (x, plot.top), (x, plot.bottom))?;
            }
        }
        Ok(())
    })
}

/// The ticks inside the window, without those that would stand as a solid bar.
fn visible_ticks<'p>(plane: &'p Plane<'_>) -> Vec<&'p Tick> {
    let mut ticks: Vec<&Tick> = vec![];
    for tick in plane.chart.x.ticks.iter().filter(|tick| plane.shows(tick.at_s)) {
        let x = plane.x_within(tick.at_s);
        let crowds = |before: &&Tick| {
            (tick.major <= before.major) && x - plane.x_within(before.at_s) < LEAST_TICK_PX
        };
        if !ticks.last().is_some_and(crowds) {
            ticks.push(tick);
        }
    }
    ticks
}

/// Hatched masks: over the whole height where there is one series, else a lane for each at the foot.
fn gaps(sheet: &mut Sheet, plane: &Plane<'_>) -> Result<(), DrawError> {
    let plot = plane.plot;
    let count = plane.chart.series.len();
    for number in 0..count {
        let of_series = plane.chart.gaps.iter().filter(|gap| {
            gap.series == number
                && gap.to_s > plane.chart.x.start_s
                && gap.from_s < plane.chart.x.end_s
        });
        let (mut masks, mut reasons) = (vec![], vec![]);
        for gap in of_series {
            let (from, to) = (plane.x_within(gap.from_s), plane.x_within(gap.to_s));
            let (left, right) = (from.min(plot.right - 2.0), to.max(from + 2.0).min(plot.right));
            let lane = 7.0;
            let foot = plot.bottom - lane * (count - 1 - number) as f64;
            let top = if count == 1 { plot.top } else { (foot - lane).max(plot.top) };
            masks.push(Rect { left, right, top, bottom: foot });
            reasons.push(Mark { title: gap.reason.clone(), ..Mark::default() });
        }
        if masks.is_empty() {
            continue;
        }
        let ink = if count == 1 { &plane.theme.missing } else { plane.theme.series_colour(number) };
        let fill = sheet.pattern(Pattern::Rising, ink, if count == 1 { 0.4 } else { 0.9 });
        let class = format!("chart-gap s{number}");
        sheet.marked_layer(&class, Paint::default().fill(&fill), &reasons, |area| {
            masks.iter().try_for_each(|mask| rectangle(area, mask))
        })?;
    }
    Ok(())
}

fn axes(sheet: &mut Sheet, plane: &Plane<'_>) -> Result<(), DrawError> {
    let (plot, font, theme) = (plane.plot, plane.font, plane.theme);
    let ticks = visible_ticks(plane);
    sheet.layer("chart-axis", Paint::default().line(&theme.missing, 1.0), |area| {
        segment(area, (plot.left, plot.bottom), (plot.right, plot.bottom))?;
        ticks.iter().try_for_each(|tick| {
            let x = plane.x_within(tick.at_s);
            segment(area, (x, plot.bottom), (x, plot.bottom + if tick.major { 6.0 } else { 4.0 }))
        })
    })?;
    let mut muted: Vec<Label> = plane
        .scale
        .ticks
        .iter()
        .map(|(value, label)| Label {
            x: plot.left - 6.0,
            y: plane.y(*value) + font * 0.36,
            anchor: Anchor::End,
            text: label.clone(),
        })
        .collect();
    if !plane.chart.y.unit_label.is_empty() {
        let text = plane.chart.y.unit_label.clone();
        muted.push(Label { x: 0.0, y: plane.unit_baseline, anchor: Anchor::Start, text });
    }
    let (major, minor) = time_labels(plane, &ticks);
    muted.extend(minor);
    sheet.labels("chart-text", Paint::default().fill(&theme.muted), font, &muted)?;
    sheet.labels("chart-text major", Paint::default().fill(&theme.ink), font, &major)
}

/// The labels of the time axis that fit, majors and minors; those at the edges are moved inwards.
fn time_labels(plane: &Plane<'_>, ticks: &[&Tick]) -> (Vec<Label>, Vec<Label>) {
    let (font, width) = (plane.font, f64::from(plane.chart.width));
    let middles: Vec<(f64, &str, bool)> = ticks
        .iter()
        .map(|tick| {
            let half = (width_px(&tick.label, font) / 2.0).min(width / 2.0);
            let middle = plane.x_within(tick.at_s).clamp(half, width - half);
            (middle, tick.label.as_str(), tick.major)
        })
        .collect();
    let shown = thinned(&middles, font, font * 0.7);
    let labels = middles.iter().zip(shown).filter(|(_, shown)| *shown).map(|(tick, _)| {
        let y = plane.plot.bottom + font * 1.6;
        (tick.2, Label { x: tick.0, y, anchor: Anchor::Middle, text: tick.1.to_owned() })
    });
    let (major, minor): (Vec<_>, Vec<_>) = labels.partition(|(major, _)| *major);
    let plain = |labels: Vec<(bool, Label)>| labels.into_iter().map(|(_, label)| label).collect();
    (plain(major), plain(minor))
}

fn legend(sheet: &mut Sheet, plane: &Plane<'_>) -> Result<(), DrawError> {
    for (number, (entry, series)) in plane.legend.iter().zip(&plane.chart.series).enumerate() {
        let colour = plane.theme.series_colour(number);
        let line = Paint::default().line(colour, 2.0);
        sheet.layer(&format!("chart-line s{number}"), line, |area| {
            key_line(area, series, &entry.swatch)
        })?;
        let paint = Paint::default().fill(colour);
        sheet.layer(&format!("chart-marker s{number}"), paint, |area| {
            key(area, series, &entry.swatch)
        })?;
    }
    let labels: Vec<Label> = plane.legend.iter().map(|entry| entry.label.clone()).collect();
    sheet.labels("chart-text", Paint::default().fill(&plane.theme.ink), plane.font, &labels)
}
