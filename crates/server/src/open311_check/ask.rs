//! One question to a server, and its answer as it came.

use std::time::Duration;

use reqwest::{Client, Method, header};

/// Longer nobody waits for an answer.
const PATIENCE: Duration = Duration::from_secs(30);
/// More nobody reads of one.
const MOST_BYTES: usize = 32 << 20;

/// The two formats.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Xml,
    Json,
}

impl Format {
    pub(super) const BOTH: [Self; 2] = [Self::Xml, Self::Json];

    pub(super) const fn suffix(self) -> &'static str {
        match self {
            Self::Xml => "xml",
            Self::Json => "json",
        }
    }
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Answer {
    /// Method and address, as the report names them.
    pub(super) asked: String,
    pub(super) status: u16,
    /// In lower case, without blanks.
    pub(super) media_type: String,
    pub(super) text: Result<String, &'static str>,
}

impl Answer {
    /// A page for people instead of an answer for programs.
    pub(super) fn is_page(&self) -> bool {
        let begin = self.begin().to_ascii_lowercase();
        self.media_type.starts_with("text/html")
            || begin.starts_with("<!doctype html")
            || begin.starts_with("<html")
    }

    /// The text without blanks before it; nothing where it is none.
    pub(super) fn begin(&self) -> &str {
        self.text.as_deref().unwrap_or_default().trim_start_matches('\u{feff}').trim_start()
    }
}

/// Who asks.
#[derive(Debug)]
pub(super) struct Asker {
    client: Client,
    endpoint: String,
    jurisdiction: Option<String>,
}

impl Asker {
    pub(super) fn new(endpoint: &str, jurisdiction: Option<&str>) -> reqwest::Result<Self> {
        Ok(Self {
            client: ingest::http_client().timeout(PATIENCE).build()?,
            endpoint: endpoint.trim_end_matches('/').to_owned(),
            jurisdiction: jurisdiction.map(str::to_owned),
        })
    }

    /// Asks for `path` in `format` with `query`, names and values.
    pub(super) async fn get(
        &self,
        path: &str,
        format: Format,
        query: &[(&str, &str)],
    ) -> Result<Answer, String> {
        let ours = self.jurisdiction.iter().map(|name| ("jurisdiction_id", name.as_str()));
        let pairs = query.iter().copied().chain(ours);
        let query = encoded(pairs);
        let joint = if query.is_empty() { "" } else { "?" };
        let address = format!("{path}.{}{joint}{query}", format.suffix());
        self.send(Method::GET, &address, None).await
    }

    /// Posts a form.
    pub(super) async fn post(
        &self,
        path: &str,
        format: Format,
        form: &[(&str, &str)],
    ) -> Result<Answer, String> {
        let ours = self.jurisdiction.iter().map(|name| ("jurisdiction_id", name.as_str()));
        let body = encoded(form.iter().copied().chain(ours));
        self.send(Method::POST, &format!("{path}.{}", format.suffix()), Some(body)).await
    }

    async fn send(
        &self,
        method: Method,
        address: &str,
        form: Option<String>,
    ) -> Result<Answer, String> {
        let asked = format!("{method} {address}");
        let failed = |error: reqwest::Error| {
            let causes =
                std::iter::successors(Some(&error as &dyn std::error::Error), |e| e.source());
            causes.map(ToString::to_string).collect::<Vec<_>>().join(": ")
        };
        let mut request = self.client.request(method, format!("{}/{address}", self.endpoint));
        if let Some(form) = form {
            let kind = "application/x-www-form-urlencoded; charset=utf-8";
            request = request.header(header::CONTENT_TYPE, kind).body(form);
        }
        let mut response = request.send().await.map_err(failed)?;
        let status = response.status().as_u16();
        let media_type = response.headers().get(header::CONTENT_TYPE);
        let media_type = media_type.and_then(|value| value.to_str().ok()).unwrap_or_default();
        let media_type = media_type.to_ascii_lowercase().replace(' ', "");
        let mut bytes = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(failed)? {
            if bytes.len() + chunk.len() > MOST_BYTES {
                return Err(format!("more than {} MiB", MOST_BYTES >> 20));
            }
            bytes.extend_from_slice(&chunk);
        }
        let text = String::from_utf8(bytes).map_err(|_not_text| "it is not UTF-8");
        Ok(Answer { asked, status, media_type, text })
    }
}

/// Names and values as a query or a form.
fn encoded<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let pairs = pairs.map(|(name, value)| format!("{}={}", escaped(name), escaped(value)));
    pairs.collect::<Vec<_>>().join("&")
}

/// One segment of a path, or one value, with everything escaped that an address could misread.
pub(super) fn escaped(text: &str) -> String {
    text.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~,".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
        out
    })
}
