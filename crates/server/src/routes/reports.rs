//! Reports: sending one, and reading those that are published.

use axum::{
    Json, Router,
    extract::{DefaultBodyLimit, State},
    http::{HeaderMap, StatusCode, Uri, header},
    response::{IntoResponse, Response},
    routing::get,
};
use contract::{
    paths,
    problem::{Code, Problem as ProblemBody},
    public::Place,
    report::{NearbyReports, OnePublishedReport, PublishedReports, Receipt, Submission},
};
use domain::{
    Lang, Text,
    report::{PublicId, ReportId},
};
use serde::Deserialize;

use super::{pages::whole_origin, report_form::unkept};
use crate::{
    app::App,
    extract::{Client, Params, PathPart, Sent},
    language,
    officers::rewards::roots,
    problem::Problem,
    query::unknown,
    reply::{Life, Prepared},
    reports::{
        published::{self, PAGE_SIZE, atom, files, near, query::PublishedParams},
        submit::{self, Arrival},
    },
};

/// A report with all its texts and a sealed contact, in bytes.
const MOST_BYTES: usize = 64 * 1_024;
/// Reports in one file, the newest ones.
const MOST_IN_A_FILE: u32 = 5_000;
/// Reports in one feed.
const MOST_IN_A_FEED: u32 = 50;

/// The routes of this file.
pub(super) fn routes() -> Router<App> {
    let path = |path: &str| format!("/{path}");
    Router::new()
        .route(&path(paths::REPORTS), get(list))
        .route(&path(paths::REPORTS_NEARBY), get(nearby))
        .route(&path(paths::REPORTS_GEOJSON), get(geojson))
        .route(&path(paths::REPORTS_CSV), get(csv))
        .route(&path(paths::REPORTS_ATOM), get(feed))
        .route(&path(paths::LEDGER_ROOTS), get(ledger_roots))
        .route(&path(&paths::report("{id}")), get(one).put(send))
        .layer(DefaultBodyLimit::max(MOST_BYTES))
}

/// Takes a report; the same one again is answered as it was the first time.
#[utoipa::path(put, path = "/api/v1/reports/{id}", tag = "reports", request_body = Submission,
    params(("id" = String, Path, description = "A UUIDv7 made on the phone")),
    responses((status = 201, body = Receipt), (status = 200, body = Receipt),
        (status = 400, body = ProblemBody), (status = 409, body = ProblemBody),
        (status = 413, body = ProblemBody), (status = 422, body = ProblemBody),
        (status = 503, body = ProblemBody), (status = 507, body = ProblemBody)))]
pub async fn send(
    State(app): State<App>,
    Client(client): Client,
    PathPart(id): PathPart,
    Sent(submission): Sent<Submission>,
) -> Result<Response, Problem> {
    let id = ReportId::parse(&id).map_err(|_malformed| {
        Problem::parameter("id", unknown(&id), vec!["019ac3a0-5d00-7000-8000-000000000000".into()])
    })?;
    let arrival =
        Arrival { id: &id, submission: &submission, client, channel: "app", partner: None };
    let filing = submit::submit(&app, arrival).await?;
    let status = if filing.new { StatusCode::CREATED } else { StatusCode::OK };
    Ok(unkept((status, Json(filing.receipt))))
}

/// Published reports, newest first.
#[utoipa::path(get, path = "/api/v1/reports", tag = "reports", params(PublishedParams),
    responses((status = 200, body = PublishedReports), (status = 400, body = ProblemBody)))]
pub async fn list(
    State(app): State<App>,
    Params(params): Params<PublishedParams>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let filter = params.filter(&app.profile.reports, &app.reports.grid)?;
    let page = params.page.unwrap_or(1).max(1);
    let (reports, total) = published::page(&app, filter, page, PAGE_SIZE).await?;
    let meta = app.meta(reports.iter().any(|report| report.simulated));
    json(&app, &headers, &PublishedReports { meta, total, page, page_size: PAGE_SIZE, reports })
}

/// One published report and its course.
#[utoipa::path(get, path = "/api/v1/reports/{id}", tag = "reports",
    params(("id" = String, Path, description = "The tracking number, such as R7K3M-9QXD")),
    responses((status = 200, body = OnePublishedReport), (status = 404, body = ProblemBody)))]
pub async fn one(
    State(app): State<App>,
    PathPart(id): PathPart,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let missing = || Problem::new(Code::NotFound);
    let number = PublicId::parse(&id).map_err(|_malformed| missing())?;
    let (report, course) = published::one(&app, &number).await?.ok_or_else(missing)?;
    let meta = app.meta(report.simulated);
    json(&app, &headers, &OnePublishedReport { meta, report, course })
}

/// What a report may be near to.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct NearbyParams {
    /// Longitude in degrees.
    #[param(example = 106.511)]
    lon: f64,
    /// Latitude in degrees.
    #[param(example = 29.502)]
    lat: f64,
    /// Key of a category.
    #[param(example = "air_smoke")]
    category: String,
}

