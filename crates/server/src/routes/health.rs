//! `GET healthz` and `GET readyz`, for supervisors and load balancers.

use std::sync::atomic::Ordering;

use axum::{extract::State, http::header};
use contract::problem::Code;
use store::Derived;

use crate::{app::App, problem::Problem};

type Line = ([(header::HeaderName, &'static str); 1], &'static str);

const OK: Line = ([(header::CACHE_CONTROL, "no-store")], "ok\n");

/// The process answers.
pub async fn alive() -> Line {
    OK
}

/// The store answers, reads and takes data.
pub async fn ready(State(app): State<App>) -> Result<Line, Problem> {
    if !app.ready.load(Ordering::Acquire) {
        return Err(Problem::new(Code::Unavailable).retry_after(2));
    }
    app.store.newest_event_id().await?;
    // Nothing, through the thread and the transaction that readings take.
    app.store.record(Vec::new(), app.clock.now(), |_, _| Ok(Derived::default())).await?;
    Ok(OK)
}
