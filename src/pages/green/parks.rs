//! Parks as a list, and the same on a map.

use std::sync::Arc;

use contract::green::{Green, GreenPark};
use domain::Lang;
use leptos::prelude::*;
use ui::{Written, lang};

use crate::{
    components::focus_on,
    map::{Place, PlacesMap},
    words,
};

/// List and map; a park chosen on the map takes the focus in the list.
#[component]
pub(super) fn Parks(green: Arc<Green>) -> impl IntoView {
    let lang = lang();
    let numbered = || (1..).zip(&green.parks);
    let places: Vec<Place> =
        numbered().filter_map(|(number, park)| place(number, park, lang)).collect();
    let unplaced = green.parks.iter().any(|park| park.place.is_none());
    let rows: Vec<_> = numbered().map(|(number, park)| row(number, park, lang)).collect();
    (!green.parks.is_empty()).then(|| {
        view! {
            <div class="columns columns-wide">
                <section class="card" aria-labelledby="green-parks">
                    <h2 id="green-parks">{words::green_parks(lang)}</h2>
                    <div class="parks" tabindex="0" role="group" aria-label=words::green_parks(lang)>
                        <ul class="issues">{rows}</ul>
                    </div>
                </section>
                <section class="card" aria-label=words::green_map(lang)>
                    <PlacesMap places=Signal::stored(places) unplaced=Signal::stored(unplaced)
                        label=words::green_map_label(lang) on_open=Callback::new(focus_on)/>
                </section>
            </div>
        }
        .into_any()
    })
}

/// The id of a park's row, to which the map leads.
fn row_id(park: &GreenPark) -> String {
    format!("park-{}", park.code)
}

/// On the map a park is its number in the list: names would cover each other.
fn place(number: u32, park: &GreenPark, lang: Lang) -> Option<Place> {
    let at = park.place?;
    let (name, kind) = (park.name.get(lang), park.kind.name(lang));
    Some(Place {
        address: row_id(park),
        lon: at.lon,
        lat: at.lat,
        value: number.to_string(),
        word: String::new(),
        fill: None,
        label: format!(
            "{number} {}",
            words::green_park_label(lang, &name, &kind, &area(park, lang))
        ),
    })
}

fn row(number: u32, park: &GreenPark, lang: Lang) -> AnyView {
    let simulated = park.simulated.then(|| {
        view! { <span class="mark mark-provenance" data-provenance="simulated">{words::simulated(lang)}</span> }
    });
    let source = (!park.simulated).then(|| view! { " · " <Written text=park.source.get(lang)/> });
    view! {
        <li id=row_id(park) tabindex="-1">
            <strong class="issue-name">{number} " " <Written text=park.name.get(lang)/></strong>
            <span class="issue-state">{simulated}</span>
            <span class="meta">{park.kind.name(lang)} " · " {area(park, lang)} {source}</span>
        </li>
    }
    .into_any()
}

/// In square metres, or that it is not known.
fn area(park: &GreenPark, lang: Lang) -> String {
    park.area_m2.map_or_else(
        || words::green_area_unknown(lang).to_owned(),
        |area| words::green_area(lang, &area),
    )
}
