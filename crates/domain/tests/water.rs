//! The rules of surface water beside their table.

use domain::{
    Item, Lang, Quantity,
    water::{
        Basin, SUPPLEMENTARY, Sample, Saturation, Share, SourceMonth, TrophicState, WaterBody,
        WaterClass, WaterStatus,
        automatic::{self, parse_class},
        basin, class_of, compliance, compliance_rates, evaluate, evaluate_automatic, evaluate_with,
        trophic,
    },
};
use rstest::rstest;

fn q(text: &str) -> Quantity {
    text.parse().expect(text)
}

fn sample(values: &[(Item, &str)]) -> Sample {
    values.iter().map(|(item, text)| (*item, q(text))).collect()
}

// GB 3838-2002 table 1: on a limit, just past it, and across equal neighbours.
#[rstest]
#[case::no_class_ii_for_cod(Item::Cod, "15.1", WaterClass::III)]
#[case::copper_falls_to_below_v(Item::Copper, "1.01", WaterClass::BelowV)]
#[case::lead_skips_ii(Item::Lead, "0.02", WaterClass::III)]
#[case::oxygen_on_the_limit(Item::DissolvedOxygen, "7.5", WaterClass::I)]
#[case::oxygen_just_under_it(Item::DissolvedOxygen, "7.49", WaterClass::II)]
#[case::ammonia_on_the_limit(Item::Nh3N, "0.15", WaterClass::I)]
#[case::alkaline(Item::Ph, "9.01", WaterClass::BelowV)]
#[case::acid(Item::Ph, "5.99", WaterClass::BelowV)]
#[case::coliforms_have_a_class_of_their_own(Item::FaecalColiform, "10001", WaterClass::IV)]
fn a_value_gets_the_best_class_it_meets(
    #[case] item: Item,
    #[case] value: &str,
    #[case] expected: WaterClass,
) {
    assert_eq!(class_of(item, q(value), WaterBody::River, None), Some(expected));
}

#[test]
fn what_has_no_limit_has_no_class() {
    for (item, value) in [
        (Item::WaterTemperature, "31"),
        (Item::TotalNitrogen, "9"),
        (Item::Conductivity, "300"),
        (Item::Nh3N, "-0.1"),
    ] {
        assert_eq!(class_of(item, q(value), WaterBody::River, None), None, "{item:?}");
    }
    let in_a_lake = class_of(Item::TotalNitrogen, q("1.6"), WaterBody::Lake, None);
    assert_eq!(in_a_lake, Some(WaterClass::V));
}

// DO_f = 468 ÷ (31.6 + T): 9.0 mg/L at 20.4 °C, so 90 % is exactly 8.1 mg/L; at 40.4 °C 6.5 and
// 5.85.
#[rstest]
#[case(Saturation::AtTemperature(q("40.4")), "5.85", WaterClass::I)]
#[case(Saturation::AtTemperature(q("40.4")), "5.849999", WaterClass::III)]
#[case(Saturation::Percent(q("90")), "6.9", WaterClass::I)]
#[case(Saturation::Percent(q("89.9")), "6.9", WaterClass::II)]
fn warm_water_may_reach_class_i_by_saturation(
    #[case] saturation: Saturation,
    #[case] oxygen: &str,
    #[case] expected: WaterClass,
) {
    let item = Item::DissolvedOxygen;
    assert_eq!(class_of(item, q(oxygen), WaterBody::River, Some(saturation)), Some(expected));
    let values = sample(&[(item, oxygen)]);
    let section = evaluate_with(&values, WaterBody::River, Some(saturation));
    assert_eq!(section.class, Some(expected));
}

