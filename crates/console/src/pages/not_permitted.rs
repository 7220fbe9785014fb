//! A page that the officer's roles do not open.

use domain::role::Permission;
use leptos::prelude::*;
use ui::{Title, lang};

use crate::words;

/// Says which permission is missing and who can give it.
#[component]
pub(crate) fn NotPermitted(permission: Permission) -> impl IntoView {
    let lang = lang();
    view! {
        <Title text=words::not_permitted(lang).to_owned()/>
        <h1>{words::not_permitted(lang)}</h1>
        <p>{words::not_permitted_explained(lang, &permission.name(lang))}</p>
    }
}
