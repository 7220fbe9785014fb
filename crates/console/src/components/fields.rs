//! Labelled controls that write into a signal: what is typed stays whatever is fetched anew.

use contract::officer::Choice;
use domain::Lang;
use leptos::prelude::*;
use ui::Choice as Entry;

/// A line of text.
#[component]
pub(crate) fn Input(
    /// The control's label.
    #[prop(into)]
    label: String,
    value: RwSignal<String>,
    /// `text`, `password`, `number`, `search`, `date`.
    #[prop(default = "text")]
    kind: &'static str,
    /// For password managers.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// Which keys a phone offers.
    #[prop(default = "text")]
    inputmode: &'static str,
    #[prop(optional)] required: bool,
) -> impl IntoView {
    view! {
        <label class="field">
            <span class="field-label">{label}</span>
            <input type=kind autocomplete=autocomplete inputmode=inputmode required=required
                autocapitalize="none" spellcheck="false" prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))/>
        </label>
    }
}

/// Several lines of text.
#[component]
pub(crate) fn Area(
    /// The control's label.
    #[prop(into)]
    label: String,
    value: RwSignal<String>,
    /// Lines shown.
    #[prop(default = 4)]
    rows: u8,
    #[prop(optional)] required: bool,
) -> impl IntoView {
    view! {
        <label class="field field-wide">
            <span class="field-label">{label}</span>
            <textarea rows=rows required=required prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))></textarea>
        </label>
    }
}

/// One of several.
#[component]
pub(crate) fn Select(
    /// The control's label.
    #[prop(into)]
    label: String,
    /// The choices in order; an empty value for none.
    choices: Vec<Entry>,
    value: RwSignal<String>,
) -> impl IntoView {
    let options = choices
        .into_iter()
        .map(|choice| {
            let own = choice.value.clone();
            let selected = move || value.get() == own;
            view! { <option value=choice.value selected=selected>{choice.label}</option> }
        })
        .collect_view();
    view! {
        <label class="field">
            <span class="field-label">{label}</span>
            <select on:change=move |event| value.set(event_target_value(&event))>{options}</select>
        </label>
    }
}

/// Choices of the session as options, `first` standing for none.
pub(crate) fn options_of(first: &str, choices: &[Choice], lang: Lang) -> Vec<Entry> {
    let all = choices.iter().map(|choice| Entry::new(choice.key.clone(), choice.name.get(lang)));
    std::iter::once(Entry::new("", first)).chain(all).collect()
}
