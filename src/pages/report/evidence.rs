//! Step 3: photos; cleaned on this device before anything else happens to them.

use contract::report::Limits;
use js_sys::{Array, Uint8Array};
use leptos::{prelude::*, task::spawn_local};
use ui::lang;
use wasm_bindgen::JsValue;

use super::{check::field, draft::DraftPhoto, writing::Writing};
use crate::{
    components::{PhotoView, focus_on},
    device::{Change, Shelf, Shelves, js},
    outbox::photo_key,
    photos::clean,
    words,
};

/// Photos, each with a picture and a way to take it out again.
#[component]
pub(super) fn Evidence() -> impl IntoView {
    let (lang, writing) = (lang(), Writing::expect());
    let (working, troubles) = (RwSignal::new(false), RwSignal::new(Vec::<String>::new()));
    let most = writing.form.with_value(|form| form.limits.photos);
    let choose = move |event: leptos::ev::Event| {
        let input: JsValue = event_target::<JsValue>(&event);
        let files = Array::from(&js::get(&input, "files")).to_vec();
        // The same file can be chosen again after it was taken out.
        js::set(&input, "value", &"".into());
        troubles.set(vec![]);
        spawn_local(add(writing, files, working, troubles));
    };
    let state = move || if working.get() { words::report_photos_working(lang) } else { "" };
    let lines = move || {
        let line = |trouble: String| view! { <p class="fault">{trouble}</p> };
        troubles.get().into_iter().map(line).collect_view()
    };
    let fault = writing.fault(field::PHOTOS);
    view! {
        <p>{words::report_photos_about(lang, &most)}</p>
        <div class="form-field">
            <label class="form-label" for=field::PHOTOS>{words::report_photos(lang)}</label>
            <p class="hint" id="report-photos-hint">{words::report_photos_clean(lang)}</p>
            <div role="alert">{lines} {move || fault.get().map(|fault| view! { <p class="fault">{fault}</p> })}</div>
            <input class="form-input" type="file" id=field::PHOTOS accept="image/*" multiple
                aria-describedby="report-photos-hint" on:change=choose/>
            <p role="status">{state}</p>
        </div>
        <Photos/>
    }
}

#[component]
fn Photos() -> impl IntoView {
    let (lang, writing) = (lang(), Writing::expect());
    let photos = writing.part(|draft| draft.photos.clone());
    let id = writing.part(|draft| draft.id.clone());
    let item = move |(number, photo): (usize, DraftPhoto)| {
        let (key, digest) = (photo_key(&id.get_untracked(), &photo.digest), photo.digest.clone());
        let (number, name) = (number + 1, words::report_photo(lang, &(number + 1)));
        let take_out = move |_| {
            take_out(writing, digest.clone());
            focus_on(field::PHOTOS.to_owned());
        };
        view! {
            <li>
                <PhotoView key name=name.clone()/>
                <button type="button" class="button" on:click=take_out>{words::report_photo_remove(lang, &number)}</button>
            </li>
        }
    };
    view! {
        <ul class="photos">
            {move || photos.get().into_iter().enumerate().map(item).collect_view()}
        </ul>
    }
    .into_any()
}

/// Cleans files one after the other; what cannot be used is told, and the others stay.
async fn add(
    writing: Writing,
    files: Vec<JsValue>,
    working: RwSignal<bool>,
    troubles: RwSignal<Vec<String>>,
) {
    let Limits { photos: most, .. } = writing.form.with_value(|form| form.limits);
    let shelves = Shelves::open().await;
    let _ = working.try_set(true);
    for (number, file) in files.iter().enumerate() {
        let Some(have) = writing.draft.try_with_untracked(|draft| draft.photos.len()) else {
            return;
        };
        let outcome = if have >= most as usize {
            Err(words::report_photos_most(writing.lang, &most))
        } else {
            take(writing, &shelves, file).await
        };
        if let Err(sentence) = outcome {
            let sentence = words::report_photo_trouble(writing.lang, &(number + 1), &sentence);
            let _ = troubles.try_update(|troubles| troubles.push(sentence));
        }
    }
    let _ = working.try_set(false);
}

async fn take(writing: Writing, shelves: &Shelves, file: &JsValue) -> Result<(), String> {
    let lang = writing.lang;
    let cleaned = clean(file).await.map_err(|trouble| trouble.sentence(lang))?;
    let id = writing.draft.with_untracked(|draft| draft.id.clone());
    let key = photo_key(&id, &cleaned.digest);
    let bytes = Uint8Array::from(cleaned.bytes.as_slice());
    let kept = shelves.change(vec![Change::Put(Shelf::Photos, key, bytes.into())]).await;
    kept.map_err(|_unkept| words::report_photo_no_room(lang).to_owned())?;
    let photo = DraftPhoto {
        digest: cleaned.digest,
        bytes: cleaned.bytes.len() as u32,
        taken_at: cleaned.taken_at,
    };
    writing.change(|draft| {
        draft.photos.retain(|known| known.digest != photo.digest);
        draft.photos.push(photo);
    });
    Ok(())
}

fn take_out(writing: Writing, digest: String) {
    let id = writing.draft.with_untracked(|draft| draft.id.clone());
    writing.change(|draft| draft.photos.retain(|photo| photo.digest != digest));
    spawn_local(async move {
        let key = photo_key(&id, &digest);
        // One that stays goes with its draft.
        let _ = Shelves::open().await.change(vec![Change::Delete(Shelf::Photos, key)]).await;
    });
}
