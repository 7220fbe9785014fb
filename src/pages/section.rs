//! One water section: class now, figures, history, months.

mod state;

use std::sync::Arc;

use contract::{
    paths,
    public::{Section as Reply, StationNow},
};
use leptos::prelude::*;
use ui::{ChartView, Title, chart_view::Source, in_turn, lang, later};

use self::state::ClassNow;
use super::NotFound;
use crate::{
    components::{
        Figures, Kind, LoadFailed, Skeleton, StationFacts, fetched, history, month_strip,
    },
    live::{Live, Shown, merge_station},
    words,
};

/// One water section.
#[component]
pub(super) fn SectionPage(code: Signal<String>) -> impl IntoView {
    let (lang, live) = (lang(), Live::expect());
    let path = Memo::new(move |_| {
        let mut encoded = String::new();
        ui::router::push_encoded(&mut encoded, &code.get());
        (!encoded.is_empty()).then(|| paths::section(&encoded))
    });
    let shown = fetched::<Reply>(path.into());
    Effect::new(move |_| {
        let Some(batch) = live.batch.get() else { return };
        shown.maybe_update(|shown| {
            shown.value.as_mut().is_some_and(|reply| merge_station(&mut reply.now, &batch))
        });
    });
    let missing = Memo::new(move |_| {
        shown.with(|shown| {
            shown.failure.as_ref().is_some_and(crate::api_client::Failure::is_not_found)
        })
    });
    let has = Memo::new(move |_| {
        shown.with(|shown| {
            shown.value.as_ref().is_some_and(|reply| reply.now.station.code == code.get())
        })
    });
    let waiting = move || {
        let title = words::section_title(lang);
        view! {
            <Title text=title/>
            <h1>{title}</h1>
            <LoadFailed failure=Signal::derive(move || shown.with(|shown| shown.failure.clone())) has_old=Signal::stored(false)/>
            <Skeleton height=30/>
        }
    };
    view! {
        <Show when=move || !missing.get() fallback=|| view! { <NotFound/> }>
            <Show when=move || has.get() fallback=waiting>
                <Present shown code path/>
            </Show>
        </Show>
    }
}

#[component]
fn Present(
    shown: RwSignal<Shown<Reply>>,
    code: Signal<String>,
    path: Memo<Option<String>>,
) -> impl IntoView {
    let (lang, live) = (lang(), Live::expect());
    let now = Memo::new(move |before: Option<&Option<StationNow>>| {
        shown
            .with(|shown| shown.value.as_ref().map(|reply| reply.now.clone()))
            .or_else(|| before.cloned().flatten())
    });
    let name = Signal::derive(move || {
        now.with(|now| {
            now.as_ref().map(|now| now.station.name.get(lang).to_owned()).unwrap_or_default()
        })
    });
    let figures = Memo::new(move |_| {
        now.with(|now| now.as_ref().map(|now| now.figures.clone()).unwrap_or_default())
    });
    let interval = Signal::derive(move || {
        now.with(|now| now.as_ref().map_or(14_400, |now| now.station.status.expected_interval_s))
    });
    let station = Memo::new(move |_| now.with(|now| now.as_ref().map(|now| now.station.clone())));
    let sections = Signal::derive(move || {
        live.water.with(|water| {
            water
                .value
                .iter()
                .flat_map(|w| &w.sections)
                .map(|brief| brief.station.clone())
                .collect::<Vec<_>>()
        })
    });
    let description = Signal::derive(move || words::section_description(lang, &name.get()));
    view! {
        <Title text=name description/>
        <h1>{name}</h1>
        <LoadFailed failure=Signal::derive(move || shown.with(|shown| shown.failure.clone())) has_old=Signal::stored(true)/>
        {move || station.get().map(|station| view! { <StationFacts station/> })}
        {in_turn(move || class_now(now))}
        <section class="stack" aria-labelledby="figures">
            <h2 id="figures">{words::figures_title(lang)}</h2>
            {in_turn(move || view! { <Figures figures expected_interval_s=interval/> }.into_any())}
        </section>
        <section class="card" aria-labelledby="history">
            <h2 id="history">{words::history_title(lang)}</h2>
            {in_turn(move || later(history(Kind::Water, Signal::derive(move || Some(code.get())), sections)))}
        </section>
        {in_turn(move || view! { <Months shown code path/> }.into_any())}
    }
}

fn class_now(now: Memo<Option<StationNow>>) -> AnyView {
    let shown = move || {
        now.with(|now| {
            let state = now.as_ref().and_then(|now| now.water.clone());
            let site = now.as_ref().and_then(|now| now.station.water.as_ref());
            let target = site.and_then(|site| site.target);
            view! { <ClassNow state target/> }
        })
    };
    shown.into_any()
}

/// The class of each of the last months.
#[component]
fn Months(
    shown: RwSignal<Shown<Reply>>,
    code: Signal<String>,
    path: Memo<Option<String>>,
) -> impl IntoView {
    let lang = lang();
    let months = Memo::new(move |_| {
        shown.with(|shown| {
            shown.value.as_ref().map(|reply| reply.months.clone()).unwrap_or_default()
        })
    });
    let title = words::months_title(lang);
    let picture = Signal::derive(move || {
        Arc::new(months.with(|months| month_strip(months, title.to_owned(), lang)))
    });
    let source = Signal::derive(move || Source {
        file_name: format!("{}-months", code.get()),
        json: path.get(),
        note: words::automatic_note(lang).to_owned(),
    });
    let has = Memo::new(move |_| months.with(|months| !months.is_empty()));
    let sentence = move || {
        let (lang, months) = (lang, months.get());
        let judged = months.iter().filter_map(|month| month.class);
        let good = judged.clone().filter(|class| *class <= domain::water::WaterClass::III).count();
        words::months_sentence(lang, &months.len(), &judged.count(), &good)
    };
    view! {
        <Show when=move || has.get()>
            <section class="card" aria-labelledby="months">
                <h2 id="months">{title}</h2>
                <p class="summary">{sentence}</p>
                <ChartView picture source/>
            </section>
        </Show>
    }
}
