//! A photo that is kept on this device.

use js_sys::{Array, Uint8Array};
use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::JsValue;

use crate::device::{Shelf, Shelves, js};

/// The photo of a key on the shelf of photos.
#[component]
pub(crate) fn PhotoView(
    /// Where it is kept.
    key: String,
    /// What it is called.
    name: String,
) -> impl IntoView {
    let address = RwSignal::new(None::<String>);
    spawn_local(async move {
        let Some(bytes) = Shelves::open().await.get(Shelf::Photos, &key).await else { return };
        let parts: JsValue = Array::of1(&Uint8Array::new(&bytes)).into();
        let options = js::object(&[("type", "image/jpeg".into())]);
        let made = js::construct("Blob", &[&parts, &options])
            .and_then(|blob| js::call(&js::global("URL"), "createObjectURL", &[&blob]));
        if let Some(url) = made.ok().and_then(|url| url.as_string()) {
            let _ = address.try_set(Some(url));
        }
    });
    on_cleanup(move || {
        if let Some(url) = address.try_get_untracked().flatten() {
            // One that is gone is gone.
            let _ = js::call(&js::global("URL"), "revokeObjectURL", &[&url.into()]);
        }
    });
    move || address.get().map(|url| view! { <img class="photo" src=url alt=name.clone()/> })
}
