//! `GET api/v1/feeds`.

use axum::{extract::State, response::Response};
use contract::public::Feeds;

use super::moving;
use crate::{app::App, extract::Headers, problem::Problem, views};

/// The health of everything data comes through.
#[utoipa::path(get, path = "/api/v1/feeds", tag = "site", responses((status = 200, body = Feeds)))]
pub async fn feeds(State(app): State<App>, Headers(headers): Headers) -> Result<Response, Problem> {
    moving(&app, &headers, "feeds", || async { Ok(list(&app)) }).await
}

/// Every feed as it is now.
pub fn list(app: &App) -> Feeds {
    let now = app.clock.now();
    let feeds =
        app.feeds.iter().map(|(facts, health)| views::feed::feed(facts, &health.status(), now));
    Feeds { meta: app.meta(false), feeds: feeds.collect() }
}
