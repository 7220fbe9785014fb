//! The same action on several cases, asked for before it is done.

use std::collections::BTreeSet;

use contract::officer::{BulkAct, BulkOutcome, CaseAct, CaseLine};
use domain::{Lang, report::ActionKind};
use leptos::prelude::*;
use ui::lang;

use crate::{
    api_client,
    components::{Area, Failed, Select, options_of, shown_number, told},
    fetched::Sending,
    session::{SignedIn, departments},
    words,
};

/// What can be done to many at once.
const KINDS: [ActionKind; 4] =
    [ActionKind::Accept, ActionKind::Refuse, ActionKind::Dispatch, ActionKind::Note];

/// The bar that appears when something is ticked.
#[component]
pub(super) fn Bulk(
    #[prop(into)] cases: Signal<Vec<CaseLine>>,
    chosen: RwSignal<BTreeSet<String>>,
    /// Called when something was done.
    #[prop(into)]
    done: Callback<()>,
) -> impl IntoView {
    let lang = lang();
    let some = Memo::new(move |_| chosen.with(|chosen| !chosen.is_empty()));
    let outcome = RwSignal::new(None::<BulkOutcome>);
    view! {
        <div class="stack">
            {move || some.get().then(|| view! { <Form cases chosen outcome done/> })}
            <div role="status">{move || outcome.get().map(|outcome| outcome_in_words(outcome, lang))}</div>
        </div>
    }
}

fn outcome_in_words(outcome: BulkOutcome, lang: Lang) -> impl IntoView {
    let refused = outcome.refused.iter();
    let refused = refused.map(|(id, why)| (shown_number(id), why.get(lang).to_owned()));
    let done = words::bulk_done(lang, &outcome.done.len());
    told(done, words::bulk_refused(lang), refused.collect())
}

#[component]
fn Form(
    cases: Signal<Vec<CaseLine>>,
    chosen: RwSignal<BTreeSet<String>>,
    outcome: RwSignal<Option<BulkOutcome>>,
    done: Callback<()>,
) -> impl IntoView {
    let (lang, signed_in, sending) = (lang(), SignedIn::expect(), Sending::new());
    let (kind, reason) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let department = RwSignal::new(String::new());
    let kinds = KINDS.map(|kind| ui::Choice::new(kind.key(), kind.name(lang)));
    let kinds = std::iter::once(ui::Choice::new("", words::bulk_choose(lang))).chain(kinds);
    let offices = signed_in.with(|session| options_of("", departments(session), lang));
    let wished = move || ActionKind::from_key(&kind.get());
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(action) = ActionKind::from_key(&kind.get_untracked()) else { return };
        let body = BulkAct {
            cases: ticked(&cases.get_untracked(), &chosen.get_untracked()),
            act: CaseAct {
                action,
                reason: Some(reason.get_untracked()).filter(|reason| !reason.is_empty()),
                department: Some(department.get_untracked())
                    .filter(|key| action == ActionKind::Dispatch && !key.is_empty()),
                ..super::super::case::act_of(action, 0)
            },
        };
        sending.start(
            async move { api_client::post::<BulkOutcome>("cases/bulk", &body).await },
            move |answer| {
                chosen.set(answer.refused.iter().map(|(id, _)| id.clone()).collect());
                outcome.set(Some(answer));
                done.run(());
            },
        );
    };
    view! {
        <form class="card" aria-label=words::bulk_label(lang) on:submit=submit>
            <p><strong>{move || words::bulk_chosen(lang, &chosen.with(BTreeSet::len))}</strong></p>
            <div class="fields">
                <Select label=words::bulk_action(lang) choices=kinds.collect() value=kind/>
                {move || (wished() == Some(ActionKind::Dispatch)).then(|| view! {
                    <Select label=words::act_department(lang) choices=offices.clone() value=department/>
                })}
            </div>
            {move || wished().is_some_and(ActionKind::needs_text).then(|| view! {
                <Area label=words::act_reason(lang) value=reason rows=2/>
            })}
            <Failed failure=sending.failure again=move |()| done.run(())/>
            <p class="button-row">
                <button type="submit" class="button button-main"
                    disabled=move || sending.busy.get() || wished().is_none()>{words::bulk_do(lang)}</button>
                <button type="button" class="button" on:click=move |_| chosen.set(BTreeSet::new())>{words::bulk_none(lang)}</button>
            </p>
        </form>
    }
}

/// The ticked cases, each with the version on screen: what somebody else has changed since is refused.
fn ticked(cases: &[CaseLine], chosen: &BTreeSet<String>) -> Vec<(String, u64)> {
    let ticked = cases.iter().filter(|line| chosen.contains(&line.public_id));
    ticked.map(|line| (line.public_id.clone(), line.version)).collect()
}
