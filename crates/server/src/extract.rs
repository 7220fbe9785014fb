//! Parts of a request; one that cannot be read is refused as a problem, not in a library's words.

use std::convert::Infallible;

use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Path, Query, Request},
    http::{HeaderMap, StatusCode, header, request::Parts},
    response::IntoResponse,
};
use contract::problem::Code;
use domain::Text;
use serde::de::DeserializeOwned;

use crate::{app::App, edge, problem::Problem, query};

/// The address that asks. Nothing of it may be stored or logged.
pub struct Client(pub(crate) std::net::IpAddr);

impl FromRequestParts<App> for Client {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Self::Rejection> {
        Ok(Self(edge::client(app, &parts.extensions, &parts.headers)))
    }
}

/// A station's code from the path; bytes that are no text name no station.
pub struct StationCode(pub(crate) String);

impl<S: Send + Sync> FromRequestParts<S> for StationCode {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let Path(code) = Path::from_request_parts(parts, state)
            .await
            .map_err(|_rejection| Problem::new(Code::NotFound))?;
        Ok(Self(code))
    }
}

/// The query's parameters.
pub struct Params<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Params<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let asked = parts.uri.query().unwrap_or_default().to_owned();
        let Query(params) = Query::from_request_parts(parts, state)
            .await
            .map_err(|_rejection| Problem::new(Code::BadParameter).with(query::unknown(&asked)))?;
        Ok(Self(params))
    }
}

/// The only changing part of a path; bytes that are no text name nothing.
pub struct PathPart(pub(crate) String);

impl<S: Send + Sync> FromRequestParts<S> for PathPart {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        StationCode::from_request_parts(parts, state).await.map(|StationCode(part)| Self(part))
    }
}

/// The headers of a request without a body, taken instead of copied as `HeaderMap` would be.
pub struct Headers(pub(crate) HeaderMap);

impl<S: Send + Sync> FromRequest<S> for Headers {
    type Rejection = Infallible;

    async fn from_request(request: Request, _state: &S) -> Result<Self, Infallible> {
        Ok(Self(request.into_parts().0.headers))
    }
}

/// A JSON body.
pub struct Sent<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Sent<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let media_type = request.headers().get(header::CONTENT_TYPE);
        let media_type = media_type.and_then(|value| value.to_str().ok()).unwrap_or_default();
        if !media_type.starts_with("application/json") {
            return Err(Problem::new(Code::UnsupportedMedia).with(Text::new(
                "请使用 Content-Type: application/json",
                "send it as Content-Type: application/json",
            )));
        }
        let body = Bytes::from_request(request, state).await.map_err(|rejection| {
            let too_large = rejection.into_response().status() == StatusCode::PAYLOAD_TOO_LARGE;
            Problem::new(if too_large { Code::TooLarge } else { Code::BadBody })
        })?;
        serde_json::from_slice(&body).map(Self).map_err(|error| {
            Problem::new(Code::BadBody).with(Text::new(
                format!("JSON 不符合接口说明：{error}"),
                format!("the JSON is not as the API description says: {error}"),
            ))
        })
    }
}
