//! Rows of a pushed batch and of an imported table.

use domain::{Averaging, DeviceFlag, Item, Lang, Provenance};
use ingest::{
    PushedRow, Reason, csv_file,
    http_push::{Checked, Rules, check},
};
use rstest::rstest;
use serde_json::json;

use super::support::at;

fn good() -> PushedRow {
    PushedRow {
        station: "JLP-A-001".into(),
        item: "pm2_5".into(),
        value: Some(json!(35.1)),
        unit: "µg/m³".into(),
        start: "2026-11-23T14:00:00+08:00".into(),
        averaging: "hour".into(),
        flag: None,
    }
}

fn checked(rows: &[PushedRow]) -> Checked {
    let rules = Rules {
        now: at("2026-11-23T15:01:00+08:00"),
        oldest: at("2026-01-01T00:00:00+08:00"),
        provenance: Provenance::Measured,
        knows_station: &|code| code == "JLP-A-001",
    };
    check(rows, &rules)
}

#[rstest]
#[case::station(PushedRow { station: "X".into(), ..good() }, "station", Reason::UnknownStation)]
#[case::item(PushedRow { item: "pm3".into(), ..good() }, "item", Reason::UnknownItem)]
#[case::publishers_item(PushedRow { item: "aqi_published".into(), ..good() }, "item", Reason::UnknownItem)]
#[case::wrong_unit(PushedRow { unit: "ppm".into(), ..good() }, "unit", Reason::WrongUnit)]
#[case::no_unit(PushedRow { unit: "".into(), ..good() }, "unit", Reason::WrongUnit)]
#[case::negative(PushedRow { value: Some(json!(-0.1)), ..good() }, "value", Reason::Negative)]
#[case::text(PushedRow { value: Some(json!("35.1")), ..good() }, "value", Reason::NotANumber)]
#[case::nan(PushedRow { value: Some(json!("NaN")), ..good() }, "value", Reason::NotANumber)]
#[case::truth(PushedRow { value: Some(json!(true)), ..good() }, "value", Reason::NotANumber)]
#[case::too_large(PushedRow { value: Some(json!(1e300)), ..good() }, "value", Reason::NotANumber)]
#[case::nothing(PushedRow { value: None, ..good() }, "value", Reason::NoValue)]
#[case::future(PushedRow { start: "2026-11-23T16:00:00+08:00".into(), ..good() }, "start", Reason::Future)]
#[case::long_ago(PushedRow { start: "2025-11-23T16:00:00+08:00".into(), ..good() }, "start", Reason::TooOld)]
#[case::no_offset(PushedRow { start: "2026-11-23T14:00:00".into(), ..good() }, "start", Reason::BadTime)]
#[case::not_an_hour(PushedRow { start: "2026-11-23T14:30:00+08:00".into(), ..good() }, "start", Reason::BadTime)]
#[case::not_a_day(PushedRow { averaging: "day".into(), start: "2026-11-22T08:00:00+08:00".into(), ..good() }, "start", Reason::BadTime)]
#[case::averaging(PushedRow { averaging: "weekly".into(), ..good() }, "averaging", Reason::UnknownAveraging)]
#[case::month(PushedRow { averaging: "month".into(), ..good() }, "averaging", Reason::UnknownAveraging)]
#[case::flag(PushedRow { flag: Some("fine".into()), ..good() }, "flag", Reason::UnknownFlag)]
fn a_bad_row_is_refused_by_field_and_the_good_are_kept(
    #[case] bad: PushedRow,
    #[case] field: &str,
    #[case] reason: Reason,
) {
    let checked = checked(&[good(), bad, good()]);
    assert_eq!(checked.rows, [0, 2]);
    let [rejection] = &checked.rejected[..] else { panic!("{:?}", checked.rejected) };
    assert_eq!((rejection.row, rejection.field, rejection.reason), (1, field, reason));
    for lang in Lang::ALL {
        assert!(rejection.text.get(lang).chars().count() > 10, "{:?}", rejection.text);
    }
}

#[rstest]
#[case::own_unit(good(), Some("35.1"), DeviceFlag::Normal, 3_600)]
#[case::nanograms(PushedRow { value: Some(json!(35100)), unit: "ng/m3".into(), ..good() }, Some("35.1"), DeviceFlag::Normal, 3_600)]
#[case::gap(PushedRow { value: None, flag: Some("calibration".into()), ..good() }, None, DeviceFlag::Calibration, 3_600)]
#[case::null(PushedRow { value: Some(json!(null)), flag: Some("fault".into()), ..good() }, None, DeviceFlag::Fault, 3_600)]
#[case::a_day_in_beijing(PushedRow { averaging: "day".into(), start: "2026-11-22T00:00:00+08:00".into(), ..good() }, Some("35.1"), DeviceFlag::Normal, 86_400)]
#[case::frost(PushedRow { item: "temperature".into(), unit: "℃".into(), value: Some(json!(-2.5)), ..good() }, Some("-2.5"), DeviceFlag::Normal, 3_600)]
fn a_good_row_becomes_a_reading(
    #[case] row: PushedRow,
    #[case] value: Option<&str>,
    #[case] flag: DeviceFlag,
    #[case] length_s: u32,
) {
    let checked = checked(&[row]);
    let [reading] = &checked.readings[..] else { panic!("{:?}", checked.rejected) };
    assert_eq!(reading.value.map(|v| v.to_string()).as_deref(), value);
    assert_eq!((reading.flag, reading.period.length_s), (flag, length_s));
    assert_eq!(reading.provenance, Provenance::Measured);
}

#[test]
fn a_table_of_readings_is_read_by_the_names_of_its_columns() {
    let table = "\u{feff}Item,station,VALUE,start,unit,averaging,note,flag\n\
        pm2_5,JLP-A-001,35.1,2026-11-23T14:00:00+08:00,µg/m³,hour,ok,\n\
        o3,JLP-A-001,,2026-11-23T14:00:00+08:00,µg/m³,hour,,calibration\n\
        o3,JLP-A-001,abc,2026-11-23T14:00:00+08:00,µg/m³,hour,,\n";
    let rows: Vec<_> = csv_file::rows(table.as_bytes()).unwrap().map(Result::unwrap).collect();
    let checked = checked(&rows);
    assert_eq!(checked.rows, [0, 1]);
    assert_eq!(checked.readings[0].item, Item::Pm25);
    assert_eq!(checked.readings[0].averaging, Averaging::Hour);
    assert_eq!(checked.rejected[0].reason, Reason::NotANumber);
}

#[test]
fn a_table_without_a_column_is_named_as_such() {
    let Err(fault) = csv_file::rows("station,item\n".as_bytes()) else { panic!("accepted") };
    assert_eq!(fault.to_string(), "column \"value\" is missing; the file has station, item");
}
