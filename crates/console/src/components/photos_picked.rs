//! Photos that an officer adds: uploaded at once, so that only their names are left to send.

use domain::canonical::{hex, sha256};
use leptos::{prelude::*, task::spawn_local};
use ui::lang;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, HtmlInputElement};

use crate::{
    api_client::{self, Failure},
    words,
};

/// One photo on its way.
#[derive(Clone)]
struct Picked {
    name: String,
    /// `None` while it travels.
    outcome: RwSignal<Option<Result<String, Failure>>>,
}

/// Chooses and uploads photos; `stored` are the names of those that have arrived.
#[component]
pub(crate) fn PhotosPicked(stored: RwSignal<Vec<String>>) -> impl IntoView {
    let lang = lang();
    let picked = RwSignal::new(Vec::<Picked>::new());
    let choose = move |event: leptos::ev::Event| {
        let input: HtmlInputElement = event_target(&event);
        let files = input.files().into_iter().flat_map(|files| {
            (0..files.length()).filter_map(move |index| files.get(index)).collect::<Vec<_>>()
        });
        for file in files {
            let photo = Picked { name: file.name(), outcome: RwSignal::new(None) };
            picked.update(|picked| picked.push(photo.clone()));
            spawn_local(async move {
                let outcome = upload(&file).await;
                if let Ok(name) = &outcome {
                    stored.update(|stored| stored.push(name.clone()));
                }
                photo.outcome.set(Some(outcome));
            });
        }
        // The same file may be chosen again after a failure.
        input.set_value("");
    };
    let item = move |photo: Picked| {
        let state = move || match photo.outcome.get() {
            None => words::photo_travels(lang).to_owned(),
            Some(Ok(_)) => words::photo_stored(lang).to_owned(),
            Some(Err(failure)) => failure.sentence(lang),
        };
        view! { <li>{photo.name.clone()}" · "{state}</li> }
    };
    view! {
        <div class="field field-wide">
            <label class="field">
                <span class="field-label">{words::photos_add(lang)}</span>
                <input type="file" accept="image/*" multiple on:change=choose/>
            </label>
            <div role="status"><ul>{move || picked.get().into_iter().map(item).collect_view()}</ul></div>
        </div>
    }
}

async fn upload(file: &File) -> Result<String, Failure> {
    let unreadable = |error: JsValue| Failure::Unreadable(format!("{error:?}"));
    let buffer = JsFuture::from(file.array_buffer()).await.map_err(unreadable)?;
    let bytes = js_sys::Uint8Array::new(&buffer).to_vec();
    let name = hex(&sha256(&bytes));
    api_client::put_photo(&bytes, &name).await.map(|stored| stored.sha256)
}
