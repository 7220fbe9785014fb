//! Filters of the inbox.

use contract::officer::{Choice as Named, Session};
use leptos::prelude::*;
use ui::{Choice, Router, lang};

use crate::{
    components::{Filter, WordsFilter, change, options_of, publication_name, queue_name},
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
            <WordsFilter/>
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
