//! Points: inside the district or not, moved, and in words.

use contract::report::ReportForm;
use domain::{
    Lang,
    place::{Outline, Point},
};

use super::draft::{ChosenPlace, PlaceSource};
use crate::words;

/// Micro-degrees of latitude in 100 m.
const NORTH_100_M: i32 = 899;
/// Micro-degrees of longitude in 100 m at 30° north; a few metres off elsewhere in the country's middle, which is
/// less than anyone can see.
const EAST_100_M: i32 = 1_038;

/// True inside the district, and everywhere where its outline is not configured.
pub(super) fn is_inside(form: &ReportForm, point: Point) -> bool {
    let rings: Vec<Vec<Point>> = form
        .outline
        .iter()
        .map(|ring| ring.iter().filter_map(|[lon, lat]| super::draft::point(*lon, *lat)).collect())
        .collect();
    rings.is_empty() || Outline { rings }.contains(point)
}

/// The point so many hundred metres to the east and north.
pub(super) fn moved(chosen: ChosenPlace, east: i32, north: i32) -> ChosenPlace {
    let Point { lon, lat } = chosen.point;
    let point =
        Point::new(lon + east * EAST_100_M, lat + north * NORTH_100_M).unwrap_or(chosen.point);
    ChosenPlace { point, source: PlaceSource::Map, accuracy_m: 0 }
}

/// The point in words: degrees, how it came about, how far off it may be.
pub(super) fn sentence(chosen: ChosenPlace, lang: Lang) -> String {
    let (lon, lat) = chosen.point.degrees();
    let source = match chosen.source {
        PlaceSource::Device => words::report_place_device(lang),
        PlaceSource::Map => words::report_place_map(lang),
        PlaceSource::Photo => words::report_place_photo(lang),
        PlaceSource::Link => words::report_place_link(lang),
    };
    let chosen_at = words::report_place_chosen(lang, &lon, &lat, &source);
    match chosen.accuracy_m {
        0 => chosen_at,
        metres => chosen_at + &words::report_place_accuracy(lang, &metres),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_of_the_buttons_is_a_hundred_metres() {
        let point = Point::new(106_511_000, 29_502_000).expect("a point");
        let start = ChosenPlace { point, source: PlaceSource::Device, accuracy_m: 12 };
        for (east, north) in [(1, 0), (-1, 0), (0, 1), (0, -1)] {
            let there = moved(start, east, north);
            assert!((99..=101).contains(&point.metres_to(there.point)), "{there:?}");
            assert_eq!((there.source, there.accuracy_m), (PlaceSource::Map, 0));
        }
    }
}
