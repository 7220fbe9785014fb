//! The rules of the air indices beside their tables.

use domain::{
    Averaging, Item, Lang, QcFlags, Quantity,
    air::{
        AirItem, AqiEdition, AqiLevel, Band, Concentrations, DayCount, EaqiBand, Edge, EpaCategory,
        HourlyPm, IaqiError, IndexStandard, LimitEdition, NoIndex, Options, Report, Segment,
        WhoTier, eaqi, epa, evaluate, evaluate_chinese, evaluate_with, explain, good_days, iaqi,
        limits, means, sensitive_groups, who,
    },
};
use jiff::civil::{Date, date};
use rstest::rstest;

fn q(text: &str) -> Quantity {
    text.parse().expect(text)
}

fn some(text: &str) -> Option<Quantity> {
    Some(q(text))
}

/// Clean in every pollutant.
fn clean() -> Concentrations {
    Concentrations {
        so2: some("10"),
        no2: some("20"),
        co: some("0.5"),
        o3: some("60"),
        o3_8h: some("50"),
        pm10: some("30"),
        pm2_5: some("20"),
        ..Default::default()
    }
}

// HJ 633-2012 table 1 and HJ 633-2026 table 3: (µg/m³, IAQI then, IAQI now), on and just past a
// breakpoint.
#[rstest]
#[case::top_of_excellent("35", 50, 50)]
#[case::just_past_excellent("36", 52, 52)]
#[case::limit_from_2026_03_01("60", 82, 100)]
#[case::just_past_it("61", 83, 101)]
#[case::limit_until_2026_02_28("75", 100, 114)]
#[case::a_tie_rounds_to_even("60.5", 82, 100)]
#[case::a_tie_rounds_to_even_upwards("61.5", 84, 102)]
#[case::off_the_scale("900", 500, 500)]
fn pm25_follows_the_table_of_its_day(#[case] ug_m3: &str, #[case] then: u16, #[case] now: u16) {
    let of = |edition| iaqi(AirItem::Pm25Day, q(ug_m3), edition).map(|iaqi| iaqi.get());
    assert_eq!(of(AqiEdition::Hj633_2012), Ok(then));
    assert_eq!(of(AqiEdition::Hj633_2026), Ok(now));
}

#[test]
fn carbon_monoxide_at_2_2_is_exactly_55() {
    for edition in [AqiEdition::Hj633_2012, AqiEdition::Hj633_2026] {
        assert_eq!(iaqi(AirItem::CoDay, q("2.2"), edition).map(|iaqi| iaqi.get()), Ok(55));
    }
}

#[test]
fn a_negative_concentration_is_an_error_that_names_the_calibration() {
    let error = iaqi(AirItem::So2Hour, q("-1"), AqiEdition::Hj633_2026).expect_err("negative");
    assert_eq!(error, IaqiError::BelowZero { concentration: q("-1") });
    assert_eq!(error.to_string(), "-1 is below zero; check the analyser's zero calibration");
}

#[test]
fn the_index_is_explained_by_rounding_segment_and_caps() {
    let now = explain(AirItem::Pm25Day, q("74.6"), AqiEdition::Hj633_2026).expect("positive");
    assert_eq!((now.concentration, now.concentration_used), (q("74.6"), q("75")));
    let segment = Segment { bp_lo: q("60"), bp_hi: q("115"), index_lo: 100, index_hi: 150 };
    assert_eq!((now.segment, now.result, now.edge), (Some(segment), Some(114), None));
    let off = explain(AirItem::So2Hour, q("801"), AqiEdition::Hj633_2026).expect("positive");
    assert_eq!((off.result, off.edge), (Some(200), Some(Edge::HeldAt(200))));
    let none = explain(AirItem::So2Hour, q("801"), AqiEdition::Hj633_2012).expect("positive");
    assert_eq!((none.result, none.edge), (None, Some(Edge::NoIndexAbove(q("800")))));
}

#[test]
fn the_edition_changes_at_midnight_in_beijing() {
    let before: jiff::Timestamp = "2026-02-28T15:59:59Z".parse().expect("an instant");
    let after: jiff::Timestamp = "2026-02-28T16:00:00Z".parse().expect("an instant");
    let edition = |at| AqiEdition::on(domain::period::Period::hour(at).beijing_day());
    assert_eq!(edition(before), AqiEdition::Hj633_2012);
    assert_eq!(edition(after), AqiEdition::Hj633_2026);
}

