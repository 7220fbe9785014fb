//! One air station: what it measures now, what that means, and how it was.

mod calendar;

use contract::{
    paths,
    public::{AirIndex, StationNow},
};
use domain::air::IndexStandard;
use leptos::prelude::*;
use ui::{Title, figure, in_turn, lang, later};

use self::calendar::YearOfDays;
use super::NotFound;
use crate::{
    components::{
        Figures, IndexExplained, IndexNow, Kind, LoadFailed, RulerChoice, SensitiveGroups,
        Skeleton, StationFacts, chosen_ruler, fetched, history, with_ruler,
    },
    live::{Live, Shown, merge_station},
    words,
};

/// One air station.
#[component]
pub(super) fn StationPage(code: Signal<String>) -> impl IntoView {
    let ruler = chosen_ruler();
    let shown = station_now(code, ruler);
    let missing = Memo::new(move |_| {
        shown.with(|shown| {
            let water = shown.value.as_ref().is_some_and(|now| now.station.water.is_some());
            water || shown.failure.as_ref().is_some_and(crate::api_client::Failure::is_not_found)
        })
    });
    // Kept across live changes, so that a new value redraws a number and not the page.
    let has = Memo::new(move |_| {
        shown.with(|shown| shown.value.as_ref().is_some_and(|now| now.station.code == code.get()))
    });
    view! {
        <Show when=move || !missing.get() fallback=|| view! { <NotFound/> }>
            <Show when=move || has.get() fallback=move || view! { <Waiting shown/> }>
                <Present shown code ruler/>
            </Show>
        </Show>
    }
}

/// A station's reply, kept current by live batches.
fn station_now(
    code: Signal<String>,
    ruler: Memo<Option<IndexStandard>>,
) -> RwSignal<Shown<StationNow>> {
    let live = Live::expect();
    let path = Signal::derive(move || {
        let mut encoded = String::new();
        ui::router::push_encoded(&mut encoded, &code.get());
        (!encoded.is_empty()).then(|| with_ruler(paths::latest(&encoded), ruler.get()))
    });
    let shown = fetched::<StationNow>(path);
    Effect::new(move |_| {
        let Some(batch) = live.batch.get() else { return };
        shown.maybe_update(|shown| {
            shown.value.as_mut().is_some_and(|now| merge_station(now, &batch))
        });
    });
    shown
}

/// Before the first reply: room for it, or why it does not come.
#[component]
fn Waiting(shown: RwSignal<Shown<StationNow>>) -> impl IntoView {
    let lang = lang();
    let title = words::station_title(lang);
    view! {
        <Title text=title/>
        <h1>{title}</h1>
        <LoadFailed failure=Signal::derive(move || shown.with(|shown| shown.failure.clone())) has_old=Signal::stored(false)/>
        <Skeleton height=30/>
    }
}

#[component]
fn Present(
    shown: RwSignal<Shown<StationNow>>,
    code: Signal<String>,
    ruler: Memo<Option<IndexStandard>>,
) -> impl IntoView {
    let (lang, live) = (lang(), Live::expect());
    let station = Memo::new(move |before: Option<&Option<contract::public::Station>>| {
        shown
            .with(|shown| shown.value.as_ref().map(|now| now.station.clone()))
            .or_else(|| before.cloned().flatten())
    });
    let name = Signal::derive(move || {
        station.with(|station| {
            station.as_ref().map(|station| station.name.get(lang).to_owned()).unwrap_or_default()
        })
    });
    let index = Memo::new(move |_| shown.with(|shown| shown.value.as_ref()?.hourly.clone()));
    let figures = Memo::new(move |_| {
        shown.with(|shown| shown.value.as_ref().map(|now| now.figures.clone()).unwrap_or_default())
    });
    let interval = Signal::derive(move || {
        station.with(|s| s.as_ref().map_or(3_600, |s| s.status.expected_interval_s))
    });
    let description =
        Signal::derive(move || index.with(|index| describe(&name.get(), index.as_ref(), lang)));
    let stations = Signal::derive(move || {
        live.air.with(|air| {
            air.value
                .iter()
                .flat_map(|air| &air.stations)
                .map(|brief| brief.station.clone())
                .collect::<Vec<_>>()
        })
    });
    view! {
        <Title text=name description/>
        <h1>{name}</h1>
        <LoadFailed failure=Signal::derive(move || shown.with(|shown| shown.failure.clone())) has_old=Signal::stored(true)/>
        {move || station.get().map(|station| view! { <StationFacts station/> })}
        {in_turn(move || view! { <RulerChoice ruler/> }.into_any())}
        <div class="columns">
            {in_turn(move || view! { <Now index/> }.into_any())}
            {in_turn(move || view! { <Meaning index/> }.into_any())}
        </div>
        <section class="stack" aria-labelledby="figures">
            <h2 id="figures">{words::figures_title(lang)}</h2>
            {in_turn(move || view! { <Figures figures expected_interval_s=interval/> }.into_any())}
        </section>
        <section class="card" aria-labelledby="history">
            <h2 id="history">{words::history_title(lang)}</h2>
            {in_turn(move || later(history(Kind::Air, Signal::derive(move || Some(code.get())), stations)))}
        </section>
        {in_turn(move || view! { <YearOfDays code/> }.into_any())}
    }
}

fn describe(name: &str, index: Option<&AirIndex>, lang: domain::Lang) -> String {
    let value = index.and_then(|index| Some((index.value?, index.band.as_ref()?)));
    value.map_or_else(
        || words::station_description_none(lang, &name),
        |(value, band)| {
            words::station_description(lang, &name, &figure::index(value), &band.name.get(lang))
        },
    )
}

#[component]
fn Now(index: Memo<Option<AirIndex>>) -> impl IntoView {
    view! {
        <section class="card" aria-labelledby="now">
            <h2 id="now">{words::air_now(lang())}</h2>
            {move || view! { <IndexNow index=index.get()/> }}
            {move || index.get().map(|index| view! { <SensitiveGroups index/> })}
        </section>
    }
}

#[component]
fn Meaning(index: Memo<Option<AirIndex>>) -> impl IntoView {
    let lang = lang();
    view! {
        <section class="card" aria-labelledby="explained">
            <h2 id="explained">{words::index_explained(lang)}</h2>
            {move || index.get().map(|index| view! { <IndexExplained index/> })}
        </section>
    }
}
