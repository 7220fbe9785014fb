//! Exact decimals: reading, rounding, printing, averaging.

use domain::{Quantity, quantity::QuantityError};
use proptest::prelude::*;
use rstest::rstest;

fn q(text: &str) -> Quantity {
    text.parse().expect(text)
}

#[rstest]
#[case("0", 0)]
#[case("-0", 0)]
#[case("2.2", 2_200_000)]
#[case(".5", 500_000)]
#[case("5.", 5_000_000)]
#[case("+1", 1_000_000)]
#[case(" 1.5 ", 1_500_000)]
#[case("1e3", 1_000_000_000)]
#[case("1.5E-3", 1_500)]
#[case("-0.0000005", 0)]
#[case("0.0000015", 2)]
#[case("0.0000025", 2)]
#[case("1e-300", 0)]
#[case("9223372036854.775807", i64::MAX)]
fn decimals_are_read_exactly(#[case] text: &str, #[case] millionths: i64) {
    assert_eq!(text.parse::<Quantity>().map(Quantity::millionths), Ok(millionths));
}

#[rstest]
#[case("")]
#[case("-")]
#[case(".")]
#[case("NaN")]
#[case("inf")]
#[case("1,000")]
#[case("1.2.3")]
#[case("0x10")]
#[case("12µg")]
#[case("--5")]
#[case("1e")]
#[case("１２")]
fn other_texts_are_refused_by_name(#[case] text: &str) {
    let error = text.parse::<Quantity>().expect_err("no number");
    assert_eq!(error, QuantityError::NotANumber(text.to_owned()));
}

#[rstest]
#[case("9223372036854.775808")]
#[case("1e13")]
#[case("1e2000000000")]
#[case("1e99999999999")]
#[case("1e99999999999999999999")]
#[case("10000000000000000000000000000000000000000000")]
#[case("-1e99")]
fn numbers_too_large_are_refused(#[case] text: &str) {
    let error = text.parse::<Quantity>().expect_err("too large");
    assert_eq!(error, QuantityError::OutOfRange(text.to_owned()));
}

// GB/T 8170: to nearest, a tie to the even neighbour.
#[rstest]
#[case("60.5", "1", "60")]
#[case("61.5", "1", "62")]
#[case("61.500001", "1", "62")]
#[case("0.5", "1", "0")]
#[case("-0.5", "1", "0")]
#[case("-1.5", "1", "-2")]
#[case("2.15", "0.1", "2.2")]
#[case("2.25", "0.1", "2.2")]
#[case("1.5", "0", "1.5")]
fn ties_round_to_even(#[case] value: &str, #[case] step: &str, #[case] expected: &str) {
    assert_eq!(q(value).round_half_even(q(step)), q(expected));
}

#[rstest]
#[case("2.25", 1, "2.2")]
#[case("2", 2, "2.00")]
#[case("-0.04", 1, "0.0")]
#[case("-1.25", 1, "-1.2")]
#[case("0.000001", 6, "0.000001")]
#[case("7.5", 0, "8")]
fn fixed_text_has_the_asked_decimals(#[case] v: &str, #[case] decimals: u8, #[case] text: &str) {
    assert_eq!(q(v).to_fixed(decimals), text);
}

#[test]
fn a_mean_on_the_half_of_a_millionth_goes_to_the_even_one() {
    let mean =
        |values: &[i64]| Quantity::mean(values.iter().map(|n| Quantity::from_millionths(*n)));
    assert_eq!(mean(&[0, 1]), Some(Quantity::from_millionths(0)));
    assert_eq!(mean(&[1, 2]), Some(Quantity::from_millionths(2)));
    assert_eq!(mean(&[-1, 0]), Some(Quantity::from_millionths(0)));
    assert_eq!(mean(&[0, 0, 1]), Some(Quantity::from_millionths(0)));
    assert_eq!(mean(&[]), None);
}

#[test]
fn json_is_a_plain_number() {
    let json = |q: Quantity| serde_json::to_string(&q).expect("json");
    assert_eq!(json(q("35.1")), "35.1");
    assert_eq!(json(q("35")), "35");
    assert!(serde_json::from_str::<Quantity>("1e300").is_err());
    assert!(serde_json::from_str::<Quantity>("\"35\"").is_err());
}

