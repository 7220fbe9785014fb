//! Every water section: map and list, sections by class.

use leptos::prelude::*;
use ui::{Title, lang};

use crate::{
    components::{ClassCounts, LoadFailed, PlaceList, Skeleton},
    live::Live,
    map::Map,
    words,
};

/// The list of water sections.
#[component]
pub(super) fn WaterPage() -> impl IntoView {
    let (lang, live) = (lang(), Live::expect());
    let sections = Signal::derive(move || {
        live.water.with(|water| {
            water.value.as_ref().map(|water| water.sections.clone()).unwrap_or_default()
        })
    });
    let has = Memo::new(move |_| live.water.with(|water| water.value.is_some()));
    let title = words::water_title(lang);
    view! {
        <Title text=title/>
        <h1>{title}</h1>
        <LoadFailed failure=Signal::derive(move || live.water.with(|water| water.failure.clone())) has_old=has/>
        <Show when=move || has.get() fallback=|| view! { <Skeleton height=26/> }>
            <ClassCounts sections/>
            <p class="meta">{words::automatic_note(lang)}</p>
            <div class="columns columns-wide air-map">
                <Map places=sections/>
                <section class="card" aria-labelledby="sections">
                    <h2 id="sections">{words::water_sections(lang)}</h2>
                    <PlaceList places=sections/>
                </section>
            </div>
        </Show>
    }
}
