//! Stations and sections as a list: the same content as the map, in the same order.

use contract::public::{AirIndex, StationKind, StationNowBrief, WaterState};
use domain::water::WaterClass;
use leptos::prelude::*;
use ui::{Age, AqiBadge, ClassBadge, Link, class_badge, lang};

use super::PrimaryPollutants;
use crate::{routes, words};

/// The places of a reply; a live value changes the text of its own row only.
#[component]
pub(crate) fn PlaceList(
    /// The stations or sections in the order to show.
    #[prop(into)]
    places: Signal<Vec<StationNowBrief>>,
) -> impl IntoView {
    let rows = move || {
        places.get().into_iter().map(|place| view! { <li><PlaceRow place/></li> }).collect_view()
    };
    view! { <ol class="places">{rows}</ol> }
}

#[component]
fn PlaceRow(place: StationNowBrief) -> impl IntoView {
    let (lang, to) = (lang(), address(&place));
    let StationNowBrief { station, index, water, .. } = place;
    let target = station.water.as_ref().and_then(|site| site.target);
    let belongs = match &station.water {
        Some(site) => site.water.get(lang).to_owned(),
        None => station.network.get(lang).to_owned(),
    };
    // The age of what is shown: a spot value may be newer than the hour that the index is for.
    let judged = index.as_ref().map(|index| index.period).or(water.as_ref().map(|of| of.period));
    let ended = judged.map(domain::Period::end).or(station.status.newest);
    let state = match station.kind {
        StationKind::Air => view! { <AirState index/> }.into_any(),
        StationKind::Water => view! { <WaterNow state=water target/> }.into_any(),
    };
    view! {
        <div class="place">
            <div class="place-name">
                <Link to>{station.name.get(lang).to_owned()}</Link>
                <span class="place-network">{belongs}</span>
            </div>
            <div class="place-state">{state}</div>
            <p class="place-age">
                <Age ended expected_interval_s=station.status.expected_interval_s/>
            </p>
        </div>
    }
}

#[component]
fn AirState(index: Option<AirIndex>) -> impl IntoView {
    let primary = index.as_ref().map(|index| index.primary.clone()).unwrap_or_default();
    let (value, band) = index.map(|index| (index.value, index.band)).unwrap_or_default();
    view! { <AqiBadge value band/> " " <PrimaryPollutants items=primary/> }
}

#[component]
fn WaterNow(state: Option<WaterState>, target: Option<WaterClass>) -> impl IntoView {
    let lang = lang();
    let word = match state.as_ref().and_then(|state| state.meets_target) {
        Some(true) => words::target_met(lang),
        Some(false) => words::target_missed(lang),
        None => words::target_unknown(lang),
    };
    let target = target.map(|target| {
        let class = class_badge::written(target, lang);
        view! { <span class="place-target">{words::target(lang, &class)} " · " {word}</span> }
    });
    view! { <ClassBadge class=state.and_then(|state| state.class)/> " " {target} }
}

/// The page of a place.
pub(crate) fn address(place: &StationNowBrief) -> String {
    match place.station.kind {
        StationKind::Air => routes::station(&place.station.code),
        StationKind::Water => routes::section(&place.station.code),
    }
}
