//! Answers on their way: the right type and length of life, one way for what is asked and another for what is posted.

use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    response::Response,
};
use bytes::Bytes;
use jiff::Timestamp;

use super::{address::Format, fault::Refusal, json, value::Document, xml};
use crate::{
    problem::{Problem, Worded},
    reply::{Life, Prepared},
};

fn bytes(document: &Document, format: Format) -> Result<Bytes, Refusal> {
    let written = match format {
        Format::Xml => xml::write(document).map_err(Problem::internal)?,
        Format::Json => json::write(document).map_err(Problem::internal)?,
    };
    Ok(Bytes::from(written))
}

/// What anybody may read, and keep for a while.
pub(super) fn read(
    document: &Document,
    format: Format,
    life: Life,
    request: &HeaderMap,
) -> Result<Response, Refusal> {
    Ok(kept(bytes(document, format)?, format.media_type(), life, request))
}

/// The same for what has a type of its own. The tag stays while the body does.
pub(super) fn kept(
    body: Bytes,
    media_type: &'static str,
    life: Life,
    request: &HeaderMap,
) -> Response {
    Prepared::of(body, media_type, life, Timestamp::UNIX_EPOCH).answer(request)
}

/// The answer to what was posted: it belongs to whoever posted it.
pub(super) fn posted(document: &Document, format: Format) -> Result<Response, Refusal> {
    Ok(plain(StatusCode::OK, bytes(document, format)?, format))
}

/// A refusal in the format asked for.
pub(super) fn refused(refusal: &Refusal, format: Format) -> Response {
    let body = bytes(&refusal.document(), format).unwrap_or_default();
    let mut response = plain(refusal.status, body, format);
    let headers = response.headers_mut();
    if let Some(seconds) = refusal.retry_after_s {
        headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    if let Some(methods) = refusal.allow {
        headers.insert(header::ALLOW, HeaderValue::from_static(methods));
    }
    response
}

fn plain(status: StatusCode, body: Bytes, format: Format) -> Response {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(format.media_type()));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// The methods of a path.
pub(super) fn options(methods: &'static str) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NO_CONTENT;
    response.headers_mut().insert(header::ALLOW, HeaderValue::from_static(methods));
    response
}

/// What every answer has: pages of any origin may read what was asked for, none what was posted.
pub(super) fn finished(mut response: Response, method: &Method) -> Response {
    if matches!(*method, Method::GET | Method::HEAD) {
        let any = HeaderValue::from_static("*");
        response.headers_mut().insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, any);
        let shown = HeaderValue::from_static("link, etag");
        response.headers_mut().insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, shown);
    }
    response.extensions_mut().insert(Worded);
    response
}
