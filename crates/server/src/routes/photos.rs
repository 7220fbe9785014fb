//! `api/v1/report/photos/{sha256}`: a photo of a report, sent in parts; `photos/{name}.jpg`: published ones.

use axum::{
    Json, Router,
    body::Body,
    extract::{FromRequestParts, Path, State},
    http::{HeaderMap, HeaderName, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
    routing::{get, head},
};
use contract::{
    problem::{Code, Problem as ProblemBody},
    report::StoredPhoto,
};
use domain::Text;

use super::report_form::unkept;
use crate::{
    app::App,
    extract::Client,
    photos::{self, Progress, Received, Sha256, Shown, known, stored},
    problem::Problem,
    reports,
};

/// Where the sent bytes belong, and how many of the photo are here.
const OFFSET: HeaderName = HeaderName::from_static("upload-offset");
/// How many bytes the photo has.
const LENGTH: HeaderName = HeaderName::from_static("upload-length");
/// `?1` once the photo is stored (draft-ietf-httpbis-resumable-upload).
const COMPLETE: HeaderName = HeaderName::from_static("upload-complete");

/// The routes of this file. An upload has no deadline of its own: a slow one is given up by its pace.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/api/v1/report/photos/{sha256}", head(standing).put(put).patch(patch))
        .route("/photos/{name}", get(published))
}

/// The hash in the address.
pub struct Address(Sha256);

impl<S: Send + Sync> FromRequestParts<S> for Address {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let no_such = || Problem::new(Code::NotFound);
        let Path(text): Path<String> =
            Path::from_request_parts(parts, state).await.map_err(|_rejection| no_such())?;
        digest(&text).map(Self).ok_or_else(no_such)
    }
}

/// 64 hexadecimal digits in lower case.
fn digest(text: &str) -> Option<Sha256> {
    let digits = text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    if text.len() != 64 || !digits {
        return None;
    }
    let mut digest = [0; 32];
    for (at, byte) in digest.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[at * 2..][..2], 16).ok()?;
    }
    Some(digest)
}

/// How much of a photo is here: `Upload-Complete: ?1`, or where to go on.
#[utoipa::path(head, path = "/api/v1/report/photos/{sha256}", tag = "reports",
    params(("sha256" = String, Path, description = "of the bytes that are sent")),
    responses((status = 200, description = "headers `Upload-Offset`, `Upload-Length`, `Upload-Complete`"),
        (status = 404, description = "nothing of it is here")))]
pub async fn standing(
    State(app): State<App>,
    Address(sha256): Address,
) -> Result<Response, Problem> {
    reports::open(&app)?;
    if known(&app, sha256).await?.is_some() {
        return Ok(unkept([(COMPLETE, "?1")]));
    }
    let progress = app.photos.progress(sha256).await?;
    let progress = progress.ok_or_else(|| Problem::new(Code::NotFound))?;
    Ok(unkept(headers(progress)))
}

/// Sends a photo from its beginning; what arrives before a cut stays.
#[utoipa::path(put, path = "/api/v1/report/photos/{sha256}", tag = "reports",
    params(("sha256" = String, Path, description = "of the bytes that are sent")),
    request_body(content_type = "application/octet-stream", description = "JPEG, PNG or WebP, at most 10 MiB"),
    responses((status = 200, body = StoredPhoto), (status = 409, body = ProblemBody),
        (status = 422, body = ProblemBody), (status = 429, body = ProblemBody),
        (status = 503, body = ProblemBody), (status = 507, body = ProblemBody)))]
pub async fn put(
    State(app): State<App>,
    Client(client): Client,
    Address(sha256): Address,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    reports::open(&app)?;
    let length = number(&headers, &header::CONTENT_LENGTH, "Content-Length")?;
    let from = Progress { offset: 0, length };
    photos::receive(&app, client, sha256, from, body).await.map(answer)
}

/// Goes on with a photo at `Upload-Offset`.
#[utoipa::path(patch, path = "/api/v1/report/photos/{sha256}", tag = "reports",
    params(("sha256" = String, Path, description = "of the bytes that are sent"),
        ("Upload-Offset" = u64, Header, description = "bytes that are here already"),
        ("Upload-Length" = u64, Header, description = "bytes of the whole photo")),
    request_body(content_type = "application/octet-stream", description = "the next bytes"),
    responses((status = 200, body = StoredPhoto), (status = 204, description = "more bytes are needed"),
        (status = 409, description = "the header `Upload-Offset` says where to go on"),
        (status = 422, body = ProblemBody), (status = 429, body = ProblemBody),
        (status = 503, body = ProblemBody), (status = 507, body = ProblemBody)))]
pub async fn patch(
    State(app): State<App>,
    Client(client): Client,
    Address(sha256): Address,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    reports::open(&app)?;
    let offset = number(&headers, &OFFSET, "Upload-Offset")?;
    let length = number(&headers, &LENGTH, "Upload-Length")?;
    let from = Progress { offset, length };
    photos::receive(&app, client, sha256, from, body).await.map(answer)
}

/// A published photo.
pub async fn published(
    State(app): State<App>,
    name: Result<Path<String>, axum::extract::rejection::PathRejection>,
) -> Result<Response, Problem> {
    let no_such = || Problem::new(Code::NotFound);
    let Path(file) = name.map_err(|_rejection| no_such())?;
    let name = file.strip_suffix(".jpg").filter(|name| digest(name).is_some());
    let name = name.ok_or_else(no_such)?;
    if !app.store.is_published_photo(name).await? {
        return Err(no_such());
    }
    let picture = app.photos.read(name).await?.ok_or_else(no_such)?;
    Ok(photos::reply(picture, Shown::ToAll))
}

fn number(headers: &HeaderMap, name: &HeaderName, shown: &'static str) -> Result<u64, Problem> {
    let value = headers.get(name).and_then(|value| value.to_str().ok()?.parse().ok());
    value.ok_or_else(|| {
        let text = Text::new(
            format!("请求头 {shown} 须为字节数"),
            format!("the header {shown} must be a number of bytes"),
        );
        Problem::parameter(shown, text, Vec::new())
    })
}

fn headers(Progress { offset, length }: Progress) -> [(HeaderName, String); 3] {
    [(OFFSET, offset.to_string()), (LENGTH, length.to_string()), (COMPLETE, "?0".to_owned())]
}

fn answer(received: Received) -> Response {
    match received {
        Received::Whole(photo) => unkept(([(COMPLETE, "?1")], Json(stored(&photo)))),
        Received::Part(progress) => unkept((StatusCode::NO_CONTENT, headers(progress))),
        Received::Elsewhere(progress) => {
            (headers(progress), Problem::new(Code::Conflict)).into_response()
        }
    }
}
