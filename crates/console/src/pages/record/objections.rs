//! Objections that wait for an answer, the oldest first.

use contract::officer::record::OpenObjections;
use leptos::prelude::*;
use ui::{Link, Title, dates, lang};

use crate::{components::Failed, fetched::fetched, routes, words};

/// The page; each leads to its issue, where it is answered.
#[component]
pub(super) fn ObjectionsPage() -> impl IntoView {
    let lang = lang();
    let open = fetched::<OpenObjections>(Signal::stored("record/objections".to_owned()));
    let objections =
        move || open.value.with(|open| open.as_ref().map(|open| open.objections.clone()));
    let row = move |objection: contract::officer::record::OfficerObjection| {
        let text = objection.text.or(objection.masked);
        let text = text.unwrap_or_else(|| words::messages_deleted(lang).to_owned());
        view! {
            <li class="case-message">
                <Link to=routes::item(&objection.item) class="case-link">
                    <span class="case-number">{objection.item.clone()}</span>" "
                    {words::record_objection_number(lang, &objection.objection)}
                </Link>
                <p class="meta">{dates::day_and_clock(objection.at, lang)}</p>
                <p class="case-text">{text}</p>
            </li>
        }
    };
    let summary = move || match objections() {
        None => words::loading(lang).to_owned(),
        Some(none) if none.is_empty() => words::record_objections_empty(lang).to_owned(),
        Some(some) => words::record_objections_summary(lang, &some.len()),
    };
    view! {
        <Title text=words::record_objections(lang).to_owned()/>
        <h1>{words::record_objections(lang)}</h1>
        <p>{words::record_objections_explained(lang)}</p>
        <Failed failure=open.failure again=move |()| open.again()/>
        <p role="status">{summary}</p>
        <ol class="case-messages">
            {move || objections().unwrap_or_default().into_iter().map(row).collect_view()}
        </ol>
    }
}
