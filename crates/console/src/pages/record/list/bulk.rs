//! One event for several issues, asked for before it is done.

use std::collections::BTreeSet;

use contract::officer::record::{ItemBulk, ItemBulkOutcome, ItemCase, OfficerLine};
use domain::{Lang, rectification::EventKind};
use leptos::{prelude::*, task::spawn_local};
use ui::{Choice, lang};

use super::{
    super::act::{ActFields, Known, Typed, field_name},
    ticked,
};
use crate::{
    api_client,
    components::{Failed, FieldNames, Select, told},
    fetched::Sending,
    words,
};

/// What can be the same for many issues; what is said of the work, its checks and objections belongs to each.
const KINDS: [EventKind; 5] = [
    EventKind::Assigned,
    EventKind::Reassigned,
    EventKind::DeadlineChanged,
    EventKind::Published,
    EventKind::Closed,
];

/// The bar that appears when something is ticked.
#[component]
pub(super) fn Bulk(
    rows: Signal<Vec<OfficerLine>>,
    chosen: RwSignal<BTreeSet<String>>,
    /// Called when something was done.
    #[prop(into)]
    done: Callback<()>,
) -> impl IntoView {
    let lang = lang();
    let some = Memo::new(move |_| chosen.with(|chosen| !chosen.is_empty()));
    let outcome = RwSignal::new(None::<ItemBulkOutcome>);
    view! {
        <div class="stack">
            {move || some.get().then(|| view! { <Form rows chosen outcome done/> })}
            <div role="status">{move || outcome.get().map(|outcome| in_words(outcome, lang))}</div>
        </div>
    }
}

fn in_words(outcome: ItemBulkOutcome, lang: Lang) -> impl IntoView {
    let refused = outcome.refused.into_iter();
    let refused = refused.map(|(number, why)| (number, why.get(lang).to_owned()));
    told(words::bulk_done(lang, &outcome.done), words::record_bulk_refused(lang), refused.collect())
}

#[component]
fn Form(
    rows: Signal<Vec<OfficerLine>>,
    chosen: RwSignal<BTreeSet<String>>,
    outcome: RwSignal<Option<ItemBulkOutcome>>,
    done: Callback<()>,
) -> impl IntoView {
    let (lang, sending, typed) = (lang(), Sending::new(), Typed::empty());
    let key = RwSignal::new(String::new());
    let kinds = KINDS.map(|kind| Choice::new(kind.key(), kind.name(lang)));
    let kinds = std::iter::once(Choice::new("", words::bulk_choose(lang))).chain(kinds);
    let kind = Memo::new(move |_| EventKind::from_key(&key.get()));
    Effect::new(move |_| {
        if kind.get() == Some(EventKind::Published) {
            let first = chosen.with_untracked(|chosen| chosen.first().cloned());
            spawn_local(propose_window(typed, first));
        }
    });
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let body = kind.get_untracked().and_then(|kind| typed.body(kind, &Known::default()));
        let Some(body) = body else { return };
        let items = ticked(&rows.get_untracked(), &chosen.get_untracked());
        let wish = ItemBulk { items, body };
        sending.start(
            async move { api_client::post::<ItemBulkOutcome>("record/items/bulk", &wish).await },
            move |answer| {
                chosen.set(answer.refused.iter().map(|(number, _)| number.clone()).collect());
                outcome.set(Some(answer));
                done.run(());
            },
        );
    };
    view! {
        <form class="card stack" aria-label=words::record_bulk(lang) on:submit=submit>
            <p><strong>{move || words::bulk_chosen(lang, &chosen.with(BTreeSet::len))}</strong></p>
            <Select label=words::bulk_action(lang) choices=kinds.collect() value=key/>
            {move || kind.get().map(|kind| view! { <ActFields kind typed known=Known::default()/> })}
            <Failed failure=sending.failure again=move |()| done.run(()) names=field_name as FieldNames/>
            <p class="button-row">
                <button type="submit" class="button button-main"
                    disabled=move || sending.busy.get() || kind.get().is_none()>{words::record_bulk_do(lang)}</button>
                <button type="button" class="button" on:click=move |_| chosen.set(BTreeSet::new())>{words::bulk_none(lang)}</button>
            </p>
        </form>
    }
}

/// Fills in the days of publicity that would begin today: the server counts them, for it knows the holidays.
async fn propose_window(typed: Typed, first: Option<String>) {
    let Some(number) = first else { return };
    // Without them the officer types them, and the server says which are too few.
    if let Ok(case) = api_client::get::<ItemCase>(&format!("record/items/{number}")).await {
        typed.window(&case);
    }
}
