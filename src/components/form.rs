//! Fields of forms: each with its label, its hint and its fault, tied together for those who hear the page.

mod choices;
mod summary;
mod text;

pub(crate) use self::{
    choices::{Checks, Offer, Radios},
    summary::{Fault, FaultSummary},
    text::{TextArea, TextLine},
};

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::device::wear;

/// Puts on the style of forms and of what they lead to.
pub(crate) fn dress() {
    wear("form", include_str!("../../style/late/form.css"));
}

/// The ids of a field's hint and fault, for `aria-describedby`; the fault first, because it is news.
fn described_by(id: &str, hint: bool, fault: bool) -> Option<String> {
    let ids = [fault.then(|| format!("{id}-fault")), hint.then(|| format!("{id}-hint"))];
    let ids: Vec<String> = ids.into_iter().flatten().collect();
    (!ids.is_empty()).then(|| ids.join(" "))
}

/// What is wrong with a field, beside it.
fn fault_line(id: String, fault: Signal<Option<String>>) -> AnyView {
    let line = move || {
        let id = format!("{id}-fault");
        fault.get().map(|sentence| view! { <p class="fault" id=id>{sentence}</p> })
    };
    line.into_any()
}

/// A field's hint, if it has one.
fn hint_line(id: &str, hint: &str) -> Option<AnyView> {
    let id = format!("{id}-hint");
    (!hint.is_empty()).then(|| view! { <p class="hint" id=id>{hint.to_owned()}</p> }.into_any())
}

/// Gives the focus to an element once the page is drawn, and brings it into view.
pub(crate) fn focus_on(id: String) {
    request_animation_frame(move || {
        let element = document().get_element_by_id(&id);
        if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
            // An element that cannot take the focus leaves it where it was.
            let _ = element.focus();
        }
    });
}
