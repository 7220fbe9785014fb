//! The form of one event.

use domain::rectification::EventKind;
use leptos::prelude::*;
use ui::lang;

use super::{
    super::act::{ActFields, Known, Typed, field_name, progress_field_name},
    OpenItem,
};
use crate::{
    components::{Failed, FieldNames, Input, OpenedHeading},
    fetched::Sending,
    words,
};

/// The form of `kind`; `done` is called once it was done or given up.
#[component]
pub(super) fn ActForm(kind: EventKind, #[prop(into)] done: Callback<()>) -> impl IntoView {
    let (lang, open, sending) = (lang(), OpenItem::expect(), Sending::new());
    let (typed, known) = open.case.with_untracked(|case| (Typed::of(kind, case), Known::of(case)));
    let asked = known.clone();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if let Some(body) = typed.body(kind, &asked) {
            open.act(sending, open.wish(body, typed.day()), move || done.run(()));
        }
    };
    let names: FieldNames =
        if kind == EventKind::Progress { progress_field_name } else { field_name };
    // These happen on the day they are written down: the public counts by it.
    let dated =
        !matches!(kind, EventKind::Published | EventKind::Closed | EventKind::ObjectionAnswered);
    view! {
        <form class="act-form stack" aria-label=kind.name(lang) on:submit=submit>
            <OpenedHeading text=kind.name(lang)/>
            <ActFields kind typed known/>
            {dated.then(|| view! { <Input label=words::record_on(lang) value=typed.on kind="date"/> })}
            <Failed failure=sending.failure again=move |()| open.look_again() names/>
            <p class="button-row">
                <button type="submit" class="button button-main" disabled=move || sending.busy.get()>
                    {words::act_confirm(lang, &kind.name(lang))}
                </button>
                <button type="button" class="button" on:click=move |_| done.run(())>{words::act_cancel(lang)}</button>
            </p>
        </form>
    }
}
