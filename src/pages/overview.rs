//! The first page: air and water at a glance, live.

mod district;
mod good_days;
mod health;

use std::sync::Arc;

use contract::public::AirSummary;
use domain::Lang;
use leptos::prelude::*;
use ui::{ChartView, Language, Link, Title, figure};

use self::{district::DistrictNow, good_days::GoodDays, health::HealthLine};
use crate::{
    components::{LoadFailed, PlaceList, Skeleton, WaterClasses, index_line},
    live::Live,
    routes::Place,
    words,
};

/// The first page: air and water at a glance.
#[component]
pub(crate) fn Overview() -> impl IntoView {
    let (language, live) = (Language::expect(), Live::expect());
    let heading = Signal::derive(move || {
        let lang = language.get();
        let district = live
            .site
            .with(|site| site.value.as_ref().map(|site| site.district.get(lang).to_owned()));
        district.map_or(words::overview_title(lang).to_owned(), |district| {
            words::overview_of(lang, &district)
        })
    });
    let description = Signal::derive(move || {
        live.air.with(|air| {
            air.value.as_ref().map(|air| sentence(air, language.get())).unwrap_or_default()
        })
    });
    let stations = Signal::derive(move || {
        live.air.with(|air| air.value.as_ref().map(|air| air.stations.clone()).unwrap_or_default())
    });
    let has_air = Memo::new(move |_| live.air.with(|air| air.value.is_some()));
    view! {
        <Title text=heading description/>
        <h1>{heading}</h1>
        <LoadFailed failure=Signal::derive(move || live.air.with(|air| air.failure.clone())) has_old=has_air/>
        <Show when=move || has_air.get() fallback=|| view! { <Skeleton height=24/> }>
            <div class="overview-air">
                <DistrictNow/>
                <LastDay/>
            </div>
            <GoodDays/>
        </Show>
        <div class="columns">
            <section class="card" aria-labelledby="air-stations">
                <h2 id="air-stations">{move || words::air_stations(language.get())}</h2>
                <PlaceList places=stations/>
                <p><Link to=Place::Air.path()>{move || words::more_air(language.get())}</Link></p>
            </section>
            <section class="card" aria-labelledby="water-sections">
                <h2 id="water-sections">{move || words::water_sections(language.get())}</h2>
                <WaterClasses/>
                <p><Link to=Place::Water.path()>{move || words::more_water(language.get())}</Link></p>
            </section>
        </div>
        <HealthLine/>
    }
}

/// The index of the last 24 hours; the drawing code is fetched after the numbers are on screen.
#[component]
fn LastDay() -> impl IntoView {
    let (language, live) = (Language::expect(), Live::expect());
    let points = Memo::new(move |_| {
        live.air.with(|air| air.value.as_ref().map(|air| air.last_24h.clone()).unwrap_or_default())
    });
    let picture = Memo::new(move |_| {
        let lang = language.get();
        Arc::new(points.with(|points| index_line(points, words::last_24h(lang).to_owned(), lang)))
    });
    view! {
        <section class="card" aria-labelledby="last-day">
            <h2 id="last-day">{move || words::last_24h(language.get())}</h2>
            <ChartView picture/>
        </section>
    }
}

/// The district's air in one sentence, also the page's description.
fn sentence(air: &AirSummary, lang: Lang) -> String {
    let index = air.district.as_ref();
    match (index.and_then(|index| index.value), index.and_then(|index| index.band.as_ref())) {
        (Some(value), Some(band)) => {
            words::overview_description(lang, &figure::index(value), &band.name.get(lang))
        }
        _ => words::overview_description_none(lang).to_owned(),
    }
}
