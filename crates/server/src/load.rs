//! From the store to what the views need; the only file of the server that asks it for figures.

use contract::public::StationKind;
use domain::{Averaging, Item};
use store::Latest;

use crate::{
    app::App,
    history::{air::Place, grid::Range},
    problem::Problem,
    profile::StationProfile,
    views::{
        air::POLLUTANTS,
        station::{Observed, StationData, place, recent_range},
    },
};

/// Every station of the profile with its newest figures, in the profile's order.
pub(crate) async fn all_stations(
    app: &App,
) -> Result<Vec<(&StationProfile, StationData)>, Problem> {
    let mut latest = app.store.latest_all().await?;
    let errors = app.station_errors();
    let mut all = Vec::with_capacity(app.profile.stations.len());
    for station in &app.profile.stations {
        let (own, others) = latest.into_iter().partition(|l| l.series.station == station.code);
        latest = others;
        let recent = recent(app, station, &own).await?;
        let last_error = errors.get(&station.code).cloned();
        all.push((station, StationData { latest: own, recent, last_error }));
    }
    Ok(all)
}

/// One station with its newest figures.
pub(crate) async fn station(app: &App, station: &StationProfile) -> Result<StationData, Problem> {
    let latest = app.store.latest_of(&station.code).await?;
    let recent = recent(app, station, &latest).await?;
    let last_error = app.station_errors().remove(&station.code);
    Ok(StationData { latest, recent, last_error })
}

async fn recent(
    app: &App,
    station: &StationProfile,
    latest: &[Latest],
) -> Result<Observed, Problem> {
    match station.kind {
        StationKind::Air => {
            let range = recent_range(latest, app.clock.now());
            observed(app, &station.code, Averaging::Hour, &POLLUTANTS, range).await
        }
        StationKind::Water => Ok(Vec::new()),
    }
}

/// A station's observations of `items` under one averaging within `range`.
pub(crate) async fn observed(
    app: &App,
    station: &str,
    averaging: Averaging,
    items: &[Item],
    range: Range,
) -> Result<Observed, Problem> {
    Ok(app.store.observed(station, averaging, items, range.from, range.to).await?)
}

/// One station's hours over `range`, for computing indices.
pub(crate) async fn hours(app: &App, station: &str, range: Range) -> Result<Place, Problem> {
    let found = observed(app, station, Averaging::Hour, &POLLUTANTS, range).await?;
    Ok(place(&found, range.hours()))
}

/// The district's hours over `range`: the mean over its air stations.
pub(crate) async fn district_hours(app: &App, range: Range) -> Result<Option<Place>, Problem> {
    let mut places = Vec::new();
    for station in app.profile.stations.iter().filter(|s| s.kind == StationKind::Air) {
        places.push(hours(app, &station.code, range).await?);
    }
    Ok(Place::mean(&places))
}
