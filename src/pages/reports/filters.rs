//! The controls above the list.

use domain::report::State;
use leptos::prelude::*;
use ui::{Choice, DateField, SelectField, lang};

use super::query::Filter;
use crate::{pages::report::Form, words};

/// Kind, status, and the days between which they were received.
#[component]
pub(super) fn Filters(
    filter: Memo<Filter>,
    form: Form,
    on_choose: Callback<(&'static str, String)>,
) -> impl IntoView {
    let lang = lang();
    let categories = Signal::derive(move || {
        let mut choices = vec![Choice::new("", words::reports_every(lang))];
        form.with(|form| {
            let categories = form.value.iter().flat_map(|form| &form.categories);
            let public = categories.filter(|category| category.is_public());
            choices.extend(
                public.map(|category| Choice::new(category.key.clone(), category.name.get(lang))),
            );
        });
        choices
    });
    let mut states = vec![Choice::new("", words::reports_every(lang))];
    states.extend(State::ALL.iter().map(|state| Choice::new(state.key(), state.name(lang))));
    let part = move |part: fn(&Filter) -> &String| {
        Signal::derive(move || filter.with(|filter| part(filter).clone()))
    };
    view! {
        <div class="fields">
            <SelectField label=words::reports_category(lang) choices=categories value=part(|filter| &filter.category)
                on_choose=move |value| on_choose.run(("category", value))/>
            <SelectField label=words::reports_status(lang) choices=Signal::stored(states) value=part(|filter| &filter.status)
                on_choose=move |value| on_choose.run(("status", value))/>
            <DateField label=words::choose_from(lang) value=part(|filter| &filter.from)
                on_choose=move |value| on_choose.run(("from", value))/>
            <DateField label=words::choose_to(lang) value=part(|filter| &filter.to)
                on_choose=move |value| on_choose.run(("to", value))/>
        </div>
    }
    .into_any()
}
