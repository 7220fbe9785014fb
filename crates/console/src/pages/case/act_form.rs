//! The form of one action: exactly the fields that it takes.

use contract::officer::CaseAct;
use domain::report::{ActionKind, Finding, Priority};
use leptos::prelude::*;
use ui::{Choice, lang};

use super::OpenCase;
use crate::{
    components::{Area, Failed, Input, OpenedHeading, PhotosPicked, Select, options_of},
    fetched::Sending,
    session::{SignedIn, departments, officers},
    words,
};

/// What was typed for an action.
#[derive(Clone, Copy)]
struct Typed {
    text: RwSignal<String>,
    department: RwSignal<String>,
    assignee: RwSignal<String>,
    finding: RwSignal<String>,
    other: RwSignal<String>,
    photos: RwSignal<Vec<String>>,
}

impl Typed {
    fn new() -> Self {
        let empty = || RwSignal::new(String::new());
        Self {
            text: empty(),
            department: empty(),
            assignee: empty(),
            finding: empty(),
            other: empty(),
            photos: RwSignal::new(Vec::new()),
        }
    }

    /// The action with what was typed, read once as it is sent.
    fn put_into(self, act: &mut CaseAct) {
        let some = |signal: RwSignal<String>| {
            Some(signal.get_untracked().trim().to_owned()).filter(|text| !text.is_empty())
        };
        match act.action {
            ActionKind::Note | ActionKind::AddEvidence => act.text = some(self.text),
            _ => act.reason = some(self.text),
        }
        act.department = some(self.department);
        act.assignee = some(self.assignee);
        act.finding = some(self.finding).and_then(|key| Finding::from_key(&key));
        act.other = some(self.other);
        act.photos = self.photos.get_untracked();
    }
}

/// The form of `kind`; `done` is called once it was done or given up.
#[component]
pub(super) fn ActForm(kind: ActionKind, #[prop(into)] done: Callback<()>) -> impl IntoView {
    let (lang, open) = (lang(), OpenCase::expect());
    let (sending, typed) = (Sending::new(), Typed::new());
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let mut act = open.wish(kind);
        typed.put_into(&mut act);
        open.act(sending, act, move || done.run(()));
    };
    view! {
        <form class="act-form stack" aria-label=kind.name(lang) on:submit=submit>
            <OpenedHeading text=kind.name(lang)/>
            <Fields kind typed/>
            <Failed failure=sending.failure again=move |()| open.look_again()/>
            <p class="button-row">
                <button type="submit" class="button button-main" disabled=move || sending.busy.get()>
                    {words::act_confirm(lang, &kind.name(lang))}
                </button>
                <button type="button" class="button" on:click=move |_| done.run(())>{words::act_cancel(lang)}</button>
            </p>
        </form>
    }
}

#[component]
fn Fields(kind: ActionKind, typed: Typed) -> impl IntoView {
    let (lang, signed_in) = (lang(), SignedIn::expect());
    let dispatch = (kind == ActionKind::Dispatch).then(|| {
        let offices = signed_in.with(|session| options_of("", departments(session), lang));
        let people = signed_in
            .with(|session| options_of(words::filter_nobody(lang), officers(session), lang));
        view! {
            <div class="fields">
                <Select label=words::act_department(lang) choices=offices value=typed.department/>
                <Select label=words::act_assignee(lang) choices=people value=typed.assignee/>
            </div>
        }
    });
    let priority = (kind == ActionKind::Prioritise).then(|| {
        let choices = Priority::ALL.iter().map(|p| Choice::new(p.key(), p.name(lang))).collect();
        typed.assignee.set(Priority::default().key().to_owned());
        view! { <Select label=words::filter_queue(lang) choices value=typed.assignee/> }
    });
    let other = matches!(kind, ActionKind::Merge | ActionKind::Link)
        .then(|| view! { <Input label=words::act_other(lang) value=typed.other required=true/> });
    let photos = matches!(kind, ActionKind::AddEvidence | ActionKind::Close)
        .then(|| view! { <PhotosPicked stored=typed.photos/> });
    view! {
        {dispatch}
        {priority}
        {other}
        {(kind == ActionKind::Close).then(|| view! { <Findings chosen=typed.finding/> })}
        {text_label(kind, lang).map(|label| view! { <Area label value=typed.text required=kind.needs_text()/> })}
        {is_public(kind).then(|| view! { <p class="meta">{words::act_reason_public(lang)}</p> })}
        {photos}
    }
}

/// What the text of an action is; `None` where it has none.
fn text_label(kind: ActionKind, lang: domain::Lang) -> Option<&'static str> {
    match kind {
        ActionKind::Note => Some(words::act_note(lang)),
        ActionKind::AddEvidence => Some(words::act_evidence(lang)),
        ActionKind::Dispatch | ActionKind::Merge => Some(words::act_reason_optional(lang)),
        kind if kind.needs_text() => Some(words::act_reason(lang)),
        _ => None,
    }
}

/// Whether everybody may read the reason.
fn is_public(kind: ActionKind) -> bool {
    use ActionKind as A;
    matches!(kind, A::Refuse | A::Close | A::Reopen | A::Merge | A::Hide)
}

#[component]
fn Findings(chosen: RwSignal<String>) -> impl IntoView {
    let lang = lang();
    let choice = |finding: &Finding| {
        let finding = *finding;
        view! {
            <label class="check">
                <input type="radio" name="finding" required value=finding.key()
                    on:change=move |_| chosen.set(finding.key().to_owned())/>
                {finding.name(lang)}
            </label>
        }
    };
    view! {
        <fieldset>
            <legend class="field-label">{words::act_finding(lang)}</legend>
            {Finding::ALL.iter().map(choice).collect_view()}
        </fieldset>
    }
}
