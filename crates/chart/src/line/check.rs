//! What a line chart must be before it can be drawn.

use super::LineChart;
use crate::DrawError;
use crate::drawing::{check_size, drawable};

pub(super) fn check(chart: &LineChart) -> Result<(), DrawError> {
    check_size(chart.width, chart.height, (160, 96))?;
    let (start_s, end_s) = (chart.x.start_s, chart.x.end_s);
    if end_s <= start_s {
        return Err(DrawError::Window { start_s, end_s });
    }
    for (number, series) in chart.series.iter().enumerate() {
        for (index, point) in series.points.iter().enumerate() {
            if let Some(value) = point.value {
                drawable(value, || format!("the value of point {index} of series {number}"))?;
            }
            if index > 0 && series.points[index - 1].at_s > point.at_s {
                return Err(DrawError::Unordered { series: number, index });
            }
        }
    }
    for value in [chart.y.min, chart.y.max].into_iter().flatten() {
        drawable(value, || "an end of the value axis".to_owned())?;
    }
    for band in &chart.bands {
        drawable(band.from, || format!("the lower end of band “{}”", band.label))?;
        if let Some(to) = band.to {
            drawable(to, || format!("the upper end of band “{}”", band.label))?;
        }
    }
    for threshold in &chart.thresholds {
        drawable(threshold.value, || format!("threshold “{}”", threshold.label))?;
    }
    let count = chart.series.len();
    match chart.gaps.iter().find(|gap| gap.series >= count) {
        Some(gap) => Err(DrawError::UnknownSeries { series: gap.series, count }),
        None => Ok(()),
    }
}
