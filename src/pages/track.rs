//! The way back to a report by its claim code: state, questions, evidence, reward.

mod acts;
mod conversation;
mod entry;
mod holding;
mod reward;
mod state;

use leptos::prelude::*;
use ui::{Title, lang};

pub(in crate::pages) use self::state::course;
use self::{entry::Entry, holding::Holding, state::StateOf};
use crate::{
    components::{Verification, dress},
    words,
};

/// The way back.
#[component]
pub(super) fn TrackPage() -> impl IntoView {
    dress();
    let lang = lang();
    let holding = Holding::begin();
    let title = words::track_title(lang);
    view! {
        <Title text=title/>
        <h1>{title}</h1>
        <Entry/>
        {move || holding.tracked.get().map(|tracked| view! { <StateOf tracked/> })}
        <Verification/>
    }
}
