//! Giving the page its turn.

use js_sys::{Function, Promise};
use leptos::prelude::window;
use wasm_bindgen_futures::JsFuture;

/// Waits, so that what the reader does meanwhile is answered.
pub(crate) async fn pause(ms: i32) {
    let promise = Promise::new(&mut |resolve: Function, _| {
        // A window always has timers.
        let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, ms);
    });
    // Timers break no promises.
    let _ = JsFuture::from(promise).await;
}
