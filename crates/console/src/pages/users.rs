//! Accounts and their roles.

mod new_user;
mod secret;

use contract::officer::{User, UserChange, UserSecret, Users};
use domain::role::Role;
use leptos::prelude::*;
use ui::{Title, dates, lang};

use self::{new_user::NewAccount, secret::SecretOnce};
use crate::{
    api_client,
    components::{Failed, Input, Select, options_of},
    fetched::{Fetched, Sending, fetched},
    session::{SignedIn, departments},
    words,
};

/// The page.
#[component]
pub(crate) fn UsersPage() -> impl IntoView {
    let lang = lang();
    let users = fetched::<Users>(Signal::stored("users".to_owned()));
    let secret = RwSignal::new(None::<UserSecret>);
    let known = Memo::new(move |_| {
        users
            .value
            .with(|known| known.as_ref().map(|known| known.users.clone()))
            .unwrap_or_default()
    });
    view! {
        <Title text=words::place_users(lang).to_owned()/>
        <h1>{words::place_users(lang)}</h1>
        <p>{words::users_explained(lang)}</p>
        <SecretOnce secret/>
        <Failed failure=users.failure again=move |()| users.again()/>
        <NewAccount users secret/>
        {move || known.get().into_iter().map(|user| view! { <Account user users secret/> }).collect_view()}
    }
}

/// One account and the form that changes it.
#[component]
fn Account(
    user: User,
    users: Fetched<Users>,
    secret: RwSignal<Option<UserSecret>>,
) -> impl IntoView {
    let (lang, signed_in, sending) = (lang(), SignedIn::expect(), Sending::new());
    let display = RwSignal::new(user.display_name.clone());
    let department = RwSignal::new(user.department.clone().unwrap_or_default());
    let roles = RwSignal::new(user.roles.clone());
    let active = RwSignal::new(user.active);
    let (name, version) = (user.name.clone(), user.version);
    let path = StoredValue::new(format!("users/{name}"));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let body = UserChange {
            seen_version: version,
            display_name: Some(display.get_untracked()),
            department: Some(department.get_untracked()),
            roles: Some(roles.get_untracked()),
            active: Some(active.get_untracked()),
            ..UserChange::default()
        };
        let path = path.get_value();
        sending.start(async move { api_client::patch::<User>(&path, &body).await }, move |_| {
            users.again()
        });
    };
    let reset = move |_| {
        let path = format!("{}/reset", path.get_value());
        sending.start(
            async move { api_client::post::<UserSecret>(&path, &serde_json::json!({})).await },
            move |made| {
                secret.set(Some(made));
                users.again();
            },
        );
    };
    let hand_over = move |_| {
        let path = format!("{}/handover", path.get_value());
        sending.start(
            async move { api_client::post::<User>(&path, &serde_json::json!({})).await },
            move |_| users.again(),
        );
    };
    let offices =
        signed_in.with(|session| options_of(words::users_bureau(lang), departments(session), lang));
    let issued = user.issued_by.as_ref().map(|by| words::users_issued(lang, by));
    let seen = user.last_sign_in.map(|at| dates::day_and_clock(at, lang));
    let locked =
        user.locked_until.map(|at| words::users_locked(lang, &dates::day_and_clock(at, lang)));
    view! {
        <form class="card" aria-label=name.clone() on:submit=submit>
            <h2>{name.clone()}</h2>
            <p class="meta">
                {words::users_last(lang)}" "{seen.unwrap_or_else(|| "–".to_owned())}
                {locked.map(|locked| view! { " · "<strong>{locked}</strong> })}
            </p>
            <div class="fields">
                <Input label=words::users_display(lang) value=display required=true/>
                <Select label=words::act_department(lang) choices=offices value=department/>
                <label class="check">
                    <input type="checkbox" prop:checked=move || active.get() on:change=move |event| active.set(event_target_checked(&event))/>
                    {words::users_active(lang)}
                </label>
            </div>
            <RoleChoices roles/>
            {issued.map(|issued| view! {
                <div class="notice">
                    <p>{issued}</p>
                    <p><button type="button" class="button" disabled=move || sending.busy.get() on:click=hand_over>{words::users_handover(lang)}</button></p>
                </div>
            })}
            <Failed failure=sending.failure again=move |()| users.again()/>
            <p class="button-row">
                <button type="submit" class="button" disabled=move || sending.busy.get()>{words::users_save(lang)}</button>
                <button type="button" class="button" disabled=move || sending.busy.get() on:click=reset>{words::users_reset(lang)}</button>
            </p>
        </form>
    }
}

/// Roles to tick, each with what it permits.
#[component]
fn RoleChoices(roles: RwSignal<Vec<Role>>) -> impl IntoView {
    let lang = lang();
    let choice = |role: &Role| {
        let role = *role;
        let permits: Vec<_> =
            role.permissions().iter().map(|permission| permission.name(lang)).collect();
        let change = move |event| {
            let ticked = event_target_checked(&event);
            roles.update(|roles| {
                roles.retain(|known| *known != role);
                if ticked {
                    roles.push(role);
                }
            });
        };
        view! {
            <label class="check role-choice">
                <input type="checkbox" prop:checked=move || roles.with(|roles| roles.contains(&role)) on:change=change/>
                <span>{role.name(lang)}<span class="meta">" "{permits.join(" · ")}</span></span>
            </label>
        }
    };
    view! {
        <fieldset>
            <legend class="field-label">{words::users_roles(lang)}</legend>
            <div class="role-choices">{Role::ALL.iter().map(choice).collect_view()}</div>
        </fieldset>
    }
}
