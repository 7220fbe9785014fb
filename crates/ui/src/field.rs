//! Labelled controls.

use leptos::prelude::*;

/// One choice of a [`SelectField`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The value in the URL.
    pub value: String,
    /// What the reader sees.
    pub label: String,
}

impl Choice {
    /// A choice.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into() }
    }
}

/// A labelled list to choose one from.
#[component]
pub fn SelectField(
    /// The control's label.
    label: &'static str,
    /// The choices in order.
    #[prop(into)]
    choices: Signal<Vec<Choice>>,
    /// The chosen value.
    #[prop(into)]
    value: Signal<String>,
    /// Called with the newly chosen value.
    on_choose: impl Fn(String) + 'static,
) -> impl IntoView {
    let options = move || {
        let chosen = value.get();
        choices
            .get()
            .into_iter()
            .map(|choice| {
                let selected = choice.value == chosen;
                view! { <option value=choice.value selected=selected>{choice.label}</option> }
            })
            .collect_view()
    };
    view! {
        <label class="field">
            <span class="field-label">{label}</span>
            <select prop:value=value on:change=move |event| on_choose(event_target_value(&event))>
                {options}
            </select>
        </label>
    }
}

/// A labelled date.
#[component]
pub fn DateField(
    /// The control's label.
    label: &'static str,
    /// The date as `2026-11-23`.
    #[prop(into)]
    value: Signal<String>,
    /// Called with a complete date.
    on_choose: impl Fn(String) + 'static,
) -> impl IntoView {
    let choose = move |event| {
        let value = event_target_value(&event);
        if !value.is_empty() {
            on_choose(value);
        }
    };
    view! {
        <label class="field">
            <span class="field-label">{label}</span>
            <input type="date" prop:value=value on:change=choose/>
        </label>
    }
}
