//! What the issue is, who answers for it, by when, and how far the work is.

use std::sync::Arc;

use contract::rectification::Item;
use domain::Lang;
use leptos::prelude::*;
use ui::{Written, dates, lang};

use crate::{
    pages::{record::state_badge, rectification::origin},
    words,
};

/// The facts of the list, and those of the task.
#[component]
pub(super) fn Facts(item: Arc<Item>) -> impl IntoView {
    let lang = lang();
    let line = &item.line;
    let unit = item.unit.as_ref().map(|name| name.get(lang).to_owned());
    let source = format!("{} {}", line.source.name(lang), line.batch);
    let due = line.due.map(|day| dates::day(day, lang));
    let term = item.term.map(|term| match &due {
        Some(day) => words::item_term(lang, &term.name(lang), &day),
        None => term.name(lang).to_owned(),
    });
    let overdue =
        line.overdue.then(|| view! { <span class="mark">{words::ledger_overdue(lang)}</span> });
    view! {
        <section class="card" aria-labelledby="item-facts">
            <h2 id="item-facts">{words::item_facts(lang)}</h2>
            <p class="track-now">{state_badge(line.state, lang)} " " {overdue} " " {origin(line.origin, lang)}</p>
            {progress(&item, lang)}
            <dl class="preview">
                {fact(words::item_number(lang), Some(line.number.clone()))}
                {fact(words::item_task(lang), Some(item.task.clone()))}
                {fact(words::ledger_source(lang), Some(source))}
                {fact(words::ledger_medium(lang), Some(line.medium.name(lang).to_owned()))}
                {fact(words::ledger_unit_responsible(lang), unit)}
                {fact(words::item_lead(lang), item.lead.clone())}
                {fact(words::item_due(lang), term)}
                {fact(words::item_found(lang), Some(dates::day(line.found, lang)))}
                {fact(words::item_closed(lang), line.closed.map(|day| dates::day(day, lang)))}
                {fact(words::item_goal(lang), item.goal.clone())}
                {fact(words::item_measures(lang), item.measures.clone())}
                {fact(words::item_result(lang), item.result.clone())}
            </dl>
        </section>
    }
    .into_any()
}

fn fact(label: &'static str, text: Option<String>) -> Option<AnyView> {
    let text = text.filter(|text| !text.trim().is_empty())?;
    Some(view! { <div><dt>{label}</dt><dd class="written"><Written text/></dd></div> }.into_any())
}

/// How far the work was said to be, beside the plan; only while it is under way.
fn progress(item: &Item, lang: Lang) -> Option<AnyView> {
    use domain::rectification::State;
    let running = matches!(
        item.line.state,
        State::MeasuresSet | State::OnTrack | State::Behind | State::PhaseDone
    );
    running.then(|| {
        let text = match item.planned_percent {
            Some(planned) => words::item_progress(lang, &item.percent, &planned),
            None => words::item_progress_unplanned(lang, &item.percent),
        };
        let width = |percent: u32| format!("{}%", percent.min(100));
        let planned = item.planned_percent.map(|planned| {
            view! { <span class="bar-planned" style=("inset-inline-start", width(planned))></span> }
        });
        view! {
            <p>{text}</p>
            <span class="bar bar-wide" aria-hidden="true">
                <span style=("inline-size", width(item.percent))></span> {planned}
            </span>
        }
        .into_any()
    })
}
