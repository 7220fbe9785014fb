//! Cases as the rows of a table.

use std::collections::BTreeSet;

use contract::officer::CaseLine;
use domain::report::PublicId;
use leptos::prelude::*;
use ui::{Link, dates, lang};

use super::{DueBadge, PublicationBadge, StateBadge, Tick};
use crate::{
    routes,
    session::{SignedIn, departments, streets},
    words,
};

/// The cases; with `chosen`, each can be ticked for an action on several.
#[component]
pub(crate) fn CaseTable(
    #[prop(into)] cases: Signal<Vec<CaseLine>>,
    /// Tracking numbers that are ticked.
    #[prop(optional)]
    chosen: Option<RwSignal<BTreeSet<String>>>,
    /// What the table shows.
    #[prop(into)]
    caption: String,
) -> impl IntoView {
    let lang = lang();
    let tick = chosen.is_some().then(|| {
        view! { <th scope="col"><span class="visually-hidden">{words::column_tick(lang)}</span></th> }
    });
    let rows =
        move || cases.get().into_iter().map(|line| view! { <Row line chosen/> }).collect_view();
    view! {
        <div class="table-scroll" role="region" tabindex="0" aria-label=caption.clone()>
            <table class="case-table">
                <caption class="visually-hidden">{caption.clone()}</caption>
                <thead>
                    <tr>
                        {tick}
                        <th scope="col">{words::column_case(lang)}</th>
                        <th scope="col">{words::column_state(lang)}</th>
                        <th scope="col">{words::column_due(lang)}</th>
                        <th scope="col">{words::column_place(lang)}</th>
                        <th scope="col">{words::column_received(lang)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

#[component]
fn Row(line: CaseLine, chosen: Option<RwSignal<BTreeSet<String>>>) -> impl IntoView {
    let lang = lang();
    let signed_in = SignedIn::expect();
    let id = line.public_id.clone();
    let label = words::choose_case(lang, &shown_number(&id));
    let tick = chosen.map(|chosen| view! { <td><Tick id=id.clone() label chosen/></td> });
    let department = line.department.as_ref().map(|key| signed_in.name_of(departments, key, lang));
    let (name, marks) = (line.category_name.get(lang).to_owned(), line.clone());
    let street = line.street.as_ref().map(|key| signed_in.name_of(streets, key, lang));
    view! {
        <tr data-queue=line.queue.clone()>
            {tick}
            <th scope="row">
                <Link to=routes::case(&id) class="case-link">
                    <span class="case-number">{shown_number(&id)}</span>" "
                    {name}
                </Link>
                <span class="case-excerpt">{line.excerpt.clone()}</span>
                <Marks line=marks/>
            </th>
            <td><StateBadge state=line.state finding=line.finding/></td>
            <td><DueBadge line=line.clone()/></td>
            <td>
                {street}
                {department.map(|name| view! { <span class="meta case-under">{name}</span> })}
            </td>
            <td class="case-time">{dates::day_and_clock(line.received, lang)}</td>
        </tr>
    }
}

/// What makes a case special, each in words.
#[component]
fn Marks(line: CaseLine) -> impl IntoView {
    let lang = lang();
    let mut marks = Vec::new();
    if line.unanswered {
        marks.push(words::mark_unanswered(lang).to_owned());
    }
    if line.queue != "normal" {
        marks.push(queue_name(&line.queue, lang));
    }
    if line.photos > 0 {
        marks.push(words::mark_photos(lang, &line.photos));
    }
    if line.linked > 0 {
        marks.push(words::mark_linked(lang, &line.linked));
    }
    if let Some(assignee) = &line.assignee {
        marks.push(words::mark_assignee(lang, assignee));
    }
    if line.simulated {
        marks.push(words::simulated(lang).to_owned());
    }
    let marks = marks.into_iter().map(|mark| view! { <span class="case-mark">{mark}</span> });
    view! {
        <span class="case-marks">
            <PublicationBadge publication=line.publication/>
            {marks.collect_view()}
        </span>
    }
}

/// The name of a queue or an urgency.
pub(crate) fn queue_name(key: &str, lang: domain::Lang) -> String {
    match (domain::report::Priority::from_key(key), key) {
        (Some(priority), _) => priority.name(lang).to_owned(),
        (None, "low") => words::queue_low(lang).to_owned(),
        (None, "delayed") => words::queue_delayed(lang).to_owned(),
        (None, other) => other.to_owned(),
    }
}

/// `R7K3M-9QXD`, as people read a number to each other.
pub(crate) fn shown_number(id: &str) -> String {
    PublicId::parse(id).map_or_else(|_| id.to_owned(), |id| id.to_string())
}
