//! Everything about the series: bands, grid, gaps, axes, thresholds, marks, labels.

use super::layout::Plane;
use super::series::{key, key_line};
use crate::legend::rectangle;
use crate::place::Placer;
use crate::sheet::{Anchor, Area, Drawn, Label, Mark, Paint, Sheet, at, outline};
use crate::text::{width_px, wrapped};
use crate::ticks::thinned;
use crate::{DrawError, Pattern, Rect, Tick};
use plotters::element::PathElement;

/// Width of the strip at the axis that shows a band in its full colour.
const RAIL_PX: f64 = 4.0;
/// The least distance of two ticks.
const LEAST_TICK_PX: f64 = 3.0;

pub(super) fn behind(sheet: &mut Sheet, plane: &Plane<'_>) -> Result<(), DrawError> {
    bands(sheet, plane)?;
    grid(sheet, plane)?;
    gaps(sheet, plane)?;
    axes(sheet, plane)?;
    legend(sheet, plane)
}

pub(super) fn in_front(
    sheet: &mut Sheet,
    plane: &Plane<'_>,
    inked: Vec<(f64, f64)>,
) -> Result<(), DrawError> {
    let room = Rect { left: plane.plot.left, right: plane.plot.right, ..plane.plot };
    let mut placer = Placer::new(room, inked);
    marks(sheet, plane, &mut placer)?;
    thresholds(sheet, plane, &mut placer)?;
    band_labels(sheet, plane, &mut placer)
}

fn segment(area: &Area<'_>, from: (f64, f64), to: (f64, f64)) -> Drawn {
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

/// A label of one or more lines.
struct Block {
    lines: Vec<String>,
    width: f64,
    height: f64,
}

impl Block {
    fn new(text: &str, plane: &Plane<'_>) -> Self {
        let lines = wrapped(text, plane.plot.width() - RAIL_PX - 12.0, plane.font);
        let width = lines.iter().map(|line| width_px(line, plane.font)).fold(0.0, f64::max);
        let height = lines.len() as f64 * plane.font * 1.25;
        Self { lines, width, height }
    }

    fn at(&self, left: f64, top: f64) -> Rect {
        Rect::sized(left, top, self.width, self.height)
    }

    fn labels(self, place: &Rect, font: f64) -> impl Iterator<Item = Label> {
        let (left, top) = (place.left, place.top);
        self.lines.into_iter().enumerate().map(move |(line, text)| Label {
            x: left,
            y: top + font * (1.0 + 1.25 * line as f64),
            anchor: Anchor::Start,
            text,
        })
    }
}

/// Text with a rim of the ground's colour, legible across lines.
fn haloed(ink: &str, plane: &Plane<'_>) -> Paint {
    Paint::default()
        .fill(ink)
        .edge(&plane.theme.ground, 3.0)
        .with("stroke-linejoin", "round")
        .with("paint-order", "stroke")
}

fn marks(sheet: &mut Sheet, plane: &Plane<'_>, placer: &mut Placer) -> Result<(), DrawError> {
    let plot = plane.plot;
    let shown: Vec<_> = plane.chart.marks.iter().filter(|mark| plane.shows(mark.at_s)).collect();
    sheet.layer("chart-mark", Paint::default().line(&plane.theme.ink, 1.0), |area| {
        shown.iter().try_for_each(|mark| {
            let x = plane.x_within(mark.at_s);
            segment(area, (x, plot.top), (x, plot.bottom))
        })
    })?;
    let mut labels = vec![];
    for mark in shown.iter().filter(|mark| !mark.label.is_empty()) {
        let x = plane.x_within(mark.at_s);
        let block = Block::new(&mark.label, plane);
        let lanes = (plot.height() / block.height.max(1.0)) as usize;
        let mut places = vec![];
        for lane in 0..lanes.max(1) {
            let top = plot.top + block.height * lane as f64;
            let within = (x - block.width / 2.0).clamp(plot.left, plot.right - block.width);
            places.push(block.at(x + 5.0, top));
            places.push(block.at(x - 5.0 - block.width, top));
            places.push(block.at(within, top));
        }
        // The mark's own label comes first: where it hides a line, the halo keeps both legible.
        let first_lane = places.get(..2).and_then(|places| placer.place(places));
        if let Some(place) = first_lane.or_else(|| placer.place(&places)) {
            labels.extend(block.labels(&place, plane.font));
        }
    }
    let class = "chart-text chart-mark-label";
    sheet.labels(class, haloed(&plane.theme.ink, plane), plane.font, &labels)
}

fn thresholds(sheet: &mut Sheet, plane: &Plane<'_>, placer: &mut Placer) -> Result<(), DrawError> {
    let (plot, font) = (plane.plot, plane.font);
    let inside = plane.scale.low..=plane.scale.high;
    let shown: Vec<_> =
        plane.chart.thresholds.iter().filter(|line| inside.contains(&line.value)).collect();
    let paint = Paint::default().line(&plane.theme.limit, 1.2);
    sheet.layer("chart-threshold", paint, |area| {
        shown.iter().try_for_each(|line| {
            let y = plane.y(line.value);
            segment(area, (plot.left, y), (plot.right, y))
        })
    })?;
    for line in &shown {
        let y = plane.y(line.value);
        placer.take(Rect { top: y - 0.5, bottom: y + 0.5, ..plot });
    }
    let mut labels = vec![];
    for line in shown.iter().filter(|line| !line.label.is_empty()) {
        let block = Block::new(&line.label, plane);
        let (above, below) = (plane.y(line.value) - block.height - 1.0, plane.y(line.value) + 2.0);
        let room = plot.width() - block.width - RAIL_PX - 8.0;
        let mut places = vec![];
        for tenths in [10, 0, 9, 8, 7, 6, 5, 4, 3, 2, 1] {
            let left = plot.left + RAIL_PX + 4.0 + f64::from(tenths) / 10.0 * room;
            places.extend([block.at(left, above), block.at(left, below)]);
        }
        if let Some(place) = placer.place(&places) {
            labels.extend(block.labels(&place, font));
        }
    }
    let class = "chart-text chart-threshold-label";
    sheet.labels(class, haloed(&plane.theme.limit, plane), font, &labels)
}

fn band_labels(sheet: &mut Sheet, plane: &Plane<'_>, placer: &mut Placer) -> Result<(), DrawError> {
    let (plot, font) = (plane.plot, plane.font);
    let mut labels = vec![];
    for band in plane.chart.bands.iter().filter(|band| !band.label.is_empty()) {
        let top = band.to.map_or(plot.top, |to| plane.y_within(to));
        let bottom = plane.y_within(band.from);
        let block = Block::new(&band.label, plane);
        if bottom - top < block.height {
            continue;
        }
        let left = plot.left + RAIL_PX + 4.0;
        let right = plot.right - 4.0 - block.width;
        let middle = (top + bottom - block.height) / 2.0;
        let mut places = vec![];
        for y in [middle, top + 1.0, bottom - block.height - 1.0] {
            if y >= top && y + block.height <= bottom {
                places.extend([block.at(left, y), block.at(right, y)]);
            }
        }
        if let Some(place) = placer.place(&places) {
            labels.extend(block.labels(&place, font));
        }
    }
    let class = "chart-text chart-band-label";
    sheet.labels(class, haloed(&plane.theme.muted, plane), font, &labels)
}
