//! Where a report stands, and how it came there.

use contract::report::{Publication, Step, Tracked};
use domain::{Lang, report::PublicId};
use leptos::prelude::*;
use ui::{dates, lang};

use super::{acts::Acts, conversation::Conversation, holding::Holding, reward::Reward};
use crate::{pages::report::category_name, words};

/// Everything the server says of the code that is held.
#[component]
pub(super) fn StateOf(tracked: Tracked) -> impl IntoView {
    let (lang, holding) = (lang(), Holding::expect());
    let number = number(&tracked.public_id);
    let category = tracked.category.clone();
    let name =
        move || holding.form.with(|form| category_name(form.value.as_ref(), &category, lang));
    let state = match tracked.finding {
        Some(finding) => {
            words::track_state_finding(lang, &tracked.state.name(lang), &finding.name(lang))
        }
        None => tracked.state.name(lang).to_owned(),
    };
    let fact = |label: &'static str, text: Option<String>| {
        text.map(|text| view! { <div><dt>{label}</dt><dd>{text}</dd></div> })
    };
    let day = |day: Option<jiff::civil::Date>| day.map(|day| dates::day(day, lang));
    let department = tracked.department.as_ref().map(|name| name.get(lang).to_owned());
    let publication = publication(tracked.publication, lang).to_owned();
    let photos = (tracked.photos > 0).then(|| words::track_photos(lang, &tracked.photos));
    view! {
        <section class="card" aria-labelledby="track-state">
            <h2 id="track-state" tabindex="-1">{words::track_report(lang, &number)}</h2>
            <p class="track-now"><strong>{state}</strong> " " {name}</p>
            {tracked.reason.clone().map(|reason| view! { <p class="written">{reason}</p> })}
            <dl class="preview">
                {fact(words::reports_received(lang), Some(dates::plain(tracked.received)))}
                {fact(words::track_due(lang), day(tracked.due))}
                {fact(words::track_contest_until(lang), day(tracked.contest_until))}
                {fact(words::reports_department(lang), department)}
                {fact(words::track_publication(lang), Some(publication))}
                {fact(words::report_text(lang), Some(tracked.text.clone()))}
                {fact(words::report_step_evidence(lang), photos)}
            </dl>
            <h3>{words::track_course(lang)}</h3>
            {course(tracked.course.clone(), lang)}
            <p><button type="button" class="button" on:click=move |_| holding.forget()>{words::track_close(lang)}</button></p>
        </section>
        <Conversation tracked=tracked.clone()/>
        <Acts tracked=tracked.clone()/>
        <Reward tracked/>
    }
    .into_any()
}

/// With its dash, for people.
fn number(id: &str) -> String {
    id.parse::<PublicId>().map_or(id.to_owned(), |number| number.to_string())
}

fn publication(publication: Publication, lang: Lang) -> &'static str {
    match publication {
        Publication::Waiting => words::publication_waiting(lang),
        Publication::Published => words::publication_published(lang),
        Publication::Hidden => words::publication_hidden(lang),
        Publication::HiddenByHolder => words::publication_hidden_by_holder(lang),
        Publication::Never => words::publication_never(lang),
    }
}

/// The steps a report has taken, oldest first.
pub(in crate::pages) fn course(steps: Vec<Step>, lang: Lang) -> AnyView {
    let item = |step: Step| {
        let what = match step.action {
            Some(action) => words::track_step(lang, &action.name(lang), &step.state.name(lang)),
            None => step.state.name(lang).to_owned(),
        };
        let department = step.department.map(|name| name.get(lang).to_owned());
        view! {
            <li>
                <time>{dates::plain(step.at)}</time> " "
                <strong>{what}</strong> " " {department}
                {step.reason.map(|reason| view! { <p class="written">{reason}</p> })}
            </li>
        }
    };
    view! { <ol class="course">{steps.into_iter().map(item).collect_view()}</ol> }.into_any()
}
