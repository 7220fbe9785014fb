//! The scorecard: which statement counts, and which never shows.

#![expect(clippy::unwrap_used, reason = "the helpers of tests fail by panicking, as tests do")]

use domain::{Quantity, scorecard::*};
use rstest::rstest;

fn entry(key: &str, year: Option<i16>, value: &str, minute: i64) -> Entry {
    Entry {
        key: key.to_owned(),
        zh: "优良天数".to_owned(),
        en: "Good days".to_owned(),
        value: Figure::read(value),
        unit: "day".to_owned(),
        year,
        sign: Sign::Exactly,
        quote: "优良天数再创历史新高".to_owned(),
        source: "公开报道".to_owned(),
        note: domain::Text::default(),
        publish: true,
        at: jiff::Timestamp::from_second(minute * 60).unwrap(),
    }
}

fn only<'a>(entries: &'a [Entry]) -> Option<Line<'a>> {
    lines(entries).into_values().flatten().next()
}

#[test]
fn the_newest_entry_of_a_year_counts_and_the_old_value_stays() {
    let entries = [
        entry("air.good_days", Some(2023), "324", 1),
        entry("air.good_days", Some(2023), "325", 2),
    ];
    let line = only(&entries).unwrap();
    assert_eq!(line.now.value.to_string(), "325");
    assert_eq!(line.replaced[0].value.to_string(), "324");
    assert!(!line.has_history(), "a correction is no history");
}

#[test]
fn two_years_make_a_history_and_the_latest_year_counts() {
    let entries = [
        entry("air.good_days", Some(2023), "325", 1),
        entry("air.good_days", Some(2022), "319", 2),
    ];
    let line = only(&entries).unwrap();
    assert_eq!((line.now.year, line.has_history()), (Some(2023), true));
    let years: Vec<_> = line.years.iter().map(|entry| entry.year).collect();
    assert_eq!(years, [Some(2022), Some(2023)]);
    let mut other_unit = entries.clone();
    other_unit[1].unit = "%".to_owned();
    assert!(!only(&other_unit).unwrap().has_history());
}

#[test]
fn what_is_implausible_never_shows_and_brings_nothing_back() {
    let mut implausible = entry("industry.h2_truck_co2", None, "79", 2);
    implausible.publish = false;
    let entries = [entry("industry.h2_truck_co2", None, "80", 1), implausible];
    assert!(only(&entries).is_none());
}

#[rstest]
#[case::equal(Sign::Exactly, Some(true), Some(false), Some(false))]
#[case::over(Sign::Over, Some(false), Some(true), Some(false))]
#[case::at_least(Sign::AtLeast, Some(true), Some(true), Some(false))]
#[case::under(Sign::Under, Some(false), Some(false), Some(true))]
#[case::at_most(Sign::AtMost, Some(true), Some(false), Some(true))]
#[case::about(Sign::About, None, None, None)]
fn a_sign_says_how_a_figure_stands_to_a_bound(
    #[case] sign: Sign,
    #[case] equal: Option<bool>,
    #[case] above: Option<bool>,
    #[case] below: Option<bool>,
) {
    let bound = Quantity::from_integer(97);
    let holds = |figure| sign.holds(Quantity::from_integer(figure), bound);
    assert_eq!((holds(97), holds(98), holds(96)), (equal, above, below));
}

#[test]
fn a_figure_is_a_number_where_it_is_one() {
    assert_eq!(Figure::read(" 43.75 ").number(), Some("43.75".parse().unwrap()));
    assert_eq!(Figure::read("1+3+13"), Figure::Word("1+3+13".to_owned()));
    assert_eq!(Figure::read("II").to_string(), "II");
    let json = serde_json::to_string(&[Figure::read("16.82"), Figure::read("IV")]).unwrap();
    assert_eq!(json, r#"[16.82,"IV"]"#);
    let read: Vec<Figure> = serde_json::from_str(&json).unwrap();
    assert_eq!(read, [Figure::read("16.82"), Figure::read("IV")]);
}

#[rstest]
#[case::group(|e: &mut Entry| e.key = "sport.medals".into(), EntryFault::UnknownGroup)]
#[case::name(|e: &mut Entry| e.en = " ".into(), EntryFault::NoName)]
#[case::value(|e: &mut Entry| e.value = Figure::read(""), EntryFault::NoValue)]
#[case::source(|e: &mut Entry| e.source.clear(), EntryFault::NoSource)]
#[case::year(|e: &mut Entry| e.year = Some(20_23 * 10), EntryFault::BadYear)]
fn an_entry_needs_its_names_value_and_source(
    #[case] spoil: fn(&mut Entry),
    #[case] fault: EntryFault,
) {
    let mut entry = entry("air.good_days", Some(2023), "325", 1);
    assert_eq!(entry.check(), Ok(()));
    spoil(&mut entry);
    assert_eq!(entry.check(), Err(fault));
}