proptest! {
    #[test]
    fn text_and_back_is_the_same(n in any::<i64>()) {
        let quantity = Quantity::from_millionths(n);
        prop_assert_eq!(quantity.to_string().parse(), Ok(quantity));
    }

    #[test]
    fn json_and_back_is_the_same(n in -999_999_999_999_999_i64..999_999_999_999_999) {
        let quantity = Quantity::from_millionths(n);
        let json = serde_json::to_string(&quantity).expect("json");
        prop_assert_eq!(serde_json::from_str::<Quantity>(&json).ok(), Some(quantity));
    }

    #[test]
    fn no_text_panics(text in "\\PC*") {
        let _ = text.parse::<Quantity>();
    }

    #[test]
    fn rounding_moves_by_at_most_half_a_step(n in -9_000_000_000_000_i64..9_000_000_000_000, s in 1_i64..10_000_000) {
        let (value, step) = (Quantity::from_millionths(n), Quantity::from_millionths(s));
        let rounded = value.round_half_even(step).millionths();
        prop_assert_eq!(rounded % s, 0);
        prop_assert!((rounded - n).abs() * 2 <= s);
        let cut = value.truncate(step).millionths();
        prop_assert!(cut.abs() <= n.abs() && n.abs() - cut.abs() < s);
    }

    #[test]
    fn fixed_text_is_the_rounded_value(n in any::<i64>(), decimals in 0_u8..=6) {
        let value = Quantity::from_millionths(n);
        let step = Quantity::from_millionths(10_i64.pow(6 - u32::from(decimals)));
        let rounded = value.round_half_even(step);
        // Within a step of the ends of the range the rounded value has no room.
        prop_assume!(n.abs() < i64::MAX - 1_000_000);
        prop_assert_eq!(value.to_fixed(decimals).parse(), Ok(rounded));
    }

    #[test]
    fn a_mean_is_within_its_values_and_a_fixed_point_of_equal_ones(
        values in prop::collection::vec(any::<i64>(), 1..50), n in any::<i64>(), count in 1_usize..50,
    ) {
        let mean = Quantity::mean(values.iter().map(|n| Quantity::from_millionths(*n)));
        let mean = mean.map(Quantity::millionths);
        prop_assert!(values.iter().min().copied() <= mean && mean <= values.iter().max().copied());
        let same = std::iter::repeat_n(Quantity::from_millionths(n), count);
        prop_assert_eq!(Quantity::mean(same), Some(Quantity::from_millionths(n)));
    }

    #[test]
    fn scaling_up_and_down_comes_back(n in -9_000_000_000_000_i64..9_000_000_000_000, by in 1_i64..1_000_000) {
        let value = Quantity::from_millionths(n);
        prop_assert_eq!(value.scale(by, 1).and_then(|v| v.scale(1, by)), Some(value));
        prop_assert_eq!(value.scale(by, by), Some(value));
        prop_assert_eq!(value.scale(1, 0), None);
    }
}

// The sixth decimal is rounded half to even however many digits follow.
#[rstest]
#[case::thirds("0.3333333333333333333333333333333333333", 333_333)]
#[case::beyond_a_tie("0.0000005000000000000000000000000000000000000000000001", 1)]
#[case::a_long_tie("0.0000005000000000000000000000000000000000000000000000", 0)]
#[case::a_tie_told_by_digit_40("1.000000500000000000000000000000000000000001", 1_000_001)]
#[case::a_tie_not_told("1.000000500000000000000000000000000000000000", 1_000_000)]
#[case::many_digits_and_an_exponent("2200000000000000000000000000000000000000e-39", 2_200_000)]
#[case::vanishing("1e-99999999999", 0)]
#[case::nothing_times_anything("0e99999999999999999999", 0)]
fn any_number_of_digits_is_read(#[case] text: &str, #[case] millionths: i64) {
    assert_eq!(text.parse(), Ok(Quantity::from_millionths(millionths)));
}

#[test]
fn days_saturate_at_the_near_end_of_the_calendar() {
    use domain::period::day_start;
    use jiff::{Timestamp, civil::Date};
    assert_eq!(day_start(Date::MIN), Timestamp::MIN);
    assert!(day_start(Date::MAX) <= Timestamp::MAX);
    assert!(day_start(Date::MIN) < day_start(Date::MAX));
}

#[test]
fn only_a_normal_mark_enters_means_though_an_absent_one_is_shown() {
    use domain::DeviceFlag;
    for flag in DeviceFlag::ALL.iter().copied() {
        let shown = matches!(flag, DeviceFlag::Normal | DeviceFlag::NotStated);
        assert_eq!(flag.may_be_shown(), shown, "{flag:?}");
        assert_eq!(flag.enters_means(), flag == DeviceFlag::Normal, "{flag:?}");
    }
}