#[rstest]
#[case::hourly(Report::Hourly)]
#[case::daily(Report::Daily)]
fn with_a_gap_2026_publishes_only_above_100(#[case] report: Report) {
    let gap = Concentrations { no2: None, ..clean() };
    let index = evaluate(IndexStandard::Hj633_2026, report, &gap);
    assert_eq!((index.value, index.level), (None, None));
    assert_eq!((index.reason_none, index.complete), (Some(NoIndex::Incomplete), false));
    assert_eq!(index.missing, [Item::No2]);
    assert!(index.sub.iter().any(|sub| sub.item == Item::Pm25 && sub.value == Some(29)));

    let hundred = Concentrations { pm2_5: some("60"), ..gap };
    assert_eq!(evaluate(IndexStandard::Hj633_2026, report, &hundred).value, None);

    let bad = Concentrations { pm2_5: some("61"), ..gap };
    let index = evaluate(IndexStandard::Hj633_2026, report, &bad);
    assert_eq!((index.value, index.primary), (Some(101), vec![Item::Pm25]));
    assert!(!index.complete);

    // 2012 computes from what is there.
    let index = evaluate(IndexStandard::Hj633_2012, report, &gap);
    assert_eq!((index.value, index.reason_none), (Some(30), None));
}

#[test]
fn a_pollutant_outside_the_plan_does_not_hold_back_the_index() {
    let gap = Concentrations { co: None, ..clean() };
    let options = Options { not_monitored: &[Item::Co], ..Default::default() };
    let index = evaluate_with(IndexStandard::Hj633_2026, Report::Hourly, &gap, options);
    assert_eq!((index.value.is_some(), index.complete), (true, true));
}

#[test]
fn a_negative_value_counts_as_missing() {
    let broken = Concentrations { so2: some("-3"), ..clean() };
    let index = evaluate(IndexStandard::Hj633_2026, Report::Hourly, &broken);
    assert_eq!((index.value, index.missing), (None, vec![Item::So2]));
}

#[test]
fn without_any_value_there_is_no_index_under_any_ruler() {
    for standard in IndexStandard::ALL {
        for report in [Report::Hourly, Report::Daily] {
            let index = evaluate(standard, report, &Concentrations::default());
            assert_eq!((index.value, index.level), (None, None), "{standard:?}");
            assert_eq!(index.reason_none, Some(NoIndex::NoData), "{standard:?}");
        }
    }
}

#[test]
fn ties_are_listed_together_and_only_above_50() {
    let tie = Concentrations { pm10: some("150"), pm2_5: some("75"), ..clean() };
    let index = evaluate(IndexStandard::Hj633_2012, Report::Hourly, &tie);
    assert_eq!((index.value, index.primary), (Some(100), vec![Item::Pm10, Item::Pm25]));
    let fifty = Concentrations { pm10: some("50"), pm2_5: some("35"), ..clean() };
    let index = evaluate(IndexStandard::Hj633_2012, Report::Hourly, &fifty);
    assert_eq!((index.value, index.primary), (Some(50), vec![]));
    assert_eq!(index.level, Some(Band::Hj633(AqiLevel::Excellent)));
}

#[test]
fn the_2012_hour_shows_8_h_ozone_but_counts_it_only_by_the_text() {
    let hazy = Concentrations { o3_8h: some("215"), ..clean() };
    let practice = evaluate(IndexStandard::Hj633_2012, Report::Hourly, &hazy);
    assert_eq!(practice.value, Some(30));
    let shown = practice.sub.iter().find(|sub| sub.averaging == Averaging::EightHour);
    assert_eq!(shown.map(|sub| (sub.value, sub.counted)), Some((Some(150), false)));
    let options = Options { hourly_pm: HourlyPm::Sliding24h, ..Default::default() };
    let text = evaluate_with(IndexStandard::Hj633_2012, Report::Hourly, &hazy, options);
    assert_eq!((text.value, text.primary), (Some(150), vec![Item::O3]));
}

#[test]
fn the_day_of_2012_takes_both_ozone_values_that_of_2026_one() {
    let noon = Concentrations { o3: some("300"), o3_8h: some("100"), ..clean() };
    let then = evaluate(IndexStandard::Hj633_2012, Report::Daily, &noon);
    assert_eq!((then.value, then.primary), (Some(150), vec![Item::O3]));
    let now = evaluate(IndexStandard::Hj633_2026, Report::Daily, &noon);
    assert_eq!((now.value, now.primary), (Some(50), vec![]));
}

