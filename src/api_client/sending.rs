//! Requests that carry something: forms and photos.

use std::time::Duration;

use contract::report::StoredPhoto;
use js_sys::Uint8Array;
use leptos::prelude::window;
use serde::{Serialize, de::DeserializeOwned};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, RequestInit, Response};

use super::{BODY_PATIENCE, Failure, PATIENCE, parse, refusal, within};
use crate::device::js;

/// How much of a photo travels in one request: on a line of 2 kB/s a minute's work, which is then not lost.
const PIECE: u32 = 128 * 1024;
/// For one piece on such a line.
const PATIENCE_WITH_PIECES: Duration = Duration::from_secs(120);

/// A value as JSON, written by the browser.
///
/// # Errors
///
/// [`Failure::Unreadable`] for a number that JSON cannot carry exactly.
pub(crate) fn to_json<T: Serialize>(value: &T) -> Result<String, Failure> {
    let unreadable = |error: String| Failure::Unreadable(error);
    let value = value
        .serialize(&serde_wasm_bindgen::Serializer::json_compatible())
        .map_err(|error| unreadable(error.to_string()))?;
    let text = js_sys::JSON::stringify(&value).map_err(|error| unreadable(format!("{error:?}")))?;
    Ok(text.into())
}

/// Puts a document under its address.
///
/// # Errors
///
/// Why it is not there.
pub(crate) async fn put<T: DeserializeOwned>(path: &str, json: &str) -> Result<T, Failure> {
    document("PUT", path, json).await
}

/// Posts a document.
///
/// # Errors
///
/// Why there is no answer.
pub(crate) async fn post<T: DeserializeOwned>(path: &str, json: &str) -> Result<T, Failure> {
    document("POST", path, json).await
}

async fn document<T: DeserializeOwned>(method: &str, path: &str, json: &str) -> Result<T, Failure> {
    let headers = [("content-type", "application/json")];
    let answer = exchange(method, path, &headers, &json.into(), PATIENCE).await?;
    parse(&accepted(answer).await?)
}

/// Where an upload begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum From {
    /// It was not tried before.
    Start,
    /// An attempt was cut: the server is asked how much it has.
    Cut,
}

/// How far an upload has come.
enum Upload {
    /// The server has the photo, cleaned and durable.
    Stored(StoredPhoto),
    /// The server has bytes up to here.
    At(u32),
}

/// Sends a photo.
///
/// # Errors
///
/// Why it is not stored; calling again resumes.
pub(crate) async fn upload(
    path: &str,
    bytes: &Uint8Array,
    from: From,
) -> Result<StoredPhoto, Failure> {
    let mut at = if from == From::Cut { offset(path).await? } else { 0 };
    // Each piece moves the offset on; a server that never finishes is given up.
    for _ in 0..=bytes.length() / PIECE + 2 {
        match piece(path, bytes, at).await? {
            Upload::Stored(photo) => return Ok(photo),
            Upload::At(next) => at = next,
        }
    }
    Err(Failure::Unreadable("the upload does not move on".to_owned()))
}

/// How many bytes the server has; none of a photo it does not know.
async fn offset(path: &str) -> Result<u32, Failure> {
    let answer = exchange("HEAD", path, &[], &JsValue::UNDEFINED, PATIENCE).await?;
    let response = &answer.response;
    Ok(if response.ok() { header(response, "upload-offset").unwrap_or(0) } else { 0 })
}

async fn piece(path: &str, bytes: &Uint8Array, at: u32) -> Result<Upload, Failure> {
    let length = bytes.length();
    let body = bytes.slice(at.min(length), at.saturating_add(PIECE).min(length));
    let (at, length) = (at.to_string(), length.to_string());
    let headers = [
        ("content-type", "application/offset+octet-stream"),
        ("upload-offset", at.as_str()),
        ("upload-length", length.as_str()),
    ];
    let answer = exchange("PATCH", path, &headers, &body, PATIENCE_WITH_PIECES).await?;
    let next = header(&answer.response, "upload-offset");
    match (answer.response.status(), next) {
        // Another tab was faster, or the last answer was lost: go on from where the server is.
        (204 | 409, Some(next)) => Ok(Upload::At(next)),
        _ => Ok(Upload::Stored(parse(&accepted(answer).await?)?)),
    }
}

fn header(response: &Response, name: &str) -> Option<u32> {
    response.headers().get(name).ok()??.parse().ok()
}

/// An answer whose head has come, and what gives its body up.
struct Answer {
    response: Response,
    abort: AbortController,
}

/// The body of a good answer, or why it is none. One that stalls on the way would be awaited for ever, and nothing
/// else be sent meanwhile.
async fn accepted(Answer { response, abort }: Answer) -> Result<String, Failure> {
    let body = async { JsFuture::from(response.text().ok()?).await.ok()?.as_string() };
    let text = within(BODY_PATIENCE, &abort, body).await.ok_or(Failure::Unreachable)?;
    if response.ok() { Ok(text) } else { Err(refusal(response.status(), parse(&text).ok())) }
}

/// One request. No cookie travels with it: a report must not meet an officer's session.
async fn exchange(
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &JsValue,
    patience: Duration,
) -> Result<Answer, Failure> {
    let unreachable = |_: JsValue| Failure::Unreachable;
    let abort = AbortController::new().map_err(unreachable)?;
    let headers: Vec<_> = headers.iter().map(|(name, value)| (*name, (*value).into())).collect();
    let options: RequestInit = js::object(&[
        ("method", method.into()),
        ("headers", js::object(&headers)),
        ("body", body.clone()),
        ("signal", abort.signal().into()),
        ("credentials", "omit".into()),
        ("cache", "no-store".into()),
    ])
    .unchecked_into();
    let asked = JsFuture::from(window().fetch_with_str_and_init(path, &options));
    let response = within(patience, &abort, asked).await.map_err(unreachable)?;
    Ok(Answer { response: response.dyn_into().map_err(unreachable)?, abort })
}
