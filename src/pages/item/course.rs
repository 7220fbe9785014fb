//! Everything that happened, as the chain has it.

use std::sync::Arc;

use contract::{
    paths,
    rectification::{Item, ItemStep},
};
use domain::{Lang, rectification::EventKind};
use leptos::prelude::*;
use ui::{Written, dates, lang};

use crate::words;

/// The course, oldest first.
#[component]
pub(super) fn Course(item: Arc<Item>) -> impl IntoView {
    let lang = lang();
    let steps: Vec<_> = item.course.iter().map(|step| shown(step, lang)).collect();
    let log =
        format!("{}?after={}", paths::RECTIFICATION_EVENTS, item.first_event.saturating_sub(1));
    view! {
        <section class="card" aria-labelledby="item-course">
            <h2 id="item-course">{words::item_course(lang)}</h2>
            <p class="meta">{words::item_course_about(lang)}</p>
            <ol class="timeline">{steps}</ol>
            <p><a href=log rel="external">{words::item_log(lang)}</a></p>
        </section>
    }
    .into_any()
}

fn shown(step: &ItemStep, lang: Lang) -> AnyView {
    let unit = step.unit.as_ref().map(|unit| unit.get(lang).to_owned());
    let text = step.text.clone().filter(|text| !text.trim().is_empty());
    let details: Vec<String> = [
        step.step.map(|check| check.name(lang).to_owned()),
        outcome(step, lang).map(str::to_owned),
        step.percent.map(|percent| words::item_step_percent(lang, &percent)),
        step.cause.map(|cause| cause.name(lang).to_owned()),
        unit,
    ]
    .into_iter()
    .flatten()
    .collect();
    let document = step.document.clone().filter(|name| !name.is_empty());
    let failed = step.passed == Some(false) && step.kind == EventKind::Checked;
    view! {
        <li data-kind=step.kind.key() data-failed=failed.then_some("")>
            <p><strong>{step.kind.name(lang)}</strong> " " <time datetime=dates::iso_day(step.on)>{dates::day(step.on, lang)}</time></p>
            {(!details.is_empty()).then(|| view! { <p>{details.join(" · ")}</p> })}
            {text.map(|text| view! { <p class="written"><Written text/></p> })}
            {document.map(|name| view! { <p>{words::item_document(lang)} " " <Written text=name/></p> })}
            <p class="meta">{words::item_event(lang, &step.event)} " " <code class="hash" title=step.hash.clone()>{short(&step.hash)}</code></p>
        </li>
    }
    .into_any()
}

/// What a check or an answer came to.
fn outcome(step: &ItemStep, lang: Lang) -> Option<&'static str> {
    let passed = step.passed?;
    Some(match (step.kind, passed) {
        (EventKind::ObjectionAnswered, true) => words::item_upheld(lang),
        (EventKind::ObjectionAnswered, false) => words::item_rejected(lang),
        (_, true) => words::item_passed(lang),
        (_, false) => words::item_not_passed(lang),
    })
}

/// The first figures of a hash; the whole one is in its title and in the log.
fn short(hash: &str) -> String {
    hash.chars().take(12).collect()
}
