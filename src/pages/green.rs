//! Green space: indicators with their definitions, thresholds beside them, parks, how far parks reach.

mod indicators;
mod parks;
mod reach;

use std::sync::Arc;

use contract::{green::Green, paths};
use leptos::prelude::*;
use ui::{Title, in_turn, lang};

use self::{indicators::Indicators, parks::Parks, reach::Reach};
use super::record::{RecordMenu, Simulated, dress};
use crate::{
    components::{LoadFailed, ScoreHistory, ScoreStatement, Skeleton, fetched},
    words,
};

/// Everything on green space.
#[component]
pub(super) fn GreenPage() -> impl IntoView {
    dress();
    let lang = lang();
    let shown = fetched::<Green>(Signal::stored(Some(paths::GREEN.to_owned())));
    let failure = Signal::derive(move || shown.with(|shown| shown.failure.clone()));
    let green = Memo::new(move |_| shown.with(|shown| shown.value.clone().map(Arc::new)));
    let has = Signal::derive(move || green.with(Option::is_some));
    let title = words::green_title(lang);
    view! {
        <Title text=title description=words::green_about(lang).to_owned()/>
        <RecordMenu/>
        <h1>{title}</h1>
        <p class="summary">{words::green_about(lang)}</p>
        <LoadFailed failure has_old=has/>
        {move || match green.get() {
            Some(green) => view! { <Whole green/> }.into_any(),
            None => view! { <Skeleton height=40/> }.into_any(),
        }}
    }
}

#[component]
fn Whole(green: Arc<Green>) -> impl IntoView {
    let lang = lang();
    let part = |build: fn(Arc<Green>) -> AnyView| {
        let green = green.clone();
        in_turn(move || build(green))
    };
    let simulated = green.parks.iter().any(|park| park.simulated);
    view! {
        {part(|green| view! { <Indicators green/> }.into_any())}
        {part(|green| view! { <Works green/> }.into_any())}
        <Simulated simulated about=words::green_simulated(lang)/>
        {part(|green| view! { <Parks green/> }.into_any())}
        {part(|green| view! { <Reach green/> }.into_any())}
        <nav aria-label=words::reports_files(lang)>
            <ul class="inline-list">
                <li><a href=paths::GREEN rel="external">{words::ledger_json(lang)}</a></li>
                <li><a href=format!("{}?lang={}", paths::SCORECARD_CSV, lang.tag()) rel="external">{words::scorecard_csv(lang)}</a></li>
            </ul>
        </nav>
    }
    .into_any()
}

/// New areas and plantings, each by itself: they belong to different programmes and are never added up.
#[component]
fn Works(green: Arc<Green>) -> impl IntoView {
    let lang = lang();
    let work = |line: &contract::scorecard::ScoreLine| {
        view! {
            <li class="score">
                <h3>{line.name.get(lang).to_owned()}</h3>
                <ScoreStatement statement=line.now.clone()/>
                <ScoreHistory line=line.clone()/>
            </li>
        }
    };
    let works: Vec<_> = green.works.iter().map(work).collect();
    (!works.is_empty()).then(|| {
        view! {
            <section class="card" aria-labelledby="green-works">
                <h2 id="green-works">{words::green_works(lang)}</h2>
                <p class="meta">{words::green_works_about(lang)}</p>
                <ul class="scores">{works}</ul>
            </section>
        }
        .into_any()
    })
}
