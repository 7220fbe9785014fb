//! `GET api/v1/stations/{code}/latest`.

use axum::{extract::State, response::Response};
use contract::{
    problem::Problem as ProblemBody,
    public::{StationKind, StationNow},
};
use domain::air::IndexStandard;
use serde::Deserialize;

use super::{known, moving};
use crate::{
    app::App,
    extract::{Headers, Params, StationCode},
    load,
    problem::Problem,
    profile::StationProfile,
    query,
};

/// A ruler other than the edition in force.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct EditionParam {
    /// A ruler's key; the edition of HJ 633 in force if absent.
    pub edition: Option<String>,
}

/// One station's newest figures, indices and evaluation.
#[utoipa::path(get, path = "/api/v1/stations/{code}/latest", tag = "stations",
    params(("code" = String, Path, description = "The station's code"), EditionParam),
    responses((status = 200, body = StationNow), (status = 400, body = ProblemBody),
        (status = 404, body = ProblemBody)))]
pub async fn latest(
    State(app): State<App>,
    StationCode(code): StationCode,
    Params(params): Params<EditionParam>,
    Headers(headers): Headers,
) -> Result<Response, Problem> {
    let station = known(&app, &code)?;
    let edition = query::edition(params.edition.as_deref())?;
    let key = format!("latest/{code}/{edition:?}");
    moving(&app, &headers, key, || station_now(&app, station, edition)).await
}

/// Everything newest of one station.
pub async fn station_now(
    app: &App,
    station: &StationProfile,
    edition: Option<IndexStandard>,
) -> Result<StationNow, Problem> {
    let now = app.clock.now();
    let data = load::station(app, station).await?;
    let air = station.kind == StationKind::Air;
    Ok(StationNow {
        meta: app.meta(data.is_simulated()),
        station: data.station(station, now),
        figures: data.figures(station, now),
        hourly: if air { data.hourly(edition, now) } else { None },
        daily: if air { data.daily(edition, now) } else { None },
        water: data.water(station),
    })
}
