//! The same figures by source, medium, unit and state; every name leads to its issues in the list.

use std::sync::Arc;

use contract::rectification::Ledger;
use domain::{
    Lang,
    rectification::{StateCount, Tally},
};
use leptos::prelude::*;
use ui::{Router, figure, lang};

use super::list::ISSUES;
use crate::{components::focus_on, pages::record::rate, words};

/// One row: the key in the address, the name, the counts.
type Row = (String, String, Tally);

/// Four tables.
#[component]
pub(super) fn Groups(ledger: Arc<Ledger>) -> impl IntoView {
    let lang = lang();
    let statistics = &ledger.statistics;
    let sources = statistics
        .by_source
        .iter()
        .map(|group| (group.key.key().to_owned(), group.key.name(lang).to_owned(), group.tally));
    let media = statistics
        .by_medium
        .iter()
        .map(|group| (group.key.key().to_owned(), group.key.name(lang).to_owned(), group.tally));
    let units = statistics.by_unit.iter().map(|group| {
        let named = ledger.units.iter().find(|unit| unit.key == group.key);
        let name = named.map_or(group.key.as_str(), |unit| unit.name.get(lang));
        (group.key.clone(), name.to_owned(), group.tally)
    });
    view! {
        <div class="columns">
            {table(words::ledger_by_source(lang), "source", sources.collect(), lang)}
            {table(words::ledger_by_medium(lang), "medium", media.collect(), lang)}
        </div>
        {states(&statistics.by_state, statistics.total.all, lang)}
        {table(words::ledger_by_unit(lang), "unit", units.collect(), lang)}
    }
    .into_any()
}

/// A link that shows the issues of one group and leads to the list.
fn leads(name: &'static str, key: &str, text: String) -> AnyView {
    let router = Router::expect();
    let key = key.to_owned();
    // Only what follows a reader and the day stay: the other filters would hide issues of the group.
    let href = move || {
        let none = ["source", "medium", "unit", "state", "q", "page"].map(|name| (name, None));
        let mut changes: Vec<_> = none.into_iter().filter(|(known, _)| *known != name).collect();
        changes.push((name, Some(key.as_str())));
        router.here_with(&changes)
    };
    view! { <a href=href on:click=|_| focus_on(ISSUES.to_owned())>{text}</a> }.into_any()
}

fn table(title: &'static str, name: &'static str, rows: Vec<Row>, lang: Lang) -> AnyView {
    let row = |(key, text, tally): Row| {
        view! {
            <tr>
                <th scope="row">{leads(name, &key, text)}</th>
                <td>{tally.all}</td>
                <td>{tally.closed}</td>
                <td>{rate(tally.closure(), lang)} {bar(tally.closure().percent())}</td>
                <td>{rate(tally.on_schedule(), lang)}</td>
            </tr>
        }
    };
    view! {
        <section class="card" aria-label=title>
            <div class="table-scroll tall" tabindex="0" role="group" aria-label=title>
                <table class="table numbers">
                    <caption>{title}</caption>
                    <thead><tr>
                        <th scope="col">{words::ledger_group(lang)}</th>
                        <th scope="col">{words::ledger_all(lang)}</th>
                        <th scope="col">{words::ledger_closed(lang)}</th>
                        <th scope="col">{words::ledger_closure(lang)}</th>
                        <th scope="col">{words::ledger_on_schedule(lang)}</th>
                    </tr></thead>
                    <tbody>{rows.into_iter().map(row).collect_view()}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

fn states(counts: &[StateCount], all: u32, lang: Lang) -> AnyView {
    let row = |of: &StateCount| {
        let share = domain::rectification::Ratio { part: of.count, whole: all };
        view! {
            <tr>
                <th scope="row">{leads("state", of.state.key(), of.state.name(lang).to_owned())}</th>
                <td>{of.count}</td>
                <td>{rate(share, lang)} {bar(share.percent())}</td>
            </tr>
        }
    };
    let title = words::ledger_by_state(lang);
    view! {
        <section class="card" aria-label=title>
            <div class="table-scroll tall" tabindex="0" role="group" aria-label=title>
                <table class="table numbers">
                    <caption>{title}</caption>
                    <thead><tr>
                        <th scope="col">{words::ledger_state(lang)}</th>
                        <th scope="col">{words::ledger_all(lang)}</th>
                        <th scope="col">{words::ledger_share(lang)}</th>
                    </tr></thead>
                    <tbody>{counts.iter().map(row).collect_view()}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

/// The percentage as a bar: a picture of the number beside it, so nothing is read out.
fn bar(percent: Option<domain::Quantity>) -> AnyView {
    percent
        .map(|percent| {
            let width = format!("{}%", figure::exact(percent));
            view! { <span class="bar" aria-hidden="true"><span style=("inline-size", width)></span></span> }
        })
        .into_any()
}
