//! Outside bytes: whatever comes, nothing panics and nothing is made up.

use domain::period::BEIJING;
use ingest::{
    cnemc_air::{OzoneFields, recorded},
    csv_file,
    surface_water::{recorded_reply, recorded_table, with_year},
};
use jiff::{SignedDuration, Timestamp, civil::DateTime};
use proptest::prelude::*;
use rstest::rstest;

use super::support::at;

#[rstest]
#[case::same_day("11-23 12:00", "2026-11-23T13:00:00+08:00", Some("2026-11-23T12:00:00+08:00"))]
#[case::clock_ahead("11-23 12:00", "2026-11-23T10:30:00+08:00", Some("2026-11-23T12:00:00+08:00"))]
#[case::too_far_ahead(
    "11-23 12:00",
    "2026-11-23T09:59:00+08:00",
    Some("2025-11-23T12:00:00+08:00")
)]
#[case::december_in_january(
    "12-31 20:00",
    "2027-01-01T01:00:00+08:00",
    Some("2026-12-31T20:00:00+08:00")
)]
#[case::new_year_seen_early(
    "01-01 00:00",
    "2026-12-31T23:30:00+08:00",
    Some("2027-01-01T00:00:00+08:00")
)]
#[case::leap_day("02-29 08:00", "2026-11-23T13:00:00+08:00", Some("2024-02-29T08:00:00+08:00"))]
#[case::no_such_day("02-30 08:00", "2026-11-23T13:00:00+08:00", None)]
#[case::with_year("2026-11-23 12:00", "2026-11-23T13:00:00+08:00", None)]
#[case::one_digit("1-3 8:00", "2026-11-23T13:00:00+08:00", None)]
#[case::signs("+1-03 08:00", "2026-11-23T13:00:00+08:00", None)]
fn a_year_is_inferred_from_when_it_was_read(
    #[case] text: &str,
    #[case] fetched: &str,
    #[case] time: Option<&str>,
) {
    assert_eq!(with_year(text, at(fetched)), time.map(at));
}

/// A reply of one row, as sent in 2021.
fn reply(cell: &str, time: &str, class: &str) -> String {
    let head =
        |name: &str, unit: &str| format!("\"{name}<br/><span class='unit'>({unit})</span>\"");
    let heads = [
        head("pH", "无量纲"),
        head("溶解氧", "mg/L"),
        head("高锰酸盐指数", "mg/L"),
        head("氨氮", "mg/L"),
        head("总磷", "mg/L"),
    ];
    format!(
        r#"{{"result":1,"total":1,"records":1,"thead":["省份","断面名称","监测时间","水质类别",{}],
        "tbody":[["重庆市","和尚山","{time}","{class}",{},"--","*","--","--"]]}}"#,
        heads.join(","),
        serde_json::to_string(cell).unwrap(),
    )
}

#[rstest]
#[case::short_span("<span title='原始值：8.48'>8.5</span>", Some("8.48"))]
#[case::long_span(
    "<span data-toggle='tooltip' data-placement='right' title='原始值：8.48'>8.5</span>",
    Some("8.48")
)]
#[case::exponent("<span title='原始值：8.48E+0'>8.5</span>", Some("8.48"))]
#[case::bare("8.48", Some("8.48"))]
#[case::filtered("<span title='极值过滤'>--</span>", None)]
#[case::absent("--", None)]
fn a_cell_in_a_known_form_is_read(#[case] cell: &str, #[case] value: Option<&str>) {
    let read = recorded_reply(
        reply(cell, "11-23 12:00", "Ⅱ").into_bytes(),
        at("2026-11-23T13:00:00+08:00"),
    )
    .unwrap();
    assert!(read.rejected.is_empty(), "{:?}", read.rejected);
    let readings = read.rows[0].readings("X");
    assert_eq!(readings[0].value.map(|v| v.to_string()).as_deref(), value);
    let class = readings.last().unwrap();
    assert_eq!(class.value.unwrap().to_string(), "2");
}

