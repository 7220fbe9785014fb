//! A page that starts without a connection.

use js_sys::{Function, Promise, Reflect};
use leptos::{prelude::window, task::spawn_local};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Asks the browser to keep pages and program (`public/sw.js`).
///
/// Browsers without service workers, and pages without encryption, go on without: then a page that
/// is open works offline, and one that is opened anew does not.
pub(crate) fn keep_pages() {
    spawn_local(async {
        if let Some(registration) = register() {
            // Refused, as in a private window: the page works, it is only not kept.
            let _ = JsFuture::from(registration).await;
        }
    });
}

fn register() -> Option<Promise> {
    let workers = Reflect::get(&window().navigator(), &"serviceWorker".into()).ok()?;
    let register: Function =
        Reflect::get(workers.is_object().then_some(&workers)?, &"register".into())
            .ok()?
            .dyn_into()
            .ok()?;
    // Relative to the document's base, which is also how far it reaches.
    let script = JsValue::from_str(&web_sys::Url::new_with_base("sw.js", &base()?).ok()?.href());
    register.call1(&workers, &script).ok()?.dyn_into().ok()
}

fn base() -> Option<String> {
    leptos::prelude::document().base_uri().ok().flatten()
}