#[test]
fn the_stream_before_its_treatment() {
    let values = sample(&[
        (Item::DissolvedOxygen, "1.5"),
        (Item::CodMn, "9"),
        (Item::Nh3N, "3.2"),
        (Item::TotalPhosphorus, "0.5"),
        (Item::Ph, "7"),
    ]);
    let section = evaluate(&values, WaterBody::River);
    assert_eq!(section.class, Some(WaterClass::BelowV));
    assert_eq!(section.status, Some(WaterStatus::Heavy));
    assert_eq!(section.limiting, [Item::DissolvedOxygen, Item::Nh3N, Item::TotalPhosphorus]);
    let multiples: Vec<_> =
        section.exceedances.iter().map(|e| (e.item, e.multiple.to_fixed(2))).collect();
    assert_eq!(
        multiples,
        [
            (Item::CodMn, "0.50".to_owned()),
            (Item::Nh3N, "2.20".to_owned()),
            (Item::TotalPhosphorus, "1.50".to_owned()),
        ]
    );
    // Worst class first, within it by multiple; oxygen has none and comes last.
    let main = [Item::Nh3N, Item::TotalPhosphorus, Item::DissolvedOxygen];
    assert_eq!(section.main_pollutants, main);
    assert!(section.automatic_five);
    assert_eq!(section.missing, []);
}

#[test]
fn heavy_metals_and_cyanide_come_first_among_the_main_indicators() {
    let values =
        sample(&[(Item::Nh3N, "9"), (Item::CodMn, "16"), (Item::Cod, "50"), (Item::Lead, "0.06")]);
    let section = evaluate(&values, WaterBody::River);
    assert_eq!(section.main_pollutants, [Item::Lead, Item::Nh3N, Item::CodMn]);
    assert!(!section.automatic_five);
}

#[test]
fn within_class_iii_nothing_is_named() {
    let section = evaluate(&sample(&[(Item::CodMn, "6")]), WaterBody::River);
    assert_eq!(section.class, Some(WaterClass::III));
    assert_eq!((section.main_pollutants, section.exceedances), (vec![], vec![]));
    let none = evaluate(&Sample::new(), WaterBody::River);
    assert_eq!((none.class, none.status, none.missing.len()), (None, None, 21));
}

#[test]
fn an_automatic_station_is_judged_by_five_items_only() {
    let values = sample(&[(Item::Nh3N, "0.4"), (Item::Cod, "50")]);
    let section = evaluate_automatic(&values, WaterBody::River);
    assert_eq!(section.class, Some(WaterClass::II));
    assert!(section.automatic_five);
    assert_eq!(section.missing.len(), 4);
    assert_eq!(automatic::label(Lang::En), "automatic station, five items");
    assert_eq!(automatic::label(Lang::Zh), "自动站五项");
}

#[test]
fn fewer_than_five_sections_are_averaged() {
    let sections = [
        (sample(&[(Item::Nh3N, "0.4")]), WaterBody::River),
        (sample(&[(Item::Nh3N, "2.0"), (Item::CodMn, "3")]), WaterBody::River),
    ];
    let Some(Basin::AsSection(mean)) = basin(&sections, WaterBody::River) else {
        panic!("two sections")
    };
    assert_eq!(mean.class, Some(WaterClass::IV), "(0.4 + 2.0) ÷ 2 = 1.2");
    assert_eq!(basin(&[], WaterBody::River), None);
}

