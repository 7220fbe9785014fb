//! Rows of a list that are ticked for an action on several.

use std::collections::BTreeSet;

use leptos::prelude::*;

/// The box that ticks one row.
#[component]
pub(crate) fn Tick(
    /// What is kept in `chosen`.
    id: String,
    /// Which row, for who cannot see where it stands.
    label: String,
    chosen: RwSignal<BTreeSet<String>>,
) -> impl IntoView {
    let own = id.clone();
    let ticked = move || chosen.with(|chosen| chosen.contains(&own));
    let change = move |event| {
        let ticked = event_target_checked(&event);
        chosen.update(|chosen| {
            if ticked {
                chosen.insert(id.clone())
            } else {
                chosen.remove(&id)
            };
        });
    };
    view! {
        <label class="case-tick">
            <input type="checkbox" aria-label=label prop:checked=ticked on:change=change/>
        </label>
    }
}

/// How many it was done to, and why not to the others.
pub(crate) fn told(
    done: String,
    refused_title: &'static str,
    refused: Vec<(String, String)>,
) -> impl IntoView {
    let any = !refused.is_empty();
    let refused = refused.into_iter().map(|(name, why)| view! { <li>{name}" · "{why}</li> });
    let refused = refused.collect_view();
    view! {
        <div class="notice">
            <p>{done}</p>
            {any.then(|| view! { <p>{refused_title}</p> })}
            <ul>{refused}</ul>
        </div>
    }
}
