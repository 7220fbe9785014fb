//! Drawing the series themselves.

use super::layout::Plane;
use super::trace::{Run, Trace};
use super::{Series, SeriesStyle};
use crate::DrawError;
use crate::decimate::kept;
use crate::geometry::Rect;
use crate::legend::rectangle;
use crate::place::spread;
use crate::sheet::{Anchor, Area, Drawn, Label, Paint, Sheet, at, outline};
use plotters::element::PathElement;

/// Radius of a marker in CSS pixels, about the area of a 12 px dot of text.
const MARKER_PX: f64 = 3.2;

/// The runs to draw, thinned to what the width can show.
pub(super) struct Lines<'t> {
    traces: &'t [Trace],
    runs: Vec<Vec<Run>>,
    /// The same in CSS pixels.
    pixels: Vec<Vec<Vec<(f64, f64)>>>,
}

impl<'t> Lines<'t> {
    pub(super) fn new(plane: &Plane<'_>, traces: &'t [Trace]) -> Self {
        let mut runs = vec![];
        let mut pixels = vec![];
        for trace in traces {
            let (mut drawn, mut placed) = (vec![], vec![]);
            for run in &trace.runs {
                let all: Vec<(f64, f64)> = run
                    .iter()
                    .map(|&(since_s, value)| (plane.x(since_s), plane.y(value)))
                    .collect();
                let kept = kept(&all);
                drawn.push(kept.iter().map(|&index| run[index]).collect());
                placed.push(kept.into_iter().map(|index| all[index]).collect());
            }
            runs.push(drawn);
            pixels.push(placed);
        }
        Self { traces, runs, pixels }
    }

    pub(super) fn draw(&self, sheet: &mut Sheet, plane: &Plane<'_>) -> Result<(), DrawError> {
        let series = &plane.chart.series;
        for (number, one) in series.iter().enumerate() {
            match one.style {
                SeriesStyle::Bars => self.bars(sheet, plane, number)?,
                SeriesStyle::Line | SeriesStyle::Step => self.line(sheet, plane, number)?,
            }
        }
        for (number, one) in series.iter().enumerate() {
            if one.style != SeriesStyle::Bars {
                self.markers(sheet, plane, number)?;
            }
        }
        if plane.labelled_at_ends {
            self.end_labels(sheet, plane)?;
        }
        Ok(())
    }

    /// Points along everything drawn, close enough that no label slips between two of them.
    pub(super) fn inked(&self) -> Vec<(f64, f64)> {
        let mut inked = vec![];
        for run in self.pixels.iter().flatten() {
            inked.extend(run.first());
            for pair in run.windows(2) {
                let (from, to) = (pair[0], pair[1]);
                let pieces = ((to.0 - from.0) / 6.0).ceil().clamp(1.0, 400.0);
                inked.extend((1..=pieces as usize).map(|piece| {
                    let share = piece as f64 / pieces;
                    (from.0 + share * (to.0 - from.0), from.1 + share * (to.1 - from.1))
                }));
            }
        }
        inked
    }

    fn line(&self, sheet: &mut Sheet, plane: &Plane<'_>, number: usize) -> Result<(), DrawError> {
        let colour = plane.theme.series_colour(number);
        let dense =
            self.pixels[number].iter().map(Vec::len).sum::<usize>() as f64 > plane.plot.width();
        let width = if dense { 1.0 } else { 2.0 };
        let paint = Paint::default().line(colour, width).with("stroke-linejoin", "round");
        let paint = paint.with("stroke-linecap", "round");
        sheet.layer(&format!("chart-line s{number}"), paint, |area| {
            let data = plane.data(area);
            for run in self.runs[number].iter().filter(|run| run.len() > 1) {
                data.draw(&PathElement::new(run.clone(), outline()))?;
            }
            Ok(())
        })
    }

    /// Shapes at every point while there is room, now and then on a crowded line, always on a point
    /// that stands alone and on the last.
    fn markers(
        &self,
        sheet: &mut Sheet,
        plane: &Plane<'_>,
        number: usize,
    ) -> Result<(), DrawError> {
        let Some(series) = plane.chart.series.get(number) else { return Ok(()) };
        let runs = &self.pixels[number];
        let places = if series.style == SeriesStyle::Step {
            vec![]
        } else {
            self.marker_places(plane, number)
        };
        let alone = runs.iter().filter(|run| run.len() == 1).map(|run| run[0]);
        let last = runs.last().and_then(|run| run.last()).copied();
        let paint = Paint::default().fill(plane.theme.series_colour(number));
        let paint = paint.edge(&plane.theme.ground, 1.0);
        sheet.layer(&format!("chart-marker s{number}"), paint, |area| {
            let mut drawn: Vec<(f64, f64)> = vec![];
            for place in places.into_iter().chain(alone).chain(last) {
                if !drawn.contains(&place) {
                    series.marker.draw(area, place, MARKER_PX)?;
                    drawn.push(place);
                }
            }
            Ok(())
        })
    }

