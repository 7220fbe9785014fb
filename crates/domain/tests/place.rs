//! Points, outlines and distances.

use domain::place::{Bounds, Outline, Point, PointError};
use proptest::prelude::*;

fn at(lon: i32, lat: i32) -> Point {
    Point::new(lon, lat).expect("on the globe")
}

/// A square of 100 micro-degrees with a square hole, and a triangle apart from it.
fn outline() -> Outline {
    let ring = |points: &[(i32, i32)]| points.iter().map(|(lon, lat)| at(*lon, *lat)).collect();
    Outline {
        rings: vec![
            ring(&[(0, 0), (100, 0), (100, 100), (0, 100), (0, 0)]),
            ring(&[(40, 40), (60, 40), (60, 60), (40, 60)]),
            ring(&[(200, 0), (300, 0), (250, 100)]),
        ],
    }
}

#[test]
fn a_point_is_in_the_district_or_not() {
    let cases = [
        ((10, 10), true),
        ((50, 30), true),
        ((50, 50), false),
        ((150, 50), false),
        ((250, 50), true),
        ((201, 50), false),
        ((-1, 0), false),
        ((101, 100), false),
        ((50, 101), false),
        // Level with the corners of a ring, west of them.
        ((-10, 100), false),
        ((150, 0), false),
        ((30, 60), true),
    ];
    for ((lon, lat), inside) in cases {
        assert_eq!(outline().contains(at(lon, lat)), inside, "({lon}, {lat})");
    }
}

#[test]
fn the_border_belongs_to_the_district() {
    for (lon, lat) in [(0, 0), (100, 100), (0, 50), (50, 100), (40, 50), (250, 100), (225, 50)] {
        assert!(outline().contains(at(lon, lat)), "({lon}, {lat})");
    }
}

#[test]
fn the_bounds_are_around_every_part() {
    let bounds = Bounds { south_west: at(0, 0), north_east: at(300, 100) };
    assert_eq!(outline().bounds(), Some(bounds));
    assert!(bounds.contains(at(300, 0)) && !bounds.contains(at(301, 0)));
    let nothing = Outline { rings: vec![Vec::new()] };
    assert_eq!(nothing.bounds(), None);
    assert!(!nothing.contains(at(0, 0)));
}

#[test]
fn a_point_is_read_from_decimal_degrees() {
    let cases = [
        ("106.511", "29.502", Ok(at(106_511_000, 29_502_000))),
        (" 106.5110004 ", "29.5019995", Ok(at(106_511_000, 29_502_000))),
        ("-0.0000005", "+90", Ok(at(-1, 90_000_000))),
        ("-180", "-90.000000", Ok(at(-180_000_000, -90_000_000))),
        ("000106.5", ".5", Ok(at(106_500_000, 500_000))),
        ("5.", "0", Ok(at(5_000_000, 0))),
        ("180.000001", "0", Err(PointError::OutOfRange)),
        ("0", "90.0000005", Err(PointError::OutOfRange)),
        ("99999999999999999999", "0", Err(PointError::OutOfRange)),
        ("", "0", Err(PointError::NotANumber)),
        (".", "0", Err(PointError::NotANumber)),
        ("1e2", "0", Err(PointError::NotANumber)),
        ("--1", "0", Err(PointError::NotANumber)),
        ("１", "0", Err(PointError::NotANumber)),
        ("1.2.3", "0", Err(PointError::NotANumber)),
        ("NaN", "0", Err(PointError::NotANumber)),
    ];
    for (lon, lat, expected) in cases {
        assert_eq!(Point::parse(lon, lat), expected, "{lon}, {lat}");
    }
}

#[test]
fn a_point_off_the_globe_is_none() {
    assert_eq!(Point::new(180_000_001, 0), None);
    assert_eq!(Point::new(0, -90_000_001), None);
    assert_eq!(Point::new(i32::MIN, 0), None);
}

