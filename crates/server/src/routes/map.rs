//! `GET api/v1/map`.

use axum::{extract::State, http::HeaderMap, response::Response};
use contract::public::MapShapes;

use super::standing;
use crate::{app::App, problem::Problem};

/// Rivers and lakes for the map's plain ground.
#[utoipa::path(get, path = "/api/v1/map", tag = "site", responses((status = 200, body = MapShapes)))]
pub async fn map(State(app): State<App>, headers: HeaderMap) -> Result<Response, Problem> {
    let shapes =
        || async { Ok(MapShapes { meta: app.meta(false), shapes: app.profile.shapes.clone() }) };
    standing(&app, &headers, "map", 0, shapes).await
}
