//! Errors as readers see them: RFC 9457 bodies in the reader's language, the cause in the log.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use contract::problem::{self, Code};
use domain::{Lang, Text};

/// A refusal. The reader gets code, sentence and detail; the log gets the cause, once.
#[derive(Debug)]
pub struct Problem {
    code: Code,
    /// What is large and rare is boxed: every handler's result carries room for a refusal.
    detail: Option<Box<Text>>,
    parameter: Option<&'static str>,
    allowed: Vec<String>,
    fields: Vec<(String, Text)>,
    stale: Option<Box<problem::StaleFacts>>,
    cause: Option<anyhow::Error>,
    retry_after_s: Option<u64>,
}

impl Problem {
    /// A refusal that its code says enough about.
    pub fn new(code: Code) -> Self {
        Self {
            code,
            detail: None,
            parameter: None,
            allowed: vec![],
            fields: vec![],
            stale: None,
            cause: None,
            retry_after_s: None,
        }
    }

    /// A parameter that is not valid, with the value, what to do and what would be allowed.
    pub fn parameter(name: &'static str, detail: Text, allowed: Vec<String>) -> Self {
        Self { parameter: Some(name), allowed, ..Self::new(Code::BadParameter).with(detail) }
    }

    /// A form of which some fields are at fault, each with its own sentence.
    pub fn fields(fields: Vec<(String, Text)>) -> Self {
        Self { fields, ..Self::new(Code::BadForm) }
    }

    /// A change that was made on a version somebody else has changed meanwhile.
    pub fn stale(facts: problem::StaleFacts) -> Self {
        Self { stale: Some(Box::new(facts)), ..Self::new(Code::Conflict) }
    }

    /// A fault on our side; `cause` is for the log alone.
    pub fn internal(cause: impl Into<anyhow::Error>) -> Self {
        Self { cause: Some(cause.into()), ..Self::new(Code::Internal) }
    }

    /// What exactly is wrong.
    #[must_use]
    pub fn with(self, detail: Text) -> Self {
        Self { detail: Some(Box::new(detail)), ..self }
    }

    /// When to try again.
    #[must_use]
    pub fn retry_after(self, seconds: u64) -> Self {
        Self { retry_after_s: Some(seconds), ..self }
    }

    /// The fields at fault, for a page that shows them beside its fields.
    pub fn faults(&self) -> &[(String, Text)] {
        &self.fields
    }

    /// What exactly is wrong.
    pub fn detail(&self) -> Option<&Text> {
        self.detail.as_deref()
    }

    /// The code.
    pub fn code(&self) -> Code {
        self.code
    }

    /// What is wrong, in both languages: as exactly as it is known.
    pub fn sentence(&self) -> Text {
        let field = || self.fields.first().map(|(_, text)| text.clone());
        let known = self.detail.as_deref().cloned().or_else(field);
        known.unwrap_or_else(|| Text::new(self.code.title(Lang::Zh), self.code.title(Lang::En)))
    }

    /// The whole answer in `lang`.
    pub fn render(&self, lang: Lang) -> Response {
        let body = problem::Problem {
            kind: format!("urn:bilan:problem:{}", self.code.key()),
            title: self.code.title(lang).to_owned(),
            status: self.code.status(),
            detail: self.detail.as_ref().map(|text| text.get(lang).to_owned()),
            code: self.code,
            parameter: self.parameter.map(str::to_owned),
            allowed: self.allowed.clone(),
            fields: self.fields.iter().map(|fault| field_fault(fault, lang)).collect(),
            stale: self.stale.as_deref().cloned(),
        };
        let bytes = serde_json::to_vec(&body).unwrap_or_default();
        let mut response = (self.status(), bytes).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(problem::MEDIA_TYPE));
        headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(lang.tag()));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.insert(header::VARY, HeaderValue::from_static("accept-language"));
        if let Some(seconds) = self.retry_after_s {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }

    /// What an interface with bodies of its own says of it; the log gets the cause.
    pub(crate) fn told(&self) -> Told {
        self.log();
        let general = || {
            let detail = self.detail.as_ref().map(|text| text.zh.as_str());
            vec![detail.unwrap_or(self.code.title(Lang::Zh)).to_owned()]
        };
        let fields: Vec<_> =
            self.fields.iter().map(|(field, text)| format!("{}（{field}）", text.zh)).collect();
        Told {
            status: self.code.status(),
            sentences: if fields.is_empty() { general() } else { fields },
            retry_after_s: self.retry_after_s,
        }
    }

    fn log(&self) {
        if let Some(cause) = &self.cause {
            tracing::error!(code = self.code.key(), cause = format!("{cause:#}"), "request failed");
        }
    }

    fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

fn field_fault((field, text): &(String, Text), lang: Lang) -> problem::FieldFault {
    problem::FieldFault { field: field.clone(), message: text.get(lang).to_owned() }
}

/// A refusal in the words of another interface.
pub(crate) struct Told {
    pub(crate) status: u16,
    /// In Chinese; at least one.
    pub(crate) sentences: Vec<String>,
    pub(crate) retry_after_s: Option<u64>,
}

/// An answer that has its own words already, whatever its status.
#[derive(Clone, Copy)]
pub(crate) struct Worded;

/// A refusal on its way to the outermost layer, which alone knows the reader's language.
#[derive(Clone)]
pub(crate) struct Refused(pub(crate) std::sync::Arc<Problem>);

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        self.log();
        let mut response = self.status().into_response();
        response.extensions_mut().insert(Refused(std::sync::Arc::new(self)));
        response
    }
}

impl From<store::StoreError> for Problem {
    fn from(error: store::StoreError) -> Self {
        if matches!(error, store::StoreError::Full) {
            return Self { cause: Some(error.into()), ..Self::new(Code::StorageFull) }
                .retry_after(60);
        }
        if let store::StoreError::TooMuch { most } = error {
            let text = Text::new(
                format!("时间范围内的数据超过 {most} 个；请缩短范围或使用更大的步长"),
                format!(
                    "the range holds more than {most} values; shorten it or take a coarser step"
                ),
            );
            return Self::parameter("from", text, Vec::new());
        }
        Self { cause: Some(error.into()), ..Self::new(Code::Unavailable) }.retry_after(10)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn too_long_a_range_is_the_readers_to_shorten() {
        let problem = Problem::from(store::StoreError::TooMuch { most: 600_000 });
        assert_eq!((problem.code(), problem.parameter), (Code::BadParameter, Some("from")));
        assert!(problem.detail.unwrap().en.contains("600000"));
    }
}
