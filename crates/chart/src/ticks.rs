//! Round values for axes, and how many labels fit.

use crate::text::width_px;

/// A labelled time on the horizontal axis.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tick {
    /// Unix seconds.
    pub at_s: i64,
    /// Its text, such as `08:00` or `3月`.
    pub label: String,
    /// A major tick (a new day or year) is drawn first, stronger and with a grid line.
    pub major: bool,
}

/// The natural distance between two labels of a time axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepKind {
    /// Every hour.
    Hour,
    /// Every six hours.
    SixHours,
    /// Every day.
    Day,
    /// Every week.
    Week,
    /// Every month.
    Month,
    /// Every year.
    Year,
}

/// The step of the ticks for a window of `span_s` seconds drawn `width_px` wide.
///
/// Labels take about 56 CSS pixels. There may be two ticks to a label, three for months: what does
/// not fit is drawn without text, in an even rhythm.
///
/// ```
/// use chart::ticks::{StepKind, choose_step};
/// assert_eq!(choose_step(86_400, 900), StepKind::SixHours);
/// assert_eq!(choose_step(86_400 * 365, 900), StepKind::Month);
/// ```
pub fn choose_step(span_s: i64, width_px: u32) -> StepKind {
    let labels = i64::from((width_px / 56).max(2));
    match span_s / labels {
        ..=3_600 => StepKind::Hour,
        3_601..=43_200 => StepKind::SixHours,
        43_201..=172_800 => StepKind::Day,
        172_801..=1_209_600 => StepKind::Week,
        1_209_601..=8_035_200 => StepKind::Month,
        _ => StepKind::Year,
    }
}

/// A value axis: its ends, and labelled round values between them.
#[derive(Debug, Clone, PartialEq)]
pub struct ValueScale {
    /// The lowest value shown.
    pub low: f64,
    /// The highest value shown.
    pub high: f64,
    /// Round values with their labels, ascending.
    pub ticks: Vec<(f64, String)>,
}

/// Round values that enclose `low..=high` in about `wanted` steps of 1, 2, 2.5 or 5 × a power of
/// ten, none finer than `decimals` decimal places.
///
/// An end that is infinite or not a number, or a span beyond the largest double, has no scale: both
/// ends are then taken as 0.
///
/// ```
/// let scale = chart::ticks::value_scale(0.0, 83.0, 4, 0);
/// let labels: Vec<_> = scale.ticks.iter().map(|(_, label)| label.as_str()).collect();
/// assert_eq!(labels, ["0", "25", "50", "75", "100"]);
/// ```
pub fn value_scale(low: f64, high: f64, wanted: usize, decimals: usize) -> ValueScale {
    let (low, high) = if (high - low).is_finite() { (low, high) } else { (0.0, 0.0) };
    let (step, digits) = round_step((high - low) / wanted.max(1) as f64, decimals.min(9));
    let first = (low / step + 1e-9).floor();
    let last = ((high / step - 1e-9).ceil()).max(first + 1.0);
    // The step is at least a share of the span, so there are few; the bound guards the arithmetic.
    let count = (last - first).min(64.0) as usize;
    let ticks = (0..=count)
        .map(|number| {
            let value = (first + number as f64) * step;
            (value, label(value, digits))
        })
        .collect();
    ValueScale { low: first * step, high: last * step, ticks }
}

fn label(value: f64, digits: usize) -> String {
    let plain = format!("{:.digits$}", value.abs());
    let is_zero = plain.bytes().all(|byte| matches!(byte, b'0' | b'.'));
    if value < 0.0 && !is_zero { format!("−{plain}") } else { plain }
}

/// The least round step not below `rough`, and the decimal places its multiples need.
fn round_step(rough: f64, decimals: usize) -> (f64, usize) {
    // Powers of ten by division and multiplication: `powi` and `log10` differ between platforms.
    let mut power = 1.0;
    let mut digits = 0;
    while digits < decimals && power > rough {
        power /= 10.0;
        digits += 1;
    }
    while power * 10.0 <= rough && power < f64::MAX / 100.0 {
        power *= 10.0;
        digits = digits.saturating_sub(1);
    }
    for (factor, more) in [(1.0, 0), (2.0, 0), (2.5, 1), (5.0, 0)] {
        let needs = if power >= 10.0 { 0 } else { digits + more };
        if factor * power >= rough && needs <= decimals {
            return (factor * power, needs);
        }
    }
    (10.0 * power, digits.saturating_sub(1))
}

/// Which labels of an axis are printed, so that none comes closer than `apart` pixels to another.
///
/// `ticks` are (middle in pixels, label, major), ascending. Every n-th is kept, evenly; majors win
/// over minors.
pub(crate) fn thinned(ticks: &[(f64, &str, bool)], font_px: f64, apart: f64) -> Vec<bool> {
    let mut shown = vec![false; ticks.len()];
    let majors: Vec<usize> = (0..ticks.len()).filter(|&at| ticks[at].2).collect();
    for at in every_nth(ticks, &majors, font_px, apart) {
        shown[at] = true;
    }
    let minors = ranked_minors(ticks, &majors);
    let collides = |at: usize| {
        majors.iter().any(|&major| shown[major] && touch(ticks, at, major, font_px, apart))
    };
    // A place in the rhythm is labelled everywhere or nowhere: `12:00` on each day or on none.
    let crowded: Vec<usize> =
        minors.iter().filter(|(at, _)| collides(*at)).map(|(_, rank)| *rank).collect();
    for stride in 1..=ticks.len().max(1) {
        let chosen: Vec<usize> = minors
            .iter()
            .filter(|(_, rank)| rank % stride == 0 && !crowded.contains(rank))
            .map(|(at, _)| *at)
            .collect();
        if chosen.windows(2).all(|pair| !touch(ticks, pair[0], pair[1], font_px, apart)) {
            chosen.into_iter().for_each(|at| shown[at] = true);
            return shown;
        }
    }
    shown
}

