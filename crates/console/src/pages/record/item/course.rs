//! The course of an issue, oldest first, with what came with each step and who took it.

use contract::{officer::record::EvidenceLine, rectification::ItemStep};
use domain::{Lang, rectification::EvidenceKind};
use leptos::prelude::*;
use ui::{dates, lang};

use super::OpenItem;
use crate::words;

/// Who did what when, and what they said.
#[component]
pub(super) fn Course() -> impl IntoView {
    let (lang, open) = (lang(), OpenItem::expect());
    let steps = move || {
        open.case.with(|case| {
            let by = |at: usize| case.done_by.get(at).map(String::as_str).unwrap_or_default();
            let steps = case.item.course.iter().enumerate();
            steps.map(|(at, step)| row(step, by(at), &case.evidence, lang)).collect_view()
        })
    };
    view! {
        <section class="card" aria-label=words::timeline_title(lang)>
            <h2>{words::timeline_title(lang)}</h2>
            <ol class="case-course">{steps}</ol>
        </section>
    }
}

fn row(step: &ItemStep, by: &str, evidence: &[EvidenceLine], lang: Lang) -> impl IntoView + use<> {
    let unit = step.unit.as_ref().map(|unit| unit.get(lang).to_owned());
    let facts = [Some(dates::day(step.on, lang)), unit, Some(by.to_owned())];
    let facts: Vec<_> = facts.into_iter().flatten().filter(|fact| !fact.is_empty()).collect();
    // Of an imported list, long after.
    let written = (dates::beijing(step.at).date() != step.on)
        .then(|| words::record_written(lang, &dates::plain(step.at)));
    let shown = evidence.iter().filter(|line| line.event == step.event);
    let shown: Vec<_> =
        shown.map(|line| view! { <li>{evidence_in_words(line, lang)}</li> }).collect();
    view! {
        <li>
            <p>
                <strong>{step.kind.name(lang)}</strong>{outcome(step, lang)}
                <span class="meta">" · "{facts.join(" · ")}</span>
                {written.map(|written| view! { <span class="meta case-under">{written}</span> })}
            </p>
            {step.text.clone().map(|text| view! { <p class="case-text">{text}</p> })}
            {(!shown.is_empty()).then(|| view! { <ul class="meta">{shown}</ul> })}
        </li>
    }
}

/// What the step says besides its text.
fn outcome(step: &ItemStep, lang: Lang) -> String {
    use domain::rectification::EventKind as E;
    let verdict = step.passed.map(|yes| match (step.kind, yes) {
        (E::ObjectionAnswered, true) => words::record_upheld(lang),
        (E::ObjectionAnswered, false) => words::record_rejected(lang),
        (_, true) => words::record_check_passed(lang),
        (_, false) => words::record_check_failed(lang),
    });
    let said = [
        step.step.map(|step| step.name(lang).to_owned()),
        verdict.map(str::to_owned),
        step.percent.map(|percent| format!("{percent} %")),
        step.cause.map(|cause| cause.name(lang).to_owned()),
        step.document.clone(),
    ];
    said.into_iter().flatten().map(|said| format!(" · {said}")).collect()
}

fn evidence_in_words(line: &EvidenceLine, lang: Lang) -> String {
    let kind = match line.kind {
        EvidenceKind::Photo => line.kind.name(lang),
        EvidenceKind::Record => words::evidence_record(lang),
    };
    let note = if line.note.is_empty() { String::new() } else { format!(" · {}", line.note) };
    format!("{kind} · {}{note}", line.phase.name(lang))
}
