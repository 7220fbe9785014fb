//! What is on this device: drafts to go on with, and reports on their way.

use leptos::{prelude::*, task::spawn_local};
use ui::{Clock, Router, Title, Visit, dates, lang};

use super::{
    draft::Draft,
    start::{Desk, View},
    writing::address_of_step,
};
use crate::{
    components::Journey,
    device::{Change, News, Shelf, Shelves},
    outbox::{self, Fate, Parcel, parcels, photo_key, read},
    pages::report::form::category_name,
    words,
};

/// Both lists, and the way to a new report.
#[component]
pub(super) fn OnPhone() -> impl IntoView {
    let (lang, desk, news) = (lang(), Desk::expect(), News::listen());
    let (clock, router) = (Clock::expect(), Router::expect());
    let (drafts, sent) = (RwSignal::new(Vec::<Draft>::new()), RwSignal::new(Vec::<Parcel>::new()));
    Effect::new(move |_| {
        news.track();
        spawn_local(async move {
            let shelves = Shelves::open().await;
            let mut kept: Vec<Draft> =
                shelves.all(Shelf::Drafts).await.iter().filter_map(read).collect();
            kept.sort_by_key(|draft| std::cmp::Reverse(draft.begun_ms));
            let _ = drafts.try_set(kept);
            let _ = sent.try_set(parcels(&shelves).await);
        });
    });
    let fresh = move |_| {
        if let Some(draft) = desk.blank(clock) {
            desk.write(draft, router, "what");
        }
    };
    let title = words::report_title(lang);
    let has_sent = Memo::new(move |_| sent.with(|sent| !sent.is_empty()));
    let waits = Memo::new(move |_| {
        sent.with(|sent| sent.iter().any(|parcel| matches!(parcel.fate, Fate::Waiting)))
    });
    let has_drafts = Memo::new(move |_| drafts.with(|drafts| !drafts.is_empty()));
    view! {
        <Title text=title/>
        <h1>{title}</h1>
        <p><button type="button" class="button button-main" on:click=fresh>{words::report_new(lang)}</button></p>
        <Show when=move || has_sent.get()>
            <section class="card" aria-labelledby="on-their-way">
                <h2 id="on-their-way">{words::report_on_their_way(lang)}</h2>
                <ul class="reports">{move || sent.get().into_iter().map(|parcel| view! { <SentRow parcel/> }).collect_view()}</ul>
                <Show when=move || waits.get()>
                    <p><button type="button" class="button" on:click=move |_| outbox::send(clock)>{words::report_send_now(lang)}</button></p>
                </Show>
            </section>
        </Show>
        <Show when=move || has_drafts.get()>
            <section class="card" aria-labelledby="drafts">
                <h2 id="drafts">{words::report_drafts(lang)}</h2>
                <ul class="reports">{move || drafts.get().into_iter().map(|draft| view! { <DraftRow draft news/> }).collect_view()}</ul>
            </section>
        </Show>
    }
}

#[component]
fn SentRow(parcel: Parcel) -> impl IntoView {
    let (lang, desk, router) = (lang(), Desk::expect(), Router::expect());
    let name = desk.form.with_value(|form| category_name(Some(form), &parcel.category, lang));
    let name =
        words::report_row(lang, &name, &dates::plain(dates::instant(parcel.made_ms / 1_000)));
    let id = parcel.id.clone();
    let show = move |_| {
        router.go(&untrack(|| address_of_step(router, Some("sent"))), Visit::Push);
        desk.view.set(View::Sent(id.clone()));
    };
    view! {
        <li>
            <p>{name.clone()}</p>
            <Journey parcel=Signal::stored(Some(parcel))/>
            <p><button type="button" class="button" on:click=show>
                {words::report_show(lang)} <span class="visually-hidden">{name}</span>
            </button></p>
        </li>
    }
    .into_any()
}

#[component]
fn DraftRow(draft: Draft, news: News) -> impl IntoView {
    let (lang, desk, router) = (lang(), Desk::expect(), Router::expect());
    let name = match draft.category.as_str() {
        "" => words::report_draft_new(lang).to_owned(),
        key => desk.form.with_value(|form| category_name(Some(form), key, lang)),
    };
    let name =
        words::report_row(lang, &name, &dates::plain(dates::instant(draft.begun_ms / 1_000)));
    let beginning: String = draft.text.chars().take(40).collect();
    let sure = RwSignal::new(false);
    let (going_on, thrown_away) = (draft.clone(), draft);
    let go_on = move |_| desk.write(going_on.clone(), router, "what");
    let throw_away = move |_| {
        let draft = thrown_away.clone();
        spawn_local(async move {
            let photos = draft.photos.iter().map(|photo| photo_key(&draft.id, &photo.digest));
            let mut changes: Vec<Change> =
                photos.map(|key| Change::Delete(Shelf::Photos, key)).collect();
            changes.push(Change::Delete(Shelf::Drafts, draft.id.clone()));
            // One that cannot be thrown away is still in the list.
            let _ = Shelves::open().await.change(changes).await;
            news.hear();
        });
    };
    let hidden = name.clone();
    let remove = move || {
        if sure.get() {
            view! { <button type="button" class="button" on:click=throw_away.clone()>{words::report_draft_remove_sure(lang)}</button> }.into_any()
        } else {
            view! {
                <button type="button" class="button" on:click=move |_| sure.set(true)>
                    {words::report_draft_remove(lang)} <span class="visually-hidden">{hidden.clone()}</span>
                </button>
            }
            .into_any()
        }
    };
    view! {
        <li>
            <p>{name.clone()}</p>
            <p class="written">{beginning}</p>
            <div class="button-row">
                <button type="button" class="button" on:click=go_on>
                    {words::report_draft_go_on(lang)} <span class="visually-hidden">{name}</span>
                </button>
                {remove}
            </div>
        </li>
    }
    .into_any()
}
