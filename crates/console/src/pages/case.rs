//! One case: what was reported, its course, and everything an officer may do with it.

mod act_form;
mod actions;
mod facts;
mod identity;
mod issues;
mod links;
mod map;
mod messages;
mod photos;
mod place;
mod publication;
pub(crate) mod reward;
mod timeline;

use contract::officer::{Case, CaseAct};
use domain::report::ActionKind;
use leptos::prelude::*;
use ui::{Clock, Title, lang};

use crate::{
    api_client,
    components::{DueBadge, Failed, PublicationBadge, StateBadge, queue_name, shown_number},
    fetched::{Fetched, Sending, fetched},
    routes,
    session::{SignedIn, departments},
    words,
};

/// The page of a case. Its parts are built once: what is typed stays while the case is fetched again.
#[component]
pub(crate) fn CasePage(
    /// The tracking number.
    id: String,
) -> impl IntoView {
    let lang = lang();
    let path = routes::case(&id);
    let case = fetched::<Case>(Signal::stored(path.clone()));
    let come = case.has_come();
    let title = shown_number(&id);
    view! {
        <Title text=title.clone()/>
        {move || match come.get().then(|| case.value.get_untracked()).flatten() {
            Some(known) => view! { <Body known fetched=case/> }.into_any(),
            None => view! {
                <h1>{title.clone()}</h1>
                <p role="status">{words::loading(lang)}</p>
                <Failed failure=case.failure again=move |()| case.again()/>
            }
            .into_any(),
        }}
    }
}

/// Context: the case on screen.
#[derive(Clone, Copy)]
pub(crate) struct OpenCase {
    pub(crate) case: RwSignal<Case>,
    fetched: Fetched<Case>,
}

impl OpenCase {
    /// The case of this page.
    pub(crate) fn expect() -> Self {
        expect_context()
    }

    /// Fetches the case again; nothing typed is touched.
    pub(crate) fn look_again(self) {
        self.fetched.again();
    }

    /// An address of this case, below the console's interface.
    pub(crate) fn path(self, rest: &str) -> String {
        format!(
            "{}{rest}",
            routes::case(&self.case.with_untracked(|case| case.line.public_id.clone()))
        )
    }

    /// Does something to the case and shows what became of it; then calls `done`.
    pub(crate) fn act(self, sending: Sending, act: CaseAct, done: impl FnOnce() + 'static) {
        let path = self.path("/actions");
        sending.start(async move { api_client::post::<Case>(&path, &act).await }, move |case| {
            self.case.set(case);
            done();
        });
    }

    /// An action on the version on screen, its fields empty.
    pub(crate) fn wish(self, action: ActionKind) -> CaseAct {
        act_of(action, self.case.with_untracked(|case| case.version))
    }

    /// Why an action may not be taken now; `None` when it may.
    pub(crate) fn refusal(self, action: ActionKind) -> Option<domain::Text> {
        self.case.with(|case| {
            let offered = case.actions.iter().find(|offered| offered.action == action);
            offered.and_then(|offered| offered.refusal.clone())
        })
    }
}

/// An action with empty fields.
pub(crate) fn act_of(action: ActionKind, seen_version: u64) -> CaseAct {
    CaseAct {
        seen_version,
        action,
        reason: None,
        finding: None,
        department: None,
        assignee: None,
        other: None,
        text: None,
        photos: Vec::new(),
        public_text: None,
        public_photos: Vec::new(),
    }
}

#[component]
fn Body(known: Case, fetched: Fetched<Case>) -> impl IntoView {
    let clock = Clock::expect();
    let open = OpenCase { case: RwSignal::new(known), fetched };
    provide_context(open);
    Effect::new(move |_| {
        if let Some(case) = fetched.value.get() {
            clock.learn(case.server_time);
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
                <place::CasePlaceView/>
                <messages::Messages/>
                <timeline::Timeline/>
            </div>
            <div class="stack">
                <actions::Actions/>
                <publication::PublicationPart/>
                <links::Links/>
                <issues::Issues/>
                <reward::CaseReward/>
                <identity::Identity/>
            </div>
        </div>
    }
}

/// Number, kind, state and deadline.
#[component]
fn Head() -> impl IntoView {
    let (lang, open, signed_in) = (lang(), OpenCase::expect(), SignedIn::expect());
    let line = move || open.case.with(|case| case.line.clone());
    let name = move || {
        let line = line();
        format!("{} {}", shown_number(&line.public_id), line.category_name.get(lang))
    };
    view! {
        <h1>{name}</h1>
        <p class="case-head">
            {move || {
                let line = line();
                let office = line.department.as_ref().map(|key| signed_in.name_of(departments, key, lang));
                let assignee = line.assignee.as_ref().map(|name| words::mark_assignee(lang, name));
                let queue = (line.queue != "normal").then(|| queue_name(&line.queue, lang));
                let mark = |text: String| view! { <span class="case-mark">{text}</span> };
                view! {
                    <StateBadge state=line.state finding=line.finding/>
                    <PublicationBadge publication=line.publication/>
                    {office.map(mark)}
                    {assignee.map(mark)}
                    {queue.map(mark)}
                    {line.simulated.then(|| mark(words::simulated(lang).to_owned()))}
                    <DueBadge line/>
                }
            }}
        </p>
    }
}
