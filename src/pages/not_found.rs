use leptos::prelude::*;
use ui::{Link, Title, lang};

use crate::words;

/// What an address that names nothing answers.
#[component]
pub(crate) fn NotFound() -> impl IntoView {
    let lang = lang();
    view! {
        <Title text=words::not_found_title(lang)/>
        <h1>{words::not_found_title(lang)}</h1>
        <p>{words::not_found_text(lang)}</p>
        <p><Link to="" class="button">{words::not_found_home(lang)}</Link></p>
    }
}
