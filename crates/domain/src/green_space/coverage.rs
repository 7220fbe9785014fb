//! How much residential land lies within reach of a park: an estimate from points, in whole metres.

use serde::{Deserialize, Serialize};

use crate::{place::Point, rectification::Ratio};

named! {
    /// A kind of park, CJJ/T 85-2017 (the text was not seen).
    pub enum ParkKind {
        /// 综合公园.
        Comprehensive = "comprehensive" "综合公园" "comprehensive park";
        /// 社区公园.
        Community = "community" "社区公园" "community park";
        /// 专类公园.
        Specialised = "specialised" "专类公园" "specialised park";
        /// 游园, 口袋公园.
        Pocket = "pocket" "游园（口袋公园）" "pocket park";
    }
}

/// A park as a point with an area.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Park {
    /// Its middle.
    pub place: Point,
    /// Its area, m².
    pub area_m2: u32,
}

/// A piece of residential land as a point with an area.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Residential {
    /// Its middle.
    pub place: Point,
    /// Its area, m².
    pub area_m2: u32,
}

/// How far a park reaches by its size. The figures could not be checked against a text: they are configuration, and
/// shown as not confirmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Radii {
    /// A park is large from this area, m².
    pub large_from_m2: u32,
    /// How far a large one reaches, m.
    pub large_m: u32,
    /// A smaller one counts from this area, m²: 400 in an old town, 1,000 elsewhere.
    pub small_from_m2: u32,
    /// How far it reaches, m.
    pub small_m: u32,
    /// Whether the figures were checked against the standard's text.
    pub confirmed: bool,
}

impl Default for Radii {
    fn default() -> Self {
        Self {
            large_from_m2: 5_000,
            large_m: 500,
            small_from_m2: 400,
            small_m: 300,
            confirmed: false,
        }
    }
}

impl Radii {
    /// How far a park of that area reaches, m; `None` for one that does not count.
    pub const fn reach(self, area_m2: u32) -> Option<u32> {
        if area_m2 >= self.large_from_m2 {
            Some(self.large_m)
        } else if area_m2 >= self.small_from_m2 {
            Some(self.small_m)
        } else {
            None
        }
    }
}

/// What lies within reach.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coverage {
    /// Residential land within reach, in whole hectares rounded down, of all.
    pub hectares: Ratio,
    /// Land within reach, m².
    pub covered_m2: u64,
    /// All residential land, m².
    pub all_m2: u64,
    /// Of each piece, whether it is within reach.
    pub within: Vec<bool>,
}

/// How much of the residential land lies within reach of a park.
///
/// A piece counts whole or not at all, by the distance between the two middles over the ground in whole metres
/// ([`Point::metres_to`]): as the crow flies, gates and rivers are not known. Where a park is larger than a point it
/// reaches further than this says; where a river lies between, less far. The result is an estimate and says so.
pub fn coverage(parks: &[Park], homes: &[Residential], radii: Radii) -> Coverage {
    let reaches: Vec<(Point, u32)> =
        parks.iter().filter_map(|park| Some((park.place, radii.reach(park.area_m2)?))).collect();
    let reached = |home: &Residential| {
        reaches.iter().any(|(park, reach)| {
            may_reach(*park, home.place, *reach) && park.metres_to(home.place) <= *reach
        })
    };
    let within: Vec<bool> = homes.iter().map(reached).collect();
    let area = |home: &Residential| u64::from(home.area_m2);
    let all_m2: u64 = homes.iter().map(area).sum();
    let covered_m2: u64 =
        homes.iter().zip(&within).filter(|(_, within)| **within).map(|(home, _)| area(home)).sum();
    let hectares = |m2: u64| u32::try_from(m2 / 10_000).unwrap_or(u32::MAX);
    let hectares = Ratio { part: hectares(covered_m2), whole: hectares(all_m2) };
    Coverage { hectares, covered_m2, all_m2, within }
}

impl Coverage {
    /// The share in percent, rounded half to even to a hundredth; `None` without residential land.
    pub fn percent(&self) -> Option<crate::Quantity> {
        if self.all_m2 == 0 {
            return None;
        }
        let ten_thousandths = u128::from(self.covered_m2) * 10_000;
        let (floor, rest) =
            (ten_thousandths / u128::from(self.all_m2), ten_thousandths % u128::from(self.all_m2));
        let twice = rest * 2;
        let up =
            twice > u128::from(self.all_m2) || (twice == u128::from(self.all_m2) && floor % 2 == 1);
        let hundredths = i64::try_from(floor + u128::from(up)).ok()?;
        Some(crate::Quantity::from_millionths(hundredths * 10_000))
    }
}

/// A quick look before the distance is computed: a degree of latitude is at least 110,574 m.
const fn may_reach(a: Point, b: Point, reach_m: u32) -> bool {
    let north = (a.lat as i64 - b.lat as i64).abs();
    north * 110 <= (reach_m as i64 + 1) * 1_000
}
