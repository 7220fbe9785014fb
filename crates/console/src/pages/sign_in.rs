//! Signing in: name, password, and the code of the authenticator. Pasting and password managers work (WCAG 3.3.8).

use contract::officer::SignIn;
use leptos::prelude::*;
use ui::{Title, lang};

use crate::{
    components::{Failed, Input, Preferences},
    fetched::Sending,
    session::SignedIn,
    words,
};

/// The page of whoever is not signed in.
#[component]
pub(crate) fn SignInPage() -> impl IntoView {
    let lang = lang();
    view! {
        <Title text=words::sign_in(lang).to_owned()/>
        <div class="sign-in-page">
            <Preferences/>
            <h1>{words::console_name(lang)}</h1>
            <p>{words::sign_in_explained(lang)}</p>
            <SignInForm/>
        </div>
    }
}

/// The form, also shown over a page whose session has ended.
#[component]
pub(crate) fn SignInForm() -> impl IntoView {
    let (lang, signed_in, sending) = (lang(), SignedIn::expect(), Sending::new());
    let known = untrack(|| signed_in.with(|session| session.name.clone()));
    let (name, password) = (RwSignal::new(known), RwSignal::new(String::new()));
    let totp = RwSignal::new(String::new());
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let wish = SignIn {
            name: name.get_untracked().trim().to_owned(),
            password: password.get_untracked(),
            totp: digits(&totp.get_untracked()),
        };
        // A code is taken once.
        totp.set(String::new());
        sending.start(async move { signed_in.sign_in(wish).await }, |()| ());
    };
    view! {
        <form class="stack" on:submit=submit>
            <Failed failure=sending.failure again=|()| ()/>
            <Input label=words::sign_in_name(lang) value=name autocomplete="username" required=true/>
            <Input label=words::sign_in_password(lang) value=password kind="password"
                autocomplete="current-password" required=true/>
            <Input label=words::sign_in_totp(lang) value=totp autocomplete="one-time-code"
                inputmode="numeric" required=true/>
            <p><button type="submit" class="button button-main" disabled=move || sending.busy.get()>
                {words::sign_in(lang)}
            </button></p>
        </form>
    }
}

/// A code as authenticators show it, `123 456`, as it is sent.
fn digits(code: &str) -> String {
    code.chars().filter(|c| !c.is_whitespace()).collect()
}

#[cfg(test)]
mod tests {
    use super::digits;

    #[test]
    fn a_code_is_taken_with_any_spacing() {
        assert_eq!(digits(" 123 456\u{a0}"), "123456");
    }
}
