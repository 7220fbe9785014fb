//! Where it was seen: in words first, then on a map.

use contract::officer::CasePlace;
use domain::Lang;
use leptos::prelude::*;
use ui::lang;

use super::{OpenCase, map::CaseMap};
use crate::{
    session::{SignedIn, streets},
    words,
};

/// The exact place, which only officers see, and a map of it and of cases nearby.
#[component]
pub(super) fn CasePlaceView() -> impl IntoView {
    let (lang, open, signed_in) = (lang(), OpenCase::expect(), SignedIn::expect());
    let rows = move || open.case.with(|case| rows(&case.exact, signed_in, lang));
    let has_point = Memo::new(move |_| open.case.with(|case| case.exact.point.is_some()));
    view! {
        <section class="card" aria-label=words::place_title(lang)>
            <h2>{words::place_title(lang)}</h2>
            <p class="meta">{words::place_explained(lang)}</p>
            <dl class="case-facts">
                {move || rows().into_iter().map(|(name, value)| view! {
                    <div><dt>{name}</dt><dd>{value}</dd></div>
                }).collect_view()}
            </dl>
            {move || has_point.get().then(|| view! { <CaseMap/> })}
        </section>
    }
}

fn rows(place: &CasePlace, signed_in: SignedIn, lang: Lang) -> Vec<(&'static str, String)> {
    let street = place.street.as_ref().map(|key| signed_in.name_of(streets, key, lang));
    let point = place.point.as_ref().map(|point| format!("{}, {}", point.lon, point.lat));
    let all = [
        (words::place_address(lang), place.address.clone()),
        (words::filter_street(lang), street),
        (words::place_outfall(lang), place.outfall.clone()),
        (words::place_point(lang), point),
    ];
    all.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
}
