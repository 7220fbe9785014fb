//! A metric grid in whole micro-degrees.

use serde::{Deserialize, Serialize};

/// A place in micro-degrees, WGS 84.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Point {
    /// Longitude, millionths of a degree, east positive.
    pub lon: i32,
    /// Latitude, millionths of a degree, north positive.
    pub lat: i32,
}

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

impl Grid {
    /// The grid whose cells are square at `latitude`, in micro-degrees; use the middle of the district, once
    /// and for all.
    pub fn at_latitude(latitude: i32) -> Self {
        let _ = latitude;
        todo!()
    }

    /// The cell of that size around `point`.
    pub fn cell(&self, point: Point, level: Level) -> Cell {
        let _ = (point, level);
        todo!()
    }

    /// The middle of a cell: the only place of a report that may leave the server.
    pub fn centre(&self, cell: Cell) -> Point {
        let _ = cell;
        todo!()
    }

    /// South-west and north-east corner.
    pub fn corners(&self, cell: Cell) -> (Point, Point) {
        let _ = cell;
        todo!()
    }
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
        let factor = i32::try_from(level.metres() / self.level.metres()).ok()?;
        Some(Self { level, x: self.x.div_euclid(factor), y: self.y.div_euclid(factor) })
    }
}
