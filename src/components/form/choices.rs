//! Fields to choose in.

use leptos::prelude::*;

use super::{described_by, fault_line, hint_line};

/// Something to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Offer {
    /// As it is stored.
    pub(crate) value: String,
    /// As it is read.
    pub(crate) label: String,
    /// What belongs here; empty for nothing to say.
    pub(crate) hint: String,
}

/// One of several.
#[component]
pub(crate) fn Radios(
    /// Unique on the page; the first choice has it, so that a link leads there.
    #[prop(into)]
    id: String,
    /// What is asked.
    #[prop(into)]
    legend: String,
    /// Below the legend; empty for none.
    #[prop(into, optional)]
    hint: String,
    /// The choices.
    options: Vec<Offer>,
    /// The chosen value.
    #[prop(into)]
    value: Signal<String>,
    /// Called with the newly chosen one.
    on_choose: Callback<String>,
    /// What is wrong with it.
    #[prop(into, default = Signal::stored(None))]
    fault: Signal<Option<String>>,
) -> impl IntoView {
    let chosen = move |key: &str| value.with(|value| value == key);
    group(id, legend, hint, options, "radio", fault, chosen, on_choose)
}

/// Any of several.
#[component]
pub(crate) fn Checks(
    /// Unique on the page; the first choice has it.
    #[prop(into)]
    id: String,
    /// What is asked.
    #[prop(into)]
    legend: String,
    /// The choices.
    options: Vec<Offer>,
    /// The chosen values.
    #[prop(into)]
    values: Signal<Vec<String>>,
    /// Called with the value that was ticked or unticked.
    on_toggle: Callback<String>,
    /// What is wrong with it.
    #[prop(into, default = Signal::stored(None))]
    fault: Signal<Option<String>>,
) -> impl IntoView {
    let chosen = move |key: &str| values.with(|values| values.iter().any(|value| value == key));
    group(id, legend, String::new(), options, "checkbox", fault, chosen, on_toggle)
}

#[expect(clippy::too_many_arguments, reason = "the one place where both kinds meet")]
fn group(
    id: String,
    legend: String,
    hint: String,
    options: Vec<Offer>,
    kind: &'static str,
    fault: Signal<Option<String>>,
    chosen: impl Fn(&str) -> bool + Copy + Send + Sync + 'static,
    on_choose: Callback<String>,
) -> AnyView {
    let has_hint = !hint.is_empty();
    let describe = {
        let id = id.clone();
        move || described_by(&id, has_hint, fault.with(Option::is_some))
    };
    let rows: Vec<AnyView> = options
        .into_iter()
        .enumerate()
        .map(|(number, option)| {
            let Offer { value, label, hint } = option;
            let own = if number == 0 { id.clone() } else { format!("{id}-{number}") };
            let hint_id = (!hint.is_empty()).then(|| format!("{own}-about"));
            let key = value.clone();
            let about = hint_id.clone().map(|id| view! { <span class="hint" id=id>{hint}</span> });
            view! {
                <div class="choice">
                    <input type=kind name=id.clone() id=own.clone() value=value.clone() aria-describedby=hint_id
                        prop:checked=move || chosen(&key) on:change=move |_| on_choose.run(value.clone())/>
                    <label for=own>{label}</label>
                    {about}
                </div>
            }
            .into_any()
        })
        .collect();
    view! {
        <fieldset class="form-field" aria-describedby=describe>
            <legend class="form-label">{legend}</legend>
            {hint_line(&id, &hint)}
            {fault_line(id, fault)}
            <div class="choices">{rows}</div>
        </fieldset>
    }
    .into_any()
}
