//! `GET api/v1/air/summary`.

use std::borrow::Cow;

use axum::{extract::State, response::Response};
use contract::{
    problem::Problem as ProblemBody,
    public::{AirSummary, DayCount, StationKind},
};
use domain::{
    air::IndexStandard,
    period::{beijing_day, day_start},
};
use jiff::civil::Date;

use super::{latest::EditionParam, moving};
use crate::{
    app::App,
    extract::{Headers, Params},
    history::{
        air::{LOOK_BACK_HOURS, Place},
        grid::Range,
    },
    load,
    problem::Problem,
    query,
    views::{
        station::{newest_hourly, place, recent_range},
        summary,
    },
    work::work,
};

/// The district's air now: its index, every station's, the last 24 hours, this year's days.
#[utoipa::path(get, path = "/api/v1/air/summary", tag = "air", params(EditionParam),
    responses((status = 200, body = AirSummary), (status = 400, body = ProblemBody)))]
pub async fn air_summary(
    State(app): State<App>,
    Params(params): Params<EditionParam>,
    Headers(headers): Headers,
) -> Result<Response, Problem> {
    let edition = query::edition(params.edition.as_deref())?;
    let key = edition.map_or(Cow::Borrowed("air"), |of| format!("air/{}", of.key()).into());
    moving(&app, &headers, key, || air_now(&app, edition)).await
}

/// The summary under one ruler.
pub async fn air_now(app: &App, edition: Option<IndexStandard>) -> Result<AirSummary, Problem> {
    let now = app.clock.now();
    let all = load::all_stations(app).await?;
    let air: Vec<_> = all.iter().filter(|(s, _)| s.kind == StationKind::Air).collect();
    let simulated = air.iter().any(|(_, data)| data.is_simulated());
    let range = recent_range(air.iter().flat_map(|(_, data)| &data.latest), now);
    let places: Vec<Place> = air.iter().map(|(_, data)| place(&data.recent, range)).collect();
    let district = Place::mean(&places);
    let mut stations: Vec<_> =
        air.iter().map(|(station, data)| data.brief(station, edition, now)).collect();
    summary::worst_first(&mut stations);
    Ok(AirSummary {
        meta: app.meta(simulated),
        district: district.as_ref().and_then(|all| newest_hourly(all, edition, simulated, None)),
        stations,
        last_24h: district.as_ref().map_or_else(Vec::new, |all| summary::last_hours(all, edition)),
        year: year(app, edition, beijing_day(now)).await?,
    })
}

/// This year's days up to yesterday; on 1 January all of last year's.
async fn year(app: &App, edition: Option<IndexStandard>, today: Date) -> Result<DayCount, Problem> {
    let to = today.yesterday().unwrap_or(today);
    let version = app.versions.past();
    let key = (edition, to);
    if let Some(count) = app.year.get(&key, version) {
        return Ok(count);
    }
    let from = to.first_of_year();
    let range = Range { from: day_start(from), to: day_start(today) };
    let hours = load::district_hours(app, range.reaching_back(hours_s(LOOK_BACK_HOURS))).await?;
    let first_s = range.from.as_second();
    let count = move || {
        let mut days = hours.map_or_else(Vec::new, |hours| summary::days(&hours, edition));
        days.retain(|day| day.start_s >= first_s);
        summary::count(&days, edition, from, to)
    };
    let count = work(app, count).await?;
    app.year.keep(key, version, count.clone());
    Ok(count)
}

fn hours_s(hours: usize) -> i64 {
    i64::try_from(hours).unwrap_or(0) * 3_600
}
