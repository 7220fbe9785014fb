//! Table 8 and its forerunner of 2005.

use hj212::{Edition, Mark, mark};
use rstest::rstest;

// (mark, in 2005, from 2017 on)
#[rstest]
#[case("N", Mark::Normal, Mark::Normal)]
#[case("F", Mark::Stopped, Mark::Stopped)]
#[case("M", Mark::Maintenance, Mark::Maintenance)]
#[case("S", Mark::SetValue, Mark::Manual)]
#[case("D", Mark::Fault, Mark::Fault)]
#[case("C", Mark::Check, Mark::Calibration)]
#[case("T", Mark::AboveRange, Mark::AboveRange)]
#[case("B", Mark::Unknown, Mark::NoCommunication)]
#[case("P", Mark::PowerFailure, Mark::Unknown)]
#[case("0", Mark::Calibration, Mark::Unknown)]
#[case("1", Mark::Weather, Mark::Unknown)]
#[case("2", Mark::Abnormal, Mark::Unknown)]
#[case("3", Mark::Normal, Mark::Unknown)]
#[case("n", Mark::Unknown, Mark::Unknown)]
#[case("NN", Mark::Unknown, Mark::Unknown)]
fn marks_mean_what_their_edition_says(
    #[case] text: &str,
    #[case] in_2005: Mark,
    #[case] since: Mark,
) {
    assert_eq!(mark(Edition::V2005, Some(text)), in_2005);
    assert_eq!(mark(Edition::V2017, Some(text)), since);
    assert_eq!(mark(Edition::V2025, Some(text)), since);
}

#[test]
fn no_mark_is_not_an_unknown_one() {
    for edition in [Edition::V2005, Edition::V2017, Edition::V2025] {
        assert_eq!(mark(edition, None), Mark::Absent);
        assert_eq!(mark(edition, Some("")), Mark::Absent);
    }
}
