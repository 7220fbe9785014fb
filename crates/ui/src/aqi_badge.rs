//! A level of air quality: number, word and official fill, always together.

use contract::public::Band;
use leptos::prelude::*;

use crate::{Language, colour, words};

/// The badge of an index: its number and its level's word on the official fill, or the reason's word.
#[component]
pub fn AqiBadge(
    /// The index; `None` where there is none, or the ruler has no number.
    #[prop(into)]
    value: Signal<Option<u16>>,
    /// The level; `None` where there is no index.
    #[prop(into)]
    band: Signal<Option<Band>>,
) -> impl IntoView {
    let language = Language::expect();
    // Properties set one by one, because a strict content policy refuses a style attribute.
    let fill = move || band.with(|band| band.as_ref().and_then(|band| colour::fill(&band.colour)));
    let ink = move || fill().map(|fill| colour::ink_on(&fill));
    let level = move || band.with(|band| band.as_ref().map(|band| band.number));
    let word = move || {
        let lang = language.get();
        band.with(|band| {
            band.as_ref()
                .map_or(words::no_index(lang).to_owned(), |band| band.name.get(lang).to_owned())
        })
    };
    view! {
        <span class="aqi-badge" style=("--aqi", fill) style=("--on-aqi", ink) data-level=level>
            {move || value.get().map(|value| view! { <span class="aqi-badge-value">{value}</span> })}
            <span class="aqi-badge-word">{word}</span>
        </span>
    }
}
