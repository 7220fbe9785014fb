//! From points to unbroken runs inside the window.

use super::{Gap, LineChart, Point, Series, SeriesStyle};

/// An unbroken stretch: (seconds since the window's start, value), ascending in time.
pub(super) type Run = Vec<(f64, f64)>;

/// The runs of one series, cut at the edges of the window.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Trace {
    pub(super) runs: Vec<Run>,
    /// Seconds that a value stands for: the expected step, or else the least distance of points.
    pub(super) step_s: Option<f64>,
}

pub(super) fn traces(chart: &LineChart) -> Vec<Trace> {
    let window = (chart.x.start_s, chart.x.end_s);
    let trace = |(number, series): (usize, &Series)| {
        let gaps: Vec<&Gap> = chart.gaps.iter().filter(|gap| gap.series == number).collect();
        trace(series, window, &gaps)
    };
    chart.series.iter().enumerate().map(trace).collect()
}

fn trace(series: &Series, (start_s, end_s): (i64, i64), gaps: &[&Gap]) -> Trace {
    let points = &series.points;
    // One neighbour on either side, so that a line runs on to the edge when the view is zoomed.
    let first = points.partition_point(|point| point.at_s < start_s).saturating_sub(1);
    let past = points.partition_point(|point| point.at_s <= end_s).saturating_add(1);
    let near = points.get(first..past.min(points.len())).unwrap_or_default();
    let step_s = step_s(series, near);
    let span = seconds_between(start_s, end_s);
    let runs = runs(series, near, gaps)
        .into_iter()
        .map(|run| {
            let run: Run = run
                .into_iter()
                .map(|(at_s, value)| (seconds_between(start_s, at_s), value))
                .collect();
            match series.style {
                SeriesStyle::Line => clipped_line(&run, span),
                SeriesStyle::Step => clipped_steps(&run, span, step_s.unwrap_or(0.0)),
                SeriesStyle::Bars => {
                    run.into_iter().filter(|point| (0.0..=span).contains(&point.0)).collect()
                }
            }
        })
        .filter(|run| !run.is_empty())
        .collect();
    Trace { runs, step_s }
}

fn seconds_between(from_s: i64, to_s: i64) -> f64 {
    to_s.saturating_sub(from_s) as f64
}

fn step_s(series: &Series, near: &[Point]) -> Option<f64> {
    let least = || {
        let distances = near.windows(2).map(|pair| pair[1].at_s.saturating_sub(pair[0].at_s));
        distances.filter(|&distance| distance > 0).min().map(|distance| distance as f64)
    };
    series.expected_step_s.map(f64::from).or_else(least)
}

/// Breaks at missing values, at named gaps, and where more than two steps pass without a point.
fn runs(series: &Series, near: &[Point], gaps: &[&Gap]) -> Vec<Vec<(i64, f64)>> {
    let mut runs: Vec<Vec<(i64, f64)>> = vec![];
    let mut before: Option<i64> = None;
    for point in near {
        let Some(value) = point.value else {
            before = None;
            continue;
        };
        let joined = before.is_some_and(|before_s| {
            let waited_s = point.at_s.saturating_sub(before_s);
            let in_time = series.expected_step_s.is_none_or(|step| waited_s <= 2 * i64::from(step));
            in_time && !gaps.iter().any(|gap| gap.from_s < point.at_s && gap.to_s > before_s)
        });
        match runs.last_mut().filter(|_| joined) {
            Some(run) => run.push((point.at_s, value)),
            None => runs.push(vec![(point.at_s, value)]),
        }
        before = Some(point.at_s);
    }
    runs
}

/// Cuts a run at the window's edges, where the line crosses them.
fn clipped_line(run: &[(f64, f64)], span: f64) -> Run {
    let mut clipped = vec![];
    for (index, &(at, value)) in run.iter().enumerate() {
        if let Some(&before) = index.checked_sub(1).and_then(|index| run.get(index)) {
            let crossing = |edge: f64| {
                let share = (edge - before.0) / (at - before.0);
                (edge, before.1 + share * (value - before.1))
            };
            if before.0 < 0.0 && at > 0.0 {
                clipped.push(crossing(0.0));
            }
            if before.0 < span && at > span {
                clipped.push(crossing(span));
            }
        }
        if (0.0..=span).contains(&at) {
            clipped.push((at, value));
        }
    }
    clipped
}

