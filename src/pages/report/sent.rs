//! Step 6: where the report is, its number, and the code that belongs to it.

use contract::report::Receipt;
use leptos::{prelude::*, task::spawn_local};
use ui::{Clock, Router, Title, Visit, dates, lang};

use super::{
    check::of_server,
    draft::Draft,
    start::{Desk, View},
    writing::address_of_step,
};
use crate::{
    components::{CodeCard, Journey, SignedText, focus_on},
    device::{Change, News, Shelf, Shelves},
    outbox::{Fate, Parcel, discard, parcels, written},
    pages::report::form::category_name,
    words,
};

/// One report after it was sent off.
#[component]
pub(super) fn Sent(id: String) -> impl IntoView {
    let (lang, news) = (lang(), News::listen());
    let parcel = RwSignal::new(None::<Parcel>);
    let key = StoredValue::new(id);
    Effect::new(move |_| {
        news.track();
        spawn_local(async move {
            let all = parcels(&Shelves::open().await).await;
            let found = all.into_iter().find(|parcel| parcel.id == key.get_value());
            if found.is_some() {
                parcel.maybe_update(|known| {
                    let changed = *known != found;
                    *known = found;
                    changed
                });
            }
        });
    });
    focus_on("report-sent".to_owned());
    let title = words::report_sent_title(lang);
    view! {
        <Title text=title/>
        <h1 id="report-sent" tabindex="-1">{title}</h1>
        <Whereabouts parcel=parcel.into()/>
    }
}

/// Each part is drawn anew only when what it shows has changed: a code that is being copied must not move.
#[component]
fn Whereabouts(parcel: Signal<Option<Parcel>>) -> impl IntoView {
    let (lang, desk) = (lang(), Desk::expect());
    let part = move |part: fn(&Parcel) -> Option<String>| {
        Memo::new(move |_| parcel.with(|parcel| parcel.as_ref().and_then(part)))
    };
    let category = part(|parcel| Some(parcel.category.clone()));
    let name = move || {
        let category = category.get().unwrap_or_default();
        desk.form.with_value(|form| category_name(Some(form), &category, lang))
    };
    let left_out = move || {
        let all = parcel.with(|parcel| parcel.as_ref().map(|parcel| parcel.left_out.clone()));
        let line = |(number, why): (usize, String)| {
            view! { <p class="notice">{words::report_photo_trouble(lang, &(number + 1), &why)}</p> }
        };
        all.unwrap_or_default().into_iter().enumerate().map(line).collect_view()
    };
    let receipt = Memo::new(move |_| {
        parcel.with(|parcel| parcel.as_ref().and_then(Parcel::receipt).cloned())
    });
    let refused = Memo::new(move |_| {
        parcel.get().filter(|parcel| matches!(parcel.fate, Fate::Refused { .. }))
    });
    let code = part(|parcel| parcel.code.clone());
    let card = move || {
        let (code, parcel) = (code.get()?, parcel.get_untracked()?);
        let public_id = parcel.receipt().map(|receipt| receipt.public_id.clone());
        let Parcel { id, category, made_ms, .. } = parcel;
        Some(view! { <CodeCard id code public_id category made_ms/> })
    };
    view! {
        <p>{name}</p>
        <Journey parcel/>
        {move || refused.get().map(|parcel| view! { <Refusal parcel/> })}
        {left_out}
        {card}
        {move || receipt.get().map(|receipt| view! { <Received receipt/> })}
        {move || receipt.with(Option::is_some).then(|| view! { <Done parcel/> })}
    }
    .into_any()
}

/// Number, time, and the signed text.
#[component]
fn Received(receipt: Receipt) -> impl IntoView {
    let lang = lang();
    let number = receipt.public_id.parse::<domain::report::PublicId>();
    let number = number.map_or(receipt.public_id.clone(), |id| id.to_string());
    let fact =
        |name: &'static str, text: String| view! { <div><dt>{name}</dt><dd>{text}</dd></div> };
    view! {
        <section class="card" aria-labelledby="report-receipt">
            <h2 id="report-receipt">{words::report_receipt(lang)}</h2>
            <dl class="preview">
                {fact(words::report_number(lang), number)}
                {fact(words::reports_received(lang), dates::plain(receipt.received))}
                {fact(words::report_accept_by(lang), dates::day(receipt.accept_by, lang))}
            </dl>
            {receipt.delayed.then(|| view! { <p class="notice">{words::report_delayed(lang)}</p> })}
            {receipt.simulated.then(|| view! { <p class="notice">{words::report_simulated(lang)}</p> })}
            <SignedText signed=receipt.signed/>
        </section>
    }
    .into_any()
}

/// The server's reasons, and the way back to the form.
#[component]
fn Refusal(parcel: Parcel) -> impl IntoView {
    let (lang, desk, router, clock) = (lang(), Desk::expect(), Router::expect(), Clock::expect());
    let Fate::Refused { sentence, faults } = parcel.fate.clone() else { return ().into_any() };
    let lines =
        of_server(&faults).into_iter().map(|(_, fault)| view! { <li>{fault.sentence}</li> });
    let lines = lines.collect_view();
    let change = move |_| {
        let (parcel, faults) = (parcel.clone(), faults.clone());
        spawn_local(async move {
            if let Some(draft) = back_to_draft(desk, clock, &parcel).await {
                desk.leave_faults(faults);
                desk.write(draft, router, "preview");
            }
        });
    };
    view! {
        <div class="notice" role="alert">
            <p>{sentence}</p>
            <ul>{lines}</ul>
            <p><button type="button" class="button" on:click=change>{words::report_change(lang)}</button></p>
        </div>
    }
    .into_any()
}

/// Makes a draft of a refused report, under the same id and code.
async fn back_to_draft(desk: Desk, clock: Clock, parcel: &Parcel) -> Option<Draft> {
    let submission = parcel.submission.clone()?;
    let draft = Draft::again(desk.blank(clock)?, parcel, submission, &desk.form.get_value());
    let changes = vec![
        Change::Put(Shelf::Drafts, draft.id.clone(), written(&draft)),
        Change::Delete(Shelf::Outbox, draft.id.clone()),
    ];
    Shelves::open().await.change(changes).await.ok()?;
    Some(draft)
}

/// Takes a received report off this device; its code is then gone from here.
#[component]
fn Done(parcel: Signal<Option<Parcel>>) -> impl IntoView {
    let (lang, desk, router) = (lang(), Desk::expect(), Router::expect());
    let finish = move |_| {
        let Some(parcel) = parcel.get_untracked() else { return };
        spawn_local(async move {
            discard(&Shelves::open().await, &parcel).await;
            let _ = desk.view.try_set(View::Choice);
            router.go(&untrack(|| address_of_step(router, None)), Visit::Replace);
        });
    };
    view! {
        <p>{words::report_done_about(lang)}</p>
        <p><button type="button" class="button button-main" on:click=finish>{words::report_done(lang)}</button></p>
    }
}