/// The minor ticks with their distance from the major before them, so that each day's or month's
/// labels keep the same rhythm; before the first major, as if the one before it were there.
fn ranked_minors(ticks: &[(f64, &str, bool)], majors: &[usize]) -> Vec<(usize, usize)> {
    let first = majors.first().copied().unwrap_or(0);
    let period = majors.get(1).map_or(first + 1, |second| second - first);
    let mut rank = (2 * period * ticks.len()).saturating_sub(first) % period.max(1);
    let mut minors = vec![];
    for (at, tick) in ticks.iter().enumerate() {
        if tick.2 {
            rank = 0;
        } else {
            minors.push((at, rank));
        }
        rank += 1;
    }
    minors
}

fn every_nth(ticks: &[(f64, &str, bool)], of: &[usize], font_px: f64, apart: f64) -> Vec<usize> {
    for stride in 1..=of.len().max(1) {
        let chosen: Vec<usize> = of.iter().copied().step_by(stride).collect();
        if chosen.windows(2).all(|pair| !touch(ticks, pair[0], pair[1], font_px, apart)) {
            return chosen;
        }
    }
    vec![]
}

fn touch(ticks: &[(f64, &str, bool)], a: usize, b: usize, font_px: f64, apart: f64) -> bool {
    let half = |at: usize| width_px(ticks[at].1, font_px) / 2.0;
    (ticks[a].0 - ticks[b].0).abs() < half(a) + half(b) + apart
}

#[cfg(test)]
mod tests {
    use super::{StepKind, choose_step, thinned, value_scale};
    use rstest::rstest;

    /// Labels printed when every sixth hour of three days is a tick, `apart_px` from one another.
    fn shown(apart_px: f64, first_hour: i64) -> Vec<String> {
        let labels: Vec<String> =
            (0..12)
                .map(|number| first_hour + 6 * number)
                .map(|hour| {
                    if hour % 24 == 0 { "3月1日".into() } else { format!("{:02}:00", hour % 24) }
                })
                .collect();
        let ticks: Vec<(f64, &str, bool)> = labels
            .iter()
            .enumerate()
            .map(|(at, label)| (at as f64 * apart_px, label.as_str(), label.contains('月')))
            .collect();
        let shown = thinned(&ticks, 12.0, 8.0);
        labels
            .iter()
            .zip(shown)
            .filter(|(_, shown)| *shown)
            .map(|(label, _)| label.clone())
            .collect()
    }

    #[rstest]
    #[case::room_for_all(60.0, &["3月1日", "06:00", "12:00", "18:00"])]
    #[case::room_for_noon(30.0, &["3月1日", "12:00"])]
    #[case::room_for_days(14.0, &["3月1日"])]
    fn each_day_has_the_same_labels(#[case] apart_px: f64, #[case] day: &[&str]) {
        assert_eq!(shown(apart_px, 0), day.repeat(3));
    }

    #[test]
    fn a_window_that_starts_within_a_day_keeps_the_rhythm() {
        assert_eq!(shown(30.0, 6), ["12:00", "3月1日", "12:00", "3月1日", "12:00", "3月1日"]);
    }

    #[rstest]
    #[case::a_day_on_a_phone(86_400, 360, StepKind::SixHours)]
    #[case::six_hours(21_600, 900, StepKind::Hour)]
    #[case::three_days_on_a_phone(3 * 86_400, 360, StepKind::SixHours)]
    #[case::a_week_on_a_phone(7 * 86_400, 360, StepKind::Day)]
    #[case::a_month(30 * 86_400, 360, StepKind::Week)]
    #[case::a_year_on_a_phone(365 * 86_400, 360, StepKind::Month)]
    #[case::ten_years(3_650 * 86_400, 900, StepKind::Year)]
    #[case::nothing(0, 0, StepKind::Hour)]
    fn steps_suit_the_width(#[case] span_s: i64, #[case] width: u32, #[case] step: StepKind) {
        assert_eq!(choose_step(span_s, width), step);
    }

    #[rstest]
    #[case::upwards(0.0, f64::INFINITY)]
    #[case::downwards(f64::NEG_INFINITY, 0.0)]
    #[case::no_number(0.0, f64::NAN)]
    #[case::wider_than_any_number(f64::MIN, f64::MAX)]
    fn what_has_no_span_has_the_scale_of_nothing(#[case] low: f64, #[case] high: f64) {
        assert_eq!(value_scale(low, high, 4, 0), value_scale(0.0, 0.0, 4, 0));
    }

    #[test]
    fn the_largest_number_has_a_scale() {
        let scale = value_scale(0.0, f64::MAX, 4, 0);
        assert!(scale.ticks.len() <= 65 && scale.low <= 0.0, "{scale:?}");
    }
}
