//! Parts of the form that are fetched one after the other: what is written first comes first.

use leptos::prelude::*;

use super::{on_phone::OnPhone, preview::Preview, sent::Sent, step::Step, who::Who};
use ui::Chunk;

/// The last two steps: the first of them when `step` is not the last.
#[leptos::wasm_split::wasm_split(report_finish, wasm_split_path = ::leptos::wasm_split, fallible, preload(
    /// Fetches the last steps, so that they are there without a connection.
    prepare_last_steps
))]
pub(super) fn last_steps(step: Step) -> Chunk {
    Ok(match step {
        Step::Preview => view! { <Preview/> }.into_any(),
        _ => view! { <Who/> }.into_any(),
    })
}

/// What was sent off: one report by its id, or the list of all and of the drafts.
#[leptos::wasm_split::wasm_split(report_desk, wasm_split_path = ::leptos::wasm_split, fallible, preload(
    /// Fetches the list and the receipt, so that they are there without a connection.
    prepare_desk
))]
pub(super) fn desk(sent: Option<String>) -> Chunk {
    Ok(match sent {
        Some(id) => view! { <Sent id/> }.into_any(),
        None => view! { <OnPhone/> }.into_any(),
    })
}
