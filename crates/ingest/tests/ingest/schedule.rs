//! When a publisher is asked again.

use ingest::polling::{Cadence, Outcome, Schedule};
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

use super::support::at;

const TEN_MINUTES: SignedDuration = SignedDuration::from_mins(10);

fn minutes_to_next(schedule: &Schedule, now: Timestamp) -> i64 {
    schedule.next().duration_since(now).as_mins()
}

fn tried(schedule: &mut Schedule, now: Timestamp, outcome: Outcome) {
    schedule.asked(now);
    schedule.concluded(now, outcome);
}

#[test]
fn a_server_that_restarts_again_and_again_still_waits_ten_minutes() {
    let start = at("2026-11-23T10:00:00Z");
    let fresh = Schedule::new(Cadence::HOURLY, "a", start, None);
    assert_eq!(fresh.next(), at("2026-11-23T10:10:00Z"));
    let known = Schedule::new(Cadence::HOURLY, "a", start, Some(at("2026-11-23T09:55:00Z")));
    assert_eq!(known.next(), at("2026-11-23T10:05:00Z"));
    let long_ago = Schedule::new(Cadence::HOURLY, "a", start, Some(at("2026-11-22T09:55:00Z")));
    assert_eq!(long_ago.next(), start);
}

#[test]
fn four_tries_a_quarter_of_an_hour_apart_then_the_next_hour() {
    let mut now = at("2026-11-23T10:12:00Z");
    let mut schedule = Schedule::on_this_machine(Cadence::HOURLY, now);
    for _ in 0..3 {
        tried(&mut schedule, now, Outcome::NothingNew);
        assert_eq!(minutes_to_next(&schedule, now), 15);
        now = schedule.next();
    }
    tried(&mut schedule, now, Outcome::NothingNew);
    assert_eq!(schedule.next(), at("2026-11-23T11:12:00Z"));
}

#[test]
fn the_hour_that_is_in_is_not_asked_for_again() {
    let now = at("2026-11-23T10:12:30Z");
    let mut schedule = Schedule::on_this_machine(Cadence::HOURLY, now);
    tried(&mut schedule, now, Outcome::New);
    assert_eq!(schedule.next(), at("2026-11-23T11:12:00Z"));
}

#[test]
fn failures_wait_twice_as_long_each_time_up_to_six_hours() {
    let mut now = at("2026-11-23T10:12:00Z");
    let mut schedule = Schedule::on_this_machine(Cadence::HOURLY, now);
    let mut waits = Vec::new();
    for _ in 0..8 {
        tried(&mut schedule, now, Outcome::Failed(None));
        waits.push(minutes_to_next(&schedule, now));
        now = schedule.next();
    }
    assert_eq!(waits, [10, 20, 40, 80, 160, 320, 360, 360]);
    tried(&mut schedule, now, Outcome::New);
    let now = schedule.next();
    tried(&mut schedule, now, Outcome::Failed(None));
    assert_eq!(minutes_to_next(&schedule, now), 10, "success forgives");
}

#[test]
fn a_refusal_waits_six_hours_and_what_the_publisher_asks_for_counts() {
    let now = at("2026-11-23T10:12:00Z");
    let mut schedule = Schedule::on_this_machine(Cadence::HOURLY, now);
    tried(&mut schedule, now, Outcome::Refused(None));
    assert_eq!(minutes_to_next(&schedule, now), 6 * 60);
    tried(&mut schedule, now, Outcome::Refused(Some(SignedDuration::from_hours(12))));
    assert_eq!(minutes_to_next(&schedule, now), 12 * 60);
    let mut schedule = Schedule::on_this_machine(Cadence::HOURLY, now);
    tried(&mut schedule, now, Outcome::Failed(Some(SignedDuration::from_mins(95))));
    assert_eq!(minutes_to_next(&schedule, now), 95);
}

#[test]
fn installations_spread_over_two_minutes_and_keep_their_place() {
    let now = at("2026-11-23T10:30:00Z");
    let turn = |name: &str| {
        let mut schedule = Schedule::new(Cadence::HOURLY, name, now, None);
        tried(&mut schedule, now, Outcome::New);
        schedule.next()
    };
    let turns: std::collections::BTreeSet<_> = (0..40).map(|n| turn(&n.to_string())).collect();
    assert!(turns.len() > 15, "only {} different turns", turns.len());
    let (early, late) = (at("2026-11-23T11:11:00Z"), at("2026-11-23T11:13:00Z"));
    assert!(turns.iter().all(|turn| (early..=late).contains(turn)));
    assert_eq!(turn("district"), turn("district"));
}

fn outcomes() -> impl Strategy<Value = Outcome> {
    let wait = prop::option::of((0_i64..100_000).prop_map(SignedDuration::from_secs));
    prop_oneof![
        Just(Outcome::New),
        Just(Outcome::NothingNew),
        Just(Outcome::MorePages),
        wait.clone().prop_map(Outcome::Failed),
        wait.prop_map(Outcome::Refused),
    ]
}

proptest! {
    #[test]
    fn whatever_happens_and_is_configured_ten_minutes_pass(
        interval in prop::option::of(1_i64..7_200),
        outcomes in prop::collection::vec(outcomes(), 1..30),
        start in 1_700_000_000_i64..1_900_000_000,
    ) {
        let cadence =
            Cadence { interval: interval.map(SignedDuration::from_secs), ..Cadence::HOURLY };
        let start = Timestamp::from_second(start).unwrap();
        let mut schedule = Schedule::new(cadence, "x", start, Some(start));
        let mut last = start;
        for outcome in outcomes {
            let now = schedule.next();
            prop_assert!(now.duration_since(last) >= TEN_MINUTES);
            last = now;
            tried(&mut schedule, now, outcome);
        }
    }
}
