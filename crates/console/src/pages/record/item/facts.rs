//! The facts of an issue, and the rows of the publication form.

use contract::{officer::record::ItemCase, rectification::Publicity};
use domain::Lang;
use leptos::prelude::*;
use ui::{Written, dates, lang};

use super::OpenItem;
use crate::{components::due_in_words, words};

/// Where it comes from, by when it is due, what the publication form says.
#[component]
pub(super) fn Facts() -> impl IntoView {
    let (lang, open) = (lang(), OpenItem::expect());
    view! {
        <section class="card" aria-label=words::record_facts(lang)>
            <h2>{words::record_facts(lang)}</h2>
            {move || open.case.with(|case| list(facts(case, lang), lang))}
        </section>
        <section class="card" aria-label=words::record_form(lang)>
            <h2>{words::record_form(lang)}</h2>
            {move || open.case.with(|case| list(form(case, lang), lang))}
            {move || open.case.with(|case| case.item.publicity.as_ref().map(|days| publicity(days, lang)))}
        </section>
    }
}

type Row = (&'static str, Option<String>);

/// Rows with a value; those that the form needs and lack one say so.
fn list(rows: Vec<Row>, lang: Lang) -> impl IntoView {
    let rows = rows.into_iter().map(|(name, value)| {
        let value = match value {
            Some(value) => view! { <span class="case-text">{value}</span> }.into_any(),
            None => view! { <span class="meta">{words::record_not_set(lang)}</span> }.into_any(),
        };
        view! { <div><dt>{name}</dt><dd>{value}</dd></div> }
    });
    view! { <dl class="case-facts">{rows.collect_view()}</dl> }
}

fn facts(case: &ItemCase, lang: Lang) -> Vec<Row> {
    let (item, line) = (&case.item, &case.item.line);
    let source = match line.batch.as_str() {
        "" => line.source.name(lang).to_owned(),
        batch => format!("{} · {batch}", line.source.name(lang)),
    };
    let english =
        line.title_en.clone().map(|title| (words::record_english_title(lang), Some(title)));
    let closed = line.closed.map(|day| (words::record_closed(lang), Some(dates::day(day, lang))));
    let plan = plan(case, lang);
    let rows = [
        (words::record_source(lang), Some(source)),
        (words::record_medium(lang), Some(line.medium.name(lang).to_owned())),
        (words::record_found(lang), Some(dates::day(line.found, lang))),
        (words::record_lead(lang), item.lead.clone()),
        (words::record_term(lang), item.term.map(|term| term.name(lang).to_owned())),
        (words::record_due(lang), line.due.map(|day| dates::day(day, lang))),
        (words::record_progress_now(lang), Some(progress(case, lang))),
    ];
    let plan = plan.map(|plan| (words::plan_title(lang), Some(plan)));
    rows.into_iter().chain(english).chain(closed).chain(plan).collect()
}

/// The share reported, beside the share planned by now.
fn progress(case: &ItemCase, lang: Lang) -> String {
    match case.item.planned_percent {
        Some(planned) => words::record_of_planned(lang, &case.item.percent, &planned),
        None => format!("{} %", case.item.percent),
    }
}

fn plan(case: &ItemCase, lang: Lang) -> Option<String> {
    let milestones = case.plan.iter();
    let told = milestones
        .map(|known| words::plan_by(lang, &dates::iso_day(known.day), &(known.permille / 10)));
    let told: Vec<_> = told.collect();
    (!told.is_empty()).then(|| told.join("\n"))
}

/// The four headings of the district's publication form.
fn form(case: &ItemCase, lang: Lang) -> Vec<Row> {
    let item = &case.item;
    vec![
        (words::record_task(lang), Some(item.task.clone())),
        (words::record_unit(lang), item.unit.as_ref().map(|unit| unit.get(lang).to_owned())),
        (words::record_goal(lang), item.goal.clone()),
        (words::record_measures(lang), item.measures.clone()),
        (words::record_result(lang), item.result.clone()),
    ]
}

fn publicity(days: &Publicity, lang: Lang) -> impl IntoView + use<> {
    let (from, until) = (dates::day(days.from, lang), dates::day(days.until, lang));
    let left = i32::try_from(days.working_days_left).unwrap_or(i32::MAX);
    let left = days.open.then(|| due_in_words(left, lang));
    let counted = (!days.announced).then(|| words::record_not_announced(lang));
    let place = days.elsewhere.clone();
    view! {
        <p><strong>{words::record_publicity(lang, &from, &until)}</strong>" "{left}</p>
        {place.map(|place| view! { <p class="written">{words::record_shown_at(lang)} " " <Written text=place/></p> })}
        {counted.map(|note| view! { <p class="meta">{note}</p> })}
    }
}
