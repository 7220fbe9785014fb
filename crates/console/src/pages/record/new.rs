//! A new issue, also from a report: `?report=` names it.

use contract::officer::{
    Case,
    record::{ItemCase, NewItem},
};
use domain::{
    period::beijing_day,
    rectification::{Facts, Source},
};
use leptos::{prelude::*, task::spawn_local};
use ui::{Clock, Router, Title, Visit, dates, lang};

use super::{
    act::field_name,
    facts_form::{FactsFields, FactsTyped},
};
use crate::{
    api_client,
    components::{Failed, FieldNames, Input, shown_number},
    fetched::Sending,
    routes, words,
};

/// The form.
#[component]
pub(super) fn NewPage() -> impl IntoView {
    let (lang, router, clock) = (lang(), Router::expect(), Clock::expect());
    let (sending, typed) = (Sending::new(), FactsTyped::empty());
    let number = RwSignal::new(String::new());
    let today = dates::iso_day(beijing_day(untrack(|| clock.now())));
    let on = RwSignal::new(today);
    let report = untrack(|| router.parameter("report")).filter(|id| !id.is_empty());
    if let Some(id) = report.clone() {
        typed.source.set(Source::PublicReport.key().to_owned());
        spawn_local(propose(id, typed, on));
    }
    let from = report.as_ref().map(|id| words::record_new_from(lang, &shown_number(id)));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Ok(day) = on.get_untracked().parse() else { return };
        let facts = Facts { report: report.clone(), ..typed.facts(None) };
        let body = NewItem { number: number.get_untracked().trim().to_owned(), on: day, facts };
        sending.start(
            async move { api_client::post::<ItemCase>("record/items", &body).await },
            move |case| {
                let path = routes::item(&case.item.line.number);
                router.go(&untrack(|| router.address_of(&path)), Visit::Push);
            },
        );
    };
    view! {
        <Title text=words::record_new(lang).to_owned()/>
        <h1>{words::record_new(lang)}</h1>
        {from.map(|from| view! { <p>{from}</p> })}
        <form class="card stack" on:submit=submit>
            <div class="fields">
                <Input label=words::record_number(lang) value=number required=true/>
                <Input label=words::record_found(lang) value=on kind="date" required=true/>
            </div>
            <p class="meta">{words::record_number_rule(lang)}</p>
            <FactsFields typed/>
            <p class="meta">{words::record_texts_public(lang)}</p>
            <Failed failure=sending.failure again=move |()| () names=field_name as FieldNames/>
            <p><button type="submit" class="button button-main" disabled=move || sending.busy.get()>
                {words::record_create(lang)}
            </button></p>
        </form>
    }
}

/// Fills in what the report says: its kind as the title, its public text as the task, the day it came.
async fn propose(id: String, typed: FactsTyped, on: RwSignal<String>) {
    // Without it the officer types; nothing that was typed meanwhile is overwritten.
    let Ok(case) = api_client::get::<Case>(&routes::case(&id)).await else { return };
    let put = |signal: RwSignal<String>, text: String| {
        if signal.try_with_untracked(String::is_empty) == Some(true) {
            signal.set(text);
        }
    };
    put(typed.title, case.line.category_name.zh.clone());
    put(typed.text, case.preview.text.clone().unwrap_or_default());
    on.try_set(dates::iso_day(dates::beijing(case.line.received).date()));
}
