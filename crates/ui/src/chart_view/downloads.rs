//! The view as files: CSV, JSON, SVG, PNG.

use chart::{Bom, Frame};
use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;

use super::{draw, draw::Wish, inspection::Inspection};
use crate::{lang, words};

/// What the files of a view are called and say of themselves.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Source {
    /// The files' name without ending, e.g. `1424A-pm2_5-hour`.
    pub file_name: String,
    /// Where the same numbers are served as JSON, relative to the base.
    pub json: Option<String>,
    /// Below the picture: publisher, time of the data, whether it is simulated.
    pub note: String,
}

/// Pictures are made this wide, whatever the screen.
const FILE_WIDTH: u32 = 1_000;
/// A PNG has so many pixels to the drawing's pixel, for print.
const PNG_SCALE: f64 = 2.0;

/// Buttons that save exactly the view on screen.
#[component]
pub fn Downloads(inspection: Inspection, source: Signal<Source>) -> impl IntoView {
    let lang = lang();
    let csv = move |_| {
        let csv =
            inspection.drawing.with_untracked(|d| d.as_ref().map(|d| d.table.to_csv(Bom::With)));
        save(
            &csv.unwrap_or_default(),
            "text/csv",
            &source.with_untracked(|s| format!("{}.csv", s.file_name)),
        );
    };
    let svg = move |_| {
        with_picture(inspection, source, |svg, name| {
            save(&svg, "image/svg+xml", &format!("{name}.svg"));
        })
    };
    let png = move |_| {
        with_picture(inspection, source, |svg, name| {
            spawn_local(async move {
                if let Ok(canvas) = rasterised(&svg).await {
                    save_canvas(&canvas, format!("{name}.png"));
                }
            });
        })
    };
    let json = move || {
        let (json, name) =
            source.with(|source| (source.json.clone(), format!("{}.json", source.file_name)));
        json.map(|href| {
            view! { <a class="button" href=href download=name rel="external">{words::download_json(lang)}</a> }
        })
    };
    view! {
        <div class="downloads" role="group" aria-label=words::downloads(lang)>
            <button type="button" class="button" on:click=csv>{words::download_csv(lang)}</button>
            {json}
            <button type="button" class="button" on:click=svg>{words::download_svg(lang)}</button>
            <button type="button" class="button" on:click=png>{words::download_png(lang)}</button>
        </div>
    }
}

fn with_picture(
    inspection: Inspection,
    source: Signal<Source>,
    use_it: impl FnOnce(String, String) + 'static,
) {
    let wish = inspection.wish.get_value().and_then(|memo| memo.get_untracked());
    let Some(wish) = wish else { return };
    let source = source.get_untracked();
    let frame =
        Frame { title: wish.picture.title().to_owned(), note: source.note, ..Frame::default() };
    spawn_local(async move {
        if let Ok(svg) = draw::draw_file(Wish { width: FILE_WIDTH, ..wish }, frame).await {
            use_it(svg, source.file_name);
        }
    });
}

fn save(text: &str, media_type: &str, name: &str) {
    let options = web_sys::BlobPropertyBag::new();
    options.set_type(media_type);
    let parts = js_sys::Array::of1(&JsValue::from_str(text));
    if let Ok(blob) = web_sys::Blob::new_with_str_sequence_and_options(&parts, &options) {
        // A browser that cannot save has said so itself.
        let _ = save_blob(&blob, name);
    }
}

fn save_blob(blob: &web_sys::Blob, name: &str) -> Result<(), JsValue> {
    let url = web_sys::Url::create_object_url_with_blob(blob)?;
    let link: web_sys::HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    link.set_href(&url);
    link.set_download(name);
    link.click();
    web_sys::Url::revoke_object_url(&url)
}

fn save_canvas(canvas: &web_sys::HtmlCanvasElement, name: String) {
    let save = Closure::once_into_js(move |blob: Option<web_sys::Blob>| {
        if let Some(blob) = blob {
            let _ = save_blob(&blob, &name);
        }
    });
    // Fails only where a drawing from elsewhere has tainted the canvas, and ours has none.
    let _ = canvas.to_blob(save.unchecked_ref());
}

/// The SVG painted on a canvas.
async fn rasterised(svg: &str) -> Result<web_sys::HtmlCanvasElement, JsValue> {
    let image = web_sys::HtmlImageElement::new()?;
    let address = format!("data:image/svg+xml;charset=utf-8,{}", js_sys::encode_uri_component(svg));
    image.set_src(&address);
    JsFuture::from(image.decode()).await?;
    let (width, height) = (f64::from(image.natural_width()), f64::from(image.natural_height()));
    let canvas: web_sys::HtmlCanvasElement = document().create_element("canvas")?.unchecked_into();
    canvas.set_width((width * PNG_SCALE) as u32);
    canvas.set_height((height * PNG_SCALE) as u32);
    let context: web_sys::CanvasRenderingContext2d =
        canvas.get_context("2d")?.ok_or(JsValue::NULL)?.unchecked_into();
    context.scale(PNG_SCALE, PNG_SCALE)?;
    context.draw_image_with_html_image_element(&image, 0.0, 0.0)?;
    Ok(canvas)
}
