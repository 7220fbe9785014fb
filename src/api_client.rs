//! The only part of the portal that fetches; typed by `contract`.

mod sending;

use contract::problem::{Code, FieldFault, Problem};
use domain::Lang;
use leptos::prelude::{set_timeout_with_handle, window};
use serde::de::DeserializeOwned;
use std::{cell::Cell, time::Duration};
use ui::{Kept, turn::next_turn};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, RequestCache, RequestInit, Response};

pub(crate) use self::sending::{From, post, put, to_json, upload};
use crate::words;

/// Longer than any reply takes on a bad line; then the reader is told.
const PATIENCE: Duration = Duration::from_secs(20);
/// Longer than the longest body takes on a bad line, once it has begun; one that stalls would be
/// awaited for ever.
const BODY_PATIENCE: Duration = Duration::from_secs(60);

/// Why nothing came.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Failure {
    /// No connection, or none that answered in time.
    #[error("the server could not be reached")]
    Unreachable,
    /// The server refused and said why.
    #[error("the server answered {}: {}", .0.key(), .1.as_deref().unwrap_or_default())]
    Refused(Code, Option<String>),
    /// Fields of a form are at fault, each with its own sentence.
    #[error("{} fields are at fault", .0.len())]
    Faults(Vec<FieldFault>),
    /// Something answered, but not our server in a form we know.
    #[error("the reply could not be read: {0}")]
    Unreadable(String),
}

impl Failure {
    /// The sentence for the reader: what happened, and what to do.
    pub(crate) fn sentence(&self, lang: Lang) -> String {
        match self {
            Self::Unreachable => words::failure_unreachable(lang).to_owned(),
            Self::Refused(code, _) => code.title(lang).to_owned(),
            Self::Faults(_) => Code::BadForm.title(lang).to_owned(),
            Self::Unreadable(_) => words::failure_unreadable(lang).to_owned(),
        }
    }

    /// True when the address names nothing, so that trying again is no use.
    pub(crate) fn is_not_found(&self) -> bool {
        matches!(self, Self::Refused(Code::NotFound, _))
    }
}

/// A reply, and whether it is the last one kept on this device because nothing newer could be had.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Loaded<T> {
    pub(crate) value: T,
    pub(crate) kept: bool,
}

/// Gets a reply, relative to the document's base.
pub(crate) async fn get<T: DeserializeOwned>(path: &str) -> Result<T, Failure> {
    let text = text(path).await?;
    in_turns(|| parse(&text)).await
}

/// Reads in a turn of its own, and gives what was read in the next: on the first page all at once would keep the
/// reader's finger waiting.
async fn in_turns<T>(read: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
    next_turn().await;
    let read = read();
    next_turn().await;
    read
}

/// As [`get`] for long columns of numbers, which are read faster without crossing into the browser
/// for each.
pub(crate) async fn get_columns<T: DeserializeOwned>(path: &str) -> Result<T, Failure> {
    let text = text(path).await?;
    in_turns(|| parse_columns(&text)).await
}

/// As [`parse`], without crossing into the browser for each entry.
pub(crate) fn parse_columns<T: DeserializeOwned>(text: &str) -> Result<T, Failure> {
    serde_json::from_str(text).map_err(|error| Failure::Unreadable(error.to_string()))
}

/// As [`get`], keeping the reply on this device; without a connection the kept one is given.
pub(crate) async fn get_or_kept<T: DeserializeOwned>(path: &str) -> Result<Loaded<T>, Failure> {
    read_or_kept(path, parse).await
}

/// The same, read as the caller says.
pub(crate) async fn read_or_kept<T>(
    path: &str,
    read: fn(&str) -> Result<T, Failure>,
) -> Result<Loaded<T>, Failure> {
    match text(path).await {
        Ok(text) => {
            let value = in_turns(|| read(&text)).await?;
            Kept::keep_reply(path, &text);
            Ok(Loaded { value, kept: false })
        }
        Err(Failure::Unreachable) => {
            let kept = Kept::reply(path).and_then(|text| read(&text).ok());
            kept.map(|value| Loaded { value, kept: true }).ok_or(Failure::Unreachable)
        }
        Err(failure) => Err(failure),
    }
}

