//! A year's days by level.

use std::sync::Arc;

use contract::{paths, public::Days};
use leptos::prelude::*;
use ui::{
    ChartView, Choice, Clock, Router, SelectField,
    chart_view::{Picture, Source},
    dates, lang,
};

use crate::{
    components::{LoadFailed, Skeleton, fetched, use_choose, year_calendar},
    words,
};

/// The first year the server answers for.
const FIRST_YEAR: i16 = 2000;

/// The heat map of a station's year; the year is in the URL.
#[component]
pub(super) fn YearOfDays(code: Signal<String>) -> impl IntoView {
    let (lang, clock, router) = (lang(), Clock::expect(), Router::expect());
    let this_year = dates::beijing(clock.now()).year();
    let year = Memo::new(move |_| {
        let asked = router.parameter("year").and_then(|year| year.parse::<i16>().ok());
        asked.filter(|year| (FIRST_YEAR..=this_year).contains(year)).unwrap_or(this_year)
    });
    let path = Memo::new(move |_| {
        let mut encoded = String::new();
        ui::router::push_encoded(&mut encoded, &code.get());
        format!("{}?year={}", paths::days(&encoded), year.get())
    });
    let shown = fetched::<Days>(Signal::derive(move || Some(path.get())));
    let days = Memo::new(move |_| shown.with(|shown| shown.value.clone()));
    // The year on screen is the answer's, not yet or no longer the one that was asked for.
    let drawn =
        move || days.with(|days| days.as_ref().map_or_else(|| year.get(), |days| days.year));
    let title = move || words::calendar_title(lang, &drawn());
    let picture = Signal::derive(move || {
        Arc::new(
            days.with(|days| days.as_ref().map(|days| year_calendar(days, title(), lang)))
                .unwrap_or_else(Picture::nothing),
        )
    });
    let source = Signal::derive(move || Source {
        file_name: format!("{}-{}", code.get(), drawn()),
        json: Some(path.get()),
        note: days
            .with(|days| days.as_ref().map(|days| days.meta.publisher.get(lang).to_owned()))
            .unwrap_or_default(),
    });
    let sentence = move || {
        days.with(|days| {
            days.as_ref().map(|days| {
                let counted: u32 = days.count.by_level.iter().sum();
                words::calendar_sentence(
                    lang,
                    &days.year,
                    &counted,
                    &days.count.good,
                    &days.count.without,
                )
            })
        })
    };
    let has = Memo::new(move |_| days.with(Option::is_some));
    view! {
        <section class="card" aria-labelledby="calendar">
            <h2 id="calendar">{title}</h2>
            <div class="fields"><YearChoice year first=Signal::derive(move || days.with(|days| days.as_ref().map_or(this_year, |d| d.first_year))) last=this_year/></div>
            <LoadFailed failure=Signal::derive(move || shown.with(|shown| shown.failure.clone())) has_old=has/>
            <p class="summary">{sentence}</p>
            <Show when=move || has.get() fallback=|| view! { <Skeleton height=12/> }>
                <ChartView picture source/>
            </Show>
        </section>
    }
}

#[component]
fn YearChoice(year: Memo<i16>, first: Signal<i16>, last: i16) -> impl IntoView {
    let (lang, choose) = (lang(), use_choose());
    let choices = Signal::derive(move || {
        (first.get().min(year.get())..=last)
            .rev()
            .map(|year| Choice::new(year.to_string(), year.to_string()))
            .collect::<Vec<_>>()
    });
    view! {
        <SelectField
            label=words::choose_year(lang)
            choices
            value=Signal::derive(move || year.get().to_string())
            on_choose=move |year| choose(&[("year", Some(&year))])
        />
    }
}
