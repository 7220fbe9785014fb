use domain::{Quantity, rectification::*};
use proptest::prelude::*;
use rstest::rstest;

use crate::support::*;

fn someone() -> Actor {
    officer(1, None)
}

fn state(book: &Book, on: &str) -> State {
    book.register().standings(day(on)).next().unwrap().state
}

#[test]
fn the_closure_rate_of_the_published_list_takes_1764_issues() {
    let closed = |part| Ratio { part, whole: 1_818 };
    assert!(closed(1_764).is_over(97) && !closed(1_763).is_over(97));
    assert_eq!(closed(1_764).percent().unwrap().to_string(), "97.03");
    assert_eq!(Ratio { part: 0, whole: 0 }.percent(), None);
}

/// Assigned on 1 January, due on 31 December: 364 days.
#[rstest]
#[case::first_day("2026-01-01", 0)]
#[case::half("2026-07-02", 500)]
#[case::day_before("2026-12-30", 997)]
#[case::last_day("2026-12-31", 1_000)]
#[case::after("2027-03-01", 1_000)]
fn without_a_plan_the_work_is_planned_evenly(#[case] on: &str, #[case] permille: Permille) {
    let schedule = Schedule {
        begun: Some(day("2026-01-01")),
        due: Some(day("2026-12-31")),
        plan: &[],
        permille: 0,
        reported: None,
        set: None,
    };
    assert_eq!(schedule.planned(day(on)), permille);
}

#[test]
fn work_is_on_schedule_until_the_day_it_should_be_further() {
    let mut book = Book::default();
    let plan = vec![
        Milestone { day: day("2026-03-31"), permille: 300 },
        Milestone { day: day("2026-06-30"), permille: 1_000 },
    ];
    let measures = Body::MeasuresSet {
        goal: "清淤".to_owned(),
        measures: "分段清淤".to_owned(),
        plan,
        reason: None,
    };
    book.add("A-1", "2026-01-05", &someone(), found());
    book.add("A-1", "2026-01-06", &someone(), assigned("2026-06-30"));
    book.add("A-1", "2026-01-12", &someone(), measures);
    book.add("A-1", "2026-02-02", &someone(), progress(200));
    let seen: Vec<_> = ["2026-01-05", "2026-01-06", "2026-01-12", "2026-03-30", "2026-03-31"]
        .iter()
        .map(|on| state(&book, on))
        .collect();
    use State as S;
    assert_eq!(seen, [S::Open, S::Assigned, S::MeasuresSet, S::OnTrack, S::Behind]);

    // An officer may set it, with words, until the next report; past the deadline nobody can.
    let set = Body::Progress {
        permille: 200,
        text: "汛期停工，已批准".to_owned(),
        pace: Some(Pace::OnTrack),
        evidence: Vec::new(),
    };
    book.add("A-1", "2026-04-01", &someone(), set);
    assert_eq!((state(&book, "2026-04-01"), state(&book, "2026-06-30")), (S::OnTrack, S::OnTrack));
    assert_eq!(state(&book, "2026-07-01"), S::Behind);
    let tally = book.register().statistics(day("2026-07-01"), None).total;
    assert_eq!((tally.overdue, tally.behind, tally.due, tally.due_finished), (1, 1, 1, 0));
}

#[test]
fn long_term_work_that_nobody_reports_on_for_a_year_is_behind() {
    let mut book = Book::default();
    let body =
        Body::Assigned { unit: "street".to_owned(), lead: None, term: Term::LongTerm, due: None };
    book.add("A-1", "2025-01-06", &someone(), found());
    book.add("A-1", "2025-01-06", &someone(), body);
    book.add("A-1", "2025-01-06", &someone(), measures());
    book.add("A-1", "2025-02-03", &someone(), progress(100));
    assert_eq!(state(&book, "2026-02-04"), State::OnTrack);
    assert_eq!(state(&book, "2026-02-05"), State::Behind);
}

#[test]
fn figures_of_a_past_day_stay_what_they_were() {
    let mut book = Book::shown("A-1");
    let before: Vec<_> = month_ends(day("2026-01-01"), day("2026-03-31"))
        .into_iter()
        .map(|on| book.register().statistics(on, None))
        .collect();
    book.add("A-1", "2026-04-07", &someone(), Body::Closed);
    for known in before {
        assert_eq!(book.register().statistics(known.as_of, None), known);
    }
}

#[test]
fn what_was_entered_late_can_be_told_from_what_was_known_then() {
    let mut book = Book::default();
    book.add("A-1", "2026-01-05", &someone(), found());
    // Happened in January, written down in March.
    let mut late = book.kept[0].event.clone().unwrap();
    late.number = 2;
    late.item = number("B-2");
    late.at = "2026-03-02T01:00:00Z".parse().unwrap();
    let mut register = book.register();
    register.learn(&late);
    let january = day("2026-01-31");
    let then = "2026-02-01T00:00:00Z".parse().unwrap();
    assert_eq!(register.statistics(january, None).total.all, 2);
    assert_eq!(register.statistics(january, Some(then)).total.all, 1);
}

#[test]
fn the_median_of_days_to_close_knows_halves() {
    let mut book = Book::shown("A-1");
    book.add("A-1", "2026-04-07", &someone(), Body::Closed);
    let total = book.register().statistics(day("2026-04-07"), None).total;
    assert_eq!(total.days_to_close, Some(Quantity::from_integer(92)));
    let mut register = book.register();
    let shifted = Book::shown("B-2");
    let mut number = register.last();
    for event in shifted.events() {
        number += 1;
        register.learn(&Event { number, ..event.clone() });
    }
    let last = shifted.events().last().unwrap().clone();
    let closing = Event {
        number: number + 1,
        seq: last.seq + 1,
        on: day("2026-04-08"),
        body: Body::Closed,
        ..last
    };
    register.learn(&closing);
    let both = register.statistics(day("2026-04-08"), None).total;
    assert_eq!(both.days_to_close.unwrap().to_string(), "92.5");
}

#[test]
fn a_months_timeline_ends_today() {
    let days = month_ends(day("2025-11-15"), day("2026-02-10"));
    let shown: Vec<_> = days.iter().map(ToString::to_string).collect();
    assert_eq!(shown, ["2025-11-30", "2025-12-31", "2026-01-31", "2026-02-10"]);
    assert_eq!(month_ends(day("2026-02-01"), day("2026-02-28")), [day("2026-02-28")]);
}

proptest! {
    #[test]
    fn a_rate_is_never_rounded_over_a_limit_by_the_numbers(part in 0_u32..5_000, more in 0_u32..5_000) {
        let ratio = Ratio { part, whole: part + more };
        if let Some(percent) = ratio.percent() {
            let exact = i64::from(part) * 100_000_000 / i64::from(ratio.whole);
            prop_assert!((percent.millionths() - exact).abs() <= 5_001);
            if ratio.is_over(97) {
                prop_assert!(percent >= Quantity::from_integer(97));
            }
        }
    }
}
