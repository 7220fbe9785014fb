//! One's own account: the name colleagues read, and the password.

use contract::officer::{User, UserChange};
use leptos::prelude::*;
use ui::{Title, lang};

use crate::{
    api_client,
    components::{Failed, Input},
    fetched::Sending,
    session::SignedIn,
    words,
};

/// The page.
#[component]
pub(crate) fn AccountPage() -> impl IntoView {
    let (lang, signed_in, sending) = (lang(), SignedIn::expect(), Sending::new());
    let (old, new) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let done = RwSignal::new(false);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        done.set(false);
        let name = untrack(|| signed_in.with(|session| session.name.clone()));
        let body = UserChange {
            old_password: Some(old.get_untracked()),
            new_password: Some(new.get_untracked()),
            ..UserChange::default()
        };
        sending.start(
            async move { api_client::patch::<User>(&format!("users/{name}"), &body).await },
            move |_user| {
                old.set(String::new());
                new.set(String::new());
                done.set(true);
                signed_in.ask();
            },
        );
    };
    view! {
        <Title text=words::place_account(lang).to_owned()/>
        <h1>{words::place_account(lang)}</h1>
        {move || signed_in.with(|session| session.must_change_password).then(|| view! {
            <p class="notice" role="alert">{words::account_must_change(lang)}</p>
        })}
        <form class="stack card" on:submit=submit>
            <h2>{words::account_password(lang)}</h2>
            <Input label=words::account_old(lang) value=old kind="password" autocomplete="current-password" required=true/>
            <Input label=words::account_new(lang) value=new kind="password" autocomplete="new-password" required=true/>
            <Failed failure=sending.failure again=|()| ()/>
            <p><button type="submit" class="button button-main" disabled=move || sending.busy.get()>{words::account_change(lang)}</button></p>
            <p role="status">{move || done.get().then(|| words::account_changed(lang))}</p>
        </form>
    }
}
