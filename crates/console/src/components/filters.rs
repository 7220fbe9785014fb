//! Filters of a list; each is a parameter of the address, so that a view can be sent to a colleague.

use leptos::prelude::*;
use ui::{Choice, Router, SelectField, Visit, lang};

use super::Input;
use crate::words;

/// One parameter as a list.
#[component]
pub(crate) fn Filter(
    name: &'static str,
    label: &'static str,
    choices: Vec<Choice>,
) -> impl IntoView {
    let router = Router::expect();
    let value = Signal::derive(move || router.parameter(name).unwrap_or_default());
    let choose = move |chosen: String| {
        let wanted = (!chosen.is_empty()).then_some(chosen.as_str());
        change(router, &[(name, wanted), ("page", None)]);
    };
    view! { <SelectField label choices=Signal::stored(choices) value on_choose=choose/> }
}

/// Words of a text or a number, looked for when they are sent.
#[component]
pub(crate) fn WordsFilter() -> impl IntoView {
    let (lang, router) = (lang(), Router::expect());
    let typed = RwSignal::new(untrack(|| router.parameter("q")).unwrap_or_default());
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let text = typed.get_untracked();
        let wanted = Some(text.trim()).filter(|text| !text.is_empty());
        change(router, &[("q", wanted), ("page", None)]);
    };
    view! {
        <form class="fields" on:submit=submit>
            <Input label=words::filter_words(lang) value=typed kind="search"/>
            <button type="submit" class="button">{words::filter_search(lang)}</button>
        </form>
    }
}

/// Shows the same page otherwise.
pub(crate) fn change(router: Router, changes: &[(&str, Option<&str>)]) {
    router.go(&untrack(|| router.here_with(changes)), Visit::Replace);
}

/// A parameter's values with their counts, each a link that asks for it, after one that asks for all.
pub(crate) fn counted(
    name: &'static str,
    label: &'static str,
    entries: Vec<(&'static str, &'static str, Signal<u64>)>,
) -> impl IntoView {
    let (lang, router) = (lang(), Router::expect());
    let item = move |(key, shown, count): (&'static str, &'static str, Signal<u64>)| {
        let current = move || (router.parameter(name).as_deref() == Some(key)).then_some("true");
        let href = move || router.here_with(&[(name, Some(key)), ("page", None)]);
        view! {
            <li><a class="button" href=href aria-current=current>{shown}" "<strong>{count}</strong></a></li>
        }
    };
    let all = move || router.parameter(name).is_none().then_some("true");
    view! {
        <nav aria-label=label>
            <ul class="button-row">
                <li><a class="button" href=move || router.here_with(&[(name, None), ("page", None)])
                    aria-current=all>{words::inbox_all(lang)}</a></li>
                {entries.into_iter().map(item).collect_view()}
            </ul>
        </nav>
    }
}
