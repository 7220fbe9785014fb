//! Opening a sealed contact in the browser.
//!
//! The script is `age-encryption`, by the author of the age format, fetched when it is first needed
//! (`docs/decisions/0005-seal-in-the-browser.md`).

use domain::Lang;
use js_sys::{Function, Promise, Reflect};
use leptos::prelude::document;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::words;

/// Where the build puts the script; the name carries the version, so it may be cached for ever.
const SCRIPT: &str = "vendor/age-encryption-0.3.1/unseal.js";
/// What it adds to the page.
const NAME: &str = "bilanUnseal";
/// How an identity of age begins.
const KEY: &str = "AGE-SECRET-KEY-1";

/// Who can be reached how.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
pub(crate) struct Contact {
    pub(crate) name: String,
    pub(crate) reach: String,
}

/// Why it stays closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Closed {
    /// What was given holds no key.
    NoKey,
    /// The script could not be fetched.
    NoScript,
    /// The key is another one, or the bytes are damaged.
    OtherKey,
    /// What was sealed is no contact.
    Unreadable,
}

impl Closed {
    /// What to do.
    pub(crate) fn sentence(self, lang: Lang) -> &'static str {
        match self {
            Self::NoKey => words::closed_no_key(lang),
            Self::NoScript => words::closed_no_script(lang),
            Self::OtherKey => words::closed_other_key(lang),
            Self::Unreadable => words::closed_unreadable(lang),
        }
    }
}

/// Opens an armored age file with the key in `text`, an identity file or the key alone.
///
/// # Errors
///
/// Why it stays closed.
pub(crate) async fn open(sealed: &str, text: &str) -> Result<Contact, Closed> {
    let key = key_in(text).ok_or(Closed::NoKey)?;
    let unseal = load().await.map_err(|_event| Closed::NoScript)?;
    let promise = unseal.call2(&JsValue::NULL, &sealed.into(), &key.into());
    let promise: Promise = promise.ok().and_then(|p| p.dyn_into().ok()).ok_or(Closed::NoScript)?;
    let opened = JsFuture::from(promise).await.map_err(|_refusal| Closed::OtherKey)?;
    let opened = opened.as_string().ok_or(Closed::Unreadable)?;
    serde_json::from_str(&opened).map_err(|_error| Closed::Unreadable)
}

/// The key's line: identity files hold comments too.
fn key_in(text: &str) -> Option<&str> {
    text.lines().map(str::trim).find(|line| line.to_ascii_uppercase().starts_with(KEY))
}

fn function() -> Option<Function> {
    Reflect::get(&js_sys::global(), &NAME.into()).ok()?.dyn_into().ok()
}

async fn load() -> Result<Function, JsValue> {
    if let Some(ready) = function() {
        return Ok(ready);
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
    JsFuture::from(loaded).await?;
    function().ok_or(JsValue::NULL)
}

#[cfg(test)]
mod tests {
    use super::key_in;

    #[test]
    fn the_key_is_found_in_an_identity_file_and_nothing_else_is_taken_for_one() {
        let file = "# created: 2026-11-27\n# public key: age1qqq\n  AGE-SECRET-KEY-1QQQ \n";
        assert_eq!(key_in(file), Some("AGE-SECRET-KEY-1QQQ"));
        assert_eq!(key_in("age1qqq"), None);
        assert_eq!(key_in(""), None);
    }
}