#[test]
fn an_hour_of_so2_off_the_2012_table_is_judged_by_its_day() {
    let plume = Concentrations { so2: some("900"), ..clean() };
    let index = evaluate(IndexStandard::Hj633_2012, Report::Hourly, &plume);
    assert_eq!(index.value, Some(30));
    let with_day = Concentrations { so2_24h: some("475"), ..plume };
    let index = evaluate(IndexStandard::Hj633_2012, Report::Hourly, &with_day);
    assert_eq!((index.value, index.primary), (Some(150), vec![Item::So2]));
    let index = evaluate(IndexStandard::Hj633_2026, Report::Hourly, &plume);
    assert_eq!((index.value, index.primary), (Some(200), vec![Item::So2]));
    let alone = Concentrations { so2: some("900"), ..Default::default() };
    let index = evaluate(IndexStandard::Hj633_2012, Report::Hourly, &alone);
    assert_eq!(index.reason_none, Some(NoIndex::OffTheTable));
}

// EPA-454/B-24-002 notes 2 to 4. The document's example "1-h O3 0.162 → 148" contradicts its own
// rule, which gives 147.
#[rstest]
#[case::one_hour_below_0_125_is_disregarded("0.124", "0.060", 67)]
#[case::the_higher_of_both_counts("0.162", "0.085", 150)]
#[case::the_rule_not_the_example("0.162", "0.060", 147)]
#[case::eight_hours_above_0_2_leave_it_to_one_hour("0.300", "0.201", 248)]
fn us_ozone_is_judged_by_both_averages(#[case] hour: &str, #[case] eight: &str, #[case] aqi: u16) {
    let air = Concentrations { o3: some(hour), o3_8h: some(eight), ..Default::default() };
    let index = evaluate(IndexStandard::Epa2024, Report::Hourly, &air);
    assert_eq!((index.value, index.primary), (Some(aqi), vec![Item::O3]));
}

#[rstest]
#[case::an_hour_within_the_table("304", None, 200)]
#[case::a_worse_hour_without_a_day("400", None, 200)]
#[case::a_worse_hour_and_a_mild_day("400", Some("300"), 200)]
#[case::a_worse_day("400", Some("305"), 201)]
fn us_so2_is_judged_by_the_day_from_305_on(
    #[case] hour: &str,
    #[case] day: Option<&str>,
    #[case] aqi: u16,
) {
    let air = Concentrations { so2: some(hour), so2_24h: day.map(q), ..Default::default() };
    assert_eq!(evaluate(IndexStandard::Epa2024, Report::Hourly, &air).value, Some(aqi));
}

#[test]
fn chinese_gases_are_converted_for_the_us_index_and_marked() {
    let converted = epa::from_chinese(&Concentrations {
        so2: some("64.07"),
        no2: some("46.01"),
        co: some("28.01"),
        o3: some("48000"),
        pm10: some("54"),
        ..Default::default()
    });
    assert_eq!((converted.so2, converted.no2), (some("24.45"), some("24.45")));
    assert_eq!((converted.co, converted.o3), (some("24.45"), some("24.45")));
    assert_eq!(converted.pm10, some("54"));
    let index = evaluate_chinese(IndexStandard::Epa2024, Report::Hourly, &clean());
    assert_eq!(index.marks, QcFlags::CONVERTED);
    assert_eq!(index.level, Some(Band::Epa(EpaCategory::Moderate)));
    let ours = evaluate_chinese(IndexStandard::Hj633_2026, Report::Hourly, &clean());
    assert_eq!(ours.marks, QcFlags::NONE);
}

#[test]
fn the_nowcast_weighs_recent_hours_more_when_air_changes() {
    let steady = vec![some("35.4"); 12];
    assert_eq!(epa::nowcast(&steady), Ok(q("35.4")));
    assert_eq!(epa::nowcast(&[some("0"); 12]), Ok(Quantity::ZERO));
    // w = 1/2: (40 + 20/2 + 10/4) ÷ (1 + 1/2 + 1/4) = 30.
    assert_eq!(epa::nowcast(&[some("10"), some("20"), some("40")]), Ok(q("30")));
    // w = 0.8, a gap keeps its place: (10 + 8 × 0.64) ÷ 1.64 = 9.219512.
    assert_eq!(epa::nowcast(&[some("8"), None, some("10")]), Ok(q("9.219512")));
    let silent = epa::nowcast(&[some("8"), some("8"), None, None, some("10")]);
    assert_eq!(silent, Err(means::Invalid { have: 1, need: 2 }));
}

