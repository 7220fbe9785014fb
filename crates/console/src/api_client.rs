//! The only file of the console that fetches; typed by `contract`.

use std::{cell::RefCell, time::Duration};

use contract::{
    officer::CSRF_HEADER,
    problem::{Code, FieldFault, Problem, StaleFacts},
    report::StoredPhoto,
};
use domain::Lang;
use js_sys::Uint8Array;
use leptos::prelude::{document, set_timeout_with_handle, window};
use serde::{Serialize, de::DeserializeOwned};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, File, FormData, Headers, RequestInit, Response};

use crate::words;

/// The console's interface, relative to the page's base.
const API: &str = "api/v1/";
/// Longer than any reply takes on a bad line; then the officer is told.
const PATIENCE: Duration = Duration::from_secs(30);

/// Why something was not answered or not done.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Failure {
    /// No connection, or none that answered in time.
    #[error("the server could not be reached")]
    Unreachable,
    /// The server refused and said why.
    #[error("the server answered {}", .0.code.key())]
    Refused(Box<Problem>),
    /// Something answered, but not our server in a form we know.
    #[error("the reply could not be read: {0}")]
    Unreadable(String),
}

impl Failure {
    /// What happened and what to do.
    pub(crate) fn sentence(&self, lang: Lang) -> String {
        match self {
            Self::Unreachable => words::failure_unreachable(lang).to_owned(),
            Self::Refused(problem) => match &problem.detail {
                Some(detail) => detail.clone(),
                None => problem.code.title(lang).to_owned(),
            },
            Self::Unreadable(_) => words::failure_unreadable(lang).to_owned(),
        }
    }

    /// The fields at fault.
    pub(crate) fn fields(&self) -> &[FieldFault] {
        match self {
            Self::Refused(problem) => &problem.fields,
            _ => &[],
        }
    }

    /// Who changed what in the meantime.
    pub(crate) fn stale(&self) -> Option<&StaleFacts> {
        match self {
            Self::Refused(problem) => problem.stale.as_ref(),
            _ => None,
        }
    }

    /// True when there is no session, or it has ended.
    pub(crate) fn is_signed_out(&self) -> bool {
        matches!(self, Self::Refused(problem) if problem.code == Code::SignInNeeded)
    }
}

