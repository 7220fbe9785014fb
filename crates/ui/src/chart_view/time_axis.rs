//! The labels of a time axis, in Beijing time.

use chart::{
    Tick, TimeAxis,
    ticks::{StepKind, choose_step},
};
use domain::{Lang, period::day_start};
use jiff::civil::Date;

use crate::dates;

/// The axis of a window, Unix seconds, drawn `width_px` wide.
pub fn time_axis((start_s, end_s): (i64, i64), width_px: u32, lang: Lang) -> TimeAxis {
    let ticks = match choose_step(end_s - start_s, width_px) {
        StepKind::Hour => hours(start_s, end_s, 1, lang),
        StepKind::SixHours => hours(start_s, end_s, 6, lang),
        StepKind::Day => days(start_s, end_s, 1, lang),
        StepKind::Week => days(start_s, end_s, 7, lang),
        StepKind::Month => months(start_s, end_s, lang),
        StepKind::Year => years(start_s, end_s),
    };
    TimeAxis { start_s, end_s, ticks }
}

const HOUR: i64 = 3_600;
const DAY: i64 = 24 * HOUR;
/// Beijing's midnight lies eight hours before that of UTC.
const OFFSET: i64 = 8 * HOUR;
/// No axis shows more labels; a window of ten thousand years asks for no more memory.
const MOST: usize = 400;

fn hours(start_s: i64, end_s: i64, step: i64, lang: Lang) -> Vec<Tick> {
    let step_s = step * HOUR;
    let first = (start_s + OFFSET + step_s - 1).div_euclid(step_s) * step_s - OFFSET;
    (0..)
        .map(|number| first + number * step_s)
        .take_while(|at_s| *at_s <= end_s)
        .take(MOST)
        .map(|at_s| {
            let at = dates::instant(at_s);
            let midnight = (at_s + OFFSET).rem_euclid(24 * HOUR) == 0;
            let day = dates::beijing(at).date();
            let label = if midnight { dates::short_day(day, lang) } else { dates::clock(at) };
            Tick { at_s, label, major: midnight }
        })
        .collect()
}

fn days(start_s: i64, end_s: i64, step: i64, lang: Lang) -> Vec<Tick> {
    let first = (start_s + OFFSET + DAY - 1).div_euclid(DAY) * DAY - OFFSET;
    (0..)
        .map(|number| first + number * step * DAY)
        .take_while(|at_s| *at_s <= end_s)
        .take(MOST)
        .map(|at_s| {
            let day = dates::beijing(dates::instant(at_s)).date();
            Tick { at_s, label: dates::short_day(day, lang), major: day.day() == 1 }
        })
        .collect()
}

fn months(start_s: i64, end_s: i64, lang: Lang) -> Vec<Tick> {
    let label = |day: Date| match day.month() {
        1 => dates::year(day),
        month => dates::month_label(month, lang),
    };
    calendar(start_s, end_s, 1, label)
}

fn years(start_s: i64, end_s: i64) -> Vec<Tick> {
    calendar(start_s, end_s, 12, dates::year)
}

/// A tick on the first of every `step`th month, counted from a January.
fn calendar(start_s: i64, end_s: i64, step: i32, label: impl Fn(Date) -> String) -> Vec<Tick> {
    let day = dates::beijing(dates::instant(start_s)).date();
    let first = i32::from(day.year()) * 12 + (i32::from(day.month()) - 1) / step * step;
    (0..)
        .map_while(|number| first_of(first + number * step))
        .map(|day| Tick {
            at_s: day_start(day).as_second(),
            label: label(day),
            major: day.month() == 1,
        })
        .skip_while(|tick| tick.at_s < start_s)
        .take_while(|tick| tick.at_s <= end_s)
        .take(MOST)
        .collect()
}

/// The first day of a month counted from January of the year 0; `None` beyond the calendar.
fn first_of(month: i32) -> Option<Date> {
    let (year, month) = (month.div_euclid(12), month.rem_euclid(12) + 1);
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(text: &str) -> i64 {
        text.parse::<jiff::Timestamp>().unwrap().as_second()
    }

    #[test]
    fn a_day_is_labelled_every_six_hours_from_beijing_midnight() {
        let window = (seconds("2026-11-22T15:00:00Z"), seconds("2026-11-23T15:00:00Z"));
        let axis = time_axis(window, 400, Lang::Zh);
        let labels: Vec<_> = axis.ticks.iter().map(|tick| tick.label.as_str()).collect();
        assert_eq!(labels, ["11 月 23 日", "06:00", "12:00", "18:00"]);
        assert!(axis.ticks[0].major && !axis.ticks[1].major);
    }

    #[test]
    fn a_year_is_labelled_by_month_and_january_by_its_year() {
        let window = (seconds("2025-06-30T16:00:00Z"), seconds("2026-06-30T16:00:00Z"));
        let axis = time_axis(window, 1_000, Lang::En);
        assert_eq!(axis.ticks[0].label, "Jul");
        assert!(axis.ticks.iter().any(|tick| tick.label == "2026" && tick.major));
    }

    #[test]
    fn a_window_of_the_whole_calendar_is_bounded() {
        let axis = time_axis((i64::MIN / 4, i64::MAX / 4), 100, Lang::Zh);
        assert!(axis.ticks.len() <= MOST);
    }
}
