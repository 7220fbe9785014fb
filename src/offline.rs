//! A page that starts without a connection.

use js_sys::Array;
use leptos::prelude::{document, window};
use wasm_bindgen::JsValue;

use crate::device::js;

/// Asks the browser to keep pages and program (`public/sw.js`), and tells the keeper what this page needed: on a first
/// visit that came before there was one.
///
/// Browsers without service workers, and pages without encryption, go on without: then a page that
/// is open works offline, and one that is opened anew does not. A private window may refuse: the same.
pub(crate) async fn keep_pages() {
    let workers = js::get(&window().navigator(), "serviceWorker");
    // Relative to the document's base, which is also how far it reaches.
    let Ok(script) = js::construct("URL", &[&"sw.js".into(), &js::get(&document(), "baseURI")])
    else {
        return;
    };
    if js::call_and_wait(&workers, "register", &[&script]).await.is_err() {
        return;
    }
    let Ok(registration) = js::resolved(&js::get(&workers, "ready")).await else { return };
    // A worker that ends at this moment is started again for the next page.
    let _ = js::call(&js::get(&registration, "active"), "postMessage", &[&fetched()]);
}

/// Addresses of what this page has fetched.
fn fetched() -> JsValue {
    let entries = js::call(&js::global("performance"), "getEntriesByType", &[&"resource".into()]);
    let entries = entries.map(|entries| Array::from(&entries)).unwrap_or_default();
    entries.iter().map(|entry| js::get(&entry, "name")).collect::<Array>().into()
}
