//! Rows of a pushed batch and of an imported table.

use domain::{Averaging, DeviceFlag, Item, Lang, Provenance};
use ingest::{
    Clock, PushedRow, Reason, csv_file,
    http_push::{Checked, Rules, check},
    import::{Format, Lookup, import},
};
use rstest::rstest;
use serde_json::json;

use super::support::{Bench, at};

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
#[case::half_a_second(PushedRow { averaging: "instant".into(), start: "2026-11-23T14:00:00.5+08:00".into(), ..good() }, "start", Reason::BadTime)]
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

/// `good` as JSON with one field changed; without it where `value` is absent.
fn sent(field: &str, value: Option<serde_json::Value>) -> serde_json::Value {
    let mut row = serde_json::to_value(good()).unwrap();
    let fields = row.as_object_mut().unwrap();
    match value {
        Some(value) => fields.insert(field.to_owned(), value),
        None => fields.remove(field),
    };
    row
}

#[rstest]
#[case::without_unit(sent("unit", None), "unit")]
#[case::without_station(sent("station", None), "station")]
#[case::without_item(sent("item", None), "item")]
#[case::without_averaging(sent("averaging", None), "averaging")]
#[case::without_start(sent("start", None), "start")]
#[case::without_value(sent("value", None), "value")]
#[case::start_as_a_number(sent("start", Some(json!(1_732_345))), "start")]
#[case::station_as_null(sent("station", Some(json!(null))), "station")]
#[case::unit_as_a_list(sent("unit", Some(json!(["µg/m³"]))), "unit")]
#[case::flag_as_a_number(sent("flag", Some(json!(1))), "flag")]
#[case::no_row_at_all(json!("pm2_5"), "station")]
fn a_row_of_the_wrong_shape_is_refused_alone(#[case] bad: serde_json::Value, #[case] field: &str) {
    let batch = json!([good(), bad, good()]).to_string();
    let rows: Vec<PushedRow> = serde_json::from_str(&batch).unwrap();
    let checked = checked(&rows);
    assert_eq!(checked.rows, [0, 2]);
    let [rejection] = &checked.rejected[..] else { panic!("{:?}", checked.rejected) };
    assert_eq!((rejection.row, rejection.field), (1, field));
}

#[test]
fn a_row_survives_being_sent() {
    let row = PushedRow { flag: Some("normal".into()), ..good() };
    let text = serde_json::to_string(&row).unwrap();
    assert_eq!(serde_json::from_str::<PushedRow>(&text).unwrap(), row);
}

#[tokio::test]
async fn a_line_that_is_no_text_leaves_the_others_alone() {
    let bench = Bench::new(Clock::stopped_at(at("2026-11-23T15:01:00+08:00")));
    let mut table = b"station,item,value,unit,start,averaging\n".to_vec();
    for hour in 0..9 {
        if hour == 4 {
            table.extend_from_slice(b"\xbb\xaa\xfd,pm2_5,35.1,\xce\xbcg/m3,,hour\n");
        }
        let start = format!("2026-11-23T0{hour}:00:00+08:00");
        table.extend_from_slice(format!("JLP-A-001,pm2_5,35.1,µg/m³,{start},hour\n").as_bytes());
    }
    let lookup = Lookup { knows_station: &|_| true, section_code: &|_, _| None };
    let report =
        import(Format::Readings, &table[..], "hours.csv", &lookup, &bench.wiring).await.unwrap();
    assert_eq!((report.rows, report.stored), (10, 9));
    assert_eq!(report.rejected[&Reason::Malformed], 1);
    assert!(report.examples[0].contains("line 6 is not UTF-8"), "{:?}", report.examples);
}

/// Reads the text, then fails as a damaged gzip file does.
struct Torn(&'static [u8]);

impl std::io::Read for Torn {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        match self.0.read(into)? {
            0 => Err(std::io::Error::other("deflate decompression error")),
            count => Ok(count),
        }
    }
}

#[tokio::test]
async fn what_stands_before_the_damage_of_a_file_is_stored() {
    let bench = Bench::new(Clock::stopped_at(at("2026-11-23T15:01:00+08:00")));
    let table = Torn(
        "station,item,value,unit,start,averaging\n\
         JLP-A-001,pm2_5,35.1,µg/m³,2026-11-23T01:00:00+08:00,hour\n\
         JLP-A-001,pm2_5,35.1,µg/m³,2026-11-23T02:00:00+08:00,hour\n"
            .as_bytes(),
    );
    let lookup = Lookup { knows_station: &|_| true, section_code: &|_, _| None };
    let fault = import(Format::Readings, table, "hours.csv", &lookup, &bench.wiring).await;
    assert!(fault.unwrap_err().to_string().contains("deflate"));
    assert_eq!(bench.kept.all().len(), 2);
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
