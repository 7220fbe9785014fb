//! A picture as an answer: nothing but a picture, whatever a browser may make of it.

use axum::{
    body::Body,
    http::{HeaderValue, header},
    response::Response,
};
use bytes::Bytes;

/// Who may see a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// Everybody: caches may keep it, for its name is the hash of what it shows.
    ToAll,
    /// Officers who are signed in: nobody keeps it.
    ToOfficers,
}

/// The answer that shows `jpeg`.
pub fn reply(jpeg: Bytes, shown: Shown) -> Response {
    let mut response = Response::new(Body::from(jpeg));
    let cache = match shown {
        Shown::ToAll => "public, max-age=31536000, immutable",
        Shown::ToOfficers => "no-store",
    };
    for (name, value) in [
        (header::CONTENT_TYPE, "image/jpeg"),
        (header::CONTENT_DISPOSITION, "inline; filename=\"photo.jpg\""),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CACHE_CONTROL, cache),
    ] {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}
