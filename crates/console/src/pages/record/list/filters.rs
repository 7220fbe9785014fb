//! Filters of the list of issues.

use domain::rectification::{Medium, Source};
use leptos::prelude::*;
use ui::{Choice, lang};

use crate::{
    components::{Filter, WordsFilter, options_of},
    session::{SignedIn, units},
    words,
};

/// All filters.
#[component]
pub(super) fn Filters() -> impl IntoView {
    let (lang, signed_in) = (lang(), SignedIn::expect());
    let all = words::filter_all(lang);
    let named = |choices: Vec<(&'static str, &'static str)>| {
        let choices = choices.into_iter().map(|(key, name)| Choice::new(key, name));
        std::iter::once(Choice::new("", all)).chain(choices).collect::<Vec<_>>()
    };
    let sources = named(Source::ALL.iter().map(|s| (s.key(), s.name(lang))).collect());
    let media = named(Medium::ALL.iter().map(|m| (m.key(), m.name(lang))).collect());
    let units = signed_in.with(|session| options_of(all, units(session), lang));
    let sorts = vec![
        Choice::new("", words::record_sort_number(lang)),
        Choice::new("due", words::sort_due(lang)),
        Choice::new("changed", words::sort_changed(lang)),
    ];
    view! {
        <search class="fields">
            <WordsFilter/>
            <Filter name="sort" label=words::filter_sort(lang) choices=sorts/>
            <Filter name="source" label=words::record_source(lang) choices=sources/>
            <Filter name="medium" label=words::record_medium(lang) choices=media/>
            <Filter name="unit" label=words::record_unit(lang) choices=units/>
        </search>
    }
}