/// The last reply kept for a path.
pub(crate) fn kept<T: DeserializeOwned>(path: &str) -> Option<T> {
    parse(&Kept::reply(path)?).ok()
}

/// What a text of JSON says, parsed by the browser.
pub(crate) fn parse<T: DeserializeOwned>(text: &str) -> Result<T, Failure> {
    let value =
        js_sys::JSON::parse(text).map_err(|error| Failure::Unreadable(format!("{error:?}")))?;
    serde_wasm_bindgen::from_value(value).map_err(|error| Failure::Unreadable(error.to_string()))
}

thread_local! {
    static UNDER_WAY: Cell<u32> = const { Cell::new(0) };
}

/// True when no reply is awaited.
pub(crate) fn is_idle() -> bool {
    UNDER_WAY.get() == 0
}

async fn text(path: &str) -> Result<String, Failure> {
    UNDER_WAY.set(UNDER_WAY.get() + 1);
    let outcome = awaited(path).await;
    UNDER_WAY.set(UNDER_WAY.get().saturating_sub(1));
    outcome
}

async fn awaited(path: &str) -> Result<String, Failure> {
    let abort = AbortController::new().map_err(|_unsupported| Failure::Unreachable)?;
    let response = within(PATIENCE, &abort, fetch(path, &abort)).await;
    let response = response.ok_or(Failure::Unreachable)?;
    let body = async { JsFuture::from(response.text().ok()?).await.ok()?.as_string() };
    let body = within(BODY_PATIENCE, &abort, body).await;
    let text = body.ok_or(Failure::Unreachable)?;
    if response.ok() { Ok(text) } else { Err(refusal(response.status(), parse(&text).ok())) }
}

/// Awaits `outcome`, which `abort` ends when its time is up.
async fn within<T>(
    patience: Duration,
    abort: &AbortController,
    outcome: impl Future<Output = T>,
) -> T {
    let abort = abort.clone();
    let late = set_timeout_with_handle(move || abort.abort(), patience).ok();
    let outcome = outcome.await;
    if let Some(late) = late {
        late.clear();
    }
    outcome
}

async fn fetch(path: &str, abort: &AbortController) -> Option<Response> {
    let options = RequestInit::new();
    options.set_signal(Some(&abort.signal()));
    // What the browser kept may be half a minute old and is no news; asking is cheap, for it has the tag.
    options.set_cache(RequestCache::NoCache);
    let response = JsFuture::from(window().fetch_with_str_and_init(path, &options)).await;
    response.ok()?.dyn_into().ok()
}

/// What a refusal means; a proxy's error page, which has no problem body, is read by its status.
fn refusal(status: u16, problem: Option<Problem>) -> Failure {
    match (problem, status) {
        (Some(problem), _) if !problem.fields.is_empty() => Failure::Faults(problem.fields),
        (Some(problem), _) => Failure::Refused(problem.code, problem.detail),
        (None, 404) => Failure::Refused(Code::NotFound, None),
        (None, 429) => Failure::Refused(Code::TooManyRequests, None),
        (None, 500 | 502..=504) => Failure::Refused(Code::Unavailable, None),
        (None, status) => Failure::Unreadable(format!("HTTP {status} without a problem body")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_body_is_told_by_its_code() {
        let problem = Problem {
            kind: "urn:bilan:problem:not_found".into(),
            title: "没有".into(),
            status: 404,
            detail: Some("station X".into()),
            code: Code::NotFound,
            parameter: None,
            allowed: vec![],
            fields: vec![],
            stale: None,
        };
        let failure = refusal(404, Some(problem));
        assert_eq!(failure, Failure::Refused(Code::NotFound, Some("station X".into())));
        assert!(failure.is_not_found());
        assert_eq!(failure.sentence(Lang::En), Code::NotFound.title(Lang::En));
    }

    #[test]
    fn a_proxys_error_page_is_a_temporary_fault() {
        assert_eq!(refusal(502, None), Failure::Refused(Code::Unavailable, None));
        assert!(matches!(refusal(418, None), Failure::Unreadable(_)));
    }
}