#[rstest]
#[case("5", EaqiBand::Good)]
#[case("5.1", EaqiBand::Fair)]
#[case("50", EaqiBand::Moderate)]
#[case("90", EaqiBand::Poor)]
#[case("140", EaqiBand::VeryPoor)]
#[case("141", EaqiBand::ExtremelyPoor)]
fn european_bands_include_their_upper_bound(#[case] pm25: &str, #[case] expected: EaqiBand) {
    assert_eq!(eaqi::band(Item::Pm25, q(pm25)), Some(expected));
}

#[test]
fn the_worst_pollutant_decides_the_european_band() {
    let air = Concentrations { no2: some("61"), ..clean() };
    let index = evaluate(IndexStandard::Eaqi2024, Report::Hourly, &air);
    assert_eq!((index.value, index.primary), (Some(4), vec![Item::No2]));
    assert_eq!(index.level, Some(Band::Eaqi(EaqiBand::Poor)));
    assert_eq!(eaqi::band(Item::Co, q("1")), None);
}

#[rstest]
#[case("15", WhoTier::Guideline, "0", "1")]
#[case("25", WhoTier::Interim4, "10", "1.666667")]
#[case("37.5", WhoTier::Interim3, "22.5", "2.5")]
#[case("37.6", WhoTier::Interim2, "22.6", "2.506667")]
#[case("75", WhoTier::Interim1, "60", "5")]
#[case("76", WhoTier::AboveTargets, "61", "5.066667")]
fn who_tells_the_distance_to_the_guideline(
    #[case] pm25: &str,
    #[case] tier: WhoTier,
    #[case] distance: &str,
    #[case] times: &str,
) {
    let compared = who::compare(Item::Pm25, Averaging::Day, q(pm25)).expect("a guideline");
    assert_eq!((compared.tier, q(pm25).minus(compared.guideline)), (tier, q(distance)));
    assert_eq!(compared.times, q(times));
}

#[test]
fn who_has_a_level_and_no_index() {
    let index = evaluate(IndexStandard::Who2021, Report::Daily, &clean());
    assert_eq!((index.value, index.reason_none), (None, Some(NoIndex::NoIndexDefined)));
    assert_eq!(index.level, Some(Band::Who(WhoTier::Interim4)));
    assert_eq!(index.primary, [Item::Pm25]);
}

fn day(valid: usize, value: &str) -> Vec<Option<Quantity>> {
    (0..24).map(|hour| (hour < valid).then(|| q(value))).collect()
}

#[test]
fn a_daily_mean_needs_20_hours() {
    assert_eq!(means::daily_mean(&day(20, "35")), Ok(q("35")));
    let short = means::daily_mean(&day(19, "35")).expect_err("too few");
    assert_eq!((short.have, short.need), (19, 20));
    assert_eq!(short.to_string(), "19 valid values, 20 needed");
}

#[test]
fn an_8_hour_mean_needs_six_hours() {
    let mut hours = vec![some("100"); 8];
    (hours[0], hours[1]) = (None, None);
    assert_eq!(means::sliding_8h(&hours)[7], Ok(q("100")));
    hours[2] = None;
    assert_eq!(means::sliding_8h(&hours)[7], Err(means::Invalid { have: 5, need: 6 }));
    assert_eq!(means::sliding_8h(&hours).len(), 8);
}

#[test]
fn the_largest_8_hour_mean_needs_14_windows_unless_it_is_over_the_limit() {
    let mut hours: Vec<_> = (1..=24).map(|hour| Some(Quantity::from_integer(hour))).collect();
    // The last window holds the hours 17 to 24.
    assert_eq!(means::daily_max_8h(&hours), Ok(q("20.5")));
    // Hours 1 to 19 valid: 12 full windows, and two more with seven and six of eight.
    hours[19..].fill(None);
    assert_eq!(means::daily_max_8h(&hours), Ok(q("16.5")), "hours 14 to 19");
    hours[18] = None;
    let short = means::daily_max_8h(&hours).expect_err("too few");
    assert_eq!((short.have, short.need), (13, 14));
    let bad: Vec<_> = hours.iter().map(|hour| hour.and_then(|hour| hour.scale(20, 1))).collect();
    assert_eq!(means::daily_max_8h(&bad), Ok(q("310")), "hours 13 to 18");
}

