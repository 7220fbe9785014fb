//! What is said when something is missing, late or still coming.

use leptos::prelude::*;
use ui::lang;

use crate::{api_client::Failure, words};

/// Why nothing newer could be had, as a sentence; with what to do.
#[component]
pub(crate) fn LoadFailed(
    /// The failure; nothing is shown without one.
    #[prop(into)]
    failure: Signal<Option<Failure>>,
    /// True when older data stays on screen.
    #[prop(into)]
    has_old: Signal<bool>,
) -> impl IntoView {
    let lang = lang();
    // The same failure again is no news: an alert that is made anew is read out anew.
    let failure = Memo::new(move |_| failure.get());
    move || {
        failure.get().map(|failure| {
            view! {
                <p class="notice" role="alert">
                    {failure.sentence(lang)}
                    {has_old.get().then(|| words::failure_old_data(lang))}
                </p>
            }
        })
    }
}

/// Holds the place of what is still coming, so that nothing jumps.
#[component]
pub(crate) fn Skeleton(
    /// Its height in rem.
    height: u8,
) -> impl IntoView {
    let lang = lang();
    view! {
        <div class="skeleton" style=("min-block-size", format!("{height}rem"))>
            <span class="visually-hidden">{words::loading(lang)}</span>
        </div>
    }
}
