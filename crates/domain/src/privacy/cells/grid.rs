//! A metric grid in whole micro-degrees.

use serde::{Deserialize, Serialize};

use crate::place::Point;

/// The size of a cell; each is made of whole cells of the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Level {
    /// 50 m, for things that are nobody's home.
    #[serde(rename = "50m")]
    M50,
    /// 500 m.
    #[serde(rename = "500m")]
    M500,
    /// 1 km.
    #[serde(rename = "1km")]
    Km1,
    /// 2 km.
    #[serde(rename = "2km")]
    Km2,
    /// 4 km.
    #[serde(rename = "4km")]
    Km4,
}

/// A cell: column `x` from the meridian of Greenwich, row `y` from the equator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Cell {
    /// Its size.
    pub level: Level,
    /// The column.
    pub x: i32,
    /// The row.
    pub y: i32,
}

/// The grid of one district.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Grid {
    /// The width of a 50 m cell in micro-degrees of longitude.
    width: i32,
    /// Its height in micro-degrees of latitude.
    height: i32,
}

/// 50 m of a meridian in micro-degrees: 111,195 m to the degree (mean earth radius 6,371,009 m), rounded up.
const HEIGHT: i32 = 450;
/// Nearer to a pole a column would be wider than the arithmetic is meant for.
const UTMOST: i32 = 80_000_000;

impl Grid {
    /// The grid whose cells are square at `latitude`, in micro-degrees; use the middle of the district, once
    /// and for all, because every other grid cuts the same place differently.
    ///
    /// ```
    /// # use domain::privacy::cells::{Grid, Level, Point};
    /// let grid = Grid::at_latitude(29_500_000);
    /// let point = Point { lon: 106_500_123, lat: 29_500_456 };
    /// let cell = grid.cell(point, Level::M500);
    /// assert_eq!(grid.cell(grid.centre(cell), Level::M500), cell);
    /// ```
    pub fn at_latitude(latitude: i32) -> Self {
        let cosine = cosine(latitude.clamp(-UTMOST, UTMOST));
        let width = (i128::from(HEIGHT) * ONE + cosine / 2) / cosine;
        Self { width: i32::try_from(width).unwrap_or(i32::MAX), height: HEIGHT }
    }

    /// The cell of that size around `point`; its south and west edges belong to it.
    pub fn cell(&self, point: Point, level: Level) -> Cell {
        let x = point.lon.div_euclid(self.width * level.per_side());
        let y = point.lat.div_euclid(self.height * level.per_side());
        Cell { level, x, y }
    }

    /// The middle of a cell: the only place of a report that may leave the server.
    pub fn centre(&self, cell: Cell) -> Point {
        let ((west, south), (east, north)) = self.edges(cell);
        Point { lon: held((west + east) / 2), lat: held((south + north) / 2) }
    }

    /// South-west and north-east corner; the north-east one belongs to the next cells.
    pub fn corners(&self, cell: Cell) -> (Point, Point) {
        let ((west, south), (east, north)) = self.edges(cell);
        (Point { lon: held(west), lat: held(south) }, Point { lon: held(east), lat: held(north) })
    }

    fn edges(&self, cell: Cell) -> ((i64, i64), (i64, i64)) {
        let width = i64::from(self.width * cell.level.per_side());
        let height = i64::from(self.height * cell.level.per_side());
        let (west, south) = (i64::from(cell.x) * width, i64::from(cell.y) * height);
        ((west, south), (west + width, south + height))
    }
}

/// A cell read from outside may lie beyond the earth.
fn held(micro_degrees: i64) -> i32 {
    let most = 180_000_000;
    i32::try_from(micro_degrees.clamp(-most, most)).unwrap_or_default()
}

/// The unit of the fixed-point arithmetic below.
const ONE: i128 = 1_000_000_000_000;

/// The cosine of micro-degrees, in units of 10⁻¹²; the series of Taylor, exact enough up to 80°.
fn cosine(micro_degrees: i32) -> i128 {
    // π ÷ 180 in units of 10⁻¹⁶.
    let angle = i128::from(micro_degrees) * 174_532_925_199_433 / 10_000_000_000;
    let square = angle * angle / ONE;
    let (mut sum, mut term) = (0, ONE);
    for n in 1..=10 {
        sum += term;
        term = -term * square / ONE / ((2 * n - 1) * (2 * n));
    }
    sum
}

impl Level {
    /// Every size, smallest first.
    pub const ALL: [Self; 5] = [Self::M50, Self::M500, Self::Km1, Self::Km2, Self::Km4];

    /// The side, in metres.
    pub const fn metres(self) -> u32 {
        match self {
            Self::M50 => 50,
            Self::M500 => 500,
            Self::Km1 => 1_000,
            Self::Km2 => 2_000,
            Self::Km4 => 4_000,
        }
    }

    /// How many 50 m cells lie along its side.
    const fn per_side(self) -> i32 {
        match self {
            Self::M50 => 1,
            Self::M500 => 10,
            Self::Km1 => 20,
            Self::Km2 => 40,
            Self::Km4 => 80,
        }
    }

    /// The next size down; `None` below 50 m.
    pub const fn down(self) -> Option<Self> {
        match self {
            Self::M50 => None,
            Self::M500 => Some(Self::M50),
            Self::Km1 => Some(Self::M500),
            Self::Km2 => Some(Self::Km1),
            Self::Km4 => Some(Self::Km2),
        }
    }

    /// The next size up; `None` above 4 km.
    pub const fn up(self) -> Option<Self> {
        match self {
            Self::M50 => Some(Self::M500),
            Self::M500 => Some(Self::Km1),
            Self::Km1 => Some(Self::Km2),
            Self::Km2 => Some(Self::Km4),
            Self::Km4 => None,
        }
    }
}

impl Cell {
    /// The cell of the next size that contains this one; `None` above 4 km.
    pub fn up(self) -> Option<Self> {
        let level = self.level.up()?;
        let factor = level.per_side() / self.level.per_side();
        Some(Self { level, x: self.x.div_euclid(factor), y: self.y.div_euclid(factor) })
    }
}
