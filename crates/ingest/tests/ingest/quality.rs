//! Doubts raised on arrival.

use domain::{Averaging, DeviceFlag, Item, Period, Provenance, QcFlags, Reading};
use ingest::{QualityControl, quality::Arrival};
use jiff::{SignedDuration, Timestamp};

use super::support::{at, quantity};

const START: &str = "2026-11-20T00:00:00+08:00";

fn hour(item: Item, number: i64, value: &str) -> Reading {
    let start = at(START).checked_add(SignedDuration::from_hours(number)).unwrap();
    Reading {
        station: "A".into(),
        item,
        averaging: Averaging::Hour,
        period: Period::hour(start),
        value: Some(quantity(value)),
        flag: DeviceFlag::Normal,
        quality: QcFlags::NONE,
        provenance: Provenance::Measured,
    }
}

/// The marks of hourly values that arrive one after the other, each just after its hour.
fn marks(item: Item, values: &[&str]) -> Vec<String> {
    let control = QualityControl::new();
    values
        .iter()
        .zip(0..)
        .map(|(value, number)| {
            let mut readings = [hour(item, number, value)];
            let now = readings[0].period.end();
            control.judge("x", &mut readings, Arrival::live(now, 72));
            readings[0].quality.keys().collect::<Vec<_>>().join("+")
        })
        .collect()
}

fn judged_at(now: Timestamp, reading: Reading) -> QcFlags {
    let mut readings = [reading];
    QualityControl::new().judge("x", &mut readings, Arrival::live(now, 72));
    readings[0].quality
}

#[test]
fn six_hours_without_change_are_a_stuck_instrument() {
    let marks = marks(Item::Pm25, &["35.1"; 8]);
    assert_eq!(marks, ["", "", "", "", "", "stuck", "stuck", "stuck"]);
}

#[test]
fn near_the_detection_limit_standing_still_is_normal() {
    assert!(marks(Item::So2, &["4"; 12]).iter().all(String::is_empty));
    assert!(marks(Item::WindDirection, &["180"; 12]).iter().all(String::is_empty));
}

#[test]
fn one_value_far_from_all_others_is_a_spike_and_a_step_is_one_only_once() {
    let spike = marks(Item::Pm25, &["35", "37", "34", "38", "36", "420", "39", "37"]);
    assert_eq!(spike, ["", "", "", "", "", "spike", "", ""]);
    let step = marks(Item::Pm25, &["35", "37", "34", "38", "36", "320", "330", "335"]);
    assert_eq!(step[5..], ["spike", "", ""]);
}

#[test]
fn a_rising_afternoon_is_no_spike() {
    let values = ["20", "35", "60", "95", "130", "170", "205", "230", "240", "200"];
    assert!(marks(Item::O3, &values).iter().all(String::is_empty));
}

#[test]
fn what_cannot_be_is_out_of_range() {
    for (item, value, expected) in [
        (Item::Pm25, "-3", true),
        (Item::Pm25, "2000.1", true),
        (Item::Pm25, "2000", false),
        (Item::Ph, "14.01", true),
        (Item::Temperature, "-20", false),
        (Item::Humidity, "101", true),
    ] {
        let reading = hour(item, 0, value);
        let marks = judged_at(reading.period.end(), reading);
        assert_eq!(marks.contains(QcFlags::RANGE), expected, "{item:?} {value}");
    }
}

#[test]
fn a_clock_ten_minutes_ahead_or_three_days_behind_is_wrong() {
    let end = hour(Item::Pm25, 0, "35").period.end();
    for (now, expected) in [
        (end.checked_sub(SignedDuration::from_mins(10)).unwrap(), false),
        (end.checked_sub(SignedDuration::from_mins(11)).unwrap(), true),
        (end.checked_add(SignedDuration::from_hours(71)).unwrap(), false),
        (end.checked_add(SignedDuration::from_hours(72)).unwrap(), true),
    ] {
        let marks = judged_at(now, hour(Item::Pm25, 0, "35"));
        assert_eq!(marks.contains(QcFlags::CLOCK), expected, "arrived at {now}");
    }
    let mut old = [hour(Item::Pm25, 0, "35")];
    let years_later = at("2030-01-01T00:00:00Z");
    QualityControl::new().judge("x", &mut old, Arrival::history(years_later));
    assert!(old[0].quality.is_none(), "history may be of any age");
}

#[test]
fn fine_particles_above_pm10_contradict_each_other() {
    let mut readings =
        [hour(Item::Pm10, 0, "40"), hour(Item::Pm25, 0, "41"), hour(Item::So2, 0, "9")];
    let now = readings[0].period.end();
    QualityControl::new().judge("x", &mut readings, Arrival::live(now, 72));
    let inconsistent = readings.map(|reading| reading.quality.contains(QcFlags::INCONSISTENT));
    assert_eq!(inconsistent, [true, true, false]);
}

#[test]
fn the_same_reading_again_is_marked_as_sent_again() {
    let control = QualityControl::new();
    let arrival = Arrival::live(at("2026-11-20T02:00:00+08:00"), 72);
    let judge_from = |source: &str, reading: Reading| {
        let mut readings = [reading];
        control.judge(source, &mut readings, arrival);
        readings[0].quality
    };
    let judge = |reading| judge_from("hj212:A", reading);
    assert!(judge(hour(Item::Pm25, 0, "35")).is_none());
    assert!(judge(hour(Item::Pm25, 0, "35")).contains(QcFlags::DUPLICATE));
    assert!(!judge(hour(Item::Pm25, 0, "36")).contains(QcFlags::DUPLICATE), "a correction");
    let elsewhere = judge_from("cnemc-air", hour(Item::Pm25, 0, "35"));
    assert!(elsewhere.is_none(), "another source saying the same repeats nobody");
}
