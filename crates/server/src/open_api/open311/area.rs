//! A part of the map, as the cells whose middles lie in it: only public, snapped places are asked about.

use domain::{
    place::Point,
    privacy::cells::{Cell, Grid, Level},
};
use store::CellRange;

use super::{fault::shown, params::Params};

/// Metres of the longest radius.
const LONGEST: u32 = 5_000;
/// Metres of one degree of a meridian: of the mean earth, as the grid takes it.
const DEGREE: f64 = 111_195.0;
const MICRO: f64 = 1e6;

/// Where to look.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Area {
    /// West, south, east and north in micro-degrees.
    bounds: Option<[i64; 4]>,
    circle: Option<(Point, u32)>,
}

impl Area {
    /// The area of `bbox` and of `lat`, `long`, `radius`; `None` if none is asked for.
    pub(super) fn asked(params: &Params, faults: &mut Vec<String>) -> Option<Self> {
        let area = Self { bounds: bounds(params, faults), circle: circle(params, faults) };
        (area != Self::default()).then_some(area)
    }

    /// The cells of every level whose middle lies in the area.
    pub(super) fn cells(&self, grid: &Grid) -> Vec<CellRange> {
        let levels = Level::ALL.into_iter();
        levels.flat_map(|level| self.of_level(Side::of(grid, level))).collect()
    }

    fn of_level(&self, side: Side) -> Vec<CellRange> {
        let [west, south, east, north] =
            self.bounds.unwrap_or([-180, -90, 180, 90].map(|d| d * 1_000_000));
        let whole = side.range([west, south, east, north]);
        let Some((middle, radius)) = self.circle else { return whole.into_iter().collect() };
        let Some(rows) = whole.map(|whole| whole.y) else { return Vec::new() };
        let reach = f64::from(radius) / DEGREE * MICRO;
        let around = side.rows(f64::from(middle.lat) - reach, f64::from(middle.lat) + reach);
        let (first, last) = (*rows.start().max(around.start()), *rows.end().min(around.end()));
        let row = |y: i64| {
            let away = side.middle(y, side.height) - f64::from(middle.lat);
            let shrink = (f64::from(middle.lat) / MICRO).to_radians().cos().max(1e-6);
            let half = (reach * reach - away * away).max(0.0).sqrt() / shrink;
            let (lon, lat) = (f64::from(middle.lon), side.middle(y, side.height));
            let ends = [(lon - half).max(west as f64), lat, (lon + half).min(east as f64), lat];
            side.columns(y, ends)
        };
        (first..=last).filter_map(row).collect()
    }
}

/// A level's cells in micro-degrees.
#[derive(Debug, Clone, Copy)]
struct Side {
    level_m: u32,
    width: i64,
    height: i64,
}

impl Side {
    fn of(grid: &Grid, level: Level) -> Self {
        let (_, north_east) = grid.corners(Cell { level, x: 0, y: 0 });
        let (width, height) = (i64::from(north_east.lon), i64::from(north_east.lat));
        Self { level_m: level.metres(), width: width.max(1), height: height.max(1) }
    }

    fn middle(&self, at: i64, side: i64) -> f64 {
        (at * side + side / 2) as f64
    }

    /// Rows or columns whose middle lies between the two.
    fn between(low: f64, high: f64, side: i64) -> std::ops::RangeInclusive<i64> {
        let place = |at: f64| (at - (side / 2) as f64) / side as f64;
        #[expect(clippy::cast_possible_truncation, reason = "degrees of the globe")]
        let (first, last) = (place(low).ceil() as i64, place(high).floor() as i64);
        first..=last
    }

    fn rows(&self, south: f64, north: f64) -> std::ops::RangeInclusive<i64> {
        Self::between(south, north, self.height)
    }

    fn range(&self, [west, south, east, north]: [i64; 4]) -> Option<CellRange> {
        let y = self.rows(south as f64, north as f64);
        let x = Self::between(west as f64, east as f64, self.width);
        (!x.is_empty() && !y.is_empty()).then_some(CellRange { level_m: self.level_m, x, y })
    }

    fn columns(&self, y: i64, [west, _, east, _]: [f64; 4]) -> Option<CellRange> {
        let x = Self::between(west, east, self.width);
        (!x.is_empty()).then_some(CellRange { level_m: self.level_m, x, y: y..=y })
    }
}

