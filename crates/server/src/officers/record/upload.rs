//! A file that an officer sends.

use axum::{
    extract::{FromRequest, Multipart, Request, multipart::MultipartError},
    http::StatusCode,
};
use bytes::{Bytes, BytesMut};
use contract::problem::Code;
use domain::Text;

use super::act::fault;
use crate::{problem::Problem, record::import::MOST_BYTES};

/// The field that holds it.
const FIELD: &str = "file";
/// Characters of a file's name that are kept.
const LONGEST_NAME: usize = 200;

/// The file's name and bytes.
pub async fn file(request: Request) -> Result<(String, Bytes), Problem> {
    let mut form = Multipart::from_request(request, &()).await.map_err(|_rejection| {
        Problem::new(Code::UnsupportedMedia).with(Text::new(
            "请以 multipart/form-data 上传文件。",
            "Send the file as multipart/form-data.",
        ))
    })?;
    while let Some(mut field) = form.next_field().await.map_err(|error| of(&error))? {
        if field.name() != Some(FIELD) {
            continue;
        }
        let name: String =
            field.file_name().unwrap_or_default().chars().take(LONGEST_NAME).collect();
        let mut bytes = BytesMut::new();
        while let Some(part) = field.chunk().await.map_err(|error| of(&error))? {
            bytes.extend_from_slice(&part);
            if bytes.len() > MOST_BYTES {
                return Err(Problem::new(Code::TooLarge));
            }
        }
        return Ok((name, bytes.freeze()));
    }
    Err(fault(FIELD, Text::new("请选择要导入的文件。", "Choose the file to import.")))
}

fn of(error: &MultipartError) -> Problem {
    let too_large = error.status() == StatusCode::PAYLOAD_TOO_LARGE;
    Problem::new(if too_large { Code::TooLarge } else { Code::BadBody })
}
