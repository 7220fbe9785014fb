//! Days and hours as they are written, in Beijing time.

use domain::{
    Averaging, Lang, Period,
    period::{BEIJING, day_start},
};
use jiff::{
    Timestamp,
    civil::{Date, DateTime},
};

/// The wall time in Beijing.
pub fn beijing(at: Timestamp) -> DateTime {
    BEIJING.to_datetime(at)
}

/// An instant from Unix seconds; seconds beyond the calendar saturate.
pub fn instant(at_s: i64) -> Timestamp {
    Timestamp::from_second(at_s).unwrap_or(if at_s < 0 { Timestamp::MIN } else { Timestamp::MAX })
}

/// `14:05`.
pub fn clock(at: Timestamp) -> String {
    let at = beijing(at);
    format!("{:02}:{:02}", at.hour(), at.minute())
}

/// `2026-11-23`, the form of date inputs and of files.
pub fn iso_day(day: Date) -> String {
    format!("{:04}-{:02}-{:02}", day.year(), day.month(), day.day())
}

/// `2026 年 11 月 23 日` or `23 November 2026`.
pub fn day(day: Date, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{} 年 {} 月 {} 日", day.year(), day.month(), day.day()),
        Lang::En => format!("{} {} {}", day.day(), month_name(day.month()), day.year()),
    }
}

/// `11 月 23 日` or `23 Nov`.
pub fn short_day(day: Date, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{} 月 {} 日", day.month(), day.day()),
        Lang::En => format!("{} {}", day.day(), short_month(day.month())),
    }
}

/// `2026 年 11 月` or `November 2026`.
pub fn month(day: Date, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{} 年 {} 月", day.year(), day.month()),
        Lang::En => format!("{} {}", month_name(day.month()), day.year()),
    }
}

/// `2026`, in both languages.
pub fn year(day: Date) -> String {
    day.year().to_string()
}

/// `days` days after `day`, or before it where negative; the ends of the calendar saturate.
pub fn days_after(day: Date, days: i64) -> Date {
    beijing(instant(day_start(day).as_second().saturating_add(days.saturating_mul(86_400)))).date()
}

/// The same day a year before; 28 February for the 29th.
pub fn year_before(day: Date) -> Date {
    let of = |number| Date::new(day.year().saturating_sub(1), day.month(), number);
    of(day.day()).or_else(|_| of(28)).unwrap_or(day)
}

/// `11 月` or `Nov`.
pub fn month_label(month: i8, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{month} 月"),
        Lang::En => short_month(month).to_owned(),
    }
}

/// `11 月 23 日 14:05` or `23 Nov 14:05`.
pub fn day_and_clock(at: Timestamp, lang: Lang) -> String {
    format!("{} {}", short_day(beijing(at).date(), lang), clock(at))
}

/// `2026-11-23 14:05`, the same in both languages, for tables and files.
pub fn plain(at: Timestamp) -> String {
    format!("{} {}", iso_day(beijing(at).date()), clock(at))
}

/// When a value is for: `11 月 23 日 14:00–15:00`, a day, a month, or the moment of a sample.
pub fn period(period: Period, averaging: Averaging, lang: Lang) -> String {
    let start = beijing(period.start).date();
    match averaging {
        Averaging::Day => day(start, lang),
        Averaging::Month => month(start, lang),
        Averaging::Year => year(start),
        _ if period.length_s == 0 => day_and_clock(period.start, lang),
        _ => {
            let end = period.end();
            let close = match (clock(end), beijing(end).date() == start) {
                (end, true) => end,
                // Midnight at the end of a day is written as that day's 24:00.
                (end, false) if end == "00:00" => "24:00".to_owned(),
                _ => day_and_clock(end, lang),
            };
            format!("{}–{close}", day_and_clock(period.start, lang))
        }
    }
}

/// The English name of a month, 1 to 12.
fn month_name(month: i8) -> &'static str {
    const NAMES: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    usize::try_from(month - 1).ok().and_then(|at| NAMES.get(at)).copied().unwrap_or_default()
}

fn short_month(month: i8) -> &'static str {
    month_name(month).get(..3).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hour(text: &str) -> Period {
        Period::hour(text.parse().unwrap())
    }

    #[test]
    fn an_hour_is_written_with_both_ends_in_beijing_time() {
        let afternoon = hour("2026-11-23T06:00:00Z");
        assert_eq!(period(afternoon, Averaging::Hour, Lang::Zh), "11 月 23 日 14:00–15:00");
        assert_eq!(period(afternoon, Averaging::Hour, Lang::En), "23 Nov 14:00–15:00");
    }

    #[test]
    fn the_last_hour_of_a_day_ends_at_24() {
        let last = hour("2026-11-23T15:00:00Z");
        assert_eq!(period(last, Averaging::Hour, Lang::Zh), "11 月 23 日 23:00–24:00");
    }

    #[test]
    fn a_day_and_a_month_name_themselves() {
        let day = Period::day(jiff::civil::date(2026, 3, 1));
        assert_eq!(period(day, Averaging::Day, Lang::Zh), "2026 年 3 月 1 日");
        assert_eq!(period(day, Averaging::Month, Lang::En), "March 2026");
    }

    #[test]
    fn days_are_counted_over_months_and_leap_years() {
        use jiff::civil::date;
        assert_eq!(days_after(date(2026, 11, 23), -30), date(2026, 10, 24));
        assert_eq!(days_after(date(2028, 2, 28), 1), date(2028, 2, 29));
        assert_eq!(year_before(date(2028, 2, 29)), date(2027, 2, 28));
        assert_eq!(year_before(date(2026, 11, 23)), date(2025, 11, 23));
    }

    #[test]
    fn seconds_beyond_the_calendar_saturate() {
        assert_eq!(instant(i64::MAX), Timestamp::MAX);
        assert_eq!(instant(i64::MIN), Timestamp::MIN);
    }
}
