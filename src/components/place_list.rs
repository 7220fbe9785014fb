//! Stations and sections as a list: the same content as the map, in the same order.

use contract::public::{StationKind, StationNowBrief};
use domain::Lang;
use leptos::prelude::*;
use ui::{Age, AqiBadge, ClassBadge, Language, Link};

use super::PrimaryPollutants;
use crate::{routes, words};

/// The places of a reply, each kept apart so that a live value redraws one row only.
#[component]
pub(crate) fn PlaceList(
    /// The stations or sections in the order to show.
    #[prop(into)]
    places: Signal<Vec<StationNowBrief>>,
) -> impl IntoView {
    let codes = Memo::new(move |_| {
        places.with(|places| {
            places.iter().map(|place| place.station.code.clone()).collect::<Vec<_>>()
        })
    });
    view! {
        <ol class="places">
            <For each=move || codes.get() key=|code| code.clone() children=move |code| {
                let place = Memo::new(move |_| {
                    places.with(|places| places.iter().find(|place| place.station.code == code).cloned())
                });
                view! { <li><PlaceRow place/></li> }
            }/>
        </ol>
    }
}

#[component]
fn PlaceRow(place: Memo<Option<StationNowBrief>>) -> impl IntoView {
    let language = Language::expect();
    let read = move |read: fn(&StationNowBrief, Lang) -> String| {
        move || {
            place.with(|place| {
                place.as_ref().map(|place| read(place, language.get())).unwrap_or_default()
            })
        }
    };
    let to =
        Signal::derive(move || place.with(|place| place.as_ref().map(address).unwrap_or_default()));
    let ended = Signal::derive(move || place.with(|place| place.as_ref()?.station.status.newest));
    let interval = Signal::derive(move || {
        place.with(|place| {
            place.as_ref().map_or(3_600, |place| place.station.status.expected_interval_s)
        })
    });
    let is_air = place
        .with_untracked(|place| place.as_ref().is_some_and(|p| p.station.kind == StationKind::Air));
    view! {
        <div class="place">
            <div class="place-name">
                <Link to>{read(|place, lang| place.station.name.get(lang).to_owned())}</Link>
                <span class="place-network">{read(|place, lang| belongs(place, lang))}</span>
            </div>
            <div class="place-state">
                {if is_air {
                    view! { <AirState place/> }.into_any()
                } else {
                    view! { <WaterState place/> }.into_any()
                }}
            </div>
            <p class="place-age"><Age ended expected_interval_s=interval/></p>
        </div>
    }
}

#[component]
fn AirState(place: Memo<Option<StationNowBrief>>) -> impl IntoView {
    let index = move || place.with(|place| place.as_ref()?.index.clone());
    view! {
        <AqiBadge
            value=Signal::derive(move || index()?.value)
            band=Signal::derive(move || index()?.band)
        />
        <PrimaryPollutants items=Signal::derive(move || index().map(|index| index.primary).unwrap_or_default())/>
    }
}

#[component]
fn WaterState(place: Memo<Option<StationNowBrief>>) -> impl IntoView {
    let language = Language::expect();
    let state = move || place.with(|place| place.as_ref()?.water.clone());
    let target = move || {
        let lang = language.get();
        let target = place.with(|place| place.as_ref()?.station.water.as_ref()?.target);
        let word = match state().and_then(|state| state.meets_target) {
            Some(true) => words::target_met(lang),
            Some(false) => words::target_missed(lang),
            None => words::target_unknown(lang),
        };
        target.map(|target| {
            let class = ui::class_badge::written(target, lang);
            view! { <span class="place-target">{words::target(lang, &class)} " · " {word}</span> }
        })
    };
    view! {
        <ClassBadge class=Signal::derive(move || state()?.class)/>
        {target}
    }
}

/// The page of a place.
pub(crate) fn address(place: &StationNowBrief) -> String {
    match place.station.kind {
        StationKind::Air => routes::station(&place.station.code),
        StationKind::Water => routes::section(&place.station.code),
    }
}

/// The water a section lies on, or the network of a station.
fn belongs(place: &StationNowBrief, lang: Lang) -> String {
    match &place.station.water {
        Some(site) => site.water.get(lang).to_owned(),
        None => place.station.network.get(lang).to_owned(),
    }
}
