//! Fields to write in.

use leptos::prelude::*;

use super::{described_by, fault_line, hint_line};

/// One line.
#[component]
pub(crate) fn TextLine(
    /// Unique on the page.
    #[prop(into)]
    id: String,
    /// The label.
    #[prop(into)]
    label: String,
    /// Below the label; empty for none.
    #[prop(into, optional)]
    hint: String,
    /// The type of the input: `text`, `tel`, `datetime-local`.
    #[prop(default = "text")]
    kind: &'static str,
    /// What the browser may fill in.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// What is written.
    #[prop(into)]
    value: Signal<String>,
    /// Called with every change.
    on_input: Callback<String>,
    /// What is wrong with it.
    #[prop(into, default = Signal::stored(None))]
    fault: Signal<Option<String>>,
) -> impl IntoView {
    let has_hint = !hint.is_empty();
    let describe = {
        let id = id.clone();
        move || described_by(&id, has_hint, fault.with(Option::is_some))
    };
    view! {
        <div class="form-field">
            <label class="form-label" for=id.clone()>{label}</label>
            {hint_line(&id, &hint)}
            {fault_line(id.clone(), fault)}
            <input class="form-input" id=id type=kind autocomplete=autocomplete
                aria-describedby=describe aria-invalid=move || fault.with(Option::is_some).then_some("true")
                prop:value=value on:input=move |event| on_input.run(event_target_value(&event))/>
        </div>
    }
    .into_any()
}

/// Several lines.
#[component]
pub(crate) fn TextArea(
    /// Unique on the page.
    #[prop(into)]
    id: String,
    /// The label.
    #[prop(into)]
    label: String,
    /// Below the label; empty for none.
    #[prop(into, optional)]
    hint: String,
    /// Lines shown.
    #[prop(default = 6)]
    rows: u8,
    /// What is written.
    #[prop(into)]
    value: Signal<String>,
    /// Called with every change.
    on_input: Callback<String>,
    /// What is wrong with it.
    #[prop(into, default = Signal::stored(None))]
    fault: Signal<Option<String>>,
) -> impl IntoView {
    let has_hint = !hint.is_empty();
    let describe = {
        let id = id.clone();
        move || described_by(&id, has_hint, fault.with(Option::is_some))
    };
    view! {
        <div class="form-field">
            <label class="form-label" for=id.clone()>{label}</label>
            {hint_line(&id, &hint)}
            {fault_line(id.clone(), fault)}
            <textarea class="form-input" id=id rows=rows
                aria-describedby=describe aria-invalid=move || fault.with(Option::is_some).then_some("true")
                prop:value=value on:input=move |event| on_input.run(event_target_value(&event))></textarea>
        </div>
    }
    .into_any()
}
