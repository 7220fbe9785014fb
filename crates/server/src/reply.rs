//! JSON and HTML answers: one ETag, a short life in caches, and the encoding the client takes.

use std::{
    hash::{DefaultHasher, Hasher},
    io::Write,
};

use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::Response,
};
use bytes::Bytes;
use jiff::Timestamp;
use serde::Serialize;

/// Below this, compression costs more than it saves.
const WORTH_COMPRESSING: usize = 1_024;

/// Brotli's effort for bodies made on request: a tenth of the time of 11, a few percent larger.
const BROTLI_QUALITY: i32 = 5;

/// Headers of an answer once outer layers have added theirs: room that need not grow.
const HEADERS: usize = 12;

/// How long an answer may be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Life {
    /// What changes with every reading.
    Live,
    /// What changes at most daily: names, shapes, the API's description.
    Settled,
    /// What programs of others ask for again and again.
    Minute,
    /// What those keep while they run.
    Hour,
    /// A widget in somebody's page.
    Widget,
    /// A picture in somebody's page: it says itself of when it is.
    Badge,
    /// What is never anything else.
    Frozen,
}

impl Life {
    const fn header(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Self::Live => "public, max-age=2, stale-while-revalidate=30",
            Self::Settled => "public, max-age=300, stale-while-revalidate=3600",
            Self::Minute => "public, max-age=60",
            Self::Hour => "public, max-age=3600",
            Self::Widget => "public, max-age=60, stale-while-revalidate=300",
            Self::Badge => "public, max-age=300, stale-while-revalidate=3600",
            Self::Frozen => "public, max-age=31536000, immutable",
        })
    }
}

/// How a body travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Encoding {
    Brotli,
    Gzip,
    Identity,
}

impl Encoding {
    /// The smallest encoding that the client takes.
    pub(crate) fn accepted(headers: &HeaderMap) -> Self {
        let Some(accept) = headers.get(header::ACCEPT_ENCODING).and_then(|v| v.to_str().ok())
        else {
            return Self::Identity;
        };
        let mut smallest = Self::Identity;
        for part in accept.split(',') {
            let (coding, quality) = part.split_once(';').unwrap_or((part, ""));
            if matches!(quality.trim(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000") {
                continue;
            }
            match coding.trim() {
                coding if coding.eq_ignore_ascii_case("br") => return Self::Brotli,
                coding if coding.eq_ignore_ascii_case("gzip") => smallest = Self::Gzip,
                _ => {}
            }
        }
        smallest
    }

    pub(crate) const fn name(self) -> Option<&'static str> {
        match self {
            Self::Brotli => Some("br"),
            Self::Gzip => Some("gzip"),
            Self::Identity => None,
        }
    }
}

/// A body ready to be sent any number of times.
#[derive(Debug, Clone)]
pub struct Prepared {
    media_type: HeaderValue,
    cache: HeaderValue,
    vary: HeaderValue,
    etag: HeaderValue,
    plain: Bytes,
    gzip: Option<Bytes>,
    brotli: Option<Bytes>,
}

impl Prepared {
    /// A JSON body with every encoding made at once, for bodies that many will ask for.
    pub fn json(
        body: &impl Serialize,
        now: Timestamp,
        life: Life,
    ) -> Result<Self, serde_json::Error> {
        let plain = Bytes::from(serde_json::to_vec(body)?);
        Ok(Self::of(plain, "application/json", life, now).packed())
    }

    /// A page that differs by language.
    pub fn html(page: String, now: Timestamp) -> Self {
        let mut made = Self::of(Bytes::from(page), "text/html; charset=utf-8", Life::Live, now);
        made.vary = HeaderValue::from_static("accept-encoding, accept-language");
        made.packed()
    }

    /// A body that is compressed when it is asked for.
    pub fn of(plain: Bytes, media_type: &'static str, life: Life, now: Timestamp) -> Self {
        Self {
            media_type: HeaderValue::from_static(media_type),
            cache: life.header(),
            vary: HeaderValue::from_static("accept-encoding"),
            etag: etag(&plain, now),
            plain,
            gzip: None,
            brotli: None,
        }
    }

    /// The same with every encoding made at once, for bodies that many will ask for.
    #[must_use]
    pub fn packed(mut self) -> Self {
        self.gzip = worth(&self.plain).then(|| gzip(&self.plain));
        self.brotli = worth(&self.plain).then(|| brotli(&self.plain));
        self
    }

    /// The body without any encoding.
    pub fn plain(&self) -> Bytes {
        self.plain.clone()
    }

