//! The district's record: the rectification ledger, green space, the scorecard, pages of programmes.

use axum::{
    Json, Router,
    extract::{DefaultBodyLimit, State},
    http::{HeaderMap, StatusCode, Uri, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use contract::{
    green::Green,
    paths,
    problem::{Code, Problem as ProblemBody},
    programme::{Programme, Programmes},
    rectification::{Item, Ledger, LedgerHeads, Objection, ObjectionTaken},
    scorecard::Scorecard,
};
use domain::{Text, period::beijing_day, rectification::ItemNumber, wire::parse_day};
use jiff::civil::Date;
use serde::Deserialize;

use super::report_form::unkept;
use crate::{
    app::App,
    extract::{Client, Params, PathPart, Sent},
    language,
    problem::Problem,
    record::{files, green, item, ledger, objection, programmes, scores},
    reply::{Life, Prepared},
};

/// An objection with a sealed contact, in bytes.
const MOST_BYTES: usize = 32 * 1_024;
/// Events in one answer.
const MOST_EVENTS: u32 = 5_000;

/// What anyone may read.
pub(super) fn reads() -> Router<App> {
    let path = |path: &str| format!("/{path}");
    Router::new()
        .route(&path(paths::RECTIFICATION), get(rectification))
        .route(&path(paths::RECTIFICATION_CSV), get(rectification_csv))
        .route(&path(paths::RECTIFICATION_EVENTS), get(rectification_events))
        .route(&path(paths::RECTIFICATION_HEADS), get(rectification_heads))
        .route(&path(&paths::item("{number}")), get(rectification_item))
        .route(&path(paths::GREEN), get(green_space))
        .route(&path(paths::SCORECARD), get(scorecard))
        .route(&path(paths::SCORECARD_CSV), get(scorecard_csv))
        .route(&path(paths::PROGRAMMES), get(programme_list))
        .route(&path(&paths::programme("{slug}")), get(programme))
}

/// What anyone may send.
pub(super) fn writes() -> Router<App> {
    Router::new()
        .route(&format!("/{}", paths::objections("{number}")), post(object))
        .layer(DefaultBodyLimit::max(MOST_BYTES))
}

/// As of when.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct LedgerParams {
    /// The day whose end the figures are of, Beijing. Default: today.
    #[param(example = "2026-06-30")]
    as_of: Option<String>,
}

impl LedgerParams {
    fn day(&self, app: &App) -> Result<Date, Problem> {
        let today = beijing_day(app.clock.now());
        let Some(asked) = self.as_of.as_deref().filter(|asked| !asked.is_empty()) else {
            return Ok(today);
        };
        let day = parse_day(asked).filter(|day| *day <= today);
        day.ok_or_else(|| {
            let text = Text::new(
                format!("“{asked}”不是今天或以前的日期，请写成 2026-06-30。"),
                format!("\"{asked}\" is no day up to today; write it like 2026-06-30."),
            );
            Problem::parameter("as_of", text, Vec::new())
        })
    }
}

/// The rectification ledger: every figure as of a day, and every issue in one line.
#[utoipa::path(get, path = "/api/v1/rectification", tag = "record", params(LedgerParams),
    responses((status = 200, body = Ledger), (status = 400, body = ProblemBody)))]
pub async fn rectification(
    State(app): State<App>,
    Params(params): Params<LedgerParams>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let day = params.day(&app)?;
    let now = app.clock.now();
    if day < beijing_day(now) {
        // There are as many days of the past as anyone cares to ask for, and each is half a megabyte: none is kept.
        let body = serde_json::to_vec(&ledger::as_of(&app, day).await?);
        let body = body.map_err(Problem::internal)?;
        return Ok(
            Prepared::of(body.into(), "application/json", Life::Settled, now).answer(&headers)
        );
    }
    let version = app.store.rectification_head().await?.count;
    let make = || async { ledger::as_of(&app, day).await };
    super::standing(&app, &headers, format!("rectification {day}"), version, make).await
}

/// The issues as CSV, as of a day.
#[utoipa::path(get, path = "/api/v1/rectification.csv", tag = "record", params(LedgerParams),
    responses((status = 200, content_type = "text/csv"), (status = 400, body = ProblemBody)))]
pub async fn rectification_csv(
    State(app): State<App>,
    Params(params): Params<LedgerParams>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let ledger = ledger::as_of(&app, params.day(&app)?).await?;
    let lang = language::of(&uri, &headers);
    let body = files::issues(&ledger, lang).map_err(Problem::internal)?;
    Ok(attached(&app, &headers, body, "text/csv; charset=utf-8", "rectification.csv"))
}

/// After which event.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct EventParams {
    /// The number of the last event that is known already. Default: 0, from the beginning.
    #[serde(default)]
    after: u64,
}

/// Events of the ledger as they were hashed, one JSON object a line, at most 5,000: everything that a second
/// computation of its figures needs, and nobody's name. A report stands there by its number, which opens
/// nothing.
#[utoipa::path(get, path = "/api/v1/rectification/events.jsonl", tag = "record", params(EventParams),
    responses((status = 200, content_type = "application/jsonl"), (status = 400, body = ProblemBody)))]
