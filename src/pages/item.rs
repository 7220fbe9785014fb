//! One issue of the rectification ledger: where it stands, how it came there, and what anyone may say to it.

mod course;
mod facts;
mod objection;
mod photos;
mod publication;
mod publicity;
mod readings;

use std::sync::Arc;

use contract::{paths, rectification::Item};
use domain::{
    Lang,
    rectification::{ItemNumber, Origin},
};
use leptos::prelude::*;
use ui::{Link, Router, Title, Written, in_turn, lang, router::push_encoded};

use self::{
    course::Course, facts::Facts, photos::Photos, publication::PublicationForm,
    publicity::PublicityCard, readings::Readings,
};
use super::{
    NotFound,
    record::{RecordMenu, Simulated, dress},
    rectification::title,
};
use crate::{
    components::{LoadFailed, Skeleton, fetched},
    routes::{self, Place},
    words,
};

/// An issue by its number; with `?print=1` its publication form alone.
#[component]
pub(super) fn ItemPage(number: Signal<String>) -> impl IntoView {
    dress();
    let (lang, router) = (lang(), Router::expect());
    let path = Signal::derive(move || {
        let stored = number.with(|number| ItemNumber::parse(number));
        let stored = stored.map_or(number.get(), |number| number.as_str().to_owned());
        let mut encoded = String::new();
        push_encoded(&mut encoded, &stored);
        Some(paths::item(&encoded))
    });
    let shown = fetched::<Item>(path);
    let reply = Memo::new(move |_| shown.with(|shown| shown.value.clone().map(Arc::new)));
    let failure = Signal::derive(move || shown.with(|shown| shown.failure.clone()));
    let missing = Memo::new(move |_| {
        failure
            .with(|failure| failure.as_ref().is_some_and(crate::api_client::Failure::is_not_found))
    });
    let to_print = Memo::new(move |_| router.parameter("print").is_some());
    move || match (missing.get(), reply.get(), to_print.get()) {
        (true, ..) => view! { <NotFound/> }.into_any(),
        (_, Some(item), true) => view! { <ToPrint item/> }.into_any(),
        (_, Some(item), false) => view! { <Whole item/> }.into_any(),
        (_, None, _) => {
            let title = words::item_page(lang);
            view! {
                <Title text=title/>
                <RecordMenu/>
                <h1>{title}</h1>
                <LoadFailed failure has_old=Signal::stored(false)/>
                <Skeleton height=30/>
            }
            .into_any()
        }
    }
}

/// What the browser's tab says: the number where nobody wrote the title in the reader's language.
fn tab_title(item: &Item, lang: Lang) -> String {
    match (lang, &item.line.title_en) {
        (Lang::En, None) => words::item_of(lang, &item.line.number),
        _ => format!("{} · {}", title(&item.line, lang), item.line.number),
    }
}

/// The description of the page: number, state, and since when.
fn description(item: &Item, lang: Lang) -> String {
    let line = &item.line;
    let last = item.course.last().map(|step| ui::dates::day(step.on, lang)).unwrap_or_default();
    words::item_description(lang, &line.number, &line.state.name(lang), &last)
}

#[component]
fn Whole(item: Arc<Item>) -> impl IntoView {
    let lang = lang();
    let heading = title(&item.line, lang);
    let simulated = item.line.origin == Origin::Simulated || item.days_simulated;
    let about =
        if item.days_simulated { words::item_quoted(lang) } else { words::item_simulated(lang) };
    let part = |build: fn(Arc<Item>) -> AnyView| {
        let item = item.clone();
        in_turn(move || build(item))
    };
    view! {
        <Title text=tab_title(&item, lang) description=description(&item, lang)/>
        <RecordMenu/>
        <h1><Written text=heading/></h1>
        <Simulated simulated about/>
        {part(|item| view! { <Facts item/> }.into_any())}
        {part(|item| view! { <PublicityCard item/> }.into_any())}
        {part(|item| view! { <Photos item/> }.into_any())}
        {part(|item| view! { <Course item/> }.into_any())}
        {part(|item| view! { <Readings item/> }.into_any())}
        {part(|item| view! { <Reports item/> }.into_any())}
        {part(|item| view! { <PublicationForm item/> }.into_any())}
        <p><Link to=Place::Rectification.path()>{words::item_all(lang)}</Link></p>
    }
    .into_any()
}

/// The publication form alone, as a sheet of paper.
#[component]
fn ToPrint(item: Arc<Item>) -> impl IntoView {
    let lang = lang();
    view! {
        <Title text=tab_title(&item, lang)/>
        <h1 class="visually-hidden">{words::item_of(lang, &item.line.number)}</h1>
        <PublicationForm item=item.clone()/>
        <p class="no-print"><Link to=routes::item(&item.line.number)>{words::item_back(lang)}</Link></p>
    }
    .into_any()
}

/// Published reports that belong to the issue.
#[component]
fn Reports(item: Arc<Item>) -> impl IntoView {
    let lang = lang();
    let one = |number: &String| {
        let shown = number.parse::<domain::report::PublicId>();
        let shown = shown.map_or(number.clone(), |number| number.to_string());
        view! { <li><Link to=routes::report(number)>{words::track_report(lang, &shown)}</Link></li> }
    };
    let reports: Vec<_> = item.reports.iter().map(one).collect();
    (!reports.is_empty()).then(|| {
        view! {
            <section class="card" aria-labelledby="item-reports">
                <h2 id="item-reports">{words::item_reports(lang)}</h2>
                <ul class="inline-list">{reports}</ul>
            </section>
        }
        .into_any()
    })
}
