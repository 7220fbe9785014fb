//! Parts of a request; one that cannot be read is refused as a problem, not in a library's words.

use axum::{
    extract::{FromRequestParts, Path, Query},
    http::request::Parts,
};
use contract::problem::Code;
use serde::de::DeserializeOwned;

use crate::{app::App, edge, problem::Problem, query};

/// The address that asks. Nothing of it may be stored or logged.
pub struct Client(pub(crate) std::net::IpAddr);

impl FromRequestParts<App> for Client {
    type Rejection = std::convert::Infallible;

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
