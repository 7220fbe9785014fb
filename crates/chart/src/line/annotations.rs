//! What stands in front of the series: marks, thresholds, and labels that look for room.

use super::layout::Plane;
use super::surroundings::{RAIL_PX, segment};
use crate::place::Placer;
use crate::sheet::{Anchor, Label, Paint, Sheet};
use crate::text::{width_px, wrapped};
use crate::{DrawError, Rect};

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
