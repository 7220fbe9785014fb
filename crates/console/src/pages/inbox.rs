//! The inbox: cases by deadline, filters in the address, and one action on several cases.

mod bulk;
mod filters;

use std::collections::BTreeSet;

use contract::officer::Inbox;
use domain::report::State;
use leptos::prelude::*;
use ui::{Router, Title, lang};

use self::{bulk::Bulk, filters::Filters};
use crate::{
    components::{CaseTable, Failed, Pager, counted},
    fetched::fetched,
    words,
};

/// What of the address the server is asked for.
const ASKED: [&str; 11] = [
    "state",
    "category",
    "department",
    "street",
    "assignee",
    "overdue",
    "q",
    "queue",
    "publication",
    "sort",
    "page",
];

/// The inbox.
#[component]
pub(crate) fn InboxPage() -> impl IntoView {
    let (lang, router) = (lang(), Router::expect());
    let inbox = fetched::<Inbox>(Signal::derive(move || asked(&router.query())));
    let cases = Signal::derive(move || {
        inbox
            .value
            .with(|inbox| inbox.as_ref().map(|inbox| inbox.cases.clone()))
            .unwrap_or_default()
    });
    let number = move |read: fn(&Inbox) -> u64| {
        Signal::derive(move || inbox.value.with(|inbox| inbox.as_ref().map_or(0, read)))
    };
    let (total, overdue) = (number(|inbox| inbox.total), number(|inbox| inbox.overdue));
    let page = number(|inbox| inbox.page.into());
    let size = number(|inbox| inbox.page_size.into());
    let chosen = RwSignal::new(BTreeSet::new());
    // What is ticked and no longer on screen would be acted upon unseen.
    Effect::new(move |_| {
        let shown: BTreeSet<_> = cases.get().into_iter().map(|line| line.public_id).collect();
        chosen.update(|chosen| chosen.retain(|id| shown.contains(id)));
    });
    let come = inbox.has_come();
    let summary = move || {
        if come.get() {
            words::inbox_summary(lang, &total.get(), &overdue.get())
        } else {
            words::loading(lang).to_owned()
        }
    };
    view! {
        <Title text=words::place_inbox(lang).to_owned()/>
        <h1>{words::place_inbox(lang)}</h1>
        <States by_state=Signal::derive(move || {
            inbox.value.with(|inbox| inbox.as_ref().map(|inbox| inbox.by_state.clone())).unwrap_or_default()
        })/>
        <Filters/>
        <Failed failure=inbox.failure again=move |()| inbox.again()/>
        <p role="status">{summary}</p>
        <Bulk cases chosen done=move |()| inbox.again()/>
        <CaseTable cases chosen caption=words::inbox_caption(lang)/>
        {move || (come.get() && cases.with(Vec::is_empty)).then(|| view! { <p>{words::inbox_empty(lang)}</p> })}
        <Pager total page=Signal::derive(move || page.get() as u32) page_size=Signal::derive(move || size.get() as u32)/>
    }
}

/// The address of the list that the page's own address asks for.
fn asked(query: &ui::Query) -> String {
    let wanted = ASKED.iter().filter_map(|name| Some((*name, query.get(name)?)));
    format!("cases{}", wanted.filter(|(_, value)| !value.is_empty()).collect::<ui::Query>())
}

/// How many cases stand where; each leads to them.
#[component]
fn States(#[prop(into)] by_state: Signal<std::collections::BTreeMap<State, u64>>) -> impl IntoView {
    let lang = lang();
    let entry = |state: &State| {
        let state = *state;
        let count = Signal::derive(move || {
            by_state.with(|counts| counts.get(&state).copied().unwrap_or_default())
        });
        (state.key(), state.name(lang), count)
    };
    counted("state", words::inbox_states(lang), State::ALL.iter().map(entry).collect())
}

#[cfg(test)]
mod tests {
    use ui::Query;

    use super::asked;

    #[test]
    fn the_list_is_what_the_address_says_and_language_is_not_a_filter() {
        let query = Query::parse("?lang=en&state=submitted&q=%E8%87%AD&street=&other=1");
        assert_eq!(asked(&query), "cases?state=submitted&q=%E8%87%AD");
        assert_eq!(asked(&Query::default()), "cases");
    }
}