thread_local! {
    /// What every change must carry; known once signed in.
    static CSRF: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Remembers what every change must carry from now on.
pub(crate) fn carry(csrf: &str) {
    CSRF.replace(csrf.to_owned());
}

/// Gets a reply; `path` is below the console's interface.
pub(crate) async fn get<T: DeserializeOwned>(path: &str) -> Result<T, Failure> {
    parse(&text("GET", &format!("{API}{path}"), None).await?)
}

/// As [`get`] from the public interface, e.g. `api/v1/site`.
pub(crate) async fn get_public<T: DeserializeOwned>(path: &str) -> Result<T, Failure> {
    parse(&text("GET", &format!("../{path}"), None).await?)
}

/// Sends `body` and gets the reply.
pub(crate) async fn post<T: DeserializeOwned>(
    path: &str,
    body: &impl Serialize,
) -> Result<T, Failure> {
    parse(&text("POST", &format!("{API}{path}"), Some(written(body)?.into())).await?)
}

/// As [`post`] for a change of something that exists.
pub(crate) async fn patch<T: DeserializeOwned>(
    path: &str,
    body: &impl Serialize,
) -> Result<T, Failure> {
    parse(&text("PATCH", &format!("{API}{path}"), Some(written(body)?.into())).await?)
}

/// As [`post`] for what is put in the place of something.
pub(crate) async fn put<T: DeserializeOwned>(
    path: &str,
    body: &impl Serialize,
) -> Result<T, Failure> {
    parse(&text("PUT", &format!("{API}{path}"), Some(written(body)?.into())).await?)
}

/// Sends a file as the form field `file`.
pub(crate) async fn send_file<T: DeserializeOwned>(path: &str, file: &File) -> Result<T, Failure> {
    let unreadable = |error: JsValue| Failure::Unreadable(format!("{error:?}"));
    let form = FormData::new().map_err(unreadable)?;
    form.append_with_blob("file", file).map_err(unreadable)?;
    parse(&text("POST", &format!("{API}{path}"), Some(form.into())).await?)
}

/// Ends something; nothing comes back.
pub(crate) async fn delete(path: &str) -> Result<(), Failure> {
    text("DELETE", &format!("{API}{path}"), None).await.map(drop)
}

/// Uploads a photo under the SHA-256 of its bytes; the server answers once it is cleaned and durable.
pub(crate) async fn put_photo(bytes: &[u8], sha256: &str) -> Result<StoredPhoto, Failure> {
    let path = format!("../{}", contract::paths::report_photo(sha256));
    parse(&text("PUT", &path, Some(Uint8Array::from(bytes).into())).await?)
}

fn written(body: &impl Serialize) -> Result<String, Failure> {
    serde_json::to_string(body).map_err(|error| Failure::Unreadable(error.to_string()))
}

fn parse<T: DeserializeOwned>(text: &str) -> Result<T, Failure> {
    serde_json::from_str(text).map_err(|error| Failure::Unreadable(error.to_string()))
}

async fn text(method: &str, path: &str, body: Option<JsValue>) -> Result<String, Failure> {
    let response = fetch(method, path, body).await.ok_or(Failure::Unreachable)?;
    let body = async { JsFuture::from(response.text().ok()?).await.ok()?.as_string() }.await;
    let text = body.ok_or(Failure::Unreachable)?;
    if response.ok() { Ok(text) } else { Err(refusal(response.status(), parse(&text).ok())) }
}

async fn fetch(method: &str, path: &str, body: Option<JsValue>) -> Option<Response> {
    let abort = AbortController::new().ok()?;
    let options = RequestInit::new();
    options.set_method(method);
    options.set_signal(Some(&abort.signal()));
    let headers = Headers::new().ok()?;
    let lang = document().document_element().and_then(|root| root.get_attribute("lang"));
    headers.set("accept-language", &lang.unwrap_or_default()).ok()?;
    if method != "GET" {
        CSRF.with_borrow(|csrf| headers.set(CSRF_HEADER, csrf)).ok()?;
    }
    if let Some(body) = &body {
        // A form says itself where its parts end.
        if !body.is_instance_of::<FormData>() {
            let kind =
                if body.is_string() { "application/json" } else { "application/octet-stream" };
            headers.set("content-type", kind).ok()?;
        }
        options.set_body(body);
    }
    options.set_headers(&headers);
    let late = set_timeout_with_handle(move || abort.abort(), PATIENCE).ok();
    let response = JsFuture::from(window().fetch_with_str_and_init(path, &options)).await;
    if let Some(late) = late {
        late.clear();
    }
    response.ok()?.dyn_into().ok()
}

/// What a refusal means; a proxy's error page, which has no problem body, is read by its status.
fn refusal(status: u16, problem: Option<Problem>) -> Failure {
    match (problem, status) {
        (Some(problem), _) => Failure::Refused(Box::new(problem)),
        (None, 500 | 502..=504) => Failure::Unreachable,
        (None, status) => Failure::Unreadable(format!("HTTP {status} without a problem body")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(json: &str) -> Failure {
        refusal(409, Some(serde_json::from_str(json).expect("a problem")))
    }

    #[test]
    fn a_stale_edit_names_who_changed_what() {
        let failure = problem(
            r#"{"type":"urn:bilan:problem:conflict","title":"已有变化","status":409,"code":"conflict",
                "detail":"李工已受理本件。","stale":{"by":"李工","at":"2026-11-27T06:05:00Z","action":"accept","version":4}}"#,
        );
        assert_eq!(failure.stale().map(|facts| facts.by.as_str()), Some("李工"));
        assert_eq!(failure.sentence(Lang::Zh), "李工已受理本件。");
        assert!(!failure.is_signed_out());
    }

    #[test]
    fn a_lost_session_is_told_from_a_refusal() {
        let failure = problem(
            r#"{"type":"urn:bilan:problem:sign_in_needed","title":"请先登录。","status":401,"code":"sign_in_needed"}"#,
        );
        assert!(failure.is_signed_out());
        assert_eq!(failure.sentence(Lang::Zh), "请先登录。");
    }

    #[test]
    fn a_proxys_error_page_is_a_lost_connection() {
        assert_eq!(refusal(502, None), Failure::Unreachable);
        assert!(matches!(refusal(418, None), Failure::Unreadable(_)));
    }
}
