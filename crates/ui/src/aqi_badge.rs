//! A level of air quality: number, word and official fill, always together.

use contract::public::Band;
use leptos::prelude::*;

use crate::{colour, figure, lang, words};

/// The badge of an index: its number and its level's word on the official fill, or that there is none.
#[component]
pub fn AqiBadge(
    /// The index; `None` where there is none, or the ruler has no number.
    value: Option<u16>,
    /// The level; `None` where there is no index.
    band: Option<Band>,
) -> impl IntoView {
    let lang = lang();
    let fill = band.as_ref().and_then(|band| colour::fill(&band.colour));
    let ink = fill.as_deref().map(colour::ink_on);
    let level = band.as_ref().map(|band| figure::index(band.number.into()));
    let word = band.map_or(words::no_index(lang).to_owned(), |band| band.name.get(lang).to_owned());
    view! {
        <span class="aqi-badge" style=("--aqi", fill) style=("--on-aqi", ink) data-level=level>
            <span class="aqi-badge-value">{value.map(figure::index)}</span>
            <span class="aqi-badge-word">{word}</span>
        </span>
    }
}
