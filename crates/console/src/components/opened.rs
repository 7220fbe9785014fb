//! The heading of a part that has just opened.

use leptos::{html, prelude::*};

/// A heading that takes the focus as it appears, so that who works by keyboard or ear is where the new part is.
#[component]
pub(crate) fn OpenedHeading(#[prop(into)] text: String) -> impl IntoView {
    let heading = NodeRef::<html::H3>::new();
    Effect::new(move |_| {
        if let Some(heading) = heading.get() {
            // An element that cannot take the focus leaves it where it was.
            let _ = heading.focus();
        }
    });
    view! { <h3 tabindex="-1" node_ref=heading>{text}</h3> }
}
