//! Indices over a stretch of hours or days.

use domain::{
    Item, Period, Quantity,
    air::{self, AirIndex, Concentrations, IndexStandard, Report},
};
use jiff::civil::Date;

use super::grid::{HourGrid, Point};
use crate::views::air::{POLLUTANTS, ruler};

/// Hours an hourly index looks back on: the NowCast takes 12, SO₂ and PM of 24 hours 24.
pub(crate) const LOOK_BACK_HOURS: usize = 24;

/// Valid hourly means of one pollutant on a grid of hours.
pub(crate) type Hours = Vec<Option<Quantity>>;

/// The hourly means of one place: one column per pollutant, all on one grid.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    /// The hours.
    pub grid: HourGrid,
    columns: Vec<(Item, Hours)>,
}

impl Place {
    /// From laid observations of each pollutant.
    pub(crate) fn new(grid: HourGrid, columns: Vec<(Item, Vec<Option<Point>>)>) -> Self {
        let valid = |laid: Vec<Option<Point>>| {
            laid.into_iter().map(|point| point.and_then(|point| point.valid())).collect()
        };
        Self {
            grid,
            columns: columns.into_iter().map(|(item, laid)| (item, valid(laid))).collect(),
        }
    }

    /// The mean over several places, hour by hour (HJ 633-2026 4.2.1: points, counties, cities);
    /// `None` without any place, or where their grids differ.
    pub(crate) fn mean(places: &[Self]) -> Option<Self> {
        let grid = places.first()?.grid;
        if places.iter().any(|place| place.grid != grid) {
            return None;
        }
        let column = |item| {
            let hours = (0..grid.len)
                .map(|hour| Quantity::mean(places.iter().filter_map(|place| place.at(item, hour))));
            (item, hours.collect())
        };
        Some(Self { grid, columns: POLLUTANTS.into_iter().map(column).collect() })
    }

    fn column(&self, item: Item) -> &[Option<Quantity>] {
        self.columns.iter().find(|(known, _)| *known == item).map_or(&[], |(_, hours)| hours)
    }

    fn at(&self, item: Item, hour: usize) -> Option<Quantity> {
        self.column(item).get(hour).copied().flatten()
    }

    /// The hours up to and including `hour`, at most `count`.
    fn back(&self, item: Item, hour: usize, count: usize) -> &[Option<Quantity>] {
        let column = self.column(item);
        let end = (hour + 1).min(column.len());
        &column[(hour + 1).saturating_sub(count).min(end)..end]
    }

    /// True when any pollutant has a value in that hour.
    pub(crate) fn has_data(&self, hour: usize) -> bool {
        POLLUTANTS.into_iter().any(|item| self.at(item, hour).is_some())
    }

    /// What the ruler looks at for one hour.
    pub(crate) fn hourly(&self, hour: usize, standard: IndexStandard) -> Concentrations {
        Concentrations::of_hour(standard, |item| self.back(item, hour, LOOK_BACK_HOURS))
    }

    /// What the ruler looks at for the natural day whose first hour is at `first`.
    pub(crate) fn daily(&self, first: usize, standard: IndexStandard) -> Concentrations {
        let day = |item| {
            let column = self.column(item);
            &column[first.min(column.len())..(first + 24).min(column.len())]
        };
        Concentrations::of_day(standard, day)
    }

    /// The index of one hour; `asked` as in [`ruler`].
    pub(crate) fn hourly_index(
        &self,
        hour: usize,
        asked: Option<IndexStandard>,
    ) -> (Period, AirIndex) {
        let period = self.grid.period(hour);
        let standard = ruler(asked, period);
        let found = self.hourly(hour, standard);
        (period, air::evaluate_chinese(standard, Report::Hourly, &found))
    }

    /// The index of the day whose first hour is at `first`.
    pub(crate) fn daily_index(
        &self,
        first: usize,
        asked: Option<IndexStandard>,
    ) -> (Date, AirIndex) {
        let day = self.grid.period(first).beijing_day();
        let standard = ruler(asked, Period::day(day));
        let found = self.daily(first, standard);
        (day, air::evaluate_chinese(standard, Report::Daily, &found))
    }

    /// Places of the first hours of the whole days on the grid.
    pub(crate) fn days(&self) -> impl Iterator<Item = usize> + use<> {
        // Beijing's midnight is 16:00 UTC.
        let first = (16 - self.grid.first).rem_euclid(24);
        let len = self.grid.len;
        (usize::try_from(first).unwrap_or(0)..len).step_by(24).filter(move |day| day + 24 <= len)
    }
}

#[cfg(test)]
mod tests {
    use domain::{DeviceFlag, QcFlags};

    use super::*;
    use crate::history::grid::Range;

    fn place(from: &str, days: i64, value: i32) -> Place {
        let from = from.parse().unwrap();
        let grid = Range { from, to: super::super::grid::shifted(from, days * 86_400) }.hours();
        let laid = |_| {
            (0..grid.len)
                .map(|hour| {
                    Some(Point {
                        start_s: grid.period(hour).start.as_second(),
                        length_s: 3_600,
                        value: Some(Quantity::from_integer(value)),
                        flag: DeviceFlag::Normal,
                        quality: QcFlags::NONE,
                    })
                })
                .collect()
        };
        Place::new(grid, POLLUTANTS.into_iter().map(|item| (item, laid(item))).collect())
    }

    #[test]
    fn a_day_is_judged_by_the_edition_of_its_date() {
        // PM2.5 and PM10 at 60: 82 and 55 under 2012, 100 and 58 under 2026.
        let across = place("2026-02-27T16:00:00Z", 2, 60);
        let days: Vec<_> = across.days().map(|day| across.daily_index(day, None)).collect();
        assert_eq!(days[0].0.to_string(), "2026-02-28");
        let values: Vec<_> =
            days.iter().map(|(_, index)| (index.standard.key(), index.sub[1].value)).collect();
        assert_eq!(values, [("hj633-2012", Some(82)), ("hj633-2026", Some(100))]);
    }

    #[test]
    fn a_districts_hour_is_the_mean_of_its_stations() {
        let two = [place("2026-05-01T00:00:00Z", 1, 20), place("2026-05-01T00:00:00Z", 1, 50)];
        let district = Place::mean(&two).unwrap();
        assert_eq!(
            district.hourly(3, IndexStandard::Hj633_2026).pm2_5,
            Some(Quantity::from_integer(35))
        );
    }
}
