//! The year's days by level.

use contract::public::DayCount;
use domain::air::AqiLevel;
use leptos::prelude::*;
use ui::{dates, lang};

use crate::{live::Live, words};

/// The good days of the year with the edition they were counted with.
#[component]
pub(super) fn GoodDays() -> impl IntoView {
    let (lang, live) = (lang(), Live::expect());
    let count =
        Memo::new(move |_| live.air.with(|air| air.value.as_ref().map(|air| air.year.clone())));
    // On New Year's Day it is still the year before that is counted.
    let title = move || {
        let year = count.with(|count| count.as_ref().map(|count| count.to.year()));
        year.map_or_else(
            || words::good_days(lang).to_owned(),
            |year| words::good_days_of(lang, &year),
        )
    };
    view! {
        <section class="card good-days" aria-labelledby="good-days">
            <h2 id="good-days">{title}</h2>
            {move || count.get().map(|count| view! { <Count count/> })}
        </section>
    }
}

#[component]
fn Count(count: DayCount) -> impl IntoView {
    let lang = lang();
    let counted: u32 = count.by_level.iter().sum();
    let rulers = match count.by_edition.as_slice() {
        [] => count.standard.title().to_owned(),
        editions => editions.iter().map(|of| of.standard.title()).collect::<Vec<_>>().join(" / "),
    };
    let range = words::good_days_range(
        lang,
        &dates::short_day(count.from, lang),
        &dates::short_day(count.to, lang),
        &counted,
        &rulers,
    );
    let levels =
        AqiLevel::ALL.into_iter().zip(count.by_level.iter().copied()).filter(|(_, days)| *days > 0);
    let parts = levels
        .clone()
        .map(|(level, days)| view! { <span style=("--aqi", level.hex()) style=("flex-grow", days.to_string())></span> })
        .collect_view();
    let keys = levels
        .map(|(level, days)| view! {
            <li><span class="key" style=("--aqi", level.hex())></span>{level.name(lang)} " " {words::days(lang, &days)}</li>
        })
        .collect_view();
    // What was good under one edition may not be under the next: a year of both says each.
    let editions = (count.by_edition.len() > 1).then(|| {
        let entry = |of: &contract::public::EditionDays| {
            let (good, judged) =
                (words::days(lang, &of.good), words::days(lang, &(of.good + of.polluted)));
            view! { <li>{of.standard.title()} " " {good} " / " {judged}</li> }
        };
        let entries = count.by_edition.iter().map(entry).collect_view();
        view! { <ul class="meta">{entries}</ul> }
    });
    let without =
        (count.without > 0).then(|| view! { <li>{words::days_without(lang, &count.without)}</li> });
    view! {
        <p class="good-days-count"><strong>{count.good}</strong> " " {words::good_days_unit(lang)}</p>
        <p class="meta">{range}</p>
        {editions}
        <div class="level-bar" aria-hidden="true">{parts}</div>
        <ul class="level-keys">{keys}{without}</ul>
    }
}
