//! A photo from the phone's file to cleaned bytes: decoded by the browser, drawn, written anew without metadata.

use js_sys::Uint8Array;
use leptos::{prelude::document, wasm_split::SplitLoaderError};
use photo::Refusal;
use sha2::{Digest, Sha256};
use ui::turn::pause;
use wasm_bindgen::JsValue;

use crate::device::js;

/// A photo without anything but its pixels.
pub(crate) struct Cleaned {
    /// JPEG.
    pub(crate) bytes: Vec<u8>,
    /// SHA-256 of the bytes, lower-case hexadecimal.
    pub(crate) digest: String,
    /// Where the camera says it was taken, micro-degrees.
    pub(crate) taken_at: Option<domain::place::Point>,
}

/// Why there is no cleaned photo.
pub(crate) enum Trouble {
    /// Something is wrong with the file.
    Refused(Refusal),
    /// The part of the program that cleans photos could not be fetched.
    NoProgram,
}

impl Trouble {
    /// What is wrong, and what to do.
    pub(crate) fn sentence(&self, lang: domain::Lang) -> String {
        match self {
            Self::Refused(refusal) => {
                let photo::Sentence { zh, en } = refusal.sentence();
                lang.pick(&zh, &en).to_owned()
            }
            Self::NoProgram => ui::words::chunk_failed(lang).to_owned(),
        }
    }
}

impl From<Refusal> for Trouble {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<SplitLoaderError> for Trouble {
    fn from(_: SplitLoaderError) -> Self {
        Self::NoProgram
    }
}

/// Cleans a file that was chosen. The original never leaves this function.
///
/// # Errors
///
/// Why it cannot be used; nothing of it is kept.
pub(crate) async fn clean(file: &JsValue) -> Result<Cleaned, Trouble> {
    let size = js::get(file, "size").as_f64().unwrap_or(0.0);
    let limit = photo::limits::LIMITS.original_bytes;
    if size > limit as f64 {
        return Err(Refusal::TooLarge { bytes: size as u64, limit }.into());
    }
    let buffer =
        js::call_and_wait(file, "arrayBuffer", &[]).await.map_err(|_thrown| Refusal::Damaged)?;
    let (kind, taken_at) = look(Uint8Array::new(&buffer).to_vec()).await?;
    let picture = pixels(file).await.ok_or(match kind {
        photo::Kind::Heic | photo::Kind::Avif => Refusal::Unsupported(kind),
        _ => Refusal::Damaged,
    })?;
    // The page shows that it is at work before the longest step.
    pause(0).await;
    let (bytes, digest) = encode(picture).await?;
    Ok(Cleaned { bytes, digest, taken_at })
}

/// What the browser drew: four bytes per pixel.
pub(crate) struct Pixels {
    width: u32,
    height: u32,
    rgba: Vec<u8>,
}

/// The kind of file, judged by its first bytes, and where it was taken.
#[leptos::wasm_split::wasm_split(photo, wasm_split_path = ::leptos::wasm_split, fallible, preload(
    /// Fetches what cleans photos, so that it is there without a connection.
    prepare
))]
pub(crate) fn look(bytes: Vec<u8>) -> Result<(photo::Kind, Option<domain::place::Point>), Trouble> {
    let header = photo::inspect_original(&bytes)?;
    let taken_at = photo::gps(&bytes)
        .and_then(|at| domain::place::Point::new(at.longitude_e6, at.latitude_e6));
    Ok((header.kind, taken_at))
}

/// Writes the pixels as JPEG, checked, with its digest.
#[leptos::wasm_split::wasm_split(photo, wasm_split_path = ::leptos::wasm_split, fallible)]
fn encode(picture: Pixels) -> Result<(Vec<u8>, String), Trouble> {
    let bytes = photo::encode_rgba(picture.width, picture.height, &picture.rgba)?;
    let digest = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    Ok((bytes, digest))
}

/// Lets the browser decode and turn the photo upright, and draws it no larger than it is sent.
async fn pixels(file: &JsValue) -> Option<Pixels> {
    let options = js::object(&[("imageOrientation", "from-image".into())]);
    let window = js_sys::global();
    let bitmap = js::call_and_wait(&window, "createImageBitmap", &[file, &options]).await.ok()?;
    let side = |name: &str| js::get(&bitmap, name).as_f64().filter(|side| *side >= 1.0);
    let (width, height) = (side("width")?, side("height")?);
    let scale = (f64::from(photo::limits::LIMITS.cleaned_side) / width.max(height)).min(1.0);
    let (width, height) = ((width * scale).round().max(1.0), (height * scale).round().max(1.0));
    let canvas: JsValue = document().create_element("canvas").ok()?.into();
    js::set(&canvas, "width", &width.into());
    js::set(&canvas, "height", &height.into());
    let context = js::call(&canvas, "getContext", &[&"2d".into()]).ok()?;
    js::set(&context, "imageSmoothingQuality", &"high".into());
    let zero = JsValue::from(0);
    let place = [&bitmap, &zero, &zero, &width.into(), &height.into()];
    js::call(&context, "drawImage", &place).ok()?;
    let _ = js::call(&bitmap, "close", &[]);
    let area = [&zero, &zero, &width.into(), &height.into()];
    let data = js::get(&js::call(&context, "getImageData", &area).ok()?, "data");
    let rgba = Uint8Array::new(&js::get(&data, "buffer")).to_vec();
    Some(Pixels { width: width as u32, height: height as u32, rgba })
}
