//! Filters of the inbox; each is a parameter of the address, so that a view can be sent to a colleague.

use contract::officer::{Choice as Named, Session};
use leptos::prelude::*;
use ui::{Choice, Router, SelectField, Visit, lang};

use crate::{
    components::{Input, options_of, publication_name, queue_name},
    session::{self, SignedIn},
    words,
};

/// All filters.
#[component]
pub(super) fn Filters() -> impl IntoView {
    let (lang, signed_in) = (lang(), SignedIn::expect());
    let of = move |list: fn(&Session) -> &Vec<Named>| {
        let all = words::filter_all(lang);
        signed_in.with(|session| options_of(all, list(session), lang))
    };
    let mut assignees = of(session::officers);
    assignees.insert(1, Choice::new("me", words::filter_me(lang)));
    assignees.insert(2, Choice::new("none", words::filter_nobody(lang)));
    let sorts = vec![
        Choice::new("", words::sort_newest(lang)),
        Choice::new("oldest", words::sort_oldest(lang)),
        Choice::new("due", words::sort_due(lang)),
        Choice::new("changed", words::sort_changed(lang)),
    ];
    view! {
        <search class="fields">
            <Words/>
            <Filter name="sort" label=words::filter_sort(lang) choices=sorts/>
            <Filter name="category" label=words::filter_category(lang) choices=of(session::categories)/>
            <Filter name="street" label=words::filter_street(lang) choices=of(session::streets)/>
            <Filter name="department" label=words::filter_department(lang) choices=of(session::departments)/>
            <Filter name="assignee" label=words::filter_assignee(lang) choices=assignees/>
            <Filter name="queue" label=words::filter_queue(lang) choices=queues(lang)/>
            <Filter name="publication" label=words::filter_publication(lang) choices=publications(lang)/>
            <Overdue/>
        </search>
    }
}

fn queues(lang: domain::Lang) -> Vec<Choice> {
    let all = Choice::new("", words::filter_all(lang));
    let keys = ["urgent", "high", "normal", "low", "delayed"];
    std::iter::once(all).chain(keys.map(|key| Choice::new(key, queue_name(key, lang)))).collect()
}

fn publications(lang: domain::Lang) -> Vec<Choice> {
    use contract::report::Publication as P;
    let named = [
        ("waiting", P::Waiting),
        ("published", P::Published),
        ("hidden", P::Hidden),
        ("hidden_by_holder", P::HiddenByHolder),
        ("never", P::Never),
    ];
    let named = named.map(|(key, kind)| Choice::new(key, publication_name(kind, lang)));
    std::iter::once(Choice::new("", words::filter_all(lang))).chain(named).collect()
}

/// One parameter as a list.
#[component]
fn Filter(name: &'static str, label: &'static str, choices: Vec<Choice>) -> impl IntoView {
    let router = Router::expect();
    let value = Signal::derive(move || router.parameter(name).unwrap_or_default());
    let choose = move |chosen: String| {
        let wanted = (!chosen.is_empty()).then_some(chosen.as_str());
        change(router, &[(name, wanted), ("page", None)]);
    };
    view! { <SelectField label choices=Signal::stored(choices) value on_choose=choose/> }
}

/// Words of the text or a tracking number, looked for when they are sent.
#[component]
fn Words() -> impl IntoView {
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

/// Only what is past a deadline.
#[component]
fn Overdue() -> impl IntoView {
    let (lang, router) = (lang(), Router::expect());
    let ticked = move || router.parameter("overdue").is_some();
    let choose = move |event| {
        let wanted = event_target_checked(&event).then_some("1");
        change(router, &[("overdue", wanted), ("page", None)]);
    };
    view! {
        <label class="check">
            <input type="checkbox" prop:checked=ticked on:change=choose/>
            {words::filter_overdue(lang)}
        </label>
    }
}

fn change(router: Router, changes: &[(&str, Option<&str>)]) {
    router.go(&untrack(|| router.here_with(changes)), Visit::Replace);
}
