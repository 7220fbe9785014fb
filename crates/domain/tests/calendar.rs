//! Working days, against the notices of the State Council's General Office for 2024, 2025 and 2026.

use domain::calendar::{Holidays, Rest, WorkCalendar};
use jiff::{
    ToSpan,
    civil::{Date, Weekday, date},
};
use proptest::prelude::*;

/// Day by day what the notices say, the days around each holiday included: `w` is worked, `-` is not.
/// The first letter stands for the day named.
const NOTICES: [(Date, &str); 20] = [
    // 2024: 元旦 on a Monday; 春节 10 to 17 February, worked Sundays on the 4th and 18th.
    (date(2024, 1, 1), "-wwww--"),
    (date(2024, 2, 3), "-wwwwww--------ww"),
    // 除夕 of 2024 was only recommended as a day off.
    (date(2024, 2, 9), "w-"),
    (date(2024, 4, 3), "w---ww"),
    (date(2024, 4, 27), "-www-----wwwwww-w"),
    (date(2024, 6, 7), "w---w"),
    (date(2024, 9, 13), "ww---www"),
    (date(2024, 9, 28), "-ww-------wwwww-w"),
    // 2025: 元旦 on a Wednesday without exchange; 春节 from 除夕.
    (date(2024, 12, 31), "w-ww--"),
    (date(2025, 1, 25), "-ww--------wwww-w"),
    (date(2025, 4, 3), "w---w"),
    (date(2025, 4, 26), "-wwww-----wwww--"),
    (date(2025, 5, 30), "w---w"),
    (date(2025, 9, 27), "-www--------www-w"),
    // 2026.
    (date(2025, 12, 31), "w---wwwwww--"),
    (date(2026, 2, 13), "ww---------wwwww-w"),
    (date(2026, 4, 3), "w---w"),
    (date(2026, 4, 30), "w-----wwww-w"),
    (date(2026, 6, 18), "w---w"),
    (date(2026, 9, 19), "-wwwww---www-------www-w"),
];

fn calendar() -> WorkCalendar {
    WorkCalendar::default()
}

#[test]
fn every_day_around_every_holiday_is_as_announced() {
    let calendar = calendar();
    let mut cases = 0;
    for (first, marks) in &NOTICES {
        for (after, mark) in marks.chars().enumerate() {
            let day = first.saturating_add(i64::try_from(after).unwrap().days());
            assert_eq!(calendar.is_working_day(day), mark == 'w', "{day}");
            cases += 1;
        }
    }
    assert!(cases >= 60, "{cases} days are looked at");
}

/// Weekdays less the weekdays off plus the weekend days worked; each notice keeps the year's sum of
/// 104 weekend days and 11 (from 2025: 13) holidays.
#[test]
fn a_year_has_the_working_days_that_the_law_leaves() {
    for (year, days) in [(2024, 366 - 104 - 11), (2025, 365 - 104 - 13), (2026, 365 - 104 - 13)] {
        let (eve, end) = (date(year - 1, 12, 31), date(year, 12, 31));
        assert_eq!(calendar().working_days_between(eve, end), days, "{year}");
    }
}

#[test]
fn every_day_worked_in_exchange_falls_on_a_weekend_outside_the_holidays() {
    for year in calendar().years() {
        for day in &year.worked {
            let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
            assert!(weekend && calendar().holiday(*day).is_none(), "{day}");
            assert_eq!(day.year(), year.year);
        }
        for rest in &year.off {
            assert!(rest.from <= rest.to && rest.from.year() == year.year, "{rest:?}");
        }
    }
}

