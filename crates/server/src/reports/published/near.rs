//! Published reports like the one being written: offered, never forced.

use contract::{public::Place, report::PublishedReport};
use domain::{place::Point, privacy::cells::Point as GridPoint};
use jiff::SignedDuration;
use store::PublishedFilter;

use super::{page, query::ranges};
use crate::{app::App, problem::Problem, reports::district::point};

/// How near is near.
const METRES: f64 = 150.0;
/// How recent is recent.
const RECENT: SignedDuration = SignedDuration::from_hours(30 * 24);
/// Offered at most.
const MOST: usize = 5;
/// Looked at before the nearest are chosen.
const LOOKED_AT: u32 = 200;
/// Of a degree of latitude.
const METRES_PER_DEGREE: f64 = 111_195.0;

/// The nearest published reports of one category whose public cell lies within 150 m, of the last 30 days. Only what is
/// public decides: asking from many places tells no more than the list does.
///
/// # Errors
///
/// When the store cannot answer.
pub async fn near(
    app: &App,
    category: &str,
    place: Place,
) -> Result<Vec<PublishedReport>, Problem> {
    let (Some(low), Some(high)) = corners(place) else { return Ok(Vec::new()) };
    let grid_point = |point: Point| GridPoint { lon: point.lon, lat: point.lat };
    let filter = PublishedFilter {
        categories: vec![category.to_owned()],
        cells: ranges(&app.reports.grid, grid_point(low), grid_point(high)),
        from: app.clock.now().checked_sub(RECENT).ok(),
        ..PublishedFilter::default()
    };
    let (mut reports, _) = page(app, filter, 1, LOOKED_AT).await?;
    let here = point(place);
    let distance = |report: &PublishedReport| {
        let there = report.place.and_then(point);
        here.zip(there).map_or(u32::MAX, |(here, there)| here.metres_to(there))
    };
    reports.sort_by_cached_key(distance);
    reports.truncate(MOST);
    Ok(reports)
}

/// The corners of the square around a place.
fn corners(place: Place) -> (Option<Point>, Option<Point>) {
    let lat = METRES / METRES_PER_DEGREE;
    // A degree of longitude is a point at the poles.
    let lon = lat / place.lat.to_radians().cos().max(0.01);
    let corner =
        |sign: f64| point(Place { lon: place.lon + sign * lon, lat: place.lat + sign * lat });
    (corner(-1.0), corner(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_is_within_a_hundred_and_fifty_metres_each_way() {
        let (low, high) = corners(Place { lon: 106.5, lat: 29.5 });
        let (low, high) = (low.unwrap(), high.unwrap());
        let west = Point { lon: low.lon, lat: 29_500_000 };
        let south = Point { lon: 106_500_000, lat: low.lat };
        let here = Point { lon: 106_500_000, lat: 29_500_000 };
        assert!((149..=151).contains(&here.metres_to(west)), "{}", here.metres_to(west));
        assert!((149..=151).contains(&here.metres_to(south)), "{}", here.metres_to(south));
        assert!(high.lon > here.lon && high.lat > here.lat);
        assert_eq!(corners(Place { lon: f64::NAN, lat: 29.5 }), (None, None));
    }
}
