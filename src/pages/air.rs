//! Every air station: map and list, the choice of ruler, and a chart that compares them.

use contract::{
    paths,
    public::{AirSummary, Station, StationNowBrief},
};
use leptos::prelude::*;
use ui::{Title, lang, later};

use crate::{
    components::{
        Kind, LoadFailed, PlaceList, RulerChoice, Skeleton, chosen_ruler, fetched, history,
        with_ruler,
    },
    live::Live,
    map::Map,
    words,
};

/// The list of air stations.
#[component]
pub(super) fn AirPage() -> impl IntoView {
    let (lang, live, ruler) = (lang(), Live::expect(), chosen_ruler());
    let other = fetched::<AirSummary>(Signal::derive(move || {
        ruler.get().map(|ruler| with_ruler(paths::AIR_SUMMARY.to_owned(), Some(ruler)))
    }));
    let shown = move || if ruler.get().is_some() { other } else { live.air };
    let places = Memo::new(move |_| {
        shown().with(|air| {
            ranked(air.value.as_ref().map(|air| air.stations.clone()).unwrap_or_default())
        })
    });
    let stations = Memo::new(move |_| by_code(&places.get()));
    let has = Memo::new(move |_| places.with(|places| !places.is_empty()));
    let title = words::air_title(lang);
    view! {
        <Title text=title/>
        <h1>{title}</h1>
        <LoadFailed failure=Signal::derive(move || shown().with(|air| air.failure.clone())) has_old=has/>
        <RulerChoice ruler/>
        <Show when=move || has.get() fallback=|| view! { <Skeleton height=26/> }>
            <div class="columns columns-wide air-map">
                <Map places/>
                <section class="card" aria-labelledby="ranking">
                    <h2 id="ranking">{words::ranking(lang)}</h2>
                    <PlaceList places/>
                </section>
            </div>
            <section class="card" aria-labelledby="compare">
                <h2 id="compare">{words::compare_title(lang)}</h2>
                {later(history(Kind::Air, Signal::stored(None::<String>), stations.into()))}
            </section>
        </Show>
    }
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

fn by_code(places: &[StationNowBrief]) -> Vec<Station> {
    let mut stations: Vec<Station> = places.iter().map(|place| place.station.clone()).collect();
    stations.sort_by(|a, b| a.code.cmp(&b.code));
    stations
}
