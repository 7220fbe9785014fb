//! What a report form needs before anything is sent: its content, a proof of work, the keys of receipts.

use axum::{
    Json, Router,
    extract::State,
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
    routing::get,
};
use contract::{
    paths,
    problem::Problem as ProblemBody,
    report::{Challenge, ReceiptKeys, ReportForm},
};

use super::{moving, standing};
use crate::{
    app::App,
    extract::Client,
    keys::random,
    problem::Problem,
    reports::{challenge::Purpose, form, open},
};

/// The routes of this file.
pub(super) fn routes() -> Router<App> {
    let path = |path: &str| format!("/{path}");
    Router::new()
        .route(&path(paths::REPORT_FORM), get(report_form))
        .route(&path(paths::REPORT_CHALLENGE), get(challenge))
        .route(&path(paths::RECEIPT_KEYS), get(receipt_keys))
}

/// An answer that nobody keeps: it belongs to one person.
pub(super) fn unkept(answer: impl IntoResponse) -> Response {
    ([(header::CACHE_CONTROL, "no-store"), (header::REFERRER_POLICY, "no-referrer")], answer)
        .into_response()
}

/// Everything the report form needs, also for use without a connection.
#[utoipa::path(get, path = "/api/v1/report/form", tag = "reports",
    responses((status = 200, body = ReportForm)))]
pub async fn report_form(State(app): State<App>, headers: HeaderMap) -> Result<Response, Problem> {
    moving(&app, &headers, "report-form", || async { Ok(form::form(&app)) }).await
}

/// A proof of work to be solved while the report is being written.
#[utoipa::path(get, path = "/api/v1/report/challenge", tag = "reports",
    responses((status = 200, body = Challenge), (status = 503, body = ProblemBody)))]
pub async fn challenge(
    State(app): State<App>,
    Client(client): Client,
) -> Result<Response, Problem> {
    let secrets = open(&app)?;
    let now = app.clock.now();
    let work = app.reports.admission.work(client, now);
    let random = random().map_err(Problem::internal)?;
    Ok(unkept(Json(secrets.challenges.issue(Purpose::Report, work, now, random))))
}

/// The keys that filing receipts are and were signed with.
#[utoipa::path(get, path = "/api/v1/report/receipt-keys", tag = "reports",
    responses((status = 200, body = ReceiptKeys)))]
pub async fn receipt_keys(State(app): State<App>, headers: HeaderMap) -> Result<Response, Problem> {
    standing(&app, &headers, "receipt-keys", 0, || async {
        let secrets = app.reports.secrets.as_ref();
        let keys = secrets.map(|secrets| secrets.receipts.keys()).unwrap_or_default();
        Ok(ReceiptKeys { meta: app.meta(false), keys })
    })
    .await
}
