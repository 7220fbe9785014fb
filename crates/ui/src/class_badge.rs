//! A class of surface water: glyph, word and fill, always together.

use domain::{
    Lang,
    water::{WaterClass, WaterStatus},
};
use leptos::prelude::*;

use crate::{figure, lang, words};

/// The badge of a water class: its glyph and its word on the fill in common use.
#[component]
pub fn ClassBadge(
    /// The class; `None` where nothing classifying was measured.
    class: Option<WaterClass>,
) -> impl IntoView {
    let lang = lang();
    let number = class.map(|class| figure::index(class.number().into()));
    view! {
        <span class="class-badge" style=("--fill", class.map(WaterClass::hex)) data-class=number>
            <span class="class-badge-glyph">{class.map(|class| written(class, lang))}</span>
            <span class="class-badge-word">{status(class, lang)}</span>
        </span>
    }
}

/// The class as it is written: `Ⅱ类`, `劣Ⅴ类`, `Class Ⅱ`, `worse than Ⅴ`.
pub fn written(class: WaterClass, lang: Lang) -> String {
    match (lang, class) {
        (Lang::Zh, class) => format!("{}类", class.glyph()),
        (Lang::En, WaterClass::BelowV) => words::class_below_v(lang).to_owned(),
        (Lang::En, class) => format!("Class {}", class.glyph()),
    }
}

/// The section status of a class (环办〔2011〕22号), or that there is none.
pub fn status(class: Option<WaterClass>, lang: Lang) -> &'static str {
    class.map_or(words::no_class(lang), |class| WaterStatus::of(class).name(lang))
}