pub async fn rectification_events(
    State(app): State<App>,
    Params(params): Params<EventParams>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    // No ledger is as long as numbers go, nor does the database know larger ones.
    let after = params.after.min(i64::MAX.unsigned_abs());
    let rows = app.store.rectification_events(after, MOST_EVENTS).await?;
    let body = files::events(&rows).into_bytes();
    Ok(attached(&app, &headers, body, "application/jsonl", "rectification-events.jsonl"))
}

/// Where the ledger ended, day by day: what a rewritten ledger would contradict.
#[utoipa::path(get, path = "/api/v1/rectification/heads", tag = "record",
    responses((status = 200, body = LedgerHeads)))]
pub async fn rectification_heads(
    State(app): State<App>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let heads = app.store.published_heads().await?;
    let heads = heads.into_iter().map(|(day, head)| ledger::shown(head, Some(day))).collect();
    json(&app, &headers, &LedgerHeads { meta: app.meta(false), heads })
}

/// One issue with its course.
#[utoipa::path(get, path = "/api/v1/rectification/{number}", tag = "record",
    params(("number" = String, Path, description = "The issue's number, such as D2CQ-0017")),
    responses((status = 200, body = Item), (status = 404, body = ProblemBody)))]
pub async fn rectification_item(
    State(app): State<App>,
    PathPart(number): PathPart,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let found = item::one(&app, &number_of(&number)?).await?;
    json(&app, &headers, &found.ok_or_else(|| Problem::new(Code::NotFound))?)
}

/// Takes an objection to an issue that is shown to the public.
#[utoipa::path(post, path = "/api/v1/rectification/{number}/objections", tag = "record",
    request_body = Objection,
    params(("number" = String, Path, description = "The issue's number")),
    responses((status = 201, body = ObjectionTaken), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 422, body = ProblemBody),
        (status = 429, body = ProblemBody), (status = 503, body = ProblemBody)))]
pub async fn object(
    State(app): State<App>,
    Client(client): Client,
    PathPart(number): PathPart,
    Sent(sent): Sent<Objection>,
) -> Result<Response, Problem> {
    let taken = objection::take(&app, &number_of(&number)?, sent, client).await?;
    Ok(unkept((StatusCode::CREATED, Json(taken))))
}

/// Green space: indicators with definitions and thresholds, parks, how much residential land is within reach of one.
#[utoipa::path(get, path = "/api/v1/green", tag = "record", responses((status = 200, body = Green)))]
pub async fn green_space(State(app): State<App>, headers: HeaderMap) -> Result<Response, Problem> {
    json(&app, &headers, &green::green(&app).await?)
}

/// The scorecard: published figures with sign, year and source phrase.
#[utoipa::path(get, path = "/api/v1/scorecard", tag = "record",
    responses((status = 200, body = Scorecard)))]
pub async fn scorecard(State(app): State<App>, headers: HeaderMap) -> Result<Response, Problem> {
    json(&app, &headers, &scores::card(&app).await?)
}

/// The scorecard as CSV.
#[utoipa::path(get, path = "/api/v1/scorecard.csv", tag = "record",
    responses((status = 200, content_type = "text/csv")))]
pub async fn scorecard_csv(
    State(app): State<App>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let card = scores::card(&app).await?;
    let body = files::scores(&card, language::of(&uri, &headers)).map_err(Problem::internal)?;
    Ok(attached(&app, &headers, body, "text/csv; charset=utf-8", "scorecard.csv"))
}

/// Pages of programmes.
#[utoipa::path(get, path = "/api/v1/programmes", tag = "record",
    responses((status = 200, body = Programmes)))]
pub async fn programme_list(
    State(app): State<App>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    json(&app, &headers, &programmes::all(&app).await?)
}

/// One page of a programme.
#[utoipa::path(get, path = "/api/v1/programmes/{slug}", tag = "record",
    params(("slug" = String, Path, description = "The page's name, such as digital-brain")),
    responses((status = 200, body = Programme), (status = 404, body = ProblemBody)))]
pub async fn programme(
    State(app): State<App>,
    PathPart(slug): PathPart,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let found = programmes::one(&app, &slug).await?;
    json(&app, &headers, &found.ok_or_else(|| Problem::new(Code::NotFound))?)
}

fn number_of(text: &str) -> Result<ItemNumber, Problem> {
    ItemNumber::parse(text).map_err(|_no_number| Problem::new(Code::NotFound))
}

fn json(app: &App, request: &HeaderMap, body: &impl serde::Serialize) -> Result<Response, Problem> {
    Ok(super::json(app, body, Life::Live)?.answer(request))
}

fn attached(
    app: &App,
    request: &HeaderMap,
    body: Vec<u8>,
    media_type: &'static str,
    name: &'static str,
) -> Response {
    let mut answer =
        Prepared::of(body.into(), media_type, Life::Live, app.clock.now()).answer(request);
    let headers = answer.headers_mut();
    headers
        .insert(header::VARY, header::HeaderValue::from_static("accept-encoding, accept-language"));
    let attachment = format!("attachment; filename=\"{name}\"");
    if let Ok(attachment) = header::HeaderValue::from_str(&attachment) {
        headers.insert(header::CONTENT_DISPOSITION, attachment);
    }
    answer.into_response()
}
