//! Open311 GeoReport v2, read and written, in XML and JSON: the interface that clients of other cities know already.
//!
//! Only what the portal publishes itself is told: moderated texts, cells instead of places. What is posted becomes a report
//! by the same way as a resident's. Where the specification is silent, `docs/open311.md` says what was decided.

mod address;
mod area;
mod bulk;
mod contact;
mod dates;
mod description;
mod fault;
mod filter;
mod form;
mod json;
mod keys;
mod order;
mod params;
mod post;
mod reply;
mod requests;
pub(crate) mod sealing;
mod services;
mod token;
mod updates;
mod value;
mod window;
mod wording;
mod xml;

#[cfg(test)]
mod spark;

use std::{any::Any, panic::AssertUnwindSafe, time::Duration};

use axum::{
    Router,
    extract::{DefaultBodyLimit, Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    response::Response,
    routing::any,
};
use futures_util::FutureExt;

pub use self::description::description;
use self::{
    address::{Format, Resource},
    fault::Refusal,
    params::Params,
    requests::Place,
};
use crate::{app::App, edge, reply::Life, routes::pages::whole_origin};

/// Where the interface is, below the base path.
const PATH: &str = "open311/v2";

/// The routes of this interface: one for everything, so that every refusal has the interface's own body.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/open311/v2", any(serve))
        .route("/open311/v2/", any(serve))
        .route("/open311/v2/{*rest}", any(serve))
        .layer(DefaultBodyLimit::max(form::MOST))
}

async fn serve(State(app): State<App>, request: Request) -> Response {
    let method = request.method().clone();
    let path = request
        .uri()
        .path()
        .trim_start_matches('/')
        .strip_prefix(PATH)
        .unwrap_or_default()
        .to_owned();
    let response = match address::parse(&path) {
        Err((refusal, format)) => reply::refused(&refusal, format),
        Ok((resource, _)) if method == Method::OPTIONS => reply::options(resource.methods()),
        Ok((resource, format)) if !resource.takes(&method) => {
            reply::refused(&not_taken(&resource, &method), format)
        }
        Ok((resource, format)) => in_time(&app, request, resource, format).await,
    };
    reply::finished(response, &method)
}

fn not_taken(resource: &Resource, method: &Method) -> Refusal {
    let methods = resource.methods();
    let text = format!("此地址不支持 {method}，请用 {methods}");
    Refusal { allow: Some(methods), ..Refusal::new(StatusCode::METHOD_NOT_ALLOWED, text) }
}

async fn in_time(app: &App, request: Request, resource: Resource, format: Format) -> Response {
    let deadline = Duration::from_secs(app.config.server.request_timeout_s);
    let answer = async {
        match *request.method() {
            Method::POST => post(app, request, resource, format).await,
            _ => get(app, request, resource, format).await,
        }
    };
    let answer = AssertUnwindSafe(tokio::time::timeout(deadline, answer)).catch_unwind();
    let answer = match answer.await {
        Ok(Ok(answer)) => answer,
        Ok(Err(_elapsed)) => {
            let text = "处理超时，请稍后重试";
            Err(Refusal::later(StatusCode::SERVICE_UNAVAILABLE, text, 30))
        }
        Err(cause) => Err(panicked(cause.as_ref())),
    };
    answer.unwrap_or_else(|refusal| reply::refused(&refusal, format))
}

async fn get(
    app: &App,
    request: Request,
    resource: Resource,
    format: Format,
) -> Result<Response, Refusal> {
    let headers = request.headers();
    let params = Params::decode(request.uri().query().unwrap_or_default().as_bytes())?;
    if resource != Resource::Discovery {
        keys::jurisdiction(app, &params)?;
    }
    let origin = whole_origin(app, headers);
    let endpoint = format!("{origin}{PATH}");
    let place = Place { origin: &origin, endpoint: &endpoint };
    let (document, life) = match resource {
        Resource::Discovery => (services::discovery(app, &endpoint), Life::Hour),
        Resource::Services => (services::list(app), Life::Hour),
        Resource::Definition(code) => (services::definition(app, &code)?, Life::Hour),
        Resource::Requests => return list(app, place, &params, format, headers).await,
        Resource::Request(id) => (requests::one(app, place, &id, &params).await?, Life::Minute),
        Resource::Token(token) => (post::token(app, &token).await?, Life::Minute),
        Resource::Updates => (updates::list(app, &params).await?, Life::Minute),
        Resource::Bulk => return bulk(app, &params, headers).await,
        Resource::Description => return described(app, headers),
    };
    reply::read(&document, format, life, headers)
}

async fn list(
    app: &App,
    place: Place<'_>,
    params: &Params,
    format: Format,
    headers: &HeaderMap,
) -> Result<Response, Refusal> {
    let list = requests::list(app, place, params, format).await?;
    let mut response = reply::read(&list.document, format, Life::Minute, headers)?;
    let link =
        list.next.and_then(|next| HeaderValue::from_str(&format!("<{next}>; rel=\"next\"")).ok());
    if let Some(link) = link {
        response.headers_mut().insert(header::LINK, link);
    }
    Ok(response)
}

async fn bulk(app: &App, params: &Params, headers: &HeaderMap) -> Result<Response, Refusal> {
    let body = bulk::csv(app, params, app.clock.now()).await?;
    Ok(reply::kept(body.into(), "text/csv; charset=utf-8", Life::Minute, headers))
}

fn described(app: &App, headers: &HeaderMap) -> Result<Response, Refusal> {
    let document = description(&app.config.base_path());
    let body = serde_json::to_vec(&document).map_err(crate::problem::Problem::internal)?;
    Ok(reply::kept(body.into(), "application/json; charset=utf-8", Life::Hour, headers))
}

async fn post(
    app: &App,
    request: Request,
    resource: Resource,
    format: Format,
) -> Result<Response, Refusal> {
    let headers = request.headers().clone();
    let client = edge::client(app, request.extensions(), &headers);
    let form = form::read(request).await?;
    let document = match resource {
        Resource::Updates => post::update(app, &form.params).await?,
        _ => {
            let sender = post::From { client, headers: &headers };
            post::request(app, sender, form).await?
        }
    };
    reply::posted(&document, format)
}

/// A handler that panicked: the client gets a body it can read, the log the panic.
fn panicked(cause: &(dyn Any + Send)) -> Refusal {
    tracing::error!(cause = edge::said(cause), "a handler of Open311 panicked");
    Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, "服务器内部错误，请稍后重试")
}
