//! Who reported: unsealed here, in the browser, with the officers' own key, which goes nowhere.
//!
//! The server hands out sealed bytes only, and writes down who asked and why.

use contract::officer::{SealedIdentity, Unsealing};
use domain::report::ActionKind;
use leptos::{prelude::*, task::spawn_local};
use ui::lang;
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlInputElement;

use super::{Area, Failed};
use crate::{
    api_client,
    fetched::Sending,
    unsealing::{self, Closed, Contact},
    words,
};

/// The form that asks for the sealed contact, and what is in it.
#[component]
pub(crate) fn Unseal(
    /// Where it is asked for, below the console's interface.
    path: String,
    /// Called to look at what is new.
    #[prop(into)]
    again: Callback<()>,
) -> impl IntoView {
    let (lang, sending) = (lang(), Sending::new());
    let (reason, key) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let opened = RwSignal::new(None::<Result<Contact, Closed>>);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let path = path.clone();
        let body = Unsealing { reason: reason.get_untracked() };
        sending.start(
            async move { api_client::post::<SealedIdentity>(&path, &body).await },
            move |answer| {
                spawn_local(async move {
                    let outcome = unsealing::open(&answer.sealed, &key.get_untracked()).await;
                    if outcome.is_ok() {
                        // The key has done its work; nothing of it stays on the page.
                        key.set(String::new());
                    }
                    opened.set(Some(outcome));
                });
                again.run(());
            },
        );
    };
    let from_file = move |event: leptos::ev::Event| {
        let input: HtmlInputElement = event_target(&event);
        let file = input.files().and_then(|files| files.get(0));
        input.set_value("");
        if let Some(file) = file {
            spawn_local(async move {
                let text = JsFuture::from(file.text()).await.ok().and_then(|text| text.as_string());
                key.set(text.unwrap_or_default());
            });
        }
    };
    view! {
        <form class="stack" on:submit=submit>
            <p class="meta">{words::identity_explained(lang)}</p>
            <Area label=words::identity_reason(lang) value=reason rows=2 required=true/>
            <label class="field">
                <span class="field-label">{words::identity_key_file(lang)}</span>
                <input type="file" on:change=from_file/>
            </label>
            <label class="field field-wide">
                <span class="field-label">{words::identity_key(lang)}</span>
                <input type="password" autocomplete="off" spellcheck="false" required
                    prop:value=move || key.get() on:input=move |event| key.set(event_target_value(&event))/>
            </label>
            <Failed failure=sending.failure again/>
            <p><button type="submit" class="button" disabled=move || sending.busy.get()>
                {ActionKind::Unseal.name(lang)}
            </button></p>
            <div role="status">
                {move || opened.get().map(|outcome| match outcome {
                    Ok(contact) => view! { <Opened contact/> }.into_any(),
                    Err(why) => view! { <p class="notice">{why.sentence(lang)}</p> }.into_any(),
                })}
            </div>
            {move || opened.get().map(|_| view! {
                <p><button type="button" class="button" on:click=move |_| opened.set(None)>{words::identity_forget(lang)}</button></p>
            })}
        </form>
    }
}

#[component]
fn Opened(contact: Contact) -> impl IntoView {
    let lang = lang();
    view! {
        <dl class="case-facts">
            <div><dt>{words::identity_name(lang)}</dt><dd>{contact.name}</dd></div>
            <div><dt>{words::identity_reach(lang)}</dt><dd>{contact.reach}</dd></div>
        </dl>
    }
}
