//! Style that comes with a page loaded later, so that the first load need not carry it.

use js_sys::Array;
use leptos::prelude::document;
use wasm_bindgen::JsValue;

use super::js;

/// Adds a stylesheet to the document, once per `name`; its rules are in the layers that the page declares.
///
/// The program brings it along rather than a link: it needs no address, works offline, and an adopted sheet is
/// the program's own, whatever the policy says of styles in the page.
pub(crate) fn wear(name: &'static str, css: &str) {
    let page: JsValue = document().into();
    let worn = format!("bilan-sheet-{name}");
    if !js::get(&page, &worn).is_undefined() {
        return;
    }
    // Browsers older than 2023 show the page without it: plain, and whole.
    let Ok(sheet) = js::construct("CSSStyleSheet", &[]) else { return };
    if js::call(&sheet, "replaceSync", &[&css.into()]).is_err() {
        return;
    }
    let adopted = Array::from(&js::get(&page, "adoptedStyleSheets"));
    adopted.push(&sheet);
    js::set(&page, "adoptedStyleSheets", &adopted);
    js::set(&page, &worn, &JsValue::TRUE);
}
