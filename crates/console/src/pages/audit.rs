//! Who did what; filters in the address.

use contract::officer::{AuditLine, AuditPage as Log};
use domain::Lang;
use leptos::prelude::*;
use ui::{DateField, Router, Title, Visit, dates, lang};

use crate::{
    components::{Failed, Input, Pager, deed_name},
    fetched::fetched,
    words,
};

const ASKED: [&str; 5] = ["actor", "subject", "from", "to", "page"];

/// The page.
#[component]
pub(crate) fn AuditPage() -> impl IntoView {
    let (lang, router) = (lang(), Router::expect());
    let log = fetched::<Log>(Signal::derive(move || {
        let query = router.query();
        let wanted = ASKED.iter().filter_map(|name| Some((*name, query.get(name)?)));
        format!("audit{}", wanted.collect::<ui::Query>())
    }));
    let total =
        Signal::derive(move || log.value.with(|log| log.as_ref().map_or(0, |log| log.total)));
    let page = Signal::derive(move || log.value.with(|log| log.as_ref().map_or(1, |log| log.page)));
    let size =
        Signal::derive(move || log.value.with(|log| log.as_ref().map_or(1, |log| log.page_size)));
    view! {
        <Title text=words::place_audit(lang).to_owned()/>
        <h1>{words::place_audit(lang)}</h1>
        <Filters/>
        <Failed failure=log.failure again=move |()| log.again()/>
        <p role="status">{move || words::audit_summary(lang, &total.get())}</p>
        <div class="table-scroll" role="region" tabindex="0" aria-label=words::place_audit(lang)>
            <table class="case-table">
                <caption class="visually-hidden">{words::place_audit(lang)}</caption>
                <thead><tr>
                    <th scope="col">{words::column_time(lang)}</th>
                    <th scope="col">{words::audit_actor(lang)}</th>
                    <th scope="col">{words::audit_action(lang)}</th>
                    <th scope="col">{words::audit_subject(lang)}</th>
                    <th scope="col">{words::audit_detail(lang)}</th>
                </tr></thead>
                <tbody>{move || log.value.with(|log| {
                    log.as_ref().map(|log| log.entries.iter().map(|line| row(line, lang)).collect_view())
                })}</tbody>
            </table>
        </div>
        <Pager total page page_size=size/>
    }
}

fn row(line: &AuditLine, lang: Lang) -> impl IntoView + use<> {
    let line = line.clone();
    let actor =
        if line.actor == "system" { words::audit_system(lang).to_owned() } else { line.actor };
    let detail = (line.detail != "{}").then_some(line.detail);
    view! {
        <tr>
            <td class="case-time">{dates::day_and_clock(line.at, lang)}</td>
            <th scope="row">{actor}</th>
            <td>{deed_name(&line.action, lang)}</td>
            <td>{line.subject}</td>
            <td>{detail.map(|detail| view! { <code class="ledger-body">{detail}</code> })}</td>
        </tr>
    }
}

#[component]
fn Filters() -> impl IntoView {
    let (lang, router) = (lang(), Router::expect());
    let first = |name: &str| RwSignal::new(untrack(|| router.parameter(name)).unwrap_or_default());
    let (actor, subject) = (first("actor"), first("subject"));
    let change = move |changes: &[(&str, Option<&str>)]| {
        router.go(&untrack(|| router.here_with(changes)), Visit::Replace);
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let (actor, subject) = (actor.get_untracked(), subject.get_untracked());
        let some = |text: &'_ str| (!text.trim().is_empty()).then(|| text.trim().to_owned());
        let (actor, subject) = (some(&actor), some(&subject));
        change(&[("actor", actor.as_deref()), ("subject", subject.as_deref()), ("page", None)]);
    };
    let day = move |name: &'static str, label: &'static str| {
        let value = Signal::derive(move || router.parameter(name).unwrap_or_default());
        view! { <DateField label value on_choose=move |day: String| change(&[(name, Some(day.as_str())), ("page", None)])/> }
    };
    view! {
        <form class="fields" on:submit=submit>
            <Input label=words::audit_actor(lang) value=actor/>
            <Input label=words::audit_subject(lang) value=subject/>
            {day("from", words::from_day(lang))}
            {day("to", words::to_day(lang))}
            <button type="submit" class="button">{words::filter_search(lang)}</button>
        </form>
    }
}
