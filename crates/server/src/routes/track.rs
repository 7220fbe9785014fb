//! The way back to a report by its claim code. Codes travel in bodies, never in addresses.

use axum::{
    Json, Router,
    extract::{DefaultBodyLimit, State},
    response::Response,
    routing::post,
};
use contract::{
    paths,
    problem::Problem as ProblemBody,
    report::{Track, TrackAct, Tracked},
};

use super::report_form::unkept;
use crate::{
    app::App,
    extract::{Client, Sent},
    problem::Problem,
    reports::track,
};

/// A code, a text and a sealed contact, in bytes.
const MOST_BYTES: usize = 32 * 1_024;

/// The routes of this file.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route(&format!("/{}", paths::TRACK), post(tracked))
        .route(&format!("/{}", paths::TRACK_ACT), post(act))
        .layer(DefaultBodyLimit::max(MOST_BYTES))
}

/// The state of the report that a claim code belongs to. Unknown and wrong codes are answered alike.
#[utoipa::path(post, path = "/api/v1/track", tag = "reports", request_body = Track,
    responses((status = 200, body = Tracked), (status = 404, body = ProblemBody),
        (status = 422, body = ProblemBody), (status = 429, body = ProblemBody)))]
pub async fn tracked(
    State(app): State<App>,
    Client(client): Client,
    Sent(Track { code }): Sent<Track>,
) -> Result<Response, Problem> {
    Ok(unkept(Json(track::tracked(&app, &code, client).await?)))
}

/// Does what the holder of a claim code wishes; the same act again does nothing twice.
#[utoipa::path(post, path = "/api/v1/track/act", tag = "reports", request_body = TrackAct,
    responses((status = 200, body = Tracked), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 409, body = ProblemBody),
        (status = 422, body = ProblemBody), (status = 429, body = ProblemBody)))]
pub async fn act(
    State(app): State<App>,
    Client(client): Client,
    Sent(sent): Sent<TrackAct>,
) -> Result<Response, Problem> {
    Ok(unkept(Json(track::act(&app, sent, client).await?)))
}