    /// The answer to a request with these headers: 304 where the client has it already.
    pub fn answer(&self, request: &HeaderMap) -> Response {
        let mut response = Response::new(Body::empty());
        *response.headers_mut() = HeaderMap::with_capacity(HEADERS);
        if self.is_known_to(request) {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
        } else {
            let encoding = Encoding::accepted(request);
            let (encoding, bytes) = self.encoded(encoding);
            *response.body_mut() = Body::from(bytes);
            let headers = response.headers_mut();
            headers.insert(header::CONTENT_TYPE, self.media_type.clone());
            if let Some(name) = encoding.name() {
                headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(name));
            }
        }
        let headers = response.headers_mut();
        headers.insert(header::ETAG, self.etag.clone());
        headers.insert(header::CACHE_CONTROL, self.cache.clone());
        headers.insert(header::VARY, self.vary.clone());
        response
    }

    fn is_known_to(&self, request: &HeaderMap) -> bool {
        let Some(known) = request.get(header::IF_NONE_MATCH).and_then(|v| v.to_str().ok()) else {
            return false;
        };
        let ours = self.etag.to_str().unwrap_or_default();
        known.split(',').any(|tag| matches!(tag.trim(), tag if tag == "*" || tag == ours))
    }

    fn encoded(&self, encoding: Encoding) -> (Encoding, Bytes) {
        match encoding {
            _ if !worth(&self.plain) => (Encoding::Identity, self.plain.clone()),
            Encoding::Brotli => {
                (encoding, self.brotli.clone().unwrap_or_else(|| brotli(&self.plain)))
            }
            Encoding::Gzip => (encoding, self.gzip.clone().unwrap_or_else(|| gzip(&self.plain))),
            Encoding::Identity => (encoding, self.plain.clone()),
        }
    }
}

fn worth(body: &Bytes) -> bool {
    body.len() >= WORTH_COMPRESSING
}

/// A weak tag over the body and the minute, leaving out the server's time itself: a client that is
/// told "not modified" counts ages from a clock at most a minute old.
fn etag(body: &[u8], now: Timestamp) -> HeaderValue {
    const MARK: &[u8] = b"\"server_time\":\"";
    let mut hasher = DefaultHasher::new();
    hasher.write_i64(now.as_second() / 60);
    match body.windows(MARK.len()).take(256).position(|window| window == MARK) {
        Some(at) => {
            let from = at + MARK.len();
            let length = body[from..].iter().position(|&b| b == b'"').unwrap_or(0);
            hasher.write(&body[..from]);
            hasher.write(&body[from + length..]);
        }
        None => hasher.write(body),
    }
    HeaderValue::from_str(&format!("W/\"{:016x}\"", hasher.finish()))
        .unwrap_or_else(|_never| HeaderValue::from_static("W/\"0\""))
}

fn gzip(plain: &[u8]) -> Bytes {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    // Writing to memory cannot fail.
    let _ = encoder.write_all(plain);
    Bytes::from(encoder.finish().unwrap_or_default())
}

fn brotli(plain: &[u8]) -> Bytes {
    let mut out = Vec::new();
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: BROTLI_QUALITY,
        size_hint: plain.len(),
        ..Default::default()
    };
    let _ = brotli::BrotliCompress(&mut &*plain, &mut out, &parameters);
    Bytes::from(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn the_servers_time_alone_does_not_change_the_tag_within_a_minute() {
        let tag = |time: &str, value: u8, second| {
            etag(
                format!("{{\"meta\":{{\"server_time\":\"{time}\"}},\"v\":{value}}}").as_bytes(),
                at(second),
            )
        };
        assert_eq!(tag("a", 1, 60), tag("b", 1, 119));
        assert_ne!(tag("a", 1, 60), tag("a", 2, 60));
        assert_ne!(tag("a", 1, 60), tag("a", 1, 120));
    }

    #[test]
    fn a_known_body_is_not_sent_again() {
        let body = Prepared::json(&vec![7; 2_000], at(0), Life::Live).unwrap();
        let mut request = HeaderMap::new();
        request.insert(header::ACCEPT_ENCODING, "gzip, br;q=0".parse().unwrap());
        let first = body.answer(&request);
        assert_eq!(first.headers()[header::CONTENT_ENCODING], "gzip");
        request.insert(header::IF_NONE_MATCH, first.headers()[header::ETAG].clone());
        assert_eq!(body.answer(&request).status(), StatusCode::NOT_MODIFIED);
    }
}
