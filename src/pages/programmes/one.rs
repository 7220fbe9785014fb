//! One programme: its text, the figures, charts and issues that belong to it.

use std::sync::Arc;

use contract::{
    paths,
    programme::Programme,
    public::{Station, StationNowBrief},
};
use leptos::prelude::*;
use ui::{Link, Title, Written, dates, in_turn, lang, later, router::push_encoded};

use super::super::{
    NotFound,
    record::{RecordMenu, dress},
};
use crate::{
    components::{Kind, LoadFailed, ScoreHistory, ScoreStatement, Skeleton, fetched, history},
    live::Live,
    routes::{self, Place},
    words,
};

/// A programme by its name in the address.
#[component]
pub(crate) fn ProgrammePage(slug: Signal<String>) -> impl IntoView {
    dress();
    let lang = lang();
    let path = Signal::derive(move || {
        let mut encoded = String::new();
        push_encoded(&mut encoded, &slug.get());
        Some(paths::programme(&encoded))
    });
    let shown = fetched::<Programme>(path);
    let failure = Signal::derive(move || shown.with(|shown| shown.failure.clone()));
    let reply = Memo::new(move |_| shown.with(|shown| shown.value.clone().map(Arc::new)));
    let missing = Memo::new(move |_| {
        failure
            .with(|failure| failure.as_ref().is_some_and(crate::api_client::Failure::is_not_found))
    });
    move || match (missing.get(), reply.get()) {
        (true, _) => view! { <NotFound/> }.into_any(),
        (_, Some(page)) => view! { <Whole page/> }.into_any(),
        (_, None) => {
            let title = words::programmes_title(lang);
            view! {
                <Title text=title/>
                <RecordMenu/>
                <h1>{title}</h1>
                <LoadFailed failure has_old=Signal::stored(false)/>
                <Skeleton height=20/>
            }
            .into_any()
        }
    }
}

#[component]
fn Whole(page: Arc<Programme>) -> impl IntoView {
    let lang = lang();
    let title = page.line.title.get(lang).to_owned();
    let summary = page.line.summary.get(lang).to_owned();
    // Made by the server of a few harmless elements; whatever else was written is text in it.
    let text = page.html.get(lang).to_owned();
    let (figures, stations) = (page.clone(), page.stations.clone());
    let issues = page.items.iter().map(|number| {
        let name = words::item_of(lang, number);
        view! { <li><Link to=routes::item(number)>{name}</Link></li> }.into_any()
    });
    let issues: Vec<AnyView> = issues.collect();
    let issues = (!issues.is_empty()).then(|| {
        view! {
            <section class="card" aria-labelledby="programme-issues">
                <h2 id="programme-issues">{words::programme_issues(lang)}</h2>
                <ul class="inline-list">{issues}</ul>
            </section>
        }
    });
    let revised = dates::day(dates::beijing(page.revised).date(), lang);
    view! {
        <Title text=title.clone() description=summary.clone()/>
        <RecordMenu/>
        <h1>{title}</h1>
        <p class="summary"><Written text=summary/></p>
        <div class="card prose story" inner_html=text></div>
        {in_turn(move || view! { <Figures page=figures/> }.into_any())}
        {in_turn(move || view! { <Charts codes=stations/> }.into_any())}
        {issues}
        <p class="meta">{words::programme_revised(lang, &revised)}</p>
        <p><Link to=Place::Programmes.path()>{words::programmes_all(lang)}</Link></p>
    }
    .into_any()
}

#[component]
fn Figures(page: Arc<Programme>) -> impl IntoView {
    let lang = lang();
    let entry = |line: &contract::scorecard::ScoreLine| {
        view! {
            <li class="score">
                <h3>{line.name.get(lang).to_owned()}</h3>
                <ScoreStatement statement=line.now.clone()/>
                <ScoreHistory line=line.clone()/>
            </li>
        }
    };
    let entries: Vec<_> = page.figures.iter().map(entry).collect();
    (!entries.is_empty()).then(|| {
        view! {
            <section class="card" aria-labelledby="programme-figures">
                <h2 id="programme-figures">{words::programme_figures(lang)}</h2>
                <ul class="scores">{entries}</ul>
            </section>
        }
        .into_any()
    })
}

/// The history of the first station or section, beside which the others can be drawn.
#[component]
fn Charts(codes: Vec<String>) -> impl IntoView {
    let (lang, live) = (lang(), Live::expect());
    let codes = StoredValue::new(codes);
    let listed = move |briefs: &[StationNowBrief]| {
        codes.with_value(|codes| {
            let found = codes.iter().filter_map(|code| {
                let brief = briefs.iter().find(|brief| brief.station.code == *code)?;
                Some(brief.station.clone())
            });
            found.collect::<Vec<Station>>()
        })
    };
    let air = Memo::new(move |_| {
        live.air.with(|air| air.value.as_ref().map(|air| listed(&air.stations)).unwrap_or_default())
    });
    let water = Memo::new(move |_| {
        live.water
            .with(|water| water.value.as_ref().map(|w| listed(&w.sections)).unwrap_or_default())
    });
    let of = move |kind: Kind, stations: Memo<Vec<Station>>| {
        let own = Signal::derive(move || {
            stations.with(|stations| stations.first().map(|station| station.code.clone()))
        });
        let has = Memo::new(move |_| own.get().is_some());
        view! { <Show when=move || has.get()>{later(history(kind, own, stations.into()))}</Show> }
    };
    codes.with_value(|codes| !codes.is_empty()).then(|| {
        view! {
            <section class="card" aria-labelledby="programme-charts">
                <h2 id="programme-charts">{words::programme_charts(lang)}</h2>
                {of(Kind::Water, water)}
                {of(Kind::Air, air)}
            </section>
        }
        .into_any()
    })
}
