//! Texts that say the same are near each other, others are not.

use domain::similarity::{SIMILAR, SimHash};
use proptest::prelude::*;
use rstest::rstest;

const CREEK: &str =
    "昨晚十点左右，桃花溪边有刺鼻的化工气味，持续了大约一个小时，附近居民都闻到了。";

#[rstest]
#[case::same(CREEK)]
#[case::other_marks("昨晚十点左右桃花溪边有刺鼻的化工气味！持续了大约一个小时；附近居民都闻到了")]
#[case::longer(
    "昨晚十点左右，桃花溪边有刺鼻的化工气味，持续了大约一个小时，附近居民都闻到了，请尽快处理。"
)]
#[case::one_word_changed(
    "昨晚十点左右，桃花溪边有刺鼻的化工臭味，持续了大约一个小时，附近居民都闻到了。"
)]
fn a_report_sent_again_is_similar(#[case] again: &str) {
    let distance = SimHash::of(CREEK).distance(SimHash::of(again));
    assert!(SimHash::of(CREEK).is_similar(SimHash::of(again)), "{distance} bits");
}

#[rstest]
#[case::noise("工地夜间施工噪声很大，凌晨两点还在打桩，影响睡眠。")]
#[case::dust("渣土车没有盖篷布，一路撒漏，道路扬尘非常严重。")]
#[case::outfall("排污口流出黑色的水，河面上漂着死鱼。")]
#[case::english("Trucks without covers spill soil on the road and raise clouds of dust.")]
#[case::nothing("")]
#[case::only_marks("……！！！")]
fn another_matter_is_not(#[case] other: &str) {
    let distance = SimHash::of(CREEK).distance(SimHash::of(other));
    assert!(!SimHash::of(CREEK).is_similar(SimHash::of(other)), "{distance} bits");
}

#[test]
fn english_reports_are_compared_word_by_word() {
    let first = SimHash::of(
        "Black water runs out of the pipe under the bridge every night after ten, with dead fish \
         floating on the river and a strong chemical smell.",
    );
    let again = SimHash::of(
        "Black water runs out of the pipe under the bridge every night after ten with dead fish \
         floating on the river, and a strong chemical smell!!",
    );
    let other = SimHash::of(
        "The restaurant downstairs plays loud music until two in the morning and nobody answers \
         our complaints about it.",
    );
    assert_eq!(first, again);
    assert!(first.distance(other) > SIMILAR);
}

#[test]
fn width_and_case_do_not_matter() {
    assert_eq!(SimHash::of("ＡＢＣ１２３ 厂"), SimHash::of("abc123　厂"));
}

#[test]
fn texts_without_words_are_similar_to_nothing() {
    assert_eq!(SimHash::of(" ，。"), SimHash(0));
    assert!(!SimHash(0).is_similar(SimHash(0)));
}

proptest! {
    #[test]
    fn distance_is_a_metric(a in any::<u64>(), b in any::<u64>(), c in any::<u64>()) {
        let (a, b, c) = (SimHash(a), SimHash(b), SimHash(c));
        prop_assert_eq!(a.distance(b), b.distance(a));
        prop_assert_eq!(a.distance(b) == 0, a == b);
        prop_assert!(a.distance(c) <= a.distance(b) + b.distance(c));
    }

    #[test]
    fn marks_and_blanks_between_chinese_characters_change_nothing(text in "[一-龥]{1,40}", at in 0_usize..40) {
        let mut with_mark: Vec<char> = text.chars().collect();
        with_mark.insert(at.min(with_mark.len()), '，');
        prop_assert_eq!(SimHash::of(&text), SimHash::of(&with_mark.into_iter().collect::<String>()));
    }
}
