//! Where this device is, asked for by a button and never otherwise.

use js_sys::Promise;
use leptos::prelude::window;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use super::js;

/// Longitude and latitude in degrees (WGS-84), and how far off they may be, in metres.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Position {
    pub(crate) lon: f64,
    pub(crate) lat: f64,
    pub(crate) accuracy_m: f64,
}

/// Asks the browser, which asks the reader; `None` if either says no or nothing is found in 20 s.
pub(crate) async fn position() -> Option<Position> {
    let geolocation = js::get(&window().navigator(), "geolocation");
    let options = js::object(&[
        ("enableHighAccuracy", true.into()),
        ("timeout", 20_000.into()),
        ("maximumAge", 60_000.into()),
    ]);
    let asked = Promise::new(&mut |resolve, reject| {
        let arguments = [resolve.as_ref(), reject.as_ref(), &options];
        if js::call(&geolocation, "getCurrentPosition", &arguments).is_err() {
            // Nobody is listening to what is wrong: the caller has one sentence for all of it.
            let _ = reject.call0(&JsValue::NULL);
        }
    });
    let found = JsFuture::from(asked).await.ok()?;
    let number = |name: &str| js::get(&js::get(&found, "coords"), name).as_f64();
    Some(Position {
        lon: number("longitude")?,
        lat: number("latitude")?,
        accuracy_m: number("accuracy").unwrap_or(0.0),
    })
}
