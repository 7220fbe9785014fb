//! Places on the ground: points in WGS-84 by whole micro-degrees, the district's outline, distances.
//!
//! A micro-degree is at most 11 cm. Integers give a phone and the server the same answer about a
//! point on the border.

use serde::{Deserialize, Serialize};

/// A point, WGS-84, in millionths of a degree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Point {
    /// East of Greenwich; −180,000,000 to 180,000,000.
    pub lon: i32,
    /// North of the equator; −90,000,000 to 90,000,000.
    pub lat: i32,
}

/// Why a text is no coordinate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PointError {
    /// Not a decimal number.
    #[error("not a number of degrees such as 106.511")]
    NotANumber,
    /// Beyond ±180 (longitude) or ±90 (latitude).
    #[error("longitude lies within ±180 and latitude within ±90 degrees")]
    OutOfRange,
}

impl Point {
    /// The point at these micro-degrees; `None` off the globe.
    pub const fn new(lon: i32, lat: i32) -> Option<Self> {
        if lon.unsigned_abs() > 180_000_000 || lat.unsigned_abs() > 90_000_000 {
            return None;
        }
        Some(Self { lon, lat })
    }

    /// From decimal degrees as text; digits after the sixth are rounded, ties away from zero.
    ///
    /// # Errors
    ///
    /// [`PointError`] when either is no number, or off the globe.
    ///
    /// ```
    /// # use domain::place::Point;
    /// assert_eq!(Point::parse("106.511", "29.502")?, Point { lon: 106_511_000, lat: 29_502_000 });
    /// # Ok::<(), domain::place::PointError>(())
    /// ```
    pub fn parse(lon: &str, lat: &str) -> Result<Self, PointError> {
        Self::new(micro_degrees(lon)?, micro_degrees(lat)?).ok_or(PointError::OutOfRange)
    }

    /// Longitude and latitude in decimal degrees with six digits, for JSON, CSV and forms.
    pub fn degrees(self) -> (String, String) {
        (decimal(self.lon), decimal(self.lat))
    }

    /// The distance over the ground to `other`, in whole metres.
    ///
    /// On a plane through both, on the sphere of mean radius (6,371,008.8 m): within 1 % of the
    /// geodesic, or half a metre, for points at most 100 km apart and below 60° of latitude.
    pub fn metres_to(self, other: Self) -> u32 {
        let north = i64::from(other.lat) - i64::from(self.lat);
        let turn = (i64::from(other.lon) - i64::from(self.lon)).abs();
        let east = turn.min(360_000_000 - turn);
        let between = i64::midpoint(i64::from(self.lat), i64::from(other.lat));
        let north_mm = i128::from(millimetres(north));
        let east_mm = i128::from(millimetres(east) * cosine_millionths(between) / 1_000_000);
        let metres = ((north_mm.pow(2) + east_mm.pow(2)).isqrt() + 500) / 1_000;
        u32::try_from(metres).unwrap_or(u32::MAX)
    }
}

/// Along a meridian: π/180 of the mean radius is 111,195 m.
const fn millimetres(micro_degrees: i64) -> i64 {
    micro_degrees * 111_195 / 1_000
}

/// The cosine of a latitude by Bhāskara's rational approximation (32400 − 4x²) ÷ (32400 + x²), x in
/// degrees: within 0.2 % below 60°.
const fn cosine_millionths(micro_degrees: i64) -> i64 {
    const RIGHT: i64 = 32_400_000_000_000_000;
    let square = micro_degrees * micro_degrees;
    (RIGHT - 4 * square) / ((RIGHT + square) / 1_000_000)
}

fn micro_degrees(text: &str) -> Result<i32, PointError> {
    let text = text.trim();
    let (negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.len() + fraction.len() == 0 || !all_digits(whole) || !all_digits(fraction) {
        return Err(PointError::NotANumber);
    }
    let whole = whole.trim_start_matches('0');
    if whole.len() > 3 {
        return Err(PointError::OutOfRange);
    }
    let digit = |at: usize| fraction.as_bytes().get(at).map_or(0, |byte| i32::from(byte - b'0'));
    let number = whole.bytes().fold(0, |sum, byte| sum * 10 + i32::from(byte - b'0'));
    let micro = (0..6).fold(number, |sum, at| sum * 10 + digit(at)) + i32::from(digit(6) >= 5);
    Ok(if negative { -micro } else { micro })
}

fn decimal(micro: i32) -> String {
    let sign = if micro < 0 { "-" } else { "" };
    let size = micro.unsigned_abs();
    format!("{sign}{}.{:06}", size / 1_000_000, size % 1_000_000)
}

/// The smallest upright rectangle around something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bounds {
    /// The south-western corner.
    pub south_west: Point,
    /// The north-eastern corner.
    pub north_east: Point,
}

impl Bounds {
    /// Whether `point` lies inside or on the edge.
    pub const fn contains(&self, point: Point) -> bool {
        self.south_west.lon <= point.lon
            && point.lon <= self.north_east.lon
            && self.south_west.lat <= point.lat
            && point.lat <= self.north_east.lat
    }
}

/// The outline of a district: closed rings of points; a point is inside where the rings around it
/// are odd in number, so that holes and separate parts need no order. A ring may repeat its first
/// point at the end. It must not cross the 180th meridian.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outline {
    /// The rings, each of at least three points.
    pub rings: Vec<Vec<Point>>,
}

impl Outline {
    /// Whether `point` is in the district; the border belongs to it.
    pub fn contains(&self, point: Point) -> bool {
        let edges = || self.rings.iter().flat_map(|ring| edges(ring));
        edges().any(|(a, b)| lies_on(point, a, b))
            || edges().filter(|(a, b)| passes_east_of(point, *a, *b)).count() % 2 == 1
    }

    /// The rectangle around all rings; `None` without a point.
    pub fn bounds(&self) -> Option<Bounds> {
        let points = || self.rings.iter().flatten();
        let (lon, lat) = (|point: &Point| point.lon, |point: &Point| point.lat);
        Some(Bounds {
            south_west: Point { lon: points().map(lon).min()?, lat: points().map(lat).min()? },
            north_east: Point { lon: points().map(lon).max()?, lat: points().map(lat).max()? },
        })
    }
}

fn edges(ring: &[Point]) -> impl Iterator<Item = (Point, Point)> {
    ring.iter().copied().zip(ring.iter().copied().cycle().skip(1))
}

/// Twice the signed area of the triangle `a`, `b`, `point`: positive when `point` is on the left.
fn turn(point: Point, a: Point, b: Point) -> i64 {
    let (x, y) = (i64::from(b.lon) - i64::from(a.lon), i64::from(b.lat) - i64::from(a.lat));
    let (u, v) = (i64::from(point.lon) - i64::from(a.lon), i64::from(point.lat) - i64::from(a.lat));
    x * v - y * u
}

fn lies_on(point: Point, a: Point, b: Point) -> bool {
    let within = |value: i32, a: i32, b: i32| a.min(b) <= value && value <= a.max(b);
    within(point.lon, a.lon, b.lon) && within(point.lat, a.lat, b.lat) && turn(point, a, b) == 0
}

/// Whether a ray from `point` to the east crosses the edge; its lower end counts, its upper not, so
/// that a ray through a corner is counted once.
fn passes_east_of(point: Point, a: Point, b: Point) -> bool {
    if a.lat <= point.lat && point.lat < b.lat {
        turn(point, a, b) > 0
    } else if b.lat <= point.lat && point.lat < a.lat {
        turn(point, a, b) < 0
    } else {
        false
    }
}
