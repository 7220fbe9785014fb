//! What lies below the first screen; its code is fetched after the numbers above are on screen.

use leptos::prelude::*;
use ui::{Chunk, Link, in_turn, lang};

use super::{good_days::GoodDays, health::HealthLine, last_day::LastDay};
use crate::{
    components::{PlaceList, WaterClasses},
    live::Live,
    routes::Place,
    words,
};

/// The last day, the year's days, stations, sections and the health of the data.
#[leptos::wasm_split::wasm_split(overview_rest, wasm_split_path = ::leptos::wasm_split, fallible)]
pub(super) fn rest() -> Chunk {
    let rest = view! {
        {in_turn(|| view! { <LastDay/> }.into_any())}
        {in_turn(|| view! { <GoodDays/> }.into_any())}
        {in_turn(|| view! { <Places/> }.into_any())}
        <HealthLine/>
    };
    Ok(rest.into_any())
}

/// Stations and sections side by side.
#[component]
fn Places() -> impl IntoView {
    let (lang, live) = (lang(), Live::expect());
    let stations = Signal::derive(move || {
        live.air.with(|air| air.value.as_ref().map(|air| air.stations.clone()).unwrap_or_default())
    });
    view! {
        <div class="columns">
            <section class="card" aria-labelledby="air-stations">
                <h2 id="air-stations">{words::air_stations(lang)}</h2>
                <PlaceList places=stations/>
                <p><Link to=Place::Air.path()>{words::more_air(lang)}</Link></p>
            </section>
            <section class="card" aria-labelledby="water-sections">
                <h2 id="water-sections">{words::water_sections(lang)}</h2>
                <WaterClasses/>
                <p><Link to=Place::Water.path()>{words::more_water(lang)}</Link></p>
            </section>
        </div>
    }
}
