//! Telling every open page of this site that something kept on this device has changed.

use leptos::prelude::*;
use send_wrapper::SendWrapper;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};

use super::js;

const CHANNEL: &str = "bilan-reports";

/// Counts what was told since the page was opened.
#[derive(Clone, Copy)]
pub(crate) struct News(RwSignal<u32>);

impl News {
    /// Listens until the owner of the calling view is gone.
    pub(crate) fn listen() -> Self {
        let count = RwSignal::new(0_u32);
        let Ok(channel) = js::construct("BroadcastChannel", &[&CHANNEL.into()]) else {
            return Self(count);
        };
        let heard = Closure::<dyn FnMut(JsValue)>::new(move |_| {
            let _ = count.try_update(|count| *count = count.wrapping_add(1));
        });
        js::set(&channel, "onmessage", heard.as_ref().unchecked_ref());
        let listening = SendWrapper::new((channel, heard));
        on_cleanup(move || {
            let (channel, _heard) = &*listening;
            // A channel that is closed already is closed.
            let _ = js::call(channel, "close", &[]);
        });
        Self(count)
    }

    /// Whoever calls this in an effect is called again at the next news.
    pub(crate) fn track(self) {
        self.0.track();
    }

    /// As if it had been told, for browsers without channels.
    pub(crate) fn hear(self) {
        let _ = self.0.try_update(|count| *count = count.wrapping_add(1));
    }
}

/// Tells every page, this one too.
pub(crate) fn tell() {
    let Ok(channel) = js::construct("BroadcastChannel", &[&CHANNEL.into()]) else { return };
    let _ = js::call(&channel, "postMessage", &[&JsValue::TRUE]);
    let _ = js::call(&channel, "close", &[]);
}
