//! The few parts of Leaflet 1.9.4 that are used.

use js_sys::Promise;
use leptos::prelude::document;
use wasm_bindgen::{JsCast, JsValue, prelude::*};
use wasm_bindgen_futures::JsFuture;

/// Where the build puts Leaflet; the name carries the version, so it may be cached for ever.
const FOLDER: &str = "vendor/leaflet-1.9.4";

#[wasm_bindgen]
extern "C" {
    /// A map in an element.
    pub type LeafletMap;
    /// Anything that can be put on a map.
    pub type Layer;

    #[wasm_bindgen(js_namespace = L, js_name = map)]
    pub fn map(element: &web_sys::HtmlElement, options: &JsValue) -> LeafletMap;
    #[wasm_bindgen(js_namespace = L, js_name = tileLayer)]
    pub fn tile_layer(url: &str, options: &JsValue) -> Layer;
    #[wasm_bindgen(js_namespace = L, js_name = polyline)]
    pub fn polyline(points: &JsValue, options: &JsValue) -> Layer;
    #[wasm_bindgen(js_namespace = L, js_name = polygon)]
    pub fn polygon(points: &JsValue, options: &JsValue) -> Layer;
    #[wasm_bindgen(js_namespace = L, js_name = layerGroup)]
    pub fn layer_group() -> Layer;
    #[wasm_bindgen(js_namespace = L, js_name = divIcon)]
    pub fn div_icon(options: &JsValue) -> JsValue;
    #[wasm_bindgen(js_namespace = L, js_name = marker)]
    pub fn marker(at: &JsValue, options: &JsValue) -> Layer;
    #[wasm_bindgen(js_namespace = ["L", "control"], js_name = scale)]
    pub fn scale(options: &JsValue) -> Layer;

    #[wasm_bindgen(method, js_name = addTo)]
    pub fn add_to(this: &Layer, map: &LeafletMap) -> Layer;
    #[wasm_bindgen(method, js_name = addTo)]
    pub fn add_to_group(this: &Layer, group: &Layer) -> Layer;
    #[wasm_bindgen(method, js_name = clearLayers)]
    pub fn clear_layers(this: &Layer);
    #[wasm_bindgen(method, js_name = getElement)]
    pub fn element(this: &Layer) -> Option<web_sys::Element>;
    #[wasm_bindgen(method, js_name = bindTooltip)]
    pub fn bind_tooltip(this: &Layer, text: &str, options: &JsValue);

    #[wasm_bindgen(method, js_name = fitBounds)]
    pub fn fit_bounds(this: &LeafletMap, bounds: &JsValue);
    #[wasm_bindgen(method, js_name = zoomIn)]
    pub fn zoom_in(this: &LeafletMap);
    #[wasm_bindgen(method, js_name = zoomOut)]
    pub fn zoom_out(this: &LeafletMap);
    #[wasm_bindgen(method, js_name = panBy)]
    pub fn pan_by(this: &LeafletMap, by: &JsValue);
    #[wasm_bindgen(method)]
    pub fn remove(this: &LeafletMap);
}

/// Puts Leaflet's style and script on the page and waits until it is there; once.
///
/// # Errors
///
/// The browser's event if a file cannot be fetched.
pub async fn load() -> Result<(), JsValue> {
    if js_sys::Reflect::has(&js_sys::global(), &"L".into())? {
        return Ok(());
    }
    let page = document();
    let head = page.head().ok_or(JsValue::NULL)?;
    let style: web_sys::HtmlLinkElement = page.create_element("link")?.unchecked_into();
    style.set_rel("stylesheet");
    style.set_href(&format!("{FOLDER}/leaflet.css"));
    // Before our own styles, so that they decide.
    head.prepend_with_node_1(&style)?;
    let script: web_sys::HtmlScriptElement = page.create_element("script")?.unchecked_into();
    script.set_src(&format!("{FOLDER}/leaflet.js"));
    let loaded = Promise::new(&mut |resolve, reject| {
        script.set_onload(Some(&resolve));
        script.set_onerror(Some(&reject));
    });
    head.append_child(&script)?;
    JsFuture::from(loaded).await.map(drop)
}

/// A JavaScript object with these properties.
pub fn object(properties: &[(&str, JsValue)]) -> JsValue {
    let object = js_sys::Object::new();
    for (name, value) in properties {
        // Setting a property of a fresh plain object cannot fail.
        let _ = js_sys::Reflect::set(&object, &JsValue::from_str(name), value);
    }
    object.into()
}

/// A position as Leaflet wants it: latitude first.
pub fn position(lon: f64, lat: f64) -> JsValue {
    js_sys::Array::of2(&lat.into(), &lon.into()).into()
}
