//! The list of issues 整改问题清单: filters in the address, what waits for somebody, one event for several issues.

mod bulk;
mod filters;
mod table;

use std::collections::BTreeSet;

use contract::officer::record::{ItemInbox, ItemView, OfficerLine};
use domain::{rectification::Stage, role::Permission};
use leptos::prelude::*;
use ui::{Clock, Link, Query, Router, Title, lang};

use self::{bulk::Bulk, filters::Filters, table::ItemTable};
use crate::{
    components::{Failed, Pager, counted},
    fetched::{Fetched, fetched},
    session::SignedIn,
    words,
};

/// What of the address the server is asked for.
const ASKED: [&str; 8] = ["stage", "source", "medium", "unit", "view", "q", "sort", "page"];

/// The page.
#[component]
pub(super) fn ListPage() -> impl IntoView {
    let (lang, router, clock) = (lang(), Router::expect(), Clock::expect());
    let inbox = fetched::<ItemInbox>(Signal::derive(move || asked("items", &router.query())));
    let rows = Signal::derive(move || read(inbox, |inbox| inbox.rows.clone()));
    let total = Signal::derive(move || read(inbox, |inbox| inbox.total));
    let page = Signal::derive(move || read(inbox, |inbox| inbox.page));
    let size = Signal::derive(move || read(inbox, |inbox| inbox.page_size));
    Effect::new(move |_| {
        if let Some(time) = inbox.value.with(|inbox| inbox.as_ref().map(|inbox| inbox.server_time))
        {
            clock.learn(time);
        }
    });
    let chosen = RwSignal::new(BTreeSet::new());
    // What is ticked and no longer on screen would be acted upon unseen.
    Effect::new(move |_| {
        let shown: BTreeSet<_> = rows.get().into_iter().map(|row| row.line.number).collect();
        chosen.update(|chosen| chosen.retain(|number| shown.contains(number)));
    });
    let come = inbox.has_come();
    let summary = move || match (come.get(), total.get()) {
        (false, _) => words::loading(lang).to_owned(),
        (true, 0) => words::record_empty(lang).to_owned(),
        (true, total) => words::record_summary(lang, &total),
    };
    view! {
        <Title text=words::place_record(lang).to_owned()/>
        <h1>{words::place_record(lang)}</h1>
        <Ways/>
        <Counts inbox/>
        <Filters/>
        <Failed failure=inbox.failure again=move |()| inbox.again()/>
        <p role="status">{summary}</p>
        <Bulk rows chosen done=move |()| inbox.again()/>
        <ItemTable rows chosen/>
        <Pager total page page_size=size/>
    }
}

fn read<T: Default>(inbox: Fetched<ItemInbox>, of: impl FnOnce(&ItemInbox) -> T) -> T {
    inbox.value.with(|inbox| inbox.as_ref().map(of)).unwrap_or_default()
}

/// The address of the list, or of its file, that the page's own address asks for.
fn asked(what: &str, query: &Query) -> String {
    let wanted = ASKED.iter().filter_map(|name| Some((*name, query.get(name)?)));
    format!("record/{what}{}", wanted.filter(|(_, value)| !value.is_empty()).collect::<Query>())
}

/// Where else the ledger leads, as far as the officer's roles go.
#[component]
fn Ways() -> impl IntoView {
    let (lang, router, signed_in) = (lang(), Router::expect(), SignedIn::expect());
    let records = signed_in.may(Permission::RecordItems)
        && signed_in.with(|session| session.department.is_none());
    let reads_objections =
        signed_in.may(Permission::StrikeOff) || signed_in.may(Permission::ReadAudit);
    let csv = move || {
        let whole = router.query().changed(&[("page", None)]);
        format!("api/v1/{}", asked("items.csv", &whole))
    };
    view! {
        <p class="button-row">
            {records.then(|| view! {
                <Link to="record/new" class="button">{words::record_new(lang)}</Link>
                <Link to="record/import" class="button">{words::record_import(lang)}</Link>
            })}
            {reads_objections.then(|| view! {
                <Link to="record/objections" class="button">{words::record_objections(lang)}</Link>
            })}
            <a class="button" href=csv download="">{words::record_export(lang)}</a>
        </p>
    }
}

/// How many issues stand where, and how many wait for somebody; each leads to them.
#[component]
fn Counts(inbox: Fetched<ItemInbox>) -> impl IntoView {
    let lang = lang();
    let stage = |stage: &Stage| {
        let stage = *stage;
        let count = move || {
            let of = |inbox: &ItemInbox| count_of(&inbox.by_stage, stage);
            read(inbox, of)
        };
        (stage.key(), stage.name(lang), Signal::derive(count))
    };
    let view_of = |view: &ItemView| {
        let view = *view;
        let count = move || {
            let of = |inbox: &ItemInbox| count_of(&inbox.by_view, view);
            read(inbox, of)
        };
        (view.key(), view.name(lang), Signal::derive(count))
    };
    view! {
        {counted("view", words::record_views(lang), ItemView::ALL.iter().map(view_of).collect())}
        {counted("stage", words::record_stages(lang), Stage::ALL.iter().map(stage).collect())}
    }
}

fn count_of<K: PartialEq>(counts: &[(K, u64)], wanted: K) -> u64 {
    counts.iter().find(|(key, _)| *key == wanted).map_or(0, |(_, count)| *count)
}

/// The ticked issues, each with the version on screen: what somebody else has changed since is refused.
fn ticked(rows: &[OfficerLine], chosen: &BTreeSet<String>) -> Vec<(String, u32)> {
    let ticked = rows.iter().filter(|row| chosen.contains(&row.line.number));
    ticked.map(|row| (row.line.number.clone(), row.version)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_and_its_file_are_what_the_address_says() {
        let query = Query::parse("?lang=en&stage=open&unit=&page=2&other=1");
        assert_eq!(asked("items", &query), "record/items?stage=open&page=2");
        assert_eq!(asked("items.csv", &Query::default()), "record/items.csv");
    }

    #[test]
    fn a_stage_that_no_issue_is_at_counts_none() {
        let counts = [(Stage::Open, 3), (Stage::Closed, 7)];
        assert_eq!(count_of(&counts, Stage::Closed), 7);
        assert_eq!(count_of(&counts, Stage::Done), 0);
    }
}
