//! The claim code, as it is shown once: to be written down, copied, printed, photographed or kept.

use leptos::{prelude::*, task::spawn_local};
use ui::{Router, lang, later};

use super::qr_code;
use crate::{
    device::{Shelves, js},
    outbox::{KeptCode, forget_code, keep_code, kept_code},
    routes, words,
};

/// A code and everything that can be done with it.
#[component]
pub(crate) fn CodeCard(
    /// The report's id.
    id: String,
    /// The code as it is shown.
    code: String,
    /// The tracking number, once there is one.
    public_id: Option<String>,
    /// Key of the category.
    category: String,
    /// When it was sent off, Unix milliseconds.
    made_ms: i64,
) -> impl IntoView {
    let lang = lang();
    let kept = KeptCode { id, code: code.clone(), public_id, category, made_ms };
    let copied = RwSignal::new("");
    let text = code.clone();
    let copy = move |_| {
        let text = text.clone();
        spawn_local(async move {
            let clipboard = js::get(&window().navigator(), "clipboard");
            let done = js::call_and_wait(&clipboard, "writeText", &[&text.into()]).await;
            let said =
                if done.is_ok() { words::code_copied(lang) } else { words::code_not_copied(lang) };
            let _ = copied.try_set(said);
        });
    };
    let print = move |_| drop(window().print());
    // The code is behind the sign that no browser sends to a server.
    let address = untrack(|| Router::expect().address_of(routes::Place::Track.path()));
    let origin = window().location().origin().unwrap_or_default();
    let link = format!("{origin}{address}#{code}");
    view! {
        <section class="card code-card" aria-labelledby="claim-code">
            <h2 id="claim-code">{words::code_title(lang)}</h2>
            <p>{words::code_about(lang)}</p>
            <label class="form-label" for="claim-code-text">{words::code(lang)}</label>
            <textarea class="form-input code" id="claim-code-text" rows="2" readonly prop:value=code></textarea>
            <div class="button-row">
                <button type="button" class="button" on:click=copy>{words::code_copy(lang)}</button>
                <button type="button" class="button" on:click=print>{words::code_print(lang)}</button>
            </div>
            <p role="status">{copied}</p>
            <details class="more">
                <summary>{words::code_qr(lang)}</summary>
                {later(qr_code(link, words::code_qr_label(lang).to_owned()))}
            </details>
            <Keep kept/>
        </section>
    }
    .into_any()
}

/// Kept on this device only if ticked, and forgotten when unticked.
#[component]
fn Keep(kept: KeptCode) -> impl IntoView {
    let lang = lang();
    let ticked = RwSignal::new(false);
    let id = kept.id.clone();
    spawn_local(async move {
        let known = kept_code(&Shelves::open().await, &id).await.is_some();
        let _ = ticked.try_set(known);
    });
    let toggle = move |_| {
        let (kept, keep) = (kept.clone(), !ticked.get_untracked());
        spawn_local(async move {
            let shelves = Shelves::open().await;
            let done = if keep {
                keep_code(&shelves, &kept).await.is_ok()
            } else {
                forget_code(&shelves, &kept.id).await;
                true
            };
            let _ = ticked.try_set(keep && done);
        });
    };
    view! {
        <div class="choice">
            <input type="checkbox" id="keep-code" prop:checked=ticked on:change=toggle aria-describedby="keep-code-hint"/>
            <label for="keep-code">{words::code_keep(lang)}</label>
            <span class="hint" id="keep-code-hint">{words::code_keep_about(lang)}</span>
        </div>
    }
    .into_any()
}
