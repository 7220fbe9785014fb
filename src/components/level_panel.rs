//! An index in large letters on its level's fill.

use contract::public::AirIndex;
use domain::{
    Lang,
    air::{AqiEdition, IndexStandard},
};
use leptos::prelude::*;
use ui::{Language, colour};

use crate::words;

/// The number and the word of an index on the official fill; why there is none otherwise.
#[component]
pub(crate) fn LevelPanel(
    /// The index; `None` where there is none at all.
    #[prop(into)]
    index: Signal<Option<AirIndex>>,
) -> impl IntoView {
    let language = Language::expect();
    let fill = move || index.with(|index| colour::fill(&index.as_ref()?.band.as_ref()?.colour));
    let ink = move || fill().map(|fill| colour::ink_on(&fill));
    let value = move || index.with(|index| index.as_ref()?.value);
    let word = move || {
        let lang = language.get();
        index.with(|index| {
            let band = index.as_ref().and_then(|index| index.band.as_ref());
            band.map_or(words::no_index(lang).to_owned(), |band| band.name.get(lang).to_owned())
        })
    };
    let reason = move || {
        let lang = language.get();
        index.with(|index| Some(index.as_ref()?.reason.as_ref()?.get(lang).to_owned()))
    };
    view! {
        <div class="level-panel" style=("--aqi", fill) style=("--on-aqi", ink)>
            <span class="level-panel-value">
                {move || value().map(|value| view! { <span class="level-panel-unit">{move || words::aqi_short(language.get())}</span> {value} })}
            </span>
            <span class="level-panel-word">{word}</span>
        </div>
        {move || reason().map(|reason| view! { <p class="meta">{reason}</p> })}
    }
}

/// The effect on health and the advice that HJ 633 requires beside a level, in the wording of the
/// edition that produced it; `None` for other rulers.
pub(crate) fn advice(index: &AirIndex, lang: Lang) -> Option<(&'static str, &'static str)> {
    let level = index.band.as_ref()?.level?;
    let edition = edition(index.standard)?;
    Some((level.health_effect(edition, lang), level.advice(edition, lang)))
}

/// The edition of HJ 633 a ruler is, if it is one.
pub(crate) fn edition(standard: IndexStandard) -> Option<AqiEdition> {
    match standard {
        IndexStandard::Hj633_2012 => Some(AqiEdition::Hj633_2012),
        IndexStandard::Hj633_2026 => Some(AqiEdition::Hj633_2026),
        IndexStandard::Epa2024 | IndexStandard::Eaqi2024 | IndexStandard::Who2021 => None,
    }
}
