//! What may be done as a button, and what may not with the reason beside it.

use leptos::prelude::*;
use ui::lang;

use domain::Text;

/// One action as a button. One that may not be taken can still be reached, so that its reason is heard.
#[component]
pub(crate) fn Offer<K: Copy + PartialEq + Send + Sync + 'static>(
    kind: K,
    /// What it is called.
    name: &'static str,
    /// Unlike every other on the page.
    id: String,
    /// Why it may not be taken now.
    refusal: Option<Text>,
    /// The one whose form is open.
    chosen: RwSignal<Option<K>>,
) -> impl IntoView {
    let refusal = refusal.map(|why| why.get(lang()).to_owned());
    let refused = refusal.is_some();
    let described = refused.then(|| id.clone());
    let choose = move |_| {
        if !refused {
            chosen.update(|chosen| *chosen = (*chosen != Some(kind)).then_some(kind));
        }
    };
    let open = move || if chosen.get() == Some(kind) { "true" } else { "false" };
    view! {
        <li>
            <button type="button" class="button" aria-disabled=refused.then_some("true")
                aria-expanded=open aria-describedby=described on:click=choose>{name}</button>
            {refusal.map(|why| view! { <span class="meta" id=id>{why}</span> })}
        </li>
    }
}
