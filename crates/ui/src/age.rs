//! How old a number is, counting while the page is open.

use domain::{Lang, freshness::Freshness};
use jiff::Timestamp;
use leptos::prelude::*;

use crate::{Clock, lang, words};

/// The age of a value whose period ended at `ended`; says so when it is out of date.
#[component]
pub fn Age(
    /// End of the value's period.
    ended: Option<Timestamp>,
    /// Seconds between two values when all is well.
    expected_interval_s: u32,
) -> impl IntoView {
    let (clock, lang) = (Clock::expect(), lang());
    let state = Memo::new(move |_| {
        let now = clock.ticking();
        let freshness = Freshness::of(ended, expected_interval_s, now);
        let judged = matches!(freshness, Freshness::Stale | Freshness::Silent);
        let age = ended.map(|ended| in_words(now, ended, lang));
        (age, (judged || ended.is_none()).then(|| freshness.name(lang)), key(freshness))
    });
    move || {
        let (age, judgement, key) = state.get();
        view! {
            <span class="age" data-freshness=key>
                {age} " "
                {judgement.map(|judgement| view! { <span class="age-judgement">{judgement}</span> })}
            </span>
        }
    }
}

/// The word of a freshness as CSS knows it.
pub const fn key(freshness: Freshness) -> &'static str {
    match freshness {
        Freshness::Fresh => "fresh",
        Freshness::Stale => "stale",
        Freshness::Silent => "silent",
        Freshness::Never => "never",
    }
}

/// The time between `then` and `now` in words, cut to the largest unit: `3 分钟前`.
///
/// A moment up to a minute ahead, the spread of two clocks, is "just now".
pub fn in_words(now: Timestamp, then: Timestamp, lang: Lang) -> String {
    let seconds = now.as_second().saturating_sub(then.as_second());
    match seconds {
        ..-60 => words::age_ahead(lang).to_owned(),
        -60..10 => words::age_now(lang).to_owned(),
        10..60 => words::age_seconds(lang, &seconds),
        60..3_600 => words::age_minutes(lang, &(seconds / 60)),
        3_600..172_800 => words::age_hours(lang, &(seconds / 3_600)),
        _ => words::age_days(lang, &(seconds / 86_400)),
    }
}

#[cfg(test)]
mod tests {
    use domain::Lang;
    use rstest::rstest;

    use super::in_words;
    use crate::dates::instant;

    #[rstest]
    #[case::just_now(0, "刚刚")]
    #[case::seconds(59, "59 秒前")]
    #[case::minutes(60, "1 分钟前")]
    #[case::still_minutes(3_599, "59 分钟前")]
    #[case::hours(3_600, "1 小时前")]
    #[case::up_to_two_days(172_799, "47 小时前")]
    #[case::days(172_800, "2 天前")]
    #[case::a_hurried_clock(-5, "刚刚")]
    fn ages_are_cut_to_the_largest_unit(#[case] seconds: i64, #[case] text: &str) {
        assert_eq!(in_words(instant(1_000_000 + seconds), instant(1_000_000), Lang::Zh), text);
    }
}