#[test]
fn the_day_itself_does_not_count() {
    let cases = [
        // An ordinary week, and one over a weekend.
        (date(2026, 3, 2), 1, date(2026, 3, 3)),
        (date(2026, 3, 5), 3, date(2026, 3, 10)),
        // Received on a Saturday, a Sunday.
        (date(2026, 3, 7), 1, date(2026, 3, 9)),
        (date(2026, 3, 8), 3, date(2026, 3, 11)),
        (date(2026, 3, 8), 0, date(2026, 3, 8)),
        // Over 春节 2026 with a worked Saturday before it.
        (date(2026, 2, 13), 1, date(2026, 2, 14)),
        (date(2026, 2, 13), 3, date(2026, 2, 25)),
        (date(2026, 2, 18), 3, date(2026, 2, 26)),
        // Over 国庆 with the worked Saturday after it.
        (date(2026, 9, 30), 1, date(2026, 10, 8)),
        (date(2026, 9, 30), 3, date(2026, 10, 10)),
        (date(2025, 9, 30), 3, date(2025, 10, 11)),
        (date(2024, 9, 30), 3, date(2024, 10, 10)),
        // 除夕 2024 was worked, and so was the Sunday after the holiday.
        (date(2024, 2, 8), 2, date(2024, 2, 18)),
        // Across the years; 4 January 2026 is a worked Sunday.
        (date(2024, 12, 31), 1, date(2025, 1, 2)),
        (date(2025, 12, 31), 1, date(2026, 1, 4)),
        (date(2025, 12, 31), 3, date(2026, 1, 6)),
        // A 15-day limit through May 2026.
        (date(2026, 4, 30), 15, date(2026, 5, 25)),
    ];
    for (from, count, expected) in cases {
        assert_eq!(calendar().add_working_days(from, count), expected, "{from} + {count}");
    }
}

#[test]
fn a_year_that_is_not_announced_counts_by_weekends_and_says_so() {
    let calendar = calendar();
    assert_eq!(calendar.known_until(), Some(date(2026, 12, 31)));
    assert!(calendar.is_announced(date(2026, 12, 31)));
    for (day, worked) in [(date(2027, 1, 1), true), (date(2027, 1, 2), false)] {
        assert!(!calendar.is_announced(day));
        assert_eq!(calendar.is_working_day(day), worked, "{day}");
    }
    assert_eq!(calendar.add_working_days(date(2026, 12, 31), 1), date(2027, 1, 1));
}

#[test]
fn a_new_year_is_added_as_data_and_replaces_what_was_known() {
    let new_year = Rest { name: "元旦".to_owned(), from: date(2027, 1, 1), to: date(2027, 1, 3) };
    let announced = Holidays {
        year: 2027,
        source: "a notice for this test".to_owned(),
        off: vec![new_year],
        worked: vec![date(2027, 1, 9)],
    };
    let calendar = calendar().with(announced.clone());
    assert_eq!(calendar.add_working_days(date(2026, 12, 31), 1), date(2027, 1, 4));
    assert!(calendar.is_working_day(date(2027, 1, 9)));
    assert_eq!(calendar.holiday(date(2027, 1, 2)), Some("元旦"));
    assert_eq!(calendar.known_until(), Some(date(2027, 12, 31)));
    let corrected = calendar.with(Holidays { worked: Vec::new(), ..announced });
    assert!(!corrected.is_working_day(date(2027, 1, 9)));
    assert_eq!(corrected.years().len(), 4);
}

#[test]
fn known_until_stops_at_a_hole() {
    let year = |year| Holidays { year, source: String::new(), off: Vec::new(), worked: Vec::new() };
    assert_eq!(WorkCalendar::new(Vec::new()).known_until(), None);
    let holed = WorkCalendar::new(vec![year(2028), year(2025), year(2026)]);
    assert_eq!(holed.known_until(), Some(date(2026, 12, 31)));
}

#[test]
fn the_end_of_the_calendar_ends_the_count() {
    assert_eq!(calendar().add_working_days(Date::MAX, 3), Date::MAX);
}

fn any_day() -> impl Strategy<Value = Date> {
    (0_i64..1_500).prop_map(|after| date(2023, 11, 1).saturating_add(after.days()))
}

proptest! {
    #[test]
    fn counting_back_gives_what_was_added(day in any_day(), count in 0_u32..60) {
        let due = calendar().add_working_days(day, count);
        prop_assert_eq!(calendar().working_days_between(day, due), i32::try_from(count).unwrap());
        prop_assert!(count == 0 || calendar().is_working_day(due));
    }

    #[test]
    fn two_stretches_are_one(a in any_day(), b in any_day(), c in any_day()) {
        let between = |from, to| calendar().working_days_between(from, to);
        prop_assert_eq!(between(a, b) + between(b, c), between(a, c));
        prop_assert_eq!(between(a, b), -between(b, a));
    }

    #[test]
    fn a_later_report_is_never_due_earlier(a in any_day(), b in any_day(), count in 0_u32..20) {
        let (early, late) = (a.min(b), a.max(b));
        let due = |day| calendar().add_working_days(day, count);
        prop_assert!(due(early) <= due(late));
    }
}
