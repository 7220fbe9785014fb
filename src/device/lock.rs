//! One tab at a time (Web Locks).

use std::future::Future;

use js_sys::Promise;
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::future_to_promise;

use super::js;

/// Runs `work` unless another tab of this site is at it under the same name; then it does nothing.
///
/// Browsers without Web Locks run it anyway: what is sent twice under one id is one report.
pub(crate) async fn alone<F: Future<Output = ()> + 'static>(
    name: &str,
    work: impl FnOnce() -> F + 'static,
) {
    let locks = js::get(&window().navigator(), "locks");
    if !locks.is_object() {
        return work().await;
    }
    let options = js::object(&[("ifAvailable", true.into())]);
    let held = Closure::once(move |lock: JsValue| -> Promise {
        if lock.is_null() {
            return Promise::resolve(&JsValue::UNDEFINED);
        }
        future_to_promise(async move {
            work().await;
            Ok(JsValue::UNDEFINED)
        })
    });
    let arguments = [&name.into(), &options, held.as_ref().unchecked_ref()];
    // A page that may not lock (a sandboxed frame) does not send; the next one that may does.
    let _ = js::call_and_wait(&locks, "request", &arguments).await;
}
