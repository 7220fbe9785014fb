//! `GET api/v1/live`: server-sent events.

use axum::{
    body::Body,
    extract::State,
    http::{Extensions, HeaderMap, HeaderName, header},
    response::{IntoResponse, Response},
};
use contract::live::Batch;

use crate::{app::App, edge::client, live, problem::Problem};

/// What changes, as it changes: `hello`, then `snapshot` or what was missed since `Last-Event-ID`,
/// then a `batch` about once a second while there is something new.
#[utoipa::path(get, path = "/api/v1/live", tag = "live",
    params(("Last-Event-ID" = Option<i64>, Header, description = "The last id seen, to resume")),
    responses((status = 200, body = Batch, content_type = "text/event-stream",
        description = "`hello` carries `Hello`, `snapshot` and `batch` carry `Batch`")))]
pub async fn live(
    State(app): State<App>,
    headers: HeaderMap,
    extensions: Extensions,
) -> Result<Response, Problem> {
    let place = live::Place::take(&app, client(&app, &extensions, &headers))?;
    let last_seen = headers.get("last-event-id").and_then(|id| id.to_str().ok()?.parse().ok());
    let receiver = app.hub.subscribe();
    let opening = live::opening(&app, last_seen).await?;
    let body = Body::from_stream(live::stream(place, receiver, opening));
    let headers = [
        (header::CONTENT_TYPE, "text/event-stream"),
        (header::CACHE_CONTROL, "no-store"),
        // Tells nginx not to collect the stream before passing it on.
        (HeaderName::from_static("x-accel-buffering"), "no"),
    ];
    Ok((headers, body).into_response())
}
