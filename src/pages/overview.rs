use leptos::prelude::*;
use leptos_meta::Title;

/// The first page: air, water and works at a glance.
#[component]
pub(crate) fn Overview() -> impl IntoView {
    view! {
        <Title text="总览"/>
        <h1>"总览"</h1>
    }
}
