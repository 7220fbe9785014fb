//! Every air station: map and list, the choice of ruler, and a chart that compares them.

use contract::public::StationNowBrief;
use domain::{Lang, air::IndexStandard};
use leptos::prelude::*;
use leptos_router::{LazyRoute, hooks::use_query_map, lazy_route};
use ui::{Choice, Language, SelectField, Title};

use crate::{
    components::{History, Kind, LoadFailed, PlaceList, Skeleton, under, use_choose},
    live::Live,
    map::Map,
    words,
};

/// The list of air stations; its code is fetched when the route is first visited.
pub(crate) struct AirPage;

#[lazy_route]
impl LazyRoute for AirPage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! { <Air/> }.into_any()
    }
}

#[component]
fn Air() -> impl IntoView {
    let (language, live) = (Language::expect(), Live::expect());
    let standard = chosen_standard();
    let places = Memo::new(move |_| {
        let chosen = standard.get();
        live.air.with(|air| {
            let stations = air.value.iter().flat_map(|air| &air.stations);
            ranked(
                stations
                    .map(|brief| chosen.map_or_else(|| brief.clone(), |s| under(s, brief)))
                    .collect(),
            )
        })
    });
    let stations = Memo::new(move |_| {
        let mut stations: Vec<_> =
            places.with(|places| places.iter().map(|place| place.station.clone()).collect());
        stations.sort_by(|a: &contract::public::Station, b| a.code.cmp(&b.code));
        stations
    });
    let has = Memo::new(move |_| live.air.with(|air| air.value.is_some()));
    let title = Signal::derive(move || words::air_title(language.get()).to_owned());
    view! {
        <Title text=title/>
        <h1>{title}</h1>
        <LoadFailed failure=Signal::derive(move || live.air.with(|air| air.failure.clone())) has_old=has/>
        <StandardChoice standard/>
        <Show when=move || has.get() fallback=|| view! { <Skeleton height=26/> }>
            <div class="columns columns-wide air-map">
                <Map places/>
                <section class="card" aria-labelledby="ranking">
                    <h2 id="ranking">{move || words::ranking(language.get())}</h2>
                    <PlaceList places/>
                </section>
            </div>
            <section class="card" aria-labelledby="compare">
                <h2 id="compare">{move || words::compare_title(language.get())}</h2>
                <History kind=Kind::Air own=Signal::stored(None::<String>) stations/>
            </section>
        </Show>
    }
}

/// The ruler in the URL; `None` is the edition in force.
fn chosen_standard() -> Memo<Option<IndexStandard>> {
    let query = use_query_map();
    Memo::new(move |_| {
        query.with(|query| query.get("standard").and_then(|key| IndexStandard::from_key(&key)))
    })
}

/// Dirtiest first, as under the law; without an index last, in the order they came.
fn ranked(mut places: Vec<StationNowBrief>) -> Vec<StationNowBrief> {
    let rank = |place: &StationNowBrief| {
        let index = place.index.as_ref()?;
        Some((index.band.as_ref().map(|band| band.number), index.value))
    };
    places.sort_by_key(|place| std::cmp::Reverse(rank(place)));
    places
}

#[component]
fn StandardChoice(standard: Memo<Option<IndexStandard>>) -> impl IntoView {
    let (language, choose) = (Language::expect(), use_choose());
    let choices = Signal::derive(move || {
        let in_force = Choice::new("", words::standard_in_force(language.get()));
        let others =
            IndexStandard::ALL.map(|standard| Choice::new(standard.key(), standard.title()));
        std::iter::once(in_force).chain(others).collect::<Vec<_>>()
    });
    let value = Signal::derive(move || {
        standard.get().map(IndexStandard::key).unwrap_or_default().to_owned()
    });
    let note = move || standard.get().and_then(|standard| note(standard, language.get()));
    view! {
        <div class="fields">
            <SelectField
                label=Signal::derive(move || words::choose_standard(language.get()).to_owned())
                choices
                value
                on_choose=move |key| choose(&[("standard", (!key.is_empty()).then_some(key.as_str()))])
            />
        </div>
        {move || note().map(|note| view! { <p class="notice">{note}</p> })}
    }
}

/// What must be known before a foreign ruler is believed.
fn note(standard: IndexStandard, lang: Lang) -> Option<&'static str> {
    match standard {
        IndexStandard::Hj633_2026 => None,
        IndexStandard::Hj633_2012 => Some(words::note_hj633_2012(lang)),
        IndexStandard::Epa2024 => Some(words::note_epa(lang)),
        IndexStandard::Eaqi2024 => Some(words::note_eaqi(lang)),
        IndexStandard::Who2021 => Some(words::note_who(lang)),
    }
}
