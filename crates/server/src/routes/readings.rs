//! `POST api/v1/readings`: batches from gateways and instruments, with an API key.

use axum::{
    Json,
    body::Bytes,
    extract::{FromRequestParts, State},
    http::{HeaderMap, Uri, header, request::Parts},
};
use contract::{
    problem::{Code, Problem as ProblemBody},
    push::{PushOutcome, ReadingBatch, RejectedRow},
};
use domain::{Lang, Provenance, Text};
use ingest::{NotStored, Parcel, PushedRow, http_push, quality::Arrival};
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use store::{ApiKey, KeyScope};

use crate::{app::App, commands::keys, language, problem::Problem};

/// The feed's key.
pub const FEED: &str = "http";

/// Readings in one batch.
pub const MOST_ROWS: usize = 5_000;

/// Periods older than this are refused: ten years.
const OLDEST: SignedDuration = SignedDuration::from_hours(24 * 3_653);

#[derive(Deserialize)]
struct Batch {
    readings: Vec<PushedRow>,
}

/// Stores the good rows of a batch and says what became of each.
#[utoipa::path(post, path = "/api/v1/readings", tag = "readings", request_body = ReadingBatch,
    security(("key" = [])),
    responses((status = 200, body = PushOutcome), (status = 400, body = ProblemBody),
        (status = 401, body = ProblemBody), (status = 413, body = ProblemBody),
        (status = 503, body = ProblemBody), (status = 507, body = ProblemBody)))]
pub async fn push(
    State(app): State<App>,
    // Before the body: who has no key sends us nothing.
    Authorised(key): Authorised,
    uri: Uri,
    headers: HeaderMap,
    body: Result<Bytes, axum::extract::rejection::BytesRejection>,
) -> Result<Json<PushOutcome>, Problem> {
    let body = body.map_err(|_rejection| Problem::new(Code::TooLarge))?;
    let rows = rows(&headers, &body)?;
    let (checked, stored) = store(&app, &key, &rows, body.to_vec()).await?;
    Ok(Json(outcome(&app, checked, stored, language::of(&uri, &headers))))
}

/// The key in use that a request carries.
pub struct Authorised(ApiKey);

impl FromRequestParts<App> for Authorised {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        authorise(app, &parts.headers).await.map(Self)
    }
}

async fn authorise(app: &App, headers: &HeaderMap) -> Result<ApiKey, Problem> {
    if !app.config.ingest.http_push.enabled {
        return Err(Problem::new(Code::Forbidden));
    }
    let bearer = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let given = bearer
        .and_then(|value| value.strip_prefix("Bearer "))
        .or_else(|| headers.get("x-api-key").and_then(|value| value.to_str().ok()))
        .ok_or_else(|| Problem::new(Code::Unauthorised))?;
    let found = app.store.api_key(keys::hash(given.trim())).await?;
    found
        .filter(|key| key.scope == KeyScope::Readings)
        .ok_or_else(|| Problem::new(Code::Unauthorised))
}

fn rows(headers: &HeaderMap, body: &[u8]) -> Result<Vec<PushedRow>, Problem> {
    let media_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    if !media_type.is_some_and(|media_type| media_type.starts_with("application/json")) {
        return Err(Problem::new(Code::UnsupportedMedia).with(Text::new(
            "请使用 Content-Type: application/json",
            "send it as Content-Type: application/json",
        )));
    }
    let batch: Batch = serde_json::from_slice(body).map_err(|error| {
        Problem::new(Code::BadBody).with(Text::new(
            format!("JSON 不符合接口说明：{error}"),
            format!("the JSON is not as the API description says: {error}"),
        ))
    })?;
    if batch.readings.len() > MOST_ROWS {
        let rows = batch.readings.len();
        return Err(Problem::new(Code::TooLarge).with(Text::new(
            format!("共 {rows} 条，每批最多 {MOST_ROWS} 条，请分批发送"),
            format!("{rows} readings; a batch holds {MOST_ROWS} at most, send several"),
        )));
    }
    Ok(batch.readings)
}

async fn store(
    app: &App,
    key: &ApiKey,
    rows: &[PushedRow],
    raw: Vec<u8>,
) -> Result<(http_push::Checked, ingest::Stored), Problem> {
    let now = app.clock.now();
    let provenance = if app.demonstration { Provenance::Simulated } else { Provenance::Measured };
    let wiring = app.wiring(FEED);
    wiring.health.tried(now);
    let checked = http_push::check(
        rows,
        &http_push::Rules {
            now,
            oldest: now.checked_sub(OLDEST).unwrap_or(Timestamp::MIN),
            provenance,
            knows_station: &|code| app.profile.station(code).is_some() && key.may_write(code),
        },
    );
    for refused in &checked.rejected {
        wiring.health.rejected(refused.reason, 1);
    }
    if checked.readings.is_empty() {
        return Ok((checked, ingest::Stored::default()));
    }
    let parcel = Parcel {
        feed: FEED,
        source: format!("http:{}", key.name),
        provenance,
        raw,
        readings: checked.readings.clone(),
        arrival: Arrival::history(now),
    };
    let stored = wiring.deliver(parcel).await.map_err(|refusal| match refusal {
        NotStored::StorageFull => Problem::new(Code::StorageFull).retry_after(60),
        NotStored::Unavailable => Problem::new(Code::Unavailable).retry_after(5),
    })?;
    Ok((checked, stored))
}

fn outcome(
    app: &App,
    checked: http_push::Checked,
    stored: ingest::Stored,
    lang: Lang,
) -> PushOutcome {
    let by_check = checked.rejected.iter().map(|refused| RejectedRow {
        row: refused.row,
        field: refused.field.to_owned(),
        reason: refused.text.get(lang).to_owned(),
    });
    let by_store = stored.rejected.iter().map(|(place, reason)| RejectedRow {
        row: checked.rows.get(*place).copied().unwrap_or(*place),
        field: "station".to_owned(),
        reason: reason.clone(),
    });
    let mut rejected: Vec<RejectedRow> = by_check.chain(by_store).collect();
    rejected.sort_by_key(|refused| refused.row);
    PushOutcome {
        server_time: app.clock.now(),
        stored: stored.stored,
        duplicate: stored.duplicate,
        revised: stored.revised,
        rejected,
    }
}
