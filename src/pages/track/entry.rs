//! Typing the code, choosing a kept one, or coming with one behind the sign.

use leptos::{prelude::*, task::spawn_local};
use ui::{Router, Visit, lang};

use super::holding::Holding;
use crate::{
    components::TextLine,
    device::{News, Shelves},
    outbox::{KeptCode, forget_code, kept_codes},
    pages::report::category_name,
    words,
};

/// The id of the field.
const FIELD: &str = "track-code";

/// The field, and the codes kept on this device.
#[component]
pub(super) fn Entry() -> impl IntoView {
    let (lang, holding, router) = (lang(), Holding::expect(), Router::expect());
    let typed = RwSignal::new(String::new());
    // The part behind the sign never reached the server; now that it is read, it need not stay in the address.
    let hash = window().location().hash().unwrap_or_default();
    let given = ui::router::decoded(hash.trim_start_matches('#'));
    if given.len() > 20 {
        router.go(&untrack(|| router.here_with(&[])), Visit::Replace);
        typed.set(given.clone());
        let arrived = RwSignal::new(false);
        // The prefix stands in the form: it is waited for.
        Effect::new(move |_| {
            let known = holding.form.with(|form| form.value.is_some() || form.failure.is_some());
            if known && !arrived.get_untracked() {
                arrived.set(true);
                holding.look_up(&given);
            }
        });
    }
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        holding.look_up(&typed.get_untracked());
        if holding.trouble.with_untracked(Option::is_some) {
            crate::components::focus_on(FIELD.to_owned());
        }
    };
    let write = Callback::new(move |text| {
        typed.set(text);
        holding.trouble.set(None);
    });
    view! {
        <form class="card" on:submit=submit>
            <TextLine id=FIELD label=words::code(lang) hint=words::track_code_hint(lang) value=typed on_input=write
                fault=holding.trouble/>
            <p><button type="submit" class="button button-main" disabled=move || holding.busy.get()>{words::track_look(lang)}</button></p>
            <p role="status">{move || if holding.busy.get() { words::loading(lang) } else { "" }}</p>
        </form>
        <KeptCodes/>
    }
}

/// Codes that the reader asked to keep here.
#[component]
fn KeptCodes() -> impl IntoView {
    let (lang, news) = (lang(), News::listen());
    let codes = RwSignal::new(Vec::<KeptCode>::new());
    Effect::new(move |_| {
        news.track();
        spawn_local(async move {
            let _ = codes.try_set(kept_codes(&Shelves::open().await).await);
        });
    });
    move || {
        let rows = codes.get();
        (!rows.is_empty()).then(|| {
            view! {
                <section class="card" aria-labelledby="kept-codes">
                    <h2 id="kept-codes">{words::track_kept(lang)}</h2>
                    <ul class="reports">{rows.into_iter().map(|kept| row(kept, news)).collect_view()}</ul>
                </section>
            }
        })
    }
}

fn row(kept: KeptCode, news: News) -> AnyView {
    let (lang, holding) = (lang(), Holding::expect());
    let category = kept.category.clone();
    let name = Signal::derive(move || {
        holding.form.with(|form| category_name(form.value.as_ref(), &category, lang))
    });
    let number = kept.public_id.clone().unwrap_or_default();
    let code = kept.code.clone();
    let forget = move |_| {
        let id = kept.id.clone();
        spawn_local(async move {
            forget_code(&Shelves::open().await, &id).await;
            news.hear();
        });
    };
    view! {
        <li>
            <p>{name} " " {number.clone()}</p>
            <div class="button-row">
                <button type="button" class="button" on:click=move |_| holding.look_up(&code)>
                    {words::track_look(lang)} <span class="visually-hidden">{number.clone()}</span>
                </button>
                <button type="button" class="button" on:click=forget>
                    {words::track_forget(lang)} <span class="visually-hidden">{number}</span>
                </button>
            </div>
        </li>
    }
    .into_any()
}
