//! The staff console's API, below `console/api/v1/`.

mod audit;
mod cases;
mod record;
mod rewards;
mod session;
mod statistics;
mod users;

use std::time::Duration;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    middleware::from_fn_with_state,
    routing::{any, get, patch, post},
};
use contract::{paths, problem::Code};

use crate::{app::App, officers::session::guard, problem::Problem, terms::Terms};

/// The longest body: a bulk action on a page of cases.
const MOST_BYTES: usize = 64 * 1024;

/// How long a list of issues may take to arrive.
const UPLOAD: Duration = Duration::from_mins(5);

/// The routes, behind the guard of sessions; all but an upload answer within `terms`.
pub(super) fn routes(app: &App, terms: Terms) -> Router<App> {
    let api = Router::new()
        .route("/session", get(session::current).post(session::sign_in).delete(session::sign_out))
        .route("/cases", get(cases::inbox))
        .route("/cases/bulk", post(cases::bulk))
        .route("/cases/{public_id}", get(cases::case))
        .route("/cases/{public_id}/actions", post(cases::act))
        .route("/cases/{public_id}/identity", post(cases::identity))
        .route("/cases/{public_id}/photos/{name}", get(cases::photo))
        .route("/cases/{public_id}/photos/{name}/redaction", post(cases::redact))
        .route("/moderation", get(cases::moderation))
        .route("/rewards", get(rewards::rewards))
        .route("/rewards/{public_id}/actions", post(rewards::act))
        .route("/ledger", get(rewards::ledger))
        .route("/users", get(users::users).post(users::create))
        .route("/users/{name}", patch(users::change))
        .route("/users/{name}/reset", post(users::reset))
        .route("/users/{name}/handover", post(users::handover))
        .nest("/record", record::routes())
        .route("/audit", get(audit::audit))
        .route("/statistics", get(statistics::statistics))
        .layer(DefaultBodyLimit::max(MOST_BYTES))
        .layer(terms)
        .nest("/record", record::uploads().layer(Terms::within(UPLOAD)))
        .layer(from_fn_with_state(app.clone(), guard))
        // Before the guard: whether there is such an address is no secret.
        .route("/{*rest}", any(|| async { Problem::new(Code::NotFound) }));
    Router::new().nest(&format!("/{}", paths::CONSOLE), api)
}
