//! What a new or reset account needs, shown once.

use contract::officer::UserSecret;
use leptos::prelude::*;
use ui::lang;

use crate::words;

/// The password and the authenticator's address, until they are put away.
#[component]
pub(super) fn SecretOnce(secret: RwSignal<Option<UserSecret>>) -> impl IntoView {
    let lang = lang();
    let shown = move |made: UserSecret| {
        view! {
            <div class="notice" role="alert">
                <p><strong>{words::secret_title(lang, &made.user.name)}</strong></p>
                <p>{words::secret_explained(lang)}</p>
                <dl class="case-facts">
                    <div><dt>{words::sign_in_password(lang)}</dt><dd><code>{made.password}</code></dd></div>
                    <div><dt>{words::secret_totp(lang)}</dt><dd><code class="ledger-body">{made.totp_uri}</code></dd></div>
                </dl>
                <p><button type="button" class="button" on:click=move |_| secret.set(None)>{words::secret_put_away(lang)}</button></p>
            </div>
        }
    };
    move || secret.get().map(shown)
}