// (sections within III, IV, worse than V) → status.
#[rstest]
#[case::ninety(9, 1, 0, WaterStatus::Excellent)]
#[case::under_ninety(8, 2, 0, WaterStatus::Good)]
#[case::seventy_five(15, 5, 0, WaterStatus::Good)]
#[case::under_seventy_five(14, 3, 3, WaterStatus::Light)]
#[case::twenty(7, 1, 2, WaterStatus::Moderate)]
#[case::forty(6, 0, 4, WaterStatus::Heavy)]
fn a_basin_is_judged_by_shares(
    #[case] good: usize,
    #[case] iv: usize,
    #[case] below_v: usize,
    #[case] expected: WaterStatus,
) {
    let section = |ammonia| (sample(&[(Item::Nh3N, ammonia), (Item::Ph, "7")]), WaterBody::River);
    let mut sections = vec![section("0.4"); good];
    sections.extend(vec![section("1.2"); iv]);
    sections.extend(vec![section("2.1"); below_v]);
    let Some(Basin::ByShare { status, one_to_three, main_pollutants, .. }) =
        basin(&sections, WaterBody::River)
    else {
        panic!("ten sections")
    };
    assert_eq!(status, expected);
    let of = |count: usize| u64::try_from(count).expect("small");
    assert_eq!(one_to_three, Share { part: of(good), whole: of(sections.len()) });
    let over = Share { part: of(iv + below_v), whole: of(sections.len()) };
    assert_eq!(main_pollutants, [(Item::Nh3N, over)]);
}

#[test]
fn a_share_is_given_in_per_cent() {
    assert_eq!(Share { part: 1, whole: 3 }.percent(), Some(q("33.333333")));
    assert_eq!(Share { part: 0, whole: 0 }.percent(), None);
}

#[test]
fn the_trophic_index_is_the_weighted_mean_of_its_parts() {
    // chl 10 mg/m³: 10 (2.5 + 1.086 ln 10) = 50.01; TP 0.05: 45.71; TN 1.0: 54.53;
    // SD 1 m: 51.18; CODMn 4: 37.98; weights 1, 0.7056, 0.6724, 0.6889, 0.6889: 48.02.
    let values = sample(&[
        (Item::ChlorophyllA, "10"),
        (Item::TotalPhosphorus, "0.05"),
        (Item::TotalNitrogen, "1.0"),
        (Item::SecchiDepth, "1"),
        (Item::CodMn, "4"),
    ]);
    let index = trophic(&values).expect("an index");
    let parts: Vec<String> = index.parts.iter().map(|(_, part)| part.to_fixed(2)).collect();
    assert_eq!(parts, ["50.01", "45.71", "54.53", "51.18", "37.98"]);
    assert_eq!(index.index.to_fixed(2), "48.02");
    assert_eq!((index.state, index.missing), (TrophicState::Mesotrophic, vec![]));

    let only_two = sample(&[(Item::ChlorophyllA, "10"), (Item::SecchiDepth, "1")]);
    let index = trophic(&only_two).expect("an index");
    assert_eq!(index.index.to_fixed(2), "50.48");
    assert_eq!(index.state, TrophicState::LightlyEutrophic);
    assert_eq!(trophic(&sample(&[(Item::SecchiDepth, "1"), (Item::CodMn, "4")])), None);
}

#[rstest]
#[case("29.99", TrophicState::Oligotrophic)]
#[case("30", TrophicState::Mesotrophic)]
#[case("50", TrophicState::Mesotrophic)]
#[case("60", TrophicState::LightlyEutrophic)]
#[case("70", TrophicState::ModeratelyEutrophic)]
#[case("70.01", TrophicState::HighlyEutrophic)]
fn trophic_states_include_their_upper_bound(#[case] index: &str, #[case] state: TrophicState) {
    assert_eq!(TrophicState::of(q(index)), state);
}

#[test]
fn a_source_complies_within_class_iii_and_table_2() {
    let good = sample(&[(Item::Nh3N, "1.0"), (Item::Iron, "0.3"), (Item::FaecalColiform, "90000")]);
    let judged = compliance(&good, WaterBody::Lake);
    assert_eq!((judged.complies, judged.failing), (Some(true), vec![]));
    assert_eq!(judged.missing.len(), 21 + SUPPLEMENTARY.len() - 2);
    let bad = sample(&[(Item::TotalPhosphorus, "0.1"), (Item::Manganese, "0.11")]);
    let judged = compliance(&bad, WaterBody::Lake);
    assert_eq!(judged.failing, [Item::TotalPhosphorus, Item::Manganese]);
    assert_eq!(judged.complies, Some(false));
    assert_eq!(compliance(&bad, WaterBody::River).failing, [Item::Manganese]);
    assert_eq!(compliance(&Sample::new(), WaterBody::River).complies, None);
}

