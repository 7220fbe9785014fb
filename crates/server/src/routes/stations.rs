//! `GET api/v1/stations` and `GET api/v1/stations/{code}`.

use axum::{extract::State, response::Response};
use contract::{
    problem::Problem as ProblemBody,
    public::{StationNow, Stations},
};

use super::{known, moving};
use crate::{
    app::App,
    extract::{Headers, StationCode},
    load,
    problem::Problem,
};

/// Every station and section with its health, by code.
#[utoipa::path(get, path = "/api/v1/stations", tag = "stations", responses((status = 200, body = Stations)))]
pub async fn stations(
    State(app): State<App>,
    Headers(headers): Headers,
) -> Result<Response, Problem> {
    moving(&app, &headers, "stations", || list(&app)).await
}

async fn list(app: &App) -> Result<Stations, Problem> {
    let now = app.clock.now();
    let all = load::all_stations(app).await?;
    let simulated = all.iter().any(|(_, data)| data.is_simulated());
    let stations = all.iter().map(|(station, data)| data.station(station, now)).collect();
    Ok(Stations { meta: app.meta(simulated), stations })
}

/// One station or section with its health; its figures are under `latest`.
#[utoipa::path(get, path = "/api/v1/stations/{code}", tag = "stations",
    params(("code" = String, Path, description = "The station's code, e.g. `1424A`")),
    responses((status = 200, body = StationNow), (status = 404, body = ProblemBody)))]
pub async fn station(
    State(app): State<App>,
    StationCode(code): StationCode,
    Headers(headers): Headers,
) -> Result<Response, Problem> {
    let station = known(&app, &code)?;
    moving(&app, &headers, format!("station/{code}"), || async {
        let data = load::station(&app, station).await?;
        Ok(StationNow {
            meta: app.meta(data.is_simulated()),
            station: data.station(station, app.clock.now()),
            figures: Vec::new(),
            hourly: None,
            daily: None,
            water: None,
        })
    })
    .await
}
