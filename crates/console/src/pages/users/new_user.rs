//! A new account.

use contract::officer::{NewUser, UserSecret, Users};
use leptos::prelude::*;
use ui::lang;

use super::RoleChoices;
use crate::{
    api_client,
    components::{Failed, Input, Select, options_of},
    fetched::{Fetched, Sending},
    session::{SignedIn, departments},
    words,
};

/// The form; the password and the authenticator's secret come back once.
#[component]
pub(super) fn NewAccount(
    users: Fetched<Users>,
    secret: RwSignal<Option<UserSecret>>,
) -> impl IntoView {
    let (lang, signed_in, sending) = (lang(), SignedIn::expect(), Sending::new());
    let (name, display) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (department, roles) = (RwSignal::new(String::new()), RwSignal::new(Vec::new()));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let body = NewUser {
            name: name.get_untracked().trim().to_owned(),
            display_name: display.get_untracked().trim().to_owned(),
            department: Some(department.get_untracked()).filter(|key| !key.is_empty()),
            roles: roles.get_untracked(),
        };
        sending.start(
            async move { api_client::post::<UserSecret>("users", &body).await },
            move |made| {
                name.set(String::new());
                display.set(String::new());
                roles.set(Vec::new());
                secret.set(Some(made));
                users.again();
            },
        );
    };
    let offices =
        signed_in.with(|session| options_of(words::users_bureau(lang), departments(session), lang));
    view! {
        <details class="card">
            <summary>{words::users_new(lang)}</summary>
            <form class="stack" on:submit=submit>
                <div class="fields">
                    <Input label=words::users_name(lang) value=name required=true/>
                    <Input label=words::users_display(lang) value=display required=true/>
                    <Select label=words::act_department(lang) choices=offices value=department/>
                </div>
                <p class="meta">{words::users_name_rule(lang)}</p>
                <RoleChoices roles/>
                <Failed failure=sending.failure again=move |()| users.again()/>
                <p><button type="submit" class="button button-main" disabled=move || sending.busy.get()>{words::users_create(lang)}</button></p>
            </form>
        </details>
    }
}