fn bounds(params: &Params, faults: &mut Vec<String>) -> Option<[i64; 4]> {
    let text = params.one("bbox", faults)?;
    let numbers: Option<Vec<i64>> = text.split(',').map(|part| micro(part, 180.0)).collect();
    match numbers.as_deref() {
        Some(&[west, south, east, north])
            if west <= east
                && south <= north
                && south.abs() <= 90_000_000
                && north <= 90_000_000 =>
        {
            Some([west, south, east, north])
        }
        _ => {
            faults.push(format!(
                "范围有误：bbox = {}，请按“西经度,南纬度,东经度,北纬度”填写，例如 106.3,29.4,106.6,29.6",
                shown(text)
            ));
            None
        }
    }
}

fn circle(params: &Params, faults: &mut Vec<String>) -> Option<(Point, u32)> {
    let [lat, long, radius] = ["lat", "long", "radius"].map(|name| params.one(name, faults));
    let texts = [lat, long, radius];
    if texts.iter().all(Option::is_none) {
        return None;
    }
    let lon = long.and_then(|text| micro(text, 180.0)).and_then(|micro| i32::try_from(micro).ok());
    let at = lat.and_then(|text| micro(text, 90.0)).and_then(|micro| i32::try_from(micro).ok());
    let metres = radius.and_then(|text| text.trim().parse::<u32>().ok());
    let point = lon.zip(at).and_then(|(lon, lat)| Point::new(lon, lat));
    match (point, metres.filter(|metres| (1..=LONGEST).contains(metres))) {
        (Some(point), Some(metres)) => Some((point, metres)),
        _ => {
            let sent = texts.map(|text| shown(text.unwrap_or_default()));
            faults.push(format!(
                "圆形范围有误：lat = {}，long = {}，radius = {}；三项须同时给出，radius 为 1 至 {LONGEST} 的整数（米）",
                sent[0], sent[1], sent[2]
            ));
            None
        }
    }
}

/// Degrees as a whole number of micro-degrees, at most `most` from zero.
pub(super) fn micro(text: &str, most: f64) -> Option<i64> {
    let text = text.trim();
    let plain = text.bytes().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte));
    let degrees = text.parse::<f64>().ok().filter(|degrees| plain && degrees.abs() <= most)?;
    #[expect(clippy::cast_possible_truncation, reason = "degrees of the globe")]
    Some((degrees * MICRO).round() as i64)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn grid() -> Grid {
        Grid::at_latitude(29_500_000)
    }

    fn area(query: &str) -> Result<Option<Area>, Vec<String>> {
        let mut faults = Vec::new();
        let area = Area::asked(&Params::decode(query.as_bytes()).unwrap(), &mut faults);
        if faults.is_empty() { Ok(area) } else { Err(faults) }
    }

    fn holds(cells: &[CellRange], cell: Cell) -> bool {
        let (x, y) = (i64::from(cell.x), i64::from(cell.y));
        cells.iter().any(|range| {
            range.level_m == cell.level.metres() && range.x.contains(&x) && range.y.contains(&y)
        })
    }

    #[test]
    fn nothing_asked_is_no_area_and_half_a_circle_is_a_fault() {
        assert_eq!(area("bbox=&lat=").unwrap(), None);
        for query in [
            "lat=29.5",
            "lat=29.5&long=106.5",
            "lat=29.5&long=106.5&radius=5001",
            "lat=29.5&long=106.5&radius=0",
            "lat=NaN&long=106.5&radius=5",
            "bbox=1,2,3",
            "bbox=3,2,1,4",
            "bbox=1,2,3,inf",
            "bbox=1,-91,3,4",
        ] {
            assert_eq!(area(query).unwrap_err().len(), 1, "{query}");
        }
    }

    proptest! {
        #[test]
        fn a_cell_is_found_where_its_middle_is(
            lon in 106_300_000_i32..106_700_000, lat in 29_300_000_i32..29_700_000,
            level in 0_usize..5, radius in 1_u32..=5_000,
        ) {
            let cell = grid().cell(Point { lon, lat }, Level::ALL[level]);
            let middle = grid().centre(cell);
            let bbox = area("bbox=106.4,29.4,106.6,29.6").unwrap().unwrap();
            let inside = (106_400_000..=106_600_000).contains(&middle.lon)
                && (29_400_000..=29_600_000).contains(&middle.lat);
            prop_assert_eq!(holds(&bbox.cells(&grid()), cell), inside);

            let round = area(&format!("lat=29.5&long=106.5&radius={radius}")).unwrap().unwrap();
            let east = f64::from(middle.lon - 106_500_000) / MICRO * DEGREE * 29.5_f64.to_radians().cos();
            let north = f64::from(middle.lat - 29_500_000) / MICRO * DEGREE;
            let away = east.hypot(north);
            // On the line itself rounding decides.
            if (away - f64::from(radius)).abs() > 1.0 {
                prop_assert_eq!(holds(&round.cells(&grid()), cell), away < f64::from(radius));
            }
        }
    }
}
