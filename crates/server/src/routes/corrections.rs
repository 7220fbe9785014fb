//! `GET api/v1/stations/{code}/corrections`: what was changed after it had been published.

use axum::{
    extract::State,
    http::{Extensions, HeaderMap},
    response::Response,
};
use contract::{
    problem::Problem as ProblemBody,
    public::{Correction, CorrectionReason, Corrections},
};
use domain::{Text, period::beijing_day};
use serde::Deserialize;
use store::Why;

use super::known;
use crate::{
    app::App,
    edge::client,
    extract::{Params, StationCode},
    history::grid::{DAY, Range, shifted},
    problem::Problem,
    profile::StationProfile,
    query,
    reply::{Life, Prepared},
};

/// The longest range: a year.
const LONGEST_DAYS: i64 = 366;
/// Days asked about without a `from`.
const USUAL_DAYS: i64 = 30;
/// Corrections in one answer; of more the last made are given.
const MOST: u32 = 1_000;

/// Which periods.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct CorrectionParams {
    /// Beginning of the range: RFC 3339, or a date for its first instant in Beijing time.
    /// Default: 30 days before `to`.
    pub from: Option<String>,
    /// End of the range, excluded: RFC 3339, or a date for its last instant in Beijing time.
    /// Default: now.
    pub to: Option<String>,
}

/// The trace of a station's corrected, withdrawn and late values.
#[utoipa::path(get, path = "/api/v1/stations/{code}/corrections", tag = "stations",
    params(("code" = String, Path, description = "The station's code"), CorrectionParams),
    responses((status = 200, body = Corrections), (status = 400, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 429, body = ProblemBody)))]
pub async fn corrections(
    State(app): State<App>,
    StationCode(code): StationCode,
    Params(params): Params<CorrectionParams>,
    headers: HeaderMap,
    extensions: Extensions,
) -> Result<Response, Problem> {
    let now = app.clock.now();
    app.series_rate.check(client(&app, &extensions, &headers), beijing_day(now))?;
    let station = known(&app, &code)?;
    let body = trace(&app, station, range(&params, now)?).await?;
    let bytes = serde_json::to_vec(&body).map_err(Problem::internal)?;
    Ok(Prepared::of(bytes.into(), "application/json", Life::Live, now).answer(&headers))
}

fn range(params: &CorrectionParams, now: jiff::Timestamp) -> Result<Range, Problem> {
    let to = params.to.as_deref().map(|to| query::instant("to", to, true)).transpose()?;
    let to = to.unwrap_or(now);
    let from = match params.from.as_deref() {
        Some(from) => query::instant("from", from, false)?,
        None => shifted(to, -USUAL_DAYS * DAY),
    };
    let length_s = to.as_second() - from.as_second();
    if (1..=LONGEST_DAYS * DAY).contains(&length_s) {
        return Ok(Range { from, to });
    }
    let text = Text::new(
        format!("from 必须早于 to，且相距不超过 {LONGEST_DAYS} 天"),
        format!("from must be before to, by {LONGEST_DAYS} days at most"),
    );
    Err(Problem::parameter("from", text, Vec::new()))
}

async fn trace(app: &App, station: &StationProfile, range: Range) -> Result<Corrections, Problem> {
    // One more than is given tells whether there are more.
    let mut found = app.store.corrections(&station.code, range.from, range.to, MOST + 1).await?;
    let shortened = found.len() > MOST as usize;
    found.drain(..found.len().saturating_sub(MOST as usize));
    let simulated = found.iter().any(|c| c.series.provenance == domain::Provenance::Simulated);
    Ok(Corrections {
        meta: app.meta(simulated),
        station: station.code.clone(),
        from: range.from,
        to: range.to,
        shortened,
        corrections: found.into_iter().map(shown).collect(),
    })
}

fn shown(correction: store::Correction) -> Correction {
    let value = |value, flag: Option<domain::DeviceFlag>| {
        flag.filter(|flag| flag.may_be_shown()).and(value)
    };
    Correction {
        item: correction.series.item,
        averaging: correction.series.averaging,
        start: correction.start,
        periods: correction.rows,
        reason: match correction.why {
            Why::Revised => CorrectionReason::Revised,
            Why::Withdrawn => CorrectionReason::Withdrawn,
            Why::Late => CorrectionReason::Late,
        },
        before: value(correction.old, correction.old_flag),
        before_flag: correction.old_flag,
        after: value(correction.new, correction.new_flag),
        after_flag: correction.new_flag,
        at: correction.at,
    }
}
