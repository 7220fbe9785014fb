use leptos::prelude::*;
use ui::{Language, Link, Title};

use crate::words;

/// What an address that names nothing answers.
#[component]
pub(crate) fn NotFound() -> impl IntoView {
    let language = Language::expect();
    view! {
        <Title text=Signal::derive(move || words::not_found_title(language.get()).to_owned())/>
        <h1>{move || words::not_found_title(language.get())}</h1>
        <p>{move || words::not_found_text(language.get())}</p>
        <p><Link to="" class="button">{move || words::not_found_home(language.get())}</Link></p>
    }
}