/// The corners of a staircase; its last value holds for one step.
fn clipped_steps(run: &[(f64, f64)], span: f64, step_s: f64) -> Run {
    let mut corners = vec![];
    for (index, &(at, value)) in run.iter().enumerate() {
        let until = run.get(index + 1).map_or(at + step_s, |next| next.0);
        if until < 0.0 || at > span || (until <= 0.0 && at < 0.0) {
            continue;
        }
        corners.push((at.max(0.0), value));
        corners.push((until.min(span), value));
    }
    corners
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn hourly(values: &[Option<f64>]) -> Series {
        let points = values.iter().enumerate().map(|(hour, &value)| Point {
            at_s: hour as i64 * 3_600,
            value,
            ..Point::default()
        });
        Series { points: points.collect(), expected_step_s: Some(3_600), ..Series::default() }
    }

    fn lengths(trace: &Trace) -> Vec<usize> {
        trace.runs.iter().map(Vec::len).collect()
    }

    #[rstest]
    #[case::whole(&[Some(1.0), Some(2.0), Some(3.0)], &[3])]
    #[case::missing_in_the_middle(&[Some(1.0), None, Some(3.0), Some(4.0)], &[1, 2])]
    #[case::missing_at_both_ends(&[None, Some(2.0), Some(3.0), None], &[2])]
    #[case::all_missing(&[None, None], &[])]
    fn a_missing_value_breaks_the_line(#[case] values: &[Option<f64>], #[case] expected: &[usize]) {
        let trace = trace(&hourly(values), (0, 36_000), &[]);
        assert_eq!(lengths(&trace), expected);
    }

    #[rstest]
    #[case::one_step_late(2, &[6])]
    #[case::more_than_two_steps(3, &[3, 3])]
    fn silence_of_more_than_two_steps_breaks_the_line(
        #[case] hours: i64,
        #[case] expected: &[usize],
    ) {
        let mut series = hourly(&[Some(1.0); 6]);
        series.points[3..].iter_mut().for_each(|point| point.at_s += (hours - 1) * 3_600);
        assert_eq!(lengths(&trace(&series, (0, 72_000), &[])), expected);
        series.expected_step_s = None;
        assert_eq!(lengths(&trace(&series, (0, 72_000), &[])), [6], "no step, no silence");
    }

    #[test]
    fn a_named_gap_breaks_the_line_though_points_stand_close() {
        let gap = Gap { from_s: 4_000, to_s: 5_000, ..Gap::default() };
        let trace = trace(&hourly(&[Some(1.0); 4]), (0, 36_000), &[&gap]);
        assert_eq!(lengths(&trace), [2, 2]);
    }

    #[test]
    fn a_zoomed_line_runs_on_to_both_edges() {
        let series = hourly(&[Some(0.0), Some(10.0), Some(20.0)]);
        let trace = trace(&series, (1_800, 5_400), &[]);
        assert_eq!(trace.runs, [vec![(0.0, 5.0), (1_800.0, 10.0), (3_600.0, 15.0)]]);
    }

    #[test]
    fn a_window_between_two_points_shows_the_line_crossing_it() {
        let series = hourly(&[Some(0.0), Some(36.0)]);
        assert_eq!(trace(&series, (1_000, 2_000), &[]).runs, [vec![(0.0, 10.0), (1_000.0, 20.0)]]);
    }

    #[test]
    fn a_step_holds_its_value_until_the_next_point_and_the_last_for_one_step() {
        let series = Series { style: SeriesStyle::Step, ..hourly(&[Some(1.0), Some(2.0)]) };
        assert_eq!(
            trace(&series, (1_800, 9_000), &[]).runs,
            [vec![(0.0, 1.0), (1_800.0, 1.0), (1_800.0, 2.0), (5_400.0, 2.0)]]
        );
    }
}
