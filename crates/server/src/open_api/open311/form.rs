//! What is posted: the fields of a form, and the photos of a multipart one.

use axum::{
    body::to_bytes,
    extract::{FromRequest, Multipart, Request, multipart::Field},
    http::{StatusCode, header},
};
use bytes::Bytes;

use super::{
    fault::Refusal,
    params::{Params, not_utf8},
};
use crate::{
    forms::{Reading, Unread},
    reports::{check::MOST_PHOTOS, form::MOST_PHOTO_BYTES},
};

/// Of the fields together: 4,000 characters, each of them escaped, and some.
const MOST_TEXT: usize = 256 * 1_024;
/// Of everything.
pub(super) const MOST: usize = MOST_PHOTOS * MOST_PHOTO_BYTES as usize + 2 * MOST_TEXT;

/// A form that was read.
#[derive(Debug)]
pub(super) struct Form {
    pub(super) params: Params,
    /// As they came, in order, each with the name of its field.
    pub(super) photos: Vec<(String, Bytes)>,
    /// Held as long as the photos are in memory.
    _reading: Option<Reading>,
}

/// Reads a posted form.
///
/// # Errors
///
/// 415 for another type than the two, 413 for too much, 400 for what cannot be read, 408 for what comes too slowly, 503
/// while too much is being read.
pub(super) async fn read(request: Request) -> Result<Form, Refusal> {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let kind =
        kind.unwrap_or_default().split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match kind.as_str() {
        "application/x-www-form-urlencoded" => {
            let bytes =
                to_bytes(request.into_body(), MOST_TEXT).await.map_err(|_too_long| too_large())?;
            Ok(Form { params: Params::decode(&bytes)?, photos: Vec::new(), _reading: None })
        }
        "multipart/form-data" => multipart(request).await,
        _ => Err(Refusal::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            format!(
                "不支持的类型：Content-Type = {}，请用 application/x-www-form-urlencoded 或 multipart/form-data",
                super::fault::shown(&kind)
            ),
        )),
    }
}

fn too_large() -> Refusal {
    Refusal::new(
        StatusCode::PAYLOAD_TOO_LARGE,
        format!("内容过大：文字上限 {} KB，照片最多 {MOST_PHOTOS} 张", MOST_TEXT / 1_024),
    )
}

async fn multipart(request: Request) -> Result<Form, Refusal> {
    let mut parts = Multipart::from_request(request, &()).await.map_err(|_wrong| broken())?;
    let (mut reading, mut faults, mut text) = (Reading::begin(), Vec::new(), 0);
    let (mut params, mut photos) = (Params::default(), Vec::new());
    while let Some(mut field) = reading.next(&mut parts).await? {
        let name = field.name().unwrap_or_default().to_owned();
        let photo = is_photo(&name, &field);
        let limit = if photo { MOST_PHOTO_BYTES as usize } else { MOST_TEXT - text };
        let bytes = reading.part(&mut field, limit).await?;
        match bytes {
            None if photo => faults.push(format!("照片过大：{name}，上限 {} MB", limit >> 20)),
            None => return Err(too_large()),
            Some(bytes) if photo && bytes.is_empty() => {}
            Some(bytes) if photo => photos.push((name, bytes)),
            Some(bytes) => {
                text += bytes.len();
                match String::from_utf8(bytes.to_vec()) {
                    Ok(value) => params.push(name, value),
                    Err(_not_text) => faults.push(not_utf8(&name)),
                }
            }
        }
    }
    Refusal::of(faults)?;
    Ok(Form { params, photos, _reading: Some(reading) })
}

/// The names under which clients send photos; `media` may also be a text.
fn is_photo(name: &str, field: &Field<'_>) -> bool {
    let named =
        name == "media" || name == "media[]" || name.strip_prefix("photo").is_some_and(is_number);
    named && field.file_name().is_some()
}

fn is_number(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

impl From<Unread> for Refusal {
    fn from(unread: Unread) -> Self {
        let later = |text| Self::later(StatusCode::SERVICE_UNAVAILABLE, text, 10);
        match unread {
            Unread::TooLarge => too_large(),
            Unread::Broken => broken(),
            Unread::Slow => Self::new(StatusCode::REQUEST_TIMEOUT, "传输过慢，连接已放弃，请重发"),
            Unread::Crowded => later("正在接收的照片过多，请稍后重试"),
        }
    }
}

fn broken() -> Refusal {
    Refusal::faults(vec!["multipart/form-data 的内容不完整或格式有误，请重发".to_owned()])
}