#[test]
fn the_180th_meridian_is_no_detour() {
    assert_eq!(at(179_999_500, 0).metres_to(at(-179_999_500, 0)), 111);
}

/// Radii of curvature of WGS-84 at a latitude: metres per degree to the north and to the east.
fn metres_per_degree(lat: f64) -> (f64, f64) {
    let (a, e2) = (6_378_137.0_f64, 0.006_694_379_990_14_f64);
    let w = (1.0 - e2 * lat.to_radians().sin().powi(2)).sqrt();
    let (meridian, normal) = (a * (1.0 - e2) / w.powi(3), a / w);
    (meridian.to_radians(), (normal * lat.to_radians().cos()).to_radians())
}

fn near(from: Point) -> impl Strategy<Value = (Point, Point)> {
    (-400_000_i32..400_000, -400_000_i32..400_000)
        .prop_map(move |(east, north)| (from, at(from.lon + east, from.lat + north)))
}

proptest! {
    /// Against the curvature of the ellipsoid at the middle, as far as 40 km and more each way.
    #[test]
    fn a_distance_is_right_to_one_per_cent(
        (a, b) in (70_000_000_i32..140_000_000, -59_000_000_i32..59_000_000)
            .prop_flat_map(|(lon, lat)| near(at(lon, lat))),
    ) {
        let (north, east) = metres_per_degree(f64::from(a.lat + b.lat) / 2e6);
        let north = north * f64::from(b.lat - a.lat) / 1e6;
        let east = east * f64::from(b.lon - a.lon) / 1e6;
        let expected = north.hypot(east);
        let off = (f64::from(a.metres_to(b)) - expected).abs();
        prop_assert!(off <= 0.51 + expected / 100.0, "{off} m of {expected} m");
        prop_assert_eq!(a.metres_to(b), b.metres_to(a));
    }

    #[test]
    fn degrees_are_read_back(
        lon in -180_000_000_i32..=180_000_000, lat in -90_000_000_i32..=90_000_000,
    ) {
        let (east, north) = at(lon, lat).degrees();
        prop_assert_eq!(Point::parse(&east, &north), Ok(at(lon, lat)));
    }

    /// In a triangle when on the same side of all three edges, or on one of them.
    #[test]
    fn a_triangle_contains_what_lies_on_one_side_of_its_edges(
        corners in prop::array::uniform3((0_i32..12, 0_i32..12)), point in (0_i32..12, 0_i32..12),
    ) {
        let side = |(ax, ay): (i32, i32), (bx, by): (i32, i32)| {
            ((bx - ax) * (point.1 - ay) - (by - ay) * (point.0 - ax)).signum()
        };
        let [a, b, c] = corners;
        prop_assume!((b.0 - a.0) * (c.1 - a.1) != (b.1 - a.1) * (c.0 - a.0));
        let sides = [side(a, b), side(b, c), side(c, a)];
        let inside = sides.iter().all(|side| *side >= 0) || sides.iter().all(|side| *side <= 0);
        let ring = corners.map(|(lon, lat)| at(lon, lat)).to_vec();
        let outline = Outline { rings: vec![ring] };
        prop_assert_eq!(outline.contains(at(point.0, point.1)), inside);
    }

    #[test]
    fn where_a_ring_starts_and_which_way_it_runs_does_not_matter(
        mut ring in prop::collection::vec((0_i32..20, 0_i32..20), 3..9),
        point in (0_i32..20, 0_i32..20), turn in 0_usize..8,
    ) {
        let contains = |ring: &[(i32, i32)]| {
            let ring = ring.iter().map(|(lon, lat)| at(*lon, *lat)).collect();
            Outline { rings: vec![ring] }.contains(at(point.0, point.1))
        };
        let inside = contains(&ring);
        let by = turn % ring.len();
        ring.rotate_left(by);
        prop_assert_eq!(contains(&ring), inside);
        ring.reverse();
        prop_assert_eq!(contains(&ring), inside);
        ring.push(ring[0]);
        prop_assert_eq!(contains(&ring), inside);
    }
}
