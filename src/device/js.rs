//! Parts of the browser by their names.
//!
//! Each method bound at compile time is a line of the script that every first visit loads; what only the pages
//! loaded later need is called by name instead.

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// A property; undefined where there is none, or nothing to have one.
pub(crate) fn get(target: &JsValue, name: &str) -> JsValue {
    Reflect::get(target, &name.into()).unwrap_or(JsValue::UNDEFINED)
}

/// Sets a property.
pub(crate) fn set(target: &JsValue, name: &str, value: &JsValue) {
    // Only a frozen object refuses, and none of ours is.
    let _ = Reflect::set(target, &name.into(), value);
}

/// Calls a method.
///
/// # Errors
///
/// What the method threw, or the property that is no method.
pub(crate) fn call(
    target: &JsValue,
    method: &str,
    arguments: &[&JsValue],
) -> Result<JsValue, JsValue> {
    let function: Function = get(target, method).dyn_into()?;
    Reflect::apply(&function, target, &arguments.iter().copied().collect::<Array>())
}

/// Calls a method that promises, and waits.
///
/// # Errors
///
/// As [`call`], or the reason of the broken promise.
pub(crate) async fn call_and_wait(
    target: &JsValue,
    method: &str,
    arguments: &[&JsValue],
) -> Result<JsValue, JsValue> {
    resolved(&call(target, method, arguments)?).await
}

/// Waits for what a promise brings; anything else is there already.
///
/// # Errors
///
/// The reason of the broken promise.
pub(crate) async fn resolved(promise: &JsValue) -> Result<JsValue, JsValue> {
    JsFuture::from(Promise::resolve(promise)).await
}

/// A new object of a class of the page.
///
/// # Errors
///
/// Undefined where the browser has no such class, or what the constructor threw.
pub(crate) fn construct(class: &str, arguments: &[&JsValue]) -> Result<JsValue, JsValue> {
    let class: Function = global(class).dyn_into()?;
    Reflect::construct(&class, &arguments.iter().copied().collect::<Array>())
}

/// A name of the page, such as `indexedDB`.
pub(crate) fn global(name: &str) -> JsValue {
    get(&js_sys::global(), name)
}

/// A plain object with these properties.
pub(crate) fn object(properties: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new().into();
    for (name, value) in properties {
        set(&object, name, value);
    }
    object
}