    fn marker_places(&self, plane: &Plane<'_>, number: usize) -> Vec<(f64, f64)> {
        let points: Vec<(f64, f64)> = self.pixels[number].iter().flatten().copied().collect();
        let room = plane.plot.width() / points.len().max(1) as f64;
        let several = plane.chart.series.len() > 1;
        let apart = match (several, room >= 16.0) {
            (_, true) => 0.0,
            (true, false) => 88.0,
            (false, false) => return vec![],
        };
        // Each series begins a little further right, so that shapes do not pile up.
        let mut next =
            plane.plot.left + if apart > 0.0 { 12.0 + 26.0 * number as f64 } else { 0.0 };
        let mut places = vec![];
        for point in points {
            if point.0 >= next {
                places.push(point);
                next = point.0 + apart;
            }
        }
        places
    }

    fn bars(&self, sheet: &mut Sheet, plane: &Plane<'_>, number: usize) -> Result<(), DrawError> {
        let is_bars = |series: &&Series| series.style == SeriesStyle::Bars;
        let side_by_side = plane.chart.series.iter().filter(is_bars).count().max(1) as f64;
        let rank = plane.chart.series[..number].iter().filter(is_bars).count() as f64;
        let step_s = self.traces[number].step_s.unwrap_or(0.0);
        let step = (plane.x(step_s) - plane.x(0.0)).clamp(1.0, plane.plot.width());
        let each = (step * 0.8 / side_by_side).clamp(0.6, 48.0);
        let foot = plane.y_within(0.0);
        let paint = Paint::default().fill(plane.theme.series_colour(number));
        sheet.layer(&format!("chart-bar s{number}"), paint, |area| {
            for &(x, y) in self.pixels[number].iter().flatten() {
                let left = x + (rank - side_by_side / 2.0) * each;
                let bar = Rect {
                    left: left.max(plane.plot.left),
                    right: (left + each).min(plane.plot.right),
                    top: y.min(foot),
                    bottom: y.max(foot),
                };
                if bar.width() > 0.0 {
                    rectangle(area, &bar)?;
                }
            }
            Ok(())
        })
    }

    fn end_labels(&self, sheet: &mut Sheet, plane: &Plane<'_>) -> Result<(), DrawError> {
        let font = plane.font;
        let ends: Vec<f64> = self
            .pixels
            .iter()
            .map(|runs| runs.last().and_then(|run| run.last()).map_or(plane.plot.top, |end| end.1))
            .collect();
        let middles = spread(&ends, font * 1.35, plane.plot.top, plane.plot.bottom);
        for (number, (series, middle)) in plane.chart.series.iter().zip(middles).enumerate() {
            let label = Label {
                x: plane.plot.right + font * 0.8,
                y: middle + font * 0.36,
                anchor: Anchor::Start,
                text: series.label.clone(),
            };
            let paint = Paint::default().fill(plane.theme.series_colour(number));
            let class = format!("chart-text chart-series-label s{number}");
            sheet.labels(&class, paint.with("font-weight", "600"), font, &[label])?;
        }
        Ok(())
    }
}

/// The key of a series in the legend above the plot.
pub(super) fn key(area: &Area<'_>, series: &Series, swatch: &Rect) -> Drawn {
    let (x, y) = swatch.centre();
    match series.style {
        SeriesStyle::Bars => rectangle(area, &Rect::sized(x - 5.0, y - 5.0, 10.0, 10.0)),
        SeriesStyle::Line | SeriesStyle::Step => series.marker.draw(area, (x, y), MARKER_PX),
    }
}

/// The line through the key of a series.
pub(super) fn key_line(area: &Area<'_>, series: &Series, swatch: &Rect) -> Drawn {
    if series.style == SeriesStyle::Bars {
        return Ok(());
    }
    let y = swatch.centre().1;
    area.draw(&PathElement::new(vec![at(swatch.left, y), at(swatch.right, y)], outline()))
}
