//! What the pages of the district's record share: their menu, their style, how a rate is written.

use domain::{
    Lang,
    rectification::{Ratio, State},
};
use leptos::prelude::*;
use ui::{Router, figure, lang};

use crate::{components::dress as dress_forms, device::wear, routes::Place, words};

/// Puts on the style of the record and of forms.
pub(super) fn dress() {
    dress_forms();
    wear("record", include_str!("../../style/late/record.css"));
}

/// The four parts of the record, for the main menu has room for one.
#[component]
pub(super) fn RecordMenu() -> impl IntoView {
    let (lang, router) = (lang(), Router::expect());
    let item = move |place: Place| {
        let current = move || place.holds(&router.path()).then_some("page");
        let href = untrack(|| router.address_of(place.path()));
        view! { <li><a href=href aria-current=current>{place.name(lang)}</a></li> }
    };
    view! {
        <nav class="menu record-menu" aria-label=words::record_menu(lang)>
            <ul>{Place::RECORD.map(item).collect_view()}</ul>
        </nav>
    }
    .into_any()
}

/// Says that what follows is made up, where it is.
#[component]
pub(super) fn Simulated(
    /// Whether it is.
    simulated: bool,
    /// What exactly.
    about: &'static str,
) -> impl IntoView {
    let lang = lang();
    simulated.then(|| {
        view! { <p class="notice"><strong>{words::simulated(lang)}</strong> {about}</p> }.into_any()
    })
}

/// A rate in percent with its two numbers; of nothing, that there is none.
pub(super) fn rate(ratio: Ratio, lang: Lang) -> String {
    ratio.percent().map_or_else(
        || words::ledger_rate_none(lang).to_owned(),
        |percent| words::ledger_rate(lang, &figure::exact(percent), &ratio.part, &ratio.whole),
    )
}

/// The word of a state on its ground; the ground only repeats what the word says.
pub(super) fn state_badge(state: State, lang: Lang) -> AnyView {
    view! { <span class="state" data-state=state.key()>{state.name(lang)}</span> }.into_any()
}