#[rstest]
#[case::script("<span title='原始值：8.48'><b>8.5</b></span>")]
#[case::other_tag("<b title='原始值：8.48'>8.5</b>")]
#[case::other_attribute("<span onclick='x' title='原始值：8.48'>8.5</span>")]
#[case::ascii_colon("<span title='原始值:8.48'>8.5</span>")]
#[case::thousands("1,000.5")]
#[case::nan("NaN")]
#[case::text("正常")]
fn a_cell_in_another_form_is_refused_and_the_row_kept(#[case] cell: &str) {
    let read = recorded_reply(
        reply(cell, "11-23 12:00", "").into_bytes(),
        at("2026-11-23T13:00:00+08:00"),
    )
    .unwrap();
    assert_eq!(read.rejected.values().sum::<usize>(), 1);
    assert!(read.rows[0].readings("X").iter().all(|reading| reading.item != domain::Item::Ph));
}

#[rstest]
#[case::another_unit(r#"(mg/L)"#, "(kg/L)", "溶解氧 (kg/L)")]
#[case::column_gone("总磷", "总铁", "总磷")]
#[case::no_names("断面名称", "站名", "断面名称")]
fn changed_columns_are_named(#[case] from: &str, #[case] to: &str, #[case] named: &str) {
    let changed = reply("8.48", "11-23 12:00", "Ⅱ").replace(from, to);
    let fault = recorded_reply(changed.into_bytes(), at("2026-11-23T13:00:00+08:00"))
        .unwrap_err()
        .to_string();
    assert!(fault.contains(named), "{fault}");
}

proptest! {
    #[test]
    fn an_inferred_year_is_the_latest_that_fits(
        day in 0_i64..365 * 40,
        minute in 0_i64..1_440,
        fetched in 1_500_000_000_i64..1_900_000_000,
    ) {
        let local = BEIJING.to_datetime(Timestamp::from_second(day * 86_400 + minute * 60).unwrap());
        let text = as_fed(local);
        let fetched = Timestamp::from_second(fetched).unwrap();
        let found = with_year(&text, fetched).unwrap();
        let latest = fetched.checked_add(SignedDuration::from_hours(2)).unwrap();
        prop_assert!(found <= latest);
        let leap = text.starts_with("02-29");
        let days = latest.duration_since(found).as_hours() / 24;
        prop_assert!(days <= if leap { 8 * 366 } else { 366 }, "{days} days back");
        let again = BEIJING.to_datetime(found);
        prop_assert_eq!(as_fed(again), text);
    }

    #[test]
    fn no_bytes_make_a_parser_panic(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        let _ = recorded_reply(bytes.clone(), Timestamp::UNIX_EPOCH);
        if let Ok(parts) = recorded(&bytes[..], OzoneFields::Auto) { parts.for_each(drop); }
        if let Ok(parts) = recorded_table(&bytes[..]) { parts.take(10).for_each(drop); }
        if let Ok(rows) = csv_file::rows(&bytes[..]) { rows.for_each(drop); }
    }

    #[test]
    fn a_damaged_reply_is_refused_or_read_never_more(
        cut in 0_usize..500, at_byte in 0_usize..500, byte in any::<u8>(),
    ) {
        let whole = reply("<span title='原始值：8.48'>8.5</span>", "11-23 12:00", "Ⅱ").into_bytes();
        let fetched = at("2026-11-23T13:00:00+08:00");
        let truncated = whole[..cut.min(whole.len() - 1)].to_vec();
        prop_assert!(recorded_reply(truncated, fetched).is_err());
        let mut changed = whole;
        let place = at_byte % changed.len();
        changed[place] = byte;
        if let Ok(read) = recorded_reply(changed, fetched) {
            prop_assert!(read.rows.len() <= 1);
        }
    }

    #[test]
    fn any_cell_text_yields_a_value_only_if_it_holds_one(cell in "[<>a-z0-9'=.：原始值 /-]{0,40}") {
        let body = reply(&cell, "11-23 12:00", "Ⅱ").into_bytes();
        let read = recorded_reply(body, at("2026-11-23T13:00:00+08:00")).unwrap();
        for reading in read.rows.iter().flat_map(|row| row.readings("X")) {
            if reading.item == domain::Item::Ph && reading.value.is_some() {
                prop_assert!(cell.bytes().any(|byte| byte.is_ascii_digit()));
            }
        }
    }
}

/// `MM-dd HH:mm`, as the feed writes it.
fn as_fed(time: DateTime) -> String {
    format!("{:02}-{:02} {:02}:{:02}", time.month(), time.day(), time.hour(), time.minute())
}
