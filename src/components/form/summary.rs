//! Everything that is wrong with a form, above it.

use leptos::{html::Div, prelude::*};
use ui::lang;

use crate::words;

/// What is wrong with one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    /// The id of the element that takes the focus.
    pub(crate) field: String,
    /// What is wrong, and what to do.
    pub(crate) sentence: String,
}

/// The list of faults; each leads to its field. It takes the focus when they are told, and not while they are put right.
#[component]
pub(crate) fn FaultSummary(
    /// In the order of the fields; nothing is shown for none.
    #[prop(into)]
    faults: Signal<Vec<Fault>>,
    /// Raised whenever they are told.
    #[prop(into)]
    telling: Signal<u32>,
    /// Called with the field to go to.
    on_go: Callback<String>,
) -> impl IntoView {
    let lang = lang();
    let summary = NodeRef::<Div>::new();
    Effect::new(move |before: Option<u32>| {
        let told = telling.get();
        if before.is_some_and(|before| before != told) {
            request_animation_frame(move || {
                // A summary that cannot take the focus is an alert all the same.
                let _ = summary.get_untracked().map(|summary| summary.focus());
            });
        }
        told
    });
    let line = move |fault: Fault| {
        let (field, href) = (fault.field.clone(), format!("#{}", fault.field));
        let go = move |event: leptos::ev::MouseEvent| {
            event.prevent_default();
            on_go.run(field.clone());
        };
        view! { <li><a href=href on:click=go>{fault.sentence}</a></li> }
    };
    move || {
        faults.with(|faults| !faults.is_empty()).then(|| {
            let lines = faults.get().into_iter().map(line).collect_view();
            view! {
                <div class="fault-summary" role="alert" tabindex="-1" node_ref=summary>
                    <h2>{words::form_faults(lang)}</h2>
                    <ul>{lines}</ul>
                </div>
            }
        })
    }
}
