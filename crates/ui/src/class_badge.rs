//! A class of surface water: glyph, word and fill, always together.

use domain::{
    Lang,
    water::{WaterClass, WaterStatus},
};
use leptos::prelude::*;

use crate::{Language, words};

/// The badge of a water class: its glyph and its word on the fill in common use.
#[component]
pub fn ClassBadge(
    /// The class; `None` where nothing classifying was measured.
    #[prop(into)]
    class: Signal<Option<WaterClass>>,
) -> impl IntoView {
    let language = Language::expect();
    let fill = move || class.get().map(WaterClass::hex);
    view! {
        <span class="class-badge" style=("--fill", fill) data-class=move || class.get().map(WaterClass::number)>
            <span class="class-badge-glyph">{move || class.get().map(|class| written(class, language.get()))}</span>
            <span class="class-badge-word">{move || status(class.get(), language.get())}</span>
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
