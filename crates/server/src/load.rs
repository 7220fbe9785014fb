//! From the store to what the views need; the only file of the server that asks it for figures.

use contract::public::StationKind;
use domain::{Averaging, Item, Provenance};
use store::Latest;

use crate::{
    app::App,
    history::{
        air::Place,
        grid::{DAY, HourGrid, Point, Range, filled},
        water::{self, Samples},
    },
    problem::Problem,
    profile::StationProfile,
    views::{
        air::POLLUTANTS,
        series::provenance,
        station::{FINER, Observed, StationData, lacking, laid, merged, recent_range},
    },
    work::work,
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
            sources(app, &station.code, &POLLUTANTS, recent_range(latest, app.clock.now())).await
        }
        StationKind::Water => Ok(Vec::new()),
    }
}

/// What hourly means of `items` over `range` are made of: hours, and minutes and instants where
/// there are none.
async fn sources(
    app: &App,
    station: &str,
    items: &[Item],
    range: Range,
) -> Result<Observed, Problem> {
    let mut found = observed(app, station, Averaging::Hour, items, range).await?;
    for (items, range) in lacking(&found, items, range) {
        for averaging in FINER {
            found.extend(observed(app, station, averaging, &items, range).await?);
        }
    }
    Ok(found)
}

/// A station's observations of `items` under one averaging within `range`.
async fn observed(
    app: &App,
    station: &str,
    averaging: Averaging,
    items: &[Item],
    range: Range,
) -> Result<Observed, Problem> {
    Ok(app.store.observed(station, averaging, items, range.from, range.to).await?)
}

/// Hours of several items on one grid.
pub(crate) struct Hours {
    pub grid: HourGrid,
    pub columns: Vec<(Item, Vec<Option<Point>>)>,
    /// Of whatever they are made of.
    pub provenance: Provenance,
}

/// Days read at once: minutes and instants are hours before the next are read.
const PART_S: i64 = 31 * DAY;

/// One station's hours of `items` over `range`.
pub(crate) async fn hours(
    app: &App,
    station: &str,
    items: &[Item],
    range: Range,
) -> Result<Hours, Problem> {
    let mut columns: Vec<(Item, Vec<Option<Point>>)> =
        items.iter().map(|&item| (item, Vec::new())).collect();
    let mut origins = Vec::new();
    for part in range.parts(PART_S) {
        let found = sources(app, station, items, part).await?;
        origins.extend(known(&found, app.demonstration));
        let items = items.to_vec();
        let lay = move || items.iter().map(|&item| laid(&found, item, part)).collect::<Vec<_>>();
        for ((_, column), hours) in columns.iter_mut().zip(work(app, lay).await?) {
            column.extend(hours);
        }
    }
    Ok(Hours { grid: range.hours(), columns, provenance: strictest(&origins, app.demonstration) })
}

/// One station's hours over `range`, for computing indices, and where they come from.
pub(crate) async fn place_hours(
    app: &App,
    station: &str,
    range: Range,
) -> Result<(Place, Provenance), Problem> {
    let hours = hours(app, station, &POLLUTANTS, range).await?;
    Ok((Place::new(hours.grid, hours.columns), hours.provenance))
}

/// The district's hours over `range`: the mean over its air stations.
pub(crate) async fn district_hours(app: &App, range: Range) -> Result<Option<Place>, Problem> {
    let mut places = Vec::new();
    for station in app.profile.stations.iter().filter(|s| s.kind == StationKind::Air) {
        places.push(place_hours(app, &station.code, range).await?.0);
    }
    work(app, move || Place::mean(&places)).await
}

/// One item's values over `range` as they were sent, under the finest of `order` at each time.
pub(crate) async fn values(
    app: &App,
    station: &str,
    item: Item,
    order: &[Averaging],
    range: Range,
) -> Result<(Vec<Point>, Provenance), Problem> {
    let mut points = Vec::new();
    let mut origins = Vec::new();
    for &averaging in order {
        let found = observed(app, station, averaging, &[item], range).await?;
        origins.extend(known(&found, app.demonstration));
        points = filled(points, merged(&found, item, averaging));
    }
    Ok((points, strictest(&origins, app.demonstration)))
}

/// A section's values over `range` of every item that has a class.
pub(crate) async fn samples(
    app: &App,
    station: &StationProfile,
    range: Range,
) -> Result<(Samples, Provenance), Problem> {
    let mut columns: Vec<(Item, Vec<Point>)> =
        station.items.iter().filter(|item| classifies(**item)).map(|&i| (i, vec![])).collect();
    let mut origins = Vec::new();
    for averaging in WATER {
        let found = observed(app, &station.code, averaging, &station.items, range).await?;
        origins.extend(known(&found, app.demonstration));
        for (item, points) in &mut columns {
            *points = filled(std::mem::take(points), merged(&found, *item, averaging));
        }
    }
    Ok((work(app, move || water::samples(&columns)).await?, strictest(&origins, app.demonstration)))
}

/// How sections send, the finest first.
pub(crate) const WATER: [Averaging; 3] = [Averaging::Instant, Averaging::Hour, Averaging::Day];

fn classifies(item: Item) -> bool {
    domain::water::Parameter::of(item).is_some_and(|row| row.evaluated)
}

fn known(found: &Observed, demonstration: bool) -> Option<Provenance> {
    let any = found.iter().any(|found| !found.observations.is_empty());
    any.then(|| provenance(found, demonstration))
}

/// Simulated if any part is; of nothing at all, what the portal shows otherwise.
fn strictest(origins: &[Provenance], demonstration: bool) -> Provenance {
    let simulated = origins.contains(&Provenance::Simulated);
    match origins.first() {
        Some(first) if !simulated => *first,
        None if !demonstration => Provenance::Measured,
        _ => Provenance::Simulated,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_without_data_do_not_hide_where_the_others_come_from() {
        let imported = [Provenance::Imported];
        assert_eq!(strictest(&imported, false), Provenance::Imported);
        let mixed = [Provenance::Measured, Provenance::Simulated];
        assert_eq!(strictest(&mixed, false), Provenance::Simulated);
        assert_eq!(strictest(&[], false), Provenance::Measured);
        assert_eq!(strictest(&[], true), Provenance::Simulated);
    }
}
