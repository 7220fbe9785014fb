//! Sealing a contact in the browser, so that the public server cannot read it.
//!
//! The script is `age-encryption`, by the author of the age format (`docs/decisions/0005-seal-in-the-browser.md`).

use js_sys::Promise;
use leptos::{prelude::document, task::spawn_local};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::{api_client, device::js};

/// Where the build puts it; the name carries the version, so it may be cached for ever.
const SCRIPT: &str = "vendor/age-encryption-0.3.1/seal.js";
/// What it adds to the page.
const NAME: &str = "bilanSeal";

/// What officers read once they have opened it.
#[derive(serde::Serialize)]
struct Sealed<'a> {
    name: &'a str,
    reach: &'a str,
}

/// Fetches the script while there is a connection.
pub(crate) fn prepare() {
    // Without one it is fetched, or missed, when it is needed.
    spawn_local(async { drop(load().await) });
}

/// A contact as an armored age file that only `recipient` can open; `None` where the script cannot be had or refuses.
pub(crate) async fn seal(recipient: &str, name: &str, reach: &str) -> Option<String> {
    let plain = api_client::to_json(&Sealed { name: name.trim(), reach: reach.trim() }).ok()?;
    load().await.ok()?;
    let arguments = [&recipient.into(), &plain.into()];
    js::call_and_wait(&js_sys::global(), NAME, &arguments).await.ok()?.as_string()
}

async fn load() -> Result<(), JsValue> {
    if !js::global(NAME).is_undefined() {
        return Ok(());
    }
    let page = document();
    let head = page.head().ok_or(JsValue::NULL)?;
    let script: web_sys::HtmlScriptElement = page.create_element("script")?.unchecked_into();
    script.set_src(SCRIPT);
    let loaded = Promise::new(&mut |resolve, reject| {
        script.set_onload(Some(&resolve));
        script.set_onerror(Some(&reject));
    });
    head.append_child(&script)?;
    JsFuture::from(loaded).await.map(drop)
}
