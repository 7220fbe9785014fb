//! The labels of a time axis, in Beijing time.

use chart::{
    Tick, TimeAxis,
    ticks::{StepKind, choose_step},
};
use domain::{Lang, period::day_start};
use jiff::{
    ToSpan,
    civil::{Date, date},
};

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
    let first = dates::beijing(dates::instant(start_s)).date();
    from(
        first,
        end_s,
        |day| day.checked_add(step.days()).ok(),
        |day| Tick { label: dates::short_day(day, lang), major: day.day() == 1, at_s: 0 },
    )
    .into_iter()
    .filter(|tick| tick.at_s >= start_s)
    .collect()
}

fn months(start_s: i64, end_s: i64, lang: Lang) -> Vec<Tick> {
    let first = dates::beijing(dates::instant(start_s)).date().first_of_month();
    from(
        first,
        end_s,
        |day| day.checked_add(1.month()).ok(),
        |day| Tick {
            label: match day.month() {
                1 => day.year().to_string(),
                month => dates::month_label(month, lang),
            },
            major: day.month() == 1,
            at_s: 0,
        },
    )
    .into_iter()
    .filter(|tick| tick.at_s >= start_s)
    .collect()
}

fn years(start_s: i64, end_s: i64) -> Vec<Tick> {
    let first = date(dates::beijing(dates::instant(start_s)).year(), 1, 1);
    from(
        first,
        end_s,
        |day| day.checked_add(1.year()).ok(),
        |day| Tick { label: day.year().to_string(), major: true, at_s: 0 },
    )
    .into_iter()
    .filter(|tick| tick.at_s >= start_s)
    .collect()
}

fn from(
    first: Date,
    end_s: i64,
    next: impl Fn(Date) -> Option<Date>,
    tick: impl Fn(Date) -> Tick,
) -> Vec<Tick> {
    std::iter::successors(Some(first), |day| next(*day))
        .map(|day| Tick { at_s: day_start(day).as_second(), ..tick(day) })
        .take_while(|tick| tick.at_s <= end_s)
        .take(MOST)
        .collect()
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
