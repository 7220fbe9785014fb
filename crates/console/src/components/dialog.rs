//! A dialog over the page, as the browser provides it: it keeps the focus, and Escape closes it.

use leptos::{html, prelude::*};

/// Shown while `open` is true.
#[component]
pub(crate) fn Dialog(
    /// Its heading.
    #[prop(into)]
    title: String,
    open: RwSignal<bool>,
    /// Whether Escape closes it.
    #[prop(default = true)]
    can_be_left: bool,
    children: ChildrenFn,
) -> impl IntoView {
    let element = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        let (Some(dialog), open) = (element.get(), open.get()) else { return };
        if open && !dialog.open() {
            // An element that is not in the page yet is shown by the next run of this effect.
            let _ = dialog.show_modal();
        } else if !open && dialog.open() {
            dialog.close();
        }
    });
    let cancel = move |event: leptos::ev::Event| {
        if !can_be_left {
            event.prevent_default();
        }
    };
    view! {
        <dialog class="dialog-box" node_ref=element aria-label=title.clone()
            on:cancel=cancel on:close=move |_| open.set(false)>
            <h2>{title.clone()}</h2>
            {move || open.get().then(|| children())}
        </dialog>
    }
}
