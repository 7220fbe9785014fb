//! Who reported, sealed until an officer asks for it with a reason.

use domain::report::ActionKind;
use leptos::prelude::*;
use ui::lang;

use super::OpenCase;
use crate::{components::Unseal, words};

/// The form that unseals, or why it may not be done.
#[component]
pub(super) fn Identity() -> impl IntoView {
    let (lang, open) = (lang(), OpenCase::expect());
    let refusal =
        Memo::new(move |_| open.refusal(ActionKind::Unseal).map(|why| why.get(lang).to_owned()));
    let can = Memo::new(move |_| refusal.get().is_none());
    view! {
        <section class="card" aria-label=words::identity_title(lang)>
            <h2>{words::identity_title(lang)}</h2>
            {move || if can.get() {
                view! { <Unseal path=open.path("/identity") again=move |()| open.look_again()/> }.into_any()
            } else {
                view! { <p class="meta">{refusal}</p> }.into_any()
            }}
        </section>
    }
}