#[test]
fn sources_and_volumes_comply_apart() {
    let month = |complies, volume| SourceMonth { complies, volume: q(volume) };
    let rates =
        compliance_rates(&[month(Some(true), "90"), month(Some(false), "10"), month(None, "400")]);
    assert_eq!(rates.sources.percent(), Some(q("50")));
    assert_eq!(rates.volume.percent(), Some(q("90")));
}

#[rstest]
#[case("Ⅰ", Some(WaterClass::I))]
#[case("IV", Some(WaterClass::IV))]
#[case("Ⅳ类", Some(WaterClass::IV))]
#[case("劣Ⅴ", Some(WaterClass::BelowV))]
#[case("劣V", Some(WaterClass::BelowV))]
#[case("", None)]
#[case("-", None)]
#[case("*", None)]
#[case("--", None)]
fn the_platform_s_classes_are_read(#[case] text: &str, #[case] class: Option<WaterClass>) {
    assert_eq!(parse_class(text), Ok(class));
}

#[test]
fn every_class_is_read_back_from_both_its_forms() {
    for class in WaterClass::ALL {
        assert_eq!(parse_class(class.glyph()), Ok(Some(class)));
        assert_eq!(parse_class(class.latin()), Ok(Some(class)));
        assert_eq!(WaterClass::from_number(class.number()), Some(class));
        assert_ne!(class.spoken(Lang::Zh), class.spoken(Lang::En));
    }
    let error = parse_class("Ⅵ").expect_err("no class");
    assert_eq!(error, automatic::UnknownClass("Ⅵ".to_owned()));
}

// 断面超标率 is over all sections judged: one section's odd metal is not the basin's first concern.
#[test]
fn an_item_few_sections_measure_is_not_the_most_often_over() {
    let ammonia = |value| (sample(&[(Item::Nh3N, value)]), WaterBody::River);
    let mut sections = vec![ammonia("0.4"), ammonia("0.4"), ammonia("1.2"), ammonia("1.2")];
    sections.push((sample(&[(Item::Nh3N, "0.4"), (Item::Cadmium, "0.02")]), WaterBody::River));
    let Some(Basin::ByShare { main_pollutants, .. }) = basin(&sections, WaterBody::River) else {
        panic!("five sections")
    };
    let share = |part| Share { part, whole: 5 };
    assert_eq!(main_pollutants, [(Item::Nh3N, share(2)), (Item::Cadmium, share(1))]);
}

#[test]
fn few_sections_are_judged_by_the_waterbody_asked_about() {
    let phosphorus = |body| (sample(&[(Item::TotalPhosphorus, "0.08")]), body);
    let sections = [phosphorus(WaterBody::Lake), phosphorus(WaterBody::River)];
    let class = |body| match basin(&sections, body) {
        Some(Basin::AsSection(section)) => section.class,
        other => panic!("{other:?}"),
    };
    assert_eq!(class(WaterBody::River), Some(WaterClass::II));
    assert_eq!(class(WaterBody::Lake), Some(WaterClass::IV));
}

#[test]
fn a_negative_value_enters_no_mean() {
    let samples = [
        sample(&[(Item::Nh3N, "-0.4"), (Item::WaterTemperature, "-0.5")]),
        sample(&[(Item::Nh3N, "1.2"), (Item::WaterTemperature, "0.1")]),
    ];
    let mean = Sample::mean(&samples);
    assert_eq!(mean.get(Item::Nh3N), Some(q("1.2")));
    assert_eq!(mean.get(Item::WaterTemperature), Some(q("-0.2")));
    assert_eq!(Sample::mean(&samples[..1]).get(Item::Nh3N), None);
}
