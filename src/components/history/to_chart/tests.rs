//! Table, tooltip and picture come from these points, so they are what is tested.

use contract::public::{EditionChange, Limit, Meta};
use domain::{Provenance, Quantity, Text};
use jiff::{Timestamp, civil::date};

use super::*;
use crate::components::history::query::Kind;

fn series(values: &[Option<i32>]) -> Series {
    let start = 1_763_856_000;
    Series {
        meta: Meta {
            server_time: Timestamp::UNIX_EPOCH,
            publisher: Text::default(),
            licence: Text::default(),
            simulated: false,
        },
        station: "1424A".into(),
        item: "pm2_5".into(),
        unit: "µg/m³".into(),
        step: Step::Hour,
        standard: None,
        from: instant(start),
        to: instant(start + 86_400),
        length_s: 3_600,
        thinned: false,
        start_s: (0..values.len() as i64).map(|hour| start + hour * 3_600).collect(),
        value: values.iter().map(|value| value.map(Quantity::from_integer)).collect(),
        flag: values.iter().map(|value| u8::from(value.is_none())).collect(),
        flags: vec![DeviceFlag::Normal, DeviceFlag::Maintenance],
        quality: vec![0; values.len()],
        band: vec![0; values.len()],
        coverage: 90,
        changes: vec![EditionChange {
            at_s: start + 7_200,
            label: Text::new("新版", "new edition"),
        }],
        limits: vec![],
        provenance: Provenance::Measured,
    }
}

fn line(values: &[Option<i32>]) -> Line {
    Line { label: "杨家坪".into(), shift_s: 0, series: series(values) }
}

fn query() -> Query {
    Query::of(&ui::Query::default(), Kind::Air, date(2025, 11, 23))
}

#[test]
fn a_gap_is_named_by_the_instruments_mark() {
    let chart = chart(&[line(&[Some(35), None, None, Some(36)])], &query(), Lang::Zh);
    assert_eq!(chart.gaps.len(), 1);
    assert_eq!(chart.gaps[0].reason, "维护");
    assert_eq!(chart.gaps[0].to_s - chart.gaps[0].from_s, 7_200);
    assert_eq!(chart.series[0].points[1].text, "维护");
    assert_eq!(chart.series[0].points[1].value, None);
}

#[test]
fn two_gaps_apart_are_two() {
    let chart = chart(&[line(&[None, Some(1), None])], &query(), Lang::Zh);
    assert_eq!(chart.gaps.len(), 2);
}

#[test]
fn each_point_carries_its_hour_and_its_printed_value() {
    let chart = chart(&[line(&[Some(35)])], &query(), Lang::Zh);
    let point = &chart.series[0].points[0];
    assert_eq!((point.text.as_str(), point.time_text.as_str()), ("35", "11 月 23 日 08:00–09:00"));
}

#[test]
fn the_hour_that_is_running_has_its_place_on_the_axis() {
    let mut running = line(&[Some(35), None]);
    let start_s = running.series.start_s[1];
    running.series.to = instant(start_s + 60);
    let chart = chart(&[running], &query(), Lang::Zh);
    assert_eq!(chart.x.end_s, start_s + 3_600);
}

#[test]
fn a_doubt_is_a_remark_and_not_a_gap() {
    let mut doubtful = line(&[Some(35)]);
    doubtful.series.quality = vec![QcFlags::SPIKE.bits()];
    let chart = chart(&[doubtful], &query(), Lang::En);
    assert_eq!(chart.series[0].points[0].note, "spike");
    assert!(chart.gaps.is_empty());
}

#[test]
fn a_change_of_edition_is_marked() {
    let chart = chart(&[line(&[Some(35)])], &query(), Lang::En);
    assert_eq!(chart.marks[0].label, "new edition");
}

#[test]
fn a_limit_that_ended_before_the_range_is_not_drawn() {
    let mut limited = line(&[Some(35)]);
    let limit = |to_s| Limit {
        value: Quantity::from_integer(75),
        label: Text::new("二级", "grade II"),
        standard: "GB 3095-2012".into(),
        from_s: None,
        to_s,
    };
    limited.series.limits = vec![limit(Some(1)), limit(None)];
    let chart = chart(&[limited], &query(), Lang::En);
    assert_eq!(chart.thresholds.len(), 1);
    assert_eq!(chart.thresholds[0].label, "grade II 75 GB 3095-2012");
}

#[test]
fn a_year_before_is_drawn_over_this_year_under_its_own_date() {
    let mut before = line(&[Some(35)]);
    before.shift_s = 365 * 86_400;
    let chart = chart(&[before], &query(), Lang::Zh);
    let point = &chart.series[0].points[0];
    assert_eq!(point.at_s, 1_763_856_000 + 1_800 + 365 * 86_400);
    assert_eq!(point.time_text, "11 月 23 日 08:00–09:00");
}