/// Published reports of the same category within 150 m, of the last 30 days.
#[utoipa::path(get, path = "/api/v1/reports/nearby", tag = "reports", params(NearbyParams),
    responses((status = 200, body = NearbyReports), (status = 400, body = ProblemBody)))]
pub async fn nearby(
    State(app): State<App>,
    Params(asked): Params<NearbyParams>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let place = Place { lon: asked.lon, lat: asked.lat };
    let reports = near::near(&app, &asked.category, place).await?;
    let meta = app.meta(reports.iter().any(|report| report.simulated));
    json(&app, &headers, &NearbyReports { meta, reports })
}

/// Published reports as GeoJSON, the newest 5,000 that match.
#[utoipa::path(get, path = "/api/v1/reports.geojson", tag = "reports", params(PublishedParams),
    responses((status = 200, content_type = "application/geo+json"),
        (status = 400, body = ProblemBody)))]
pub async fn geojson(
    State(app): State<App>,
    Params(params): Params<PublishedParams>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let filter = params.filter(&app.profile.reports, &app.reports.grid)?;
    let (reports, _) = published::page(&app, filter, 1, MOST_IN_A_FILE).await?;
    let found = files::geojson(&reports, language::of(&uri, &headers));
    let body = serde_json::to_vec(&found).map_err(Problem::internal)?;
    Ok(file(&app, &headers, body, "application/geo+json"))
}

/// Published reports as CSV, the newest 5,000 that match.
#[utoipa::path(get, path = "/api/v1/reports.csv", tag = "reports", params(PublishedParams),
    responses((status = 200, content_type = "text/csv"), (status = 400, body = ProblemBody)))]
pub async fn csv(
    State(app): State<App>,
    Params(params): Params<PublishedParams>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let filter = params.filter(&app.profile.reports, &app.reports.grid)?;
    let (reports, _) = published::page(&app, filter, 1, MOST_IN_A_FILE).await?;
    let lang = language::of(&uri, &headers);
    let body = files::csv(&reports, lang).map_err(Problem::internal)?;
    let mut answer = file(&app, &headers, body, "text/csv; charset=utf-8");
    let name = header::HeaderValue::from_static("attachment; filename=\"reports.csv\"");
    answer.headers_mut().insert(header::CONTENT_DISPOSITION, name);
    Ok(answer)
}

/// Published reports as an Atom feed.
#[utoipa::path(get, path = "/feeds/reports.atom", tag = "reports", params(PublishedParams),
    responses((status = 200, content_type = "application/atom+xml"),
        (status = 400, body = ProblemBody)))]
pub async fn feed(
    State(app): State<App>,
    Params(params): Params<PublishedParams>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let filter = params.filter(&app.profile.reports, &app.reports.grid)?;
    let (reports, _) = published::page(&app, filter, 1, MOST_IN_A_FEED).await?;
    let (lang, origin) = (language::of(&uri, &headers), whole_origin(&app, &headers));
    let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    let feed = atom::Feed {
        title: &title(&app, &params, lang),
        author: app.profile.publisher.get(lang),
        address: &format!("{origin}{}{query}", paths::REPORTS_ATOM),
        origin: &origin,
        lang,
        now: app.clock.now(),
    };
    let body = atom::atom(&feed, &reports).into_bytes();
    Ok(file(&app, &headers, body, "application/atom+xml; charset=utf-8"))
}

/// Where the ledger of rewards ended on each day: a line `# <day>`, then the number of entries and the SHA-256 of the
/// last. What was kept of it can be given to `bilan verify-ledger --published`.
#[utoipa::path(get, path = "/api/v1/ledger-roots.txt", tag = "reports",
    responses((status = 200, content_type = "text/plain")))]
pub async fn ledger_roots(State(app): State<App>, headers: HeaderMap) -> Result<Response, Problem> {
    let text = roots::published(&app).await?;
    Ok(file(&app, &headers, text.into_bytes(), "text/plain; charset=utf-8"))
}

/// A feed's title: what it is about, and where.
fn title(app: &App, params: &PublishedParams, lang: Lang) -> String {
    let district = &app.profile.reports;
    let category = params.category.as_deref().and_then(|key| district.category(key));
    let street = params.street.as_deref().and_then(|code| district.street(code));
    let reports = Text::new("公众举报", "Public reports");
    let parts = [
        Some(reports.get(lang)),
        category.map(|category| category.name.get(lang)),
        street.map(|street| street.name.get(lang)),
        Some(app.profile.title.get(lang)),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn json(app: &App, request: &HeaderMap, body: &impl serde::Serialize) -> Result<Response, Problem> {
    Ok(super::json(app, body, Life::Live)?.answer(request))
}

fn file(app: &App, request: &HeaderMap, body: Vec<u8>, media_type: &'static str) -> Response {
    let mut answer =
        Prepared::of(body.into(), media_type, Life::Live, app.clock.now()).answer(request);
    let vary = header::HeaderValue::from_static("accept-encoding, accept-language");
    answer.headers_mut().insert(header::VARY, vary);
    answer.into_response()
}
