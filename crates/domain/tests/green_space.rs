//! Green space: what may be compared with what, and how much residential land lies within reach of a park.

#![expect(clippy::unwrap_used, reason = "the helpers of tests fail by panicking, as tests do")]

use domain::{Lang, Quantity, Text, green_space::*, place::Point, scorecard::Sign};
use proptest::prelude::*;
use rstest::rstest;

fn quantity(text: &str) -> Quantity {
    text.parse().unwrap()
}

fn threshold(indicator: Indicator, sign: Sign, value: &str) -> Threshold {
    Threshold {
        indicator,
        target: Text::new("国家生态园林城市", "National ecological garden city"),
        sign,
        value: quantity(value),
        source: Text::default(),
        confirmed: true,
        judges: true,
    }
}

// 国家生态园林城市, published 2023-11; the district's figures are the source article's.
#[rstest]
#[case::park_area_of_the_district(Indicator::ParkPerCapita, "16.82", "14.8", Compared::Met)]
#[case::just_reached(Indicator::ParkPerCapita, "14.8", "14.8", Compared::Met)]
#[case::just_missed(Indicator::ParkPerCapita, "14.79", "14.8", Compared::NotMet)]
#[case::rate_without_definition(Indicator::UnstatedRate, "43.75", "43", Compared::NotComparable)]
fn a_figure_is_compared_with_thresholds_of_its_own_definition(
    #[case] indicator: Indicator,
    #[case] figure: &str,
    #[case] bound: &str,
    #[case] expected: Compared,
) {
    let threshold = threshold(indicator, Sign::AtLeast, bound);
    assert_eq!(compare(indicator, quantity(figure), &threshold), expected);
}

#[test]
fn what_was_not_seen_or_only_stands_beside_judges_nothing() {
    let seen = threshold(Indicator::ParkPerCapita, Sign::AtLeast, "14.8");
    let unseen = Threshold { confirmed: false, ..seen.clone() };
    let beside = Threshold { judges: false, ..seen.clone() };
    let other = Threshold { indicator: Indicator::CoverageRate, ..seen };
    for threshold in [unseen, beside, other] {
        let compared = compare(Indicator::ParkPerCapita, quantity("16.82"), &threshold);
        assert_eq!(compared, Compared::NotComparable);
    }
}

#[test]
fn every_indicator_says_what_it_is() {
    for indicator in Indicator::ALL {
        for lang in Lang::ALL {
            assert!(indicator.definition(lang).ends_with(['。', '.']), "{}", indicator.key());
        }
        assert!(!indicator.unit().is_empty());
    }
}

const PARK: Point = Point { lon: 106_500_000, lat: 29_500_000 };

/// So many metres to the north.
fn north(metres: i32) -> Point {
    Point { lon: PARK.lon, lat: PARK.lat + metres * 1_000_000 / 111_195 }
}

#[rstest]
#[case::large_near(5_000, 498, true)]
#[case::large_far(5_000, 503, false)]
#[case::small_near(4_999, 298, true)]
#[case::small_far(4_999, 303, false)]
#[case::smallest_that_counts(400, 298, true)]
#[case::too_small(399, 1, false)]
fn a_park_reaches_as_far_as_its_size(
    #[case] area_m2: u32,
    #[case] metres: i32,
    #[case] within: bool,
) {
    let home = Residential { place: north(metres), area_m2: 10_000 };
    let found = coverage(&[Park { place: PARK, area_m2 }], &[home], Radii::default());
    assert_eq!(found.within, [within]);
}

#[test]
fn land_counts_by_its_area() {
    let home = |metres, area_m2| Residential { place: north(metres), area_m2 };
    let homes = [home(100, 20_000), home(200, 50_000), home(2_000, 10_000)];
    let found = coverage(&[Park { place: PARK, area_m2: 8_000 }], &homes, Radii::default());
    assert_eq!((found.covered_m2, found.all_m2), (70_000, 80_000));
    assert_eq!(found.percent().unwrap().to_string(), "87.5");
    assert_eq!((found.hectares.part, found.hectares.whole), (7, 8));
    assert_eq!(coverage(&[], &[], Radii::default()).percent(), None);
}

prop_compose! {
    fn place()(lon in 106_400_000..106_600_000, lat in 29_400_000..29_600_000) -> Point {
        Point { lon, lat }
    }
}

fn parks() -> impl Strategy<Value = Vec<Park>> {
    prop::collection::vec(
        (place(), 0_u32..20_000).prop_map(|(place, area_m2)| Park { place, area_m2 }),
        0..12,
    )
}

fn homes() -> impl Strategy<Value = Vec<Residential>> {
    let home = (place(), 1_u32..90_000).prop_map(|(place, area_m2)| Residential { place, area_m2 });
    prop::collection::vec(home, 0..40)
}

proptest! {
    #[test]
    fn the_quick_look_leaves_no_home_out(parks in parks(), homes in homes()) {
        let radii = Radii { large_m: 5_000, small_m: 2_000, ..Radii::default() };
        let found = coverage(&parks, &homes, radii);
        for (home, within) in homes.iter().zip(found.within) {
            let reached = parks.iter().any(|park| {
                radii.reach(park.area_m2).is_some_and(|reach| park.place.metres_to(home.place) <= reach)
            });
            prop_assert_eq!(within, reached);
        }
    }

    #[test]
    fn another_park_never_takes_land_away(parks in parks(), homes in homes(), more in place()) {
        let before = coverage(&parks, &homes, Radii::default());
        let mut with = parks;
        with.push(Park { place: more, area_m2: 6_000 });
        let after = coverage(&with, &homes, Radii::default());
        prop_assert!(before.covered_m2 <= after.covered_m2 && after.covered_m2 <= after.all_m2);
    }
}
