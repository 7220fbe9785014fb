//! Photos added to a report that was sent already: cleaned and sent to the server at once, named by their digests.

use contract::paths;
use js_sys::{Array, Uint8Array};
use leptos::{prelude::*, task::spawn_local};
use ui::lang;
use wasm_bindgen::JsValue;

use crate::{
    api_client::{self, From},
    device::js,
    photos::clean,
    words,
};

/// A field for photos; `photos` has the digests of those that the server has.
#[component]
pub(crate) fn EvidencePhotos(
    /// Unique on the page.
    id: &'static str,
    /// Digests.
    photos: RwSignal<Vec<String>>,
) -> impl IntoView {
    let lang = lang();
    let (working, troubles) = (RwSignal::new(false), RwSignal::new(Vec::<String>::new()));
    let choose = move |event: leptos::ev::Event| {
        let files = Array::from(&js::get(&event_target::<JsValue>(&event), "files")).to_vec();
        photos.set(vec![]);
        troubles.set(vec![]);
        working.set(true);
        spawn_local(async move {
            for (number, file) in files.iter().enumerate() {
                match send(file, lang).await {
                    Ok(digest) => drop(photos.try_update(|photos| photos.push(digest))),
                    Err(sentence) => {
                        let sentence = words::report_photo_trouble(lang, &(number + 1), &sentence);
                        let _ = troubles.try_update(|troubles| troubles.push(sentence));
                    }
                }
            }
            let _ = working.try_set(false);
        });
    };
    let state = move || match (working.get(), photos.with(Vec::len)) {
        (true, _) => words::report_photos_working(lang).to_owned(),
        (_, 0) => String::new(),
        (_, number) => words::track_photos(lang, &number),
    };
    let lines = move || {
        let line = |trouble: String| view! { <p class="fault">{trouble}</p> };
        troubles.get().into_iter().map(line).collect_view()
    };
    view! {
        <div class="form-field">
            <label class="form-label" for=id>{words::track_evidence(lang)}</label>
            <div role="alert">{lines}</div>
            <input class="form-input" type="file" id=id accept="image/*" multiple on:change=choose/>
            <p role="status">{state}</p>
        </div>
    }
    .into_any()
}

async fn send(file: &JsValue, lang: domain::Lang) -> Result<String, String> {
    let cleaned = clean(file).await.map_err(|trouble| trouble.sentence(lang))?;
    let bytes = Uint8Array::from(cleaned.bytes.as_slice());
    let stored =
        api_client::upload(&paths::report_photo(&cleaned.digest), &bytes, From::Start).await;
    stored.map(|photo| photo.sha256).map_err(|failure| failure.sentence(lang))
}
