//! A word-sized line.

use crate::decimate::kept;
use crate::drawing::{check_size, drawable};
use crate::geometry::Track;
use crate::sheet::{Paint, Sheet, at, outline};
use crate::{DrawError, Drawing, Marker, PlotGeometry, Rect, Table, Theme};
use plotters::element::PathElement;

/// Room for the dots at the ends.
const MARGIN_PX: f64 = 4.0;

/// Draws a small line without axes: the least and the greatest value as rings, the latest as a dot.
///
/// `points` are oldest first, one per step; `None` breaks the line. It has no table, because it stands
/// beside figures that are printed in full; in the geometry, times are indices.
///
/// # Errors
///
/// [`DrawError`] if the size is impossible or a value has no place on an axis.
///
/// ```
/// let theme = chart::Theme::light();
/// let drawing = chart::sparkline(&[Some(35.0), None, Some(40.0)], 120, 32, "24 h", &theme)?;
/// assert_eq!(drawing.plot.nearest(0, 0.0), Some(0));
/// # Ok::<(), chart::DrawError>(())
/// ```
pub fn sparkline(
    points: &[Option<f64>],
    width: u32,
    height: u32,
    title: &str,
    theme: &Theme,
) -> Result<Drawing, DrawError> {
    check_size(width, height, (48, 16))?;
    for (index, value) in points.iter().enumerate() {
        if let Some(value) = *value {
            drawable(value, || format!("the value of point {index}"))?;
        }
    }
    let plot = geometry(points, width, height);
    let places: Vec<Option<(f64, f64)>> =
        (0..points.len()).map(|index| plot.position(0, index)).collect();
    let mut sheet = Sheet::new("chart-sparkline", title, "", (width, height));
    line(&mut sheet, &places, theme)?;
    marks(&mut sheet, &places, theme)?;
    Ok(Drawing { svg: sheet.finish(), table: Table::default(), plot })
}

fn geometry(points: &[Option<f64>], width: u32, height: u32) -> PlotGeometry {
    let (width, height) = (f64::from(width), f64::from(height));
    let area = Rect::sized(MARGIN_PX, MARGIN_PX, width - 2.0 * MARGIN_PX, height - 2.0 * MARGIN_PX);
    let low = points.iter().flatten().copied().fold(f64::INFINITY, f64::min);
    let high = points.iter().flatten().copied().fold(f64::NEG_INFINITY, f64::max);
    let y = |value: f64| match high - low {
        span if span > 1e-9 => area.bottom - (value - low) / span * area.height(),
        _ => area.centre().1,
    };
    let last = points.len().saturating_sub(1).max(1);
    let track = Track {
        at_s: (0..points.len() as i64).collect(),
        y: points.iter().map(|value| value.map(y)).collect(),
    };
    PlotGeometry {
        width,
        height,
        plot_area: area,
        window_s: (0, last as i64),
        tracks: vec![track],
        cells: vec![],
    }
}

fn line(sheet: &mut Sheet, places: &[Option<(f64, f64)>], theme: &Theme) -> Result<(), DrawError> {
    let paint = Paint::default().line(theme.series_colour(0), 1.6);
    let paint = paint.with("stroke-linejoin", "round").with("stroke-linecap", "round");
    sheet.layer("chart-line s0", paint, |area| {
        for run in places.split(Option::is_none) {
            let run: Vec<(f64, f64)> = run.iter().flatten().copied().collect();
            let corners: Vec<(i32, i32)> =
                kept(&run).into_iter().map(|index| at(run[index].0, run[index].1)).collect();
            match corners[..] {
                [] => {}
                // A line of no length with round ends is a dot.
                [alone] => area.draw(&PathElement::new(vec![alone, alone], outline()))?,
                _ => area.draw(&PathElement::new(corners, outline()))?,
            }
        }
        Ok(())
    })
}

fn marks(sheet: &mut Sheet, places: &[Option<(f64, f64)>], theme: &Theme) -> Result<(), DrawError> {
    let drawn = || places.iter().flatten().copied();
    let greatest = drawn().min_by(|a, b| a.1.total_cmp(&b.1));
    let least = drawn().max_by(|a, b| a.1.total_cmp(&b.1));
    let colour = theme.series_colour(0);
    let ring = Paint::default().fill(&theme.ground).edge(colour, 1.4);
    sheet.layer("chart-extreme s0", ring, |area| {
        let extremes = greatest.into_iter().chain(least);
        extremes.into_iter().try_for_each(|place| Marker::Circle.draw(area, place, 2.4))
    })?;
    sheet.layer("chart-marker s0", Paint::default().fill(colour), |area| {
        drawn().last().map_or(Ok(()), |place| Marker::Circle.draw(area, place, 2.8))
    })
}