#[test]
fn months_need_their_days() {
    let days = |valid: usize, of: usize| -> Vec<_> {
        (0..of).map(|day| (day < valid).then(|| q("30"))).collect()
    };
    assert_eq!(means::monthly_mean(&days(27, 31)), Ok(q("30")));
    assert_eq!(means::monthly_mean(&days(26, 30)), Err(means::Invalid { have: 26, need: 27 }));
    assert_eq!(means::monthly_mean(&days(25, 28)), Ok(q("30")));
    assert_eq!(means::monthly_mean(&days(24, 29)), Err(means::Invalid { have: 24, need: 25 }));
}

#[test]
fn good_days_are_counted_under_each_edition_and_gaps_apart() {
    use AqiEdition::{Hj633_2012, Hj633_2026};
    let counted = good_days([
        (Hj633_2012, Some(100)),
        (Hj633_2012, Some(101)),
        (Hj633_2026, Some(42)),
        (Hj633_2026, None),
    ]);
    assert_eq!(counted.hj633_2012, DayCount { good: 1, polluted: 1, not_available: 0 });
    assert_eq!(counted.hj633_2026, DayCount { good: 1, polluted: 0, not_available: 1 });
    assert_eq!(counted.hj633_2026.judged(), 1);
}

// GB 3095-2012, GB 3095-2026 transition and final, grade II of the PM2.5 and PM10 daily means.
#[rstest]
#[case(date(2026, 2, 28), "75", "150", LimitEdition::Gb3095_2012)]
#[case(date(2026, 3, 1), "60", "120", LimitEdition::Gb3095_2026Transition)]
#[case(date(2030, 12, 31), "60", "120", LimitEdition::Gb3095_2026Transition)]
#[case(date(2031, 1, 1), "50", "100", LimitEdition::Gb3095_2026)]
fn limits_follow_the_day(
    #[case] day: Date,
    #[case] pm25: &str,
    #[case] pm10: &str,
    #[case] edition: LimitEdition,
) {
    let grade_2 = |item| limits(item, Averaging::Day, day).map(|limits| limits.grade_2);
    assert_eq!((grade_2(Item::Pm25), grade_2(Item::Pm10)), (some(pm25), some(pm10)));
    assert_eq!(LimitEdition::on(day), edition);
    assert_eq!(limits(Item::O3, Averaging::Day, day), None);
}

#[test]
fn the_wording_is_that_of_the_edition() {
    let text = |edition| AqiLevel::Light.advice(edition, Lang::Zh);
    assert!(text(AqiEdition::Hj633_2026).starts_with("青少年儿童、老年人及心血管系统疾病"));
    assert!(text(AqiEdition::Hj633_2012).starts_with("儿童、老年人及心脏病"));
    let effect = |edition| AqiLevel::Light.health_effect(edition, Lang::Zh);
    assert!(effect(AqiEdition::Hj633_2026).contains("敏感人群"));
    assert!(effect(AqiEdition::Hj633_2012).contains("易感人群"));
    for level in AqiLevel::ALL {
        for edition in [AqiEdition::Hj633_2012, AqiEdition::Hj633_2026] {
            for lang in Lang::ALL {
                assert!(!level.advice(edition, lang).is_empty());
                assert!(!level.health_effect(edition, lang).is_empty());
            }
        }
    }
    assert_eq!(sensitive_groups(Item::Co, Lang::Zh), Some("患有心血管系统疾病的人"));
    assert_eq!(sensitive_groups(Item::Ph, Lang::En), None);
}

