//! What is refused, in the body that clients of Open311 read: an array, so that it may hold several faults. The code of each
//! is the answer's HTTP status, because clients compare them.

use axum::http::StatusCode;

use super::value::{Document, Value};
use crate::problem::Problem;

/// Of what was sent, so much is repeated.
const SHOWN: usize = 80;

/// A refusal: everything that is wrong at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) status: StatusCode,
    pub(super) descriptions: Vec<String>,
    pub(super) retry_after_s: Option<u64>,
    /// For a method that the path does not have.
    pub(super) allow: Option<&'static str>,
}

impl Refusal {
    pub(super) fn new(status: StatusCode, description: impl Into<String>) -> Self {
        let descriptions = vec![description.into()];
        Self { status, descriptions, retry_after_s: None, allow: None }
    }

    /// Nothing of that name: neither told apart from what exists and is not public.
    pub(super) fn unknown(what: &str, parameter: &str, value: &str) -> Self {
        let shown = shown(value);
        Self::new(
            StatusCode::NOT_FOUND,
            format!("没有这个{what}：{parameter} = {shown}，请核对后重试"),
        )
    }

    /// Faults of a request.
    pub(super) fn faults(descriptions: Vec<String>) -> Self {
        Self { descriptions, ..Self::new(StatusCode::BAD_REQUEST, "") }
    }

    pub(super) fn later(status: StatusCode, description: &str, seconds: u64) -> Self {
        Self { retry_after_s: Some(seconds), ..Self::new(status, description) }
    }

    /// The faults, if there are any.
    pub(super) fn of(descriptions: Vec<String>) -> Result<(), Self> {
        if descriptions.is_empty() { Ok(()) } else { Err(Self::faults(descriptions)) }
    }

    pub(super) fn document(&self) -> Document {
        let error = |description: &String| {
            Value::Object(vec![
                ("code", Value::Number(i64::from(self.status.as_u16()))),
                ("description", Value::text(description)),
            ])
        };
        let errors = self.descriptions.iter().map(error).collect();
        Document { root: "errors", value: Value::List("error", errors) }
    }
}

/// A fault on our side, or one of a report as the portal sees it.
impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Self {
        let told = problem.told();
        let status = StatusCode::from_u16(told.status).unwrap_or(StatusCode::SERVICE_UNAVAILABLE);
        Self {
            status,
            descriptions: told.sentences,
            retry_after_s: told.retry_after_s,
            allow: None,
        }
    }
}

impl From<store::StoreError> for Refusal {
    fn from(error: store::StoreError) -> Self {
        Problem::from(error).into()
    }
}

/// A value as it may be repeated: cut, and on one line.
pub(super) fn shown(value: &str) -> String {
    let cut: String =
        value.chars().take(SHOWN).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if cut.len() < value.len() { format!("“{cut}…”") } else { format!("“{cut}”") }
}
