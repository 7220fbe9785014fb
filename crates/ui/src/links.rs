//! Links that keep the reader's language and text size.

use leptos::prelude::*;

use crate::router::Router;

/// A link to a page of the application, by its path below the base, without a leading slash.
#[component]
pub fn Link(
    /// E.g. `air/1424A`; empty for the first page.
    #[prop(into)]
    to: String,
    /// CSS class.
    #[prop(optional)]
    class: &'static str,
    children: Children,
) -> impl IntoView {
    // A page is built anew when the parameters that follow the reader change.
    let href = untrack(|| Router::expect().address_of(&to));
    view! { <a class=class href=href>{children()}</a> }
}