/// WCAG 2 contrast of two `#RRGGBB` colours.
fn contrast(one: &str, other: &str) -> f64 {
    let luminance = |hex: &str| {
        let part = |at: usize| {
            let value = u8::from_str_radix(&hex[at..at + 2], 16).expect(hex);
            let c = f64::from(value) / 255.0;
            if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
    };
    let (a, b) = (luminance(one), luminance(other));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn every_band_is_numbered_named_and_readable() {
    let bands: Vec<Band> = AqiLevel::ALL
        .map(Band::Hj633)
        .into_iter()
        .chain(EpaCategory::ALL.map(Band::Epa))
        .chain(EaqiBand::ALL.map(Band::Eaqi))
        .chain(WhoTier::ALL.map(Band::Who))
        .collect();
    for (at, band) in bands.iter().enumerate() {
        assert_eq!(usize::from(band.number()), at % 6 + 1);
        assert_ne!(band.name(Lang::Zh), band.name(Lang::En));
        let ratio = contrast(band.hex(), band.on_hex());
        assert!(ratio >= 4.5, "{band:?} {ratio}");
    }
    assert_ne!(AqiLevel::Heavy.hex(), EpaCategory::VeryUnhealthy.hex());
}

#[test]
fn the_largest_quantities_have_a_nowcast() {
    let largest = Quantity::from_millionths(i64::MAX);
    assert_eq!(epa::nowcast(&[Some(largest); 12]), Ok(largest));
}

#[test]
fn ozone_of_an_hour_below_the_us_table_is_missing() {
    let mild = Concentrations { o3: some("0.124"), ..Default::default() };
    let index = evaluate(IndexStandard::Epa2024, Report::Hourly, &mild);
    assert!(index.missing.contains(&Item::O3) && !index.complete, "{:?}", index.missing);
    let day_only = Concentrations { so2_24h: some("304"), ..Default::default() };
    let index = evaluate(IndexStandard::Epa2024, Report::Hourly, &day_only);
    assert!(index.missing.contains(&Item::So2));
    let dirty = Concentrations { o3_8h: some("0.201"), ..Default::default() };
    let index = evaluate(IndexStandard::Epa2024, Report::Hourly, &dirty);
    assert!(!index.missing.contains(&Item::O3), "off the table is not missing");
}

// One hour has one index under one ruler, whoever asks: what needs more hours is missing without.
#[test]
fn what_a_ruler_looks_at_comes_from_the_hours_or_is_missing() {
    let hours: Vec<_> = (1..=24).map(|n| Some(Quantity::from_integer(n))).collect();
    let us = Concentrations::of_hour(IndexStandard::Epa2024, |_| &hours);
    assert_eq!((us.co, us.o3_8h, us.no2), (some("20.5"), some("20.5"), some("24")));
    assert_eq!(us.pm2_5, epa::nowcast(&hours).ok());
    assert_eq!(us.so2_24h, some("12.5"));
    let alone = Concentrations::of_hour(IndexStandard::Epa2024, |_| &hours[23..]);
    assert_eq!((alone.pm2_5, alone.pm10, alone.co, alone.so2_24h), (None, None, None, None));
    assert_eq!((alone.no2, alone.so2, alone.o3), (some("24"), some("24"), some("24")));
    let ours = Concentrations::of_hour(IndexStandard::Hj633_2026, |_| &hours);
    assert_eq!((ours.pm2_5, ours.co, ours.o3_8h), (some("24"), some("24"), some("20.5")));
    assert_eq!(Concentrations::of_hour(IndexStandard::Epa2024, |_| &[]), Concentrations::default());
}

#[test]
fn a_day_is_its_mean_its_largest_hour_or_its_largest_8_hours() {
    let hours: Vec<_> = (1..=24).map(|n| Some(Quantity::from_integer(n))).collect();
    let ours = Concentrations::of_day(IndexStandard::Hj633_2026, |_| &hours);
    assert_eq!((ours.so2, ours.co, ours.so2_24h), (some("12.5"), some("12.5"), None));
    assert_eq!((ours.o3, ours.o3_8h), (some("24"), some("20.5")));
    let us = Concentrations::of_day(IndexStandard::Epa2024, |_| &hours);
    assert_eq!((us.so2, us.no2, us.so2_24h), (some("24"), some("24"), some("12.5")));
    assert_eq!((us.co, us.pm2_5), (some("20.5"), some("12.5")));
}

#[test]
fn before_2016_no_edition_was_in_force() {
    let edition = AqiEdition::in_force_on;
    assert_eq!(edition(date(2015, 12, 31)), None);
    assert_eq!(edition(date(2016, 1, 1)), Some(AqiEdition::Hj633_2012));
    assert_eq!(edition(date(2026, 3, 1)), Some(AqiEdition::Hj633_2026));
    assert_eq!(AqiEdition::on(date(2015, 12, 31)), AqiEdition::Hj633_2012);
}
