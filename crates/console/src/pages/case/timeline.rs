//! The course of a case, oldest first.

use contract::officer::CaseEvent;
use domain::Lang;
use leptos::prelude::*;
use ui::{dates, lang};

use super::OpenCase;
use crate::words;

/// Who did what when, and why.
#[component]
pub(super) fn Timeline() -> impl IntoView {
    let (lang, open) = (lang(), OpenCase::expect());
    let steps = move || {
        open.case.with(|case| case.course.iter().map(|step| row(step, lang)).collect_view())
    };
    view! {
        <section class="card" aria-label=words::timeline_title(lang)>
            <h2>{words::timeline_title(lang)}</h2>
            <ol class="case-course">{steps}</ol>
        </section>
    }
}

fn row(step: &CaseEvent, lang: Lang) -> impl IntoView + use<> {
    let what = step.action.map_or(words::timeline_received(lang), |action| action.name(lang));
    let by = step.by.clone();
    let reason = step.reason.clone();
    let detail = step.detail.as_ref().map(|detail| detail.get(lang).to_owned());
    view! {
        <li>
            <p>
                <strong>{what}</strong>" → "{step.state.name(lang)}
                <span class="meta">" · "{dates::day_and_clock(step.at, lang)}" "{by}</span>
            </p>
            {detail.map(|detail| view! { <p>{detail}</p> })}
            {reason.map(|reason| view! { <p class="case-text">{reason}</p> })}
        </li>
    }
}
