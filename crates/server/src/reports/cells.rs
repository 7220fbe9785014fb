//! Where published reports may be shown: the only way from an exact place to a public one.

use std::collections::BTreeSet;

use domain::{
    period::beijing_day,
    privacy::cells::{self, Exposure, Grid, K, Level, Point, Released},
};
use jiff::{Timestamp, civil::Date};
use store::{Cell, PublishedPlace};

use super::district::District;
use crate::app::App;

/// The kind of job that has cells computed; officers' publishing asks for it.
pub const KIND: &str = "settle_cells";

/// Computes all public cells anew; how many changed.
///
/// # Errors
///
/// When the database cannot be written.
pub async fn settle(app: &App) -> Result<usize, store::StoreError> {
    let (grid, today) = (app.reports.grid, beijing_day(app.clock.now()));
    let district = app.profile.clone();
    app.store.settle_cells(move |places| settled(&grid, &district.reports, &places, today)).await
}

/// How much of the place a category gives away. One that the profile no longer has gives away the least.
pub fn exposure(district: &District, category: &str, from_home: bool) -> Exposure {
    match district.category(category) {
        _ if from_home => Exposure::FromHome,
        Some(category) if category.from_home => Exposure::FromHome,
        Some(category) if category.fine_cell => Exposure::Fine,
        _ => Exposure::Coarse,
    }
}

/// The reports whose public cell changes, by id, with the new one.
///
/// A day of which the exact places are partly deleted is left as it is: what was computed from all of them stands.
pub fn settled(
    grid: &Grid,
    district: &District,
    places: &[PublishedPlace],
    today: Date,
) -> Vec<(String, Option<Cell>)> {
    let day = |at: Timestamp| beijing_day(at);
    let gone = places.iter().filter(|place| place.place.is_none() && place.cell.is_some());
    let frozen: BTreeSet<Date> = gone.map(|place| day(place.received)).collect();
    let known: Vec<(&PublishedPlace, Released<'_>)> = places
        .iter()
        .filter(|place| !frozen.contains(&day(place.received)))
        .filter_map(|place| Some((place, released(district, place)?)))
        .collect();
    let released: Vec<Released<'_>> = known.iter().map(|(_, released)| *released).collect();
    let placed = cells::publish(grid, &released, today, K);
    let new = |place: &PublishedPlace| {
        let found = placed.binary_search_by(|placed| placed.id.as_str().cmp(&place.public_id));
        found.ok().map(|at| stored(placed[at].cell))
    };
    let changed = known.iter().map(|(place, _)| (*place, new(place)));
    changed
        .filter(|(place, cell)| *cell != place.cell)
        .map(|(place, cell)| (place.report.clone(), cell))
        .collect()
}

fn released<'a>(district: &District, place: &'a PublishedPlace) -> Option<Released<'a>> {
    let at = place.place?;
    Some(Released {
        released_on: beijing_day(place.released),
        id: &place.public_id,
        category: &place.category,
        exposure: exposure(district, &place.category, place.from_home),
        at: Point { lon: at.lon_micro.try_into().ok()?, lat: at.lat_micro.try_into().ok()? },
        day: beijing_day(place.received),
    })
}

fn stored(cell: cells::Cell) -> Cell {
    Cell { level_m: cell.level.metres(), x: i64::from(cell.x), y: i64::from(cell.y) }
}

/// A stored cell on the grid; `None` for one of a size that there is no more.
pub fn on_grid(cell: Cell) -> Option<cells::Cell> {
    let level = Level::ALL.into_iter().find(|level| level.metres() == cell.level_m)?;
    Some(cells::Cell { level, x: cell.x.try_into().ok()?, y: cell.y.try_into().ok()? })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::Profile;

    const TODAY: &str = "2026-11-27";

    fn place(n: u32, category: &str, micro: i64) -> PublishedPlace {
        let received = "2026-11-20T10:00:00+08:00".parse().unwrap();
        PublishedPlace {
            report: format!("report-{n:02}"),
            public_id: format!("R{n:08}"),
            category: category.to_owned(),
            from_home: false,
            received,
            released: "2026-11-21T10:00:00+08:00".parse().unwrap(),
            place: Some(store::Point { lon_micro: 106_511_000 + micro, lat_micro: 29_502_000 }),
            cell: None,
        }
    }

    fn changes(places: &[PublishedPlace]) -> Vec<(String, Option<Cell>)> {
        let profile = Profile::demonstration().unwrap();
        let grid = profile.reports.territory(profile.bounds).grid();
        settled(&grid, &profile.reports, places, TODAY.parse().unwrap())
    }

    #[test]
    fn four_reports_from_home_have_no_place_and_the_fifth_gives_all_of_them_one() {
        let mut noise: Vec<_> = (1..=4).map(|n| place(n, "noise", i64::from(n))).collect();
        assert_eq!(changes(&noise), []);
        noise.push(place(5, "noise", 5));
        let found = changes(&noise);
        assert_eq!(found.len(), 5);
        assert!(found.iter().all(|(_, cell)| cell.unwrap().level_m >= 500), "{found:?}");
    }

    #[test]
    fn an_outfall_is_shown_to_fifty_metres_and_most_things_to_five_hundred() {
        let level = |category| changes(&[place(1, category, 0)])[0].1.unwrap().level_m;
        assert_eq!((level("outfall_discharge"), level("air_smoke")), (50, 500));
        assert_eq!(level("a_category_of_former_years"), 500);
    }

    #[test]
    fn nothing_changes_twice() {
        let mut places = vec![place(1, "air_smoke", 0)];
        places[0].cell = changes(&places)[0].1;
        assert_eq!(changes(&places), []);
    }

    #[test]
    fn a_day_with_deleted_places_keeps_the_cells_it_has() {
        let mut noise: Vec<_> = (1..=5).map(|n| place(n, "noise", i64::from(n))).collect();
        for (at, (_, cell)) in changes(&noise).into_iter().enumerate() {
            noise[at].cell = cell;
        }
        noise[0].place = None;
        assert_eq!(changes(&noise), []);
    }
}
