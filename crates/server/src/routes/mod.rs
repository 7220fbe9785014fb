//! Every address of the server.

pub mod air_summary;
pub mod console;
pub mod corrections;
pub mod days;
pub mod embeds;
pub mod feeds;
pub mod health;
pub mod latest;
pub mod live;
pub mod map;
pub mod metrics;
pub mod openapi;
pub mod pages;
pub mod photos;
pub mod plain;
pub mod readings;
pub mod record;
pub mod report_form;
pub mod reports;
pub mod series;
pub mod site;
pub mod stations;
pub mod track;
pub mod water_sections;

use std::{borrow::Cow, sync::Arc, time::Duration};

use axum::{
    Router,
    extract::{DefaultBodyLimit, Request},
    http::{HeaderMap, Uri},
    response::{Redirect, Response},
    routing::{any, get, post},
};
use contract::{paths, problem::Code};
use serde::Serialize;
use tower::ServiceExt;

use crate::{
    app::App,
    edge::Edge,
    hot::{MOVING, STANDING},
    open_api::open311,
    problem::Problem,
    profile::StationProfile,
    reply::{Life, Prepared},
    terms::Terms,
};

/// The whole server under its base path.
pub fn all(app: App) -> Edge {
    let base = app.config.base_path();
    let inner = api(&app).merge(embeds::routes(&app)).merge(public(&app));
    let router = if base == "/" { inner } else { below(base, inner) };
    Edge::of(app, router)
}

/// The routes of `inner` below `base`, which ends with a slash.
fn below(base: String, inner: Router) -> Router {
    let bare = base.trim_end_matches('/').to_owned();
    // A nested router answers below `/env/…` but not at `/env/` itself.
    let (front, root) = (inner.clone(), base.clone());
    let at_root = move |mut request: Request| {
        let front = front.clone();
        async move {
            *request.uri_mut() = at_top(request.uri());
            front.oneshot(request).await
        }
    };
    let to_base = move || async move { Redirect::permanent(&root) };
    Router::new()
        .route(&bare, get(to_base))
        .route(&base, any(at_root))
        .nest(&bare, inner)
        .fallback(|| async { Problem::new(Code::NotFound) })
}

/// The same address with the path `/`.
fn at_top(uri: &Uri) -> Uri {
    let query = uri.query().map_or_else(String::new, |query| format!("?{query}"));
    format!("/{query}").parse().unwrap_or_else(|_never| Uri::from_static("/"))
}

/// Pages, files and what operators' tools ask for.
fn public(app: &App) -> Router {
    Router::new()
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .route("/metrics", get(metrics::text))
        .route("/sitemap.xml", get(pages::sitemap))
        .route("/robots.txt", get(pages::robots))
        .fallback(pages::page)
        .layer(Terms::within(deadline(app)))
        // Photos travel with a plain form, and lines can be slow.
        .merge(plain::routes())
        .with_state(app.clone())
}

fn deadline(app: &App) -> Duration {
    Duration::from_secs(app.config.server.request_timeout_s)
}

fn api(app: &App) -> Router {
    let bounded = Terms::within(deadline(app));
    let path = |path: &str| format!("/{path}");
    let reads = Router::new()
        .route(&path(paths::SITE), get(site::site))
        .route(&path(paths::STATIONS), get(stations::stations))
        .route("/api/v1/stations/{code}", get(stations::station))
        .route("/api/v1/stations/{code}/latest", get(latest::latest))
        .route("/api/v1/stations/{code}/series", get(series::series))
        .route("/api/v1/stations/{code}/days", get(days::days))
        .route("/api/v1/stations/{code}/corrections", get(corrections::corrections))
        .route(&path(paths::AIR_SUMMARY), get(air_summary::air_summary))
        .route(&path(paths::WATER_SECTIONS), get(water_sections::sections))
        .route("/api/v1/water/sections/{code}", get(water_sections::section))
        .route(&path(paths::FEEDS), get(feeds::feeds))
        .route(&path(paths::MAP), get(map::map))
        .route(&path(paths::OPENAPI), get(openapi::openapi))
        .merge(report_form::routes())
        .merge(reports::routes())
        .merge(record::reads())
        .layer(bounded.open());
    let writes = Router::new()
        .route(&path(paths::READINGS), post(readings::push))
        .layer(DefaultBodyLimit::max(app.config.server.max_body_bytes))
        .merge(track::routes())
        .merge(record::writes())
        .layer(bounded);
    let staff = console::routes(app, bounded);
    // A stream ends with its client or the server, not with a deadline.
    let streams =
        Router::new().route(&path(paths::LIVE), get(live::live)).layer(Terms::default().open());
    reads
        .merge(streams)
        .merge(writes)
        .merge(photos::routes())
        .merge(staff)
        .merge(open311::routes())
        .route("/api/{*rest}", any(|| async { Problem::new(Code::NotFound) }))
        .with_state(app.clone())
}

/// Answers with the kept body under `key`, made anew after every commit.
async fn moving<T, F>(
    app: &App,
    request: &HeaderMap,
    key: impl Into<Cow<'static, str>>,
    make: impl FnOnce() -> F,
) -> Result<Response, Problem>
where
    T: Serialize,
    F: Future<Output = Result<T, Problem>>,
{
    let body = || async { json(app, make().await?, Life::Live) };
    let body = app.bodies.get(key.into(), app.versions.any(), MOVING, body).await?;
    Ok(body.answer(request))
}

/// Answers with the kept body under `key`, which only a change at `version` makes old.
async fn standing<T, F>(
    app: &App,
    request: &HeaderMap,
    key: impl Into<Cow<'static, str>>,
    version: u64,
    make: impl FnOnce() -> F,
) -> Result<Response, Problem>
where
    T: Serialize,
    F: Future<Output = Result<T, Problem>>,
{
    let body = || async { json(app, make().await?, Life::Settled) };
    let body: Arc<Prepared> = app.bodies.get(key.into(), version, STANDING, body).await?;
    Ok(body.answer(request))
}

fn json(app: &App, body: impl Serialize, life: Life) -> Result<Prepared, Problem> {
    Prepared::json(&body, app.clock.now(), life).map_err(Problem::internal)
}

/// The station with that code, or 404.
fn known<'a>(app: &'a App, code: &str) -> Result<&'a StationProfile, Problem> {
    app.profile.station(code).ok_or_else(|| Problem::new(Code::NotFound))
}
