//! One issue: its facts, its course, and everything an officer may do with it.

mod act_form;
mod actions;
mod course;
mod facts;
mod links;
mod objections;
mod photos;

use contract::officer::record::{ItemAct, ItemCase};
use domain::rectification::{Body, EventKind};
use leptos::prelude::*;
use ui::{Link, Title, lang};

use super::badges::{DueBadge, StageBadge, origin_mark, title};
use crate::{
    api_client,
    components::Failed,
    fetched::{Fetched, Sending, fetched},
    routes::Place,
    words,
};

/// The page of an issue. Its parts are built once: what is typed stays while the issue is fetched again.
#[component]
pub(super) fn ItemPage(number: String) -> impl IntoView {
    let lang = lang();
    let case = fetched::<ItemCase>(Signal::stored(path_of(&number, "")));
    let come = case.has_come();
    view! {
        <Title text=number.clone()/>
        {move || match come.get().then(|| case.value.get_untracked()).flatten() {
            Some(known) => view! { <Whole known fetched=case/> }.into_any(),
            None => view! {
                <h1>{number.clone()}</h1>
                <p role="status">{words::loading(lang)}</p>
                <Failed failure=case.failure again=move |()| case.again()/>
            }
            .into_any(),
        }}
    }
}

/// An address of an issue, below the console's interface.
pub(super) fn path_of(number: &str, rest: &str) -> String {
    format!("record/items/{number}{rest}")
}

/// Context: the issue on screen.
#[derive(Clone, Copy)]
struct OpenItem {
    case: RwSignal<ItemCase>,
    fetched: Fetched<ItemCase>,
}

impl OpenItem {
    fn expect() -> Self {
        expect_context()
    }

    /// Fetches the issue again; nothing typed is touched.
    fn look_again(self) {
        self.fetched.again();
    }

    fn path(self, rest: &str) -> String {
        path_of(&self.case.with_untracked(|case| case.item.line.number.clone()), rest)
    }

    /// Adds an event to the version on screen and shows what became of it; then calls `done`.
    fn act(self, sending: Sending, act: ItemAct, done: impl FnOnce() + 'static) {
        let path = self.path("/acts");
        sending.start(
            async move { api_client::post::<ItemCase>(&path, &act).await },
            move |case| {
                self.case.set(case);
                done();
            },
        );
    }

    /// The event as a wish on the version on screen.
    fn wish(self, body: Body, on: Option<jiff::civil::Date>) -> ItemAct {
        ItemAct { seen_version: self.case.with_untracked(|case| case.version), on, body }
    }

    /// Why an event may not be added now; `None` when it may.
    fn refusal(self, kind: EventKind) -> Option<domain::Text> {
        self.case.with(|case| {
            let offered = case.offered.iter().find(|offered| offered.kind == kind);
            offered.and_then(|offered| offered.refusal.clone())
        })
    }
}

#[component]
fn Whole(known: ItemCase, fetched: Fetched<ItemCase>) -> impl IntoView {
    let open = OpenItem { case: RwSignal::new(known), fetched };
    provide_context(open);
    Effect::new(move |_| {
        if let Some(case) = fetched.value.get() {
            open.case.set(case);
        }
    });
    view! {
        <Head/>
        <Failed failure=fetched.failure again=move |()| fetched.again()/>
        <div class="case-page">
            <div class="stack">
                <facts::Facts/>
                <photos::Photos/>
                <course::Course/>
            </div>
            <div class="stack">
                <actions::Actions/>
                <objections::Objections/>
                <links::Links/>
            </div>
        </div>
    }
}

/// Number, title, state and last day; the way to what the public reads.
#[component]
fn Head() -> impl IntoView {
    let (lang, open) = (lang(), OpenItem::expect());
    let line = Memo::new(move |_| open.case.with(|case| case.item.line.clone()));
    let public = move || {
        let number = line.with(|line| line.number.clone());
        format!("../rectification/{number}?lang={}", lang.tag())
    };
    let mark = |text: String| view! { <span class="case-mark">{text}</span> };
    view! {
        <h1>{move || line.with(|line| format!("{} {}", line.number, title(line, lang)))}</h1>
        <p class="case-head">
            {move || {
                let line = line.get();
                let unit = open.case.with(|case| case.item.unit.as_ref().map(|unit| unit.get(lang).to_owned()));
                let origin = origin_mark(line.origin, lang).map(str::to_owned);
                view! {
                    <StageBadge state=line.state/>
                    {unit.map(mark)}
                    {origin.map(mark)}
                    <DueBadge line/>
                }
            }}
        </p>
        <p class="button-row">
            <Link to=Place::Record.path() class="button">{words::record_all(lang)}</Link>
            <a class="button" href=public rel="external">{words::record_public(lang)}</a>
        </p>
    }
}
