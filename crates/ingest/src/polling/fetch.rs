//! One request at a time, bounded in time and size, with the validators of the last reply.

use std::{collections::HashMap, net::IpAddr, time::Duration};

use jiff::{SignedDuration, Timestamp};
use reqwest::{
    Client, Response, StatusCode, Url,
    header::{
        ETAG, HeaderMap, HeaderName, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED, RETRY_AFTER,
    },
    redirect,
};
use sha2::{Digest, Sha256};

use super::{Fault, PollError, hosts};
use crate::http_client;

/// The whole of a try.
const TIME: Duration = Duration::from_secs(20);
/// The most that is read of a reply.
const SIZE: usize = 4 * 1024 * 1024;
/// Redirects followed, within one scheme, host and port only: another port is another server,
/// and plain http after https would send the operator's contact and take data unprotected.
const REDIRECTS: usize = 3;

/// Asks one address; remembers what it last got for each query.
pub(super) struct Fetcher {
    client: Client,
    url: Url,
    last: HashMap<String, Last>,
}

/// The last reply to one query.
#[derive(Default)]
struct Last {
    etag: Option<String>,
    modified: Option<String>,
    digest: Option<[u8; 32]>,
}

/// A reply.
pub(super) enum Fetched {
    Fresh(Vec<u8>),
    /// 304, or the same bytes again.
    Unchanged,
}

impl Fetcher {
    pub(super) fn new(url: &str, contact: &str) -> Result<Self, PollError> {
        let parsed = Url::parse(url).ok().filter(|parsed| parsed.has_host());
        let url = parsed
            .filter(|parsed| matches!(parsed.scheme(), "http" | "https"))
            .ok_or_else(|| PollError::Url(url.to_owned()))?;
        if contact.trim().is_empty() {
            return Err(PollError::NoContact);
        }
        let identity = format!("Bilan/{} (+{})", env!("CARGO_PKG_VERSION"), contact.trim());
        let client = http_client()
            .user_agent(identity)
            .timeout(TIME)
            .pool_max_idle_per_host(1)
            .redirect(redirect::Policy::custom(same_origin))
            .build()
            .map_err(|cause| PollError::Client(cause.to_string()))?;
        Ok(Self { client, url, last: HashMap::new() })
    }

    /// Whether the host is this machine.
    pub(super) fn is_loopback(&self) -> bool {
        let host = self.url.host_str().unwrap_or_default();
        let bare = host.trim_start_matches('[').trim_end_matches(']');
        bare == "localhost" || bare.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
    }

    pub(super) async fn fetch(
        &mut self,
        query: &[(&str, &str)],
        now: Timestamp,
    ) -> Result<Fetched, Fault> {
        let host = self.url.host_str().unwrap_or_default();
        if !self.is_loopback() && !hosts::may_ask(host, now) {
            return Err(Fault::host_busy(host));
        }
        let mut url = self.url.clone();
        url.query_pairs_mut().extend_pairs(query);
        let last = self.last.entry(url.query().unwrap_or_default().to_owned()).or_default();
        let mut request = self.client.get(url);
        for (name, value) in [(IF_NONE_MATCH, &last.etag), (IF_MODIFIED_SINCE, &last.modified)] {
            if let Some(value) = value {
                request = request.header(name, value);
            }
        }
        let response = request.send().await.map_err(|cause| Fault::unreachable(&cause))?;
        if response.status() == StatusCode::NOT_MODIFIED {
            return Ok(Fetched::Unchanged);
        }
        if !response.status().is_success() {
            let wait = retry_after(response.headers(), now);
            return Err(Fault::status(response.status().as_u16(), wait));
        }
        let headers = response.headers().clone();
        let body = read(response).await?;
        refuse_pages(&body)?;
        let digest = Some(Sha256::digest(&body).into());
        if last.digest == digest {
            return Ok(Fetched::Unchanged);
        }
        *last =
            Last { etag: text(&headers, ETAG), modified: text(&headers, LAST_MODIFIED), digest };
        Ok(Fetched::Fresh(body))
    }

    pub(super) fn forget(&mut self) {
        self.last.clear();
    }
}

fn same_origin(attempt: redirect::Attempt<'_>) -> redirect::Action {
    let first = attempt.previous().first().map(Url::origin);
    let same = first == Some(attempt.url().origin());
    if same && attempt.previous().len() <= REDIRECTS { attempt.follow() } else { attempt.stop() }
}

async fn read(mut response: Response) -> Result<Vec<u8>, Fault> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|cause| Fault::unreachable(&cause))? {
        if body.len() + chunk.len() > SIZE {
            return Err(Fault::too_large());
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

/// A web page is no data; one with a captcha is a refusal.
fn refuse_pages(body: &[u8]) -> Result<(), Fault> {
    let start = body.iter().position(|byte| !byte.is_ascii_whitespace() && *byte < 0x80);
    if start.and_then(|at| body.get(at)) != Some(&b'<') {
        return Ok(());
    }
    let text = String::from_utf8_lossy(body).to_lowercase();
    let challenged =
        ["captcha", "验证码", "人机验证", "滑动验证"].iter().any(|word| text.contains(word));
    Err(if challenged { Fault::captcha(&text) } else { Fault::html(body) })
}

fn text(headers: &HeaderMap, name: HeaderName) -> Option<String> {
    headers.get(name)?.to_str().ok().map(str::to_owned)
}

/// Seconds, or an HTTP date.
fn retry_after(headers: &HeaderMap, now: Timestamp) -> Option<SignedDuration> {
    let value = text(headers, RETRY_AFTER)?;
    if let Ok(seconds) = value.trim().parse::<u32>() {
        return Some(SignedDuration::from_secs(i64::from(seconds)));
    }
    let until = jiff::fmt::rfc2822::parse(value.trim()).ok()?.timestamp();
    Some(until.duration_since(now).max(SignedDuration::ZERO))
}
