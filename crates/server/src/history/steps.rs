//! One item's observations as a series of a given step.

use contract::public::{Step, WaterSite};
use domain::{
    Averaging, DeviceFlag, Item, QcFlags, Quantity,
    air::{self, Concentrations, IndexStandard, Report, means},
    item::Medium,
    period::{beijing_day, day_start},
    water,
};
use jiff::civil::Date;

use super::{
    air::Place,
    grid::{DAY, HOUR, Point, Range, instant},
    water::Samples,
};
use crate::views::air::ruler;

/// A point of a series with its level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Leveled {
    pub point: Point,
    /// Number of the band or class, 1 the best; 0 for none.
    pub band: u8,
}

/// What means over days and months are made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Source {
    /// Hourly means.
    Hours,
    /// Samples every few hours; there are no hourly means.
    Samples,
}

/// A judge of single values.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Judge<'a> {
    pub item: Item,
    /// The ruler asked for; `None` is the edition in force at each point.
    pub standard: Option<IndexStandard>,
    /// Facts of a water section.
    pub site: Option<&'a WaterSite>,
}

impl Judge<'_> {
    /// The number of the band or class of one value; 0 where there is none.
    ///
    /// `points` end with the one to judge.
    fn band(self, points: &[Point], report: Report) -> u8 {
        let Some(value) = points.last().and_then(Point::valid) else { return 0 };
        match self.item.medium() {
            Medium::Air => self.air_band(value, points, report),
            Medium::Water => self
                .site
                .and_then(|site| water::class_of(self.item, value, site.body, None))
                .map_or(0, water::WaterClass::number),
            Medium::Weather => 0,
        }
    }

    fn air_band(self, value: Quantity, points: &[Point], report: Report) -> u8 {
        let start_s = points.last().map_or(0, |point| point.start_s);
        let standard = ruler(self.standard, domain::Period::instant(instant(start_s)));
        if standard == IndexStandard::Epa2024 {
            return self.us_band(value, points, report);
        }
        let mut alone = Concentrations::default();
        alone.set(self.item, Some(value));
        if self.item == Item::O3 && report == Report::Daily {
            alone = Concentrations { o3: None, o3_8h: Some(value), ..alone };
        }
        let found = air::evaluate_chinese(standard, report, &alone);
        found.sub.first().and_then(|sub| sub.band).map_or(0, air::Band::number)
    }

    /// US EPA looks at more than the value itself: where that is not at hand there is no band,
    /// rather than another than the station's own index has.
    fn us_band(self, value: Quantity, points: &[Point], report: Report) -> u8 {
        let standard = IndexStandard::Epa2024;
        let looked_at = match (report, self.item) {
            (Report::Hourly, _) => {
                let hours = consecutive_hours(points);
                Concentrations::of_hour(
                    standard,
                    |item| {
                        if item == self.item { &hours } else { &[] }
                    },
                )
            }
            (Report::Daily, Item::O3) => {
                Concentrations { o3_8h: Some(value), ..Concentrations::default() }
            }
            (Report::Daily, Item::Pm25 | Item::Pm10) => {
                let mut alone = Concentrations::default();
                alone.set(self.item, Some(value));
                alone
            }
            // Their day is its largest hour, or largest 8 hours, which the daily mean does not tell.
            (Report::Daily, _) => return 0,
        };
        let found = air::evaluate_chinese(standard, report, &looked_at);
        let bands = found.sub.iter().filter_map(|sub| sub.band);
        bands.map(air::Band::number).max().unwrap_or(0)
    }

    /// The points at `places` with their bands; what lies between is looked back on.
    pub(crate) fn at(self, points: &[Point], places: &[usize], report: Report) -> Vec<Leveled> {
        let leveled = |&place: &usize| Leveled {
            band: self.band(&points[..=place], report),
            point: points[place],
        };
        places.iter().map(leveled).collect()
    }
}

/// Valid values of the last 24 hours, as far as they follow one another; with fewer than the 12 that
/// a NowCast takes, the last hour alone.
fn consecutive_hours(points: &[Point]) -> Vec<Option<Quantity>> {
    let Some(last) = points.last() else { return Vec::new() };
    let back = points.iter().rev().take(24).zip(0..);
    let follow = |(point, ago): &(&Point, i64)| point.start_s == last.start_s - ago * HOUR;
    let mut hours: Vec<_> = back.take_while(follow).map(|(point, _)| point.valid()).collect();
    hours.truncate(if hours.len() < 12 { 1 } else { 24 });
    hours.reverse();
    hours
}

/// Hourly means over `range`, one per hour, gaps included.
pub(crate) fn hours(points: &[Point], range: Range) -> Vec<Point> {
    let grid = range.hours();
    let gap = |place| gap(grid.period(place).start.as_second(), 3_600);
    let laid = grid.lay(points).into_iter().enumerate();
    laid.map(|(place, point)| point.unwrap_or_else(|| gap(place))).collect()
}

/// A place without a value and without a stated reason.
fn gap(start_s: i64, length_s: u32) -> Point {
    let flag = DeviceFlag::Missing;
    Point { start_s, length_s, value: None, flag, quality: QcFlags::NONE }
}

/// Daily values over the whole days of `range`: of air by GB 3095's validity rules (ozone: the
/// largest 8-hour mean), of water the mean of the day's samples.
pub(crate) fn days(item: Item, points: &[Point], source: Source, range: Range) -> Vec<Point> {
    let range = range.whole_days();
    match source {
        Source::Samples => sampled(points, range, day_ends(range)),
        _ => {
            let hours = hours(points, range);
            hours.chunks(24).map(|day| air_day(item, day)).collect()
        }
    }
}

fn air_day(item: Item, hours: &[Point]) -> Point {
    let start_s = hours.first().map_or(0, |hour| hour.start_s);
    let valid: Vec<Option<Quantity>> = hours.iter().map(Point::valid).collect();
    let value = means::daily_value(item, &valid).ok();
    let flag = if value.is_some() { DeviceFlag::Normal } else { most_frequent_reason(hours) };
    let quality = hours.iter().fold(QcFlags::NONE, |marks, hour| marks.with(hour.quality));
    Point { start_s, length_s: 86_400, value, flag, quality }
}

/// The reason most of the missing values have.
fn most_frequent_reason(points: &[Point]) -> DeviceFlag {
    let reasons = || points.iter().map(|p| p.flag).filter(|flag| !flag.enters_means());
    let count = |reason| reasons().filter(|&flag| flag == reason).count();
    reasons().max_by_key(|&reason| count(reason)).unwrap_or(DeviceFlag::Missing)
}

/// Monthly values over the months of `range`: of air the mean of valid daily values, valid by
/// GB 3095 table 4, of water the mean of the month's samples.
pub(crate) fn months(item: Item, points: &[Point], source: Source, range: Range) -> Vec<Point> {
    let range = whole_months(range);
    let ends = month_ends(range);
    match source {
        Source::Samples => sampled(points, range, ends),
        _ => {
            let days = days(item, points, source, range);
            let mut from_s = range.from.as_second();
            let month = |end: &i64| {
                let within = || days.iter().filter(|d| (from_s..*end).contains(&d.start_s));
                let values: Vec<Option<Quantity>> = within().map(|day| day.value).collect();
                let value = means::monthly_mean(&values).ok();
                let flag = if value.is_some() { DeviceFlag::Normal } else { DeviceFlag::Missing };
                let quality = within().fold(QcFlags::NONE, |marks, day| marks.with(day.quality));
                let start_s = std::mem::replace(&mut from_s, *end);
                Point { start_s, length_s: MONTH_S, value, flag, quality }
            };
            ends.iter().map(month).collect()
        }
    }
}

/// The nominal length of a month in a series, in seconds.
pub(crate) const MONTH_S: u32 = 30 * 86_400;

fn day_ends(range: Range) -> Vec<i64> {
    let (from, to) = (range.from.as_second(), range.to.as_second());
    (1..).map(|day| from + day * DAY).take_while(|end| *end <= to).collect()
}

/// The range widened to whole calendar months in Beijing time.
pub(crate) fn whole_months(range: Range) -> Range {
    let first = |day: Date| day_start(day.first_of_month());
    let from = first(beijing_day(range.from));
    let last = first(beijing_day(range.to));
    let to = if last < range.to { first(next_month(beijing_day(range.to))) } else { last };
    Range { from, to }
}

fn next_month(day: Date) -> Date {
    day.first_of_month().checked_add(jiff::Span::new().months(1)).unwrap_or(Date::MAX)
}

fn month_ends(range: Range) -> Vec<i64> {
    let mut ends = Vec::new();
    let mut month = beijing_day(range.from);
    while day_start(month) < range.to {
        month = next_month(month);
        ends.push(day_start(month).as_second());
    }
    ends
}

/// Means of samples over stretches that end at `ends`; the first begins with `range`.
fn sampled(points: &[Point], range: Range, ends: Vec<i64>) -> Vec<Point> {
    let mut start_s = range.from.as_second();
    let stretch = |end: i64| {
        let within = || points.iter().filter(|p| (start_s..end).contains(&p.start_s));
        let value = Quantity::mean(within().filter_map(Point::valid));
        let flag = if value.is_some() { DeviceFlag::Normal } else { DeviceFlag::Missing };
        let quality = within().fold(QcFlags::NONE, |marks, point| marks.with(point.quality));
        let length_s = u32::try_from(end - start_s).unwrap_or(MONTH_S);
        let from = std::mem::replace(&mut start_s, end);
        Point { start_s: from, length_s, value, flag, quality }
    };
    ends.into_iter().map(stretch).collect()
}

/// The index of each hour of `range` on `place`'s grid.
pub(crate) fn hourly_indices(
    place: &Place,
    range: Range,
    standard: Option<IndexStandard>,
) -> Vec<Leveled> {
    let from_s = range.from.as_second().div_euclid(HOUR) * HOUR;
    (0..place.grid.len)
        .filter(|&hour| place.grid.period(hour).start.as_second() >= from_s)
        .map(|hour| {
            let (period, index) = place.hourly_index(hour, standard);
            leveled(period.start.as_second(), 3_600, &index)
        })
        .collect()
}

/// The index of each whole day on `place`'s grid.
pub(crate) fn daily_indices(place: &Place, standard: Option<IndexStandard>) -> Vec<Leveled> {
    place
        .days()
        .map(|first| {
            let (day, index) = place.daily_index(first, standard);
            leveled(day_start(day).as_second(), 86_400, &index)
        })
        .collect()
}

fn leveled(start_s: i64, length_s: u32, index: &air::AirIndex) -> Leveled {
    let value = index.value.map(|value| Quantity::from_integer(i32::from(value)));
    let flag = if value.is_some() { DeviceFlag::Normal } else { DeviceFlag::Missing };
    Leveled {
        point: Point { start_s, length_s, value, flag, quality: index.marks },
        band: index.level.map_or(0, air::Band::number),
    }
}

/// The class of each stretch of `step` over samples.
pub(crate) fn classes(
    samples: &Samples,
    site: &WaterSite,
    step: Step,
    range: Range,
) -> Vec<Leveled> {
    let (start, ends) = match step {
        Step::Raw | Step::Hour => {
            return samples
                .iter()
                .map(|(&start_s, sample)| class_point(start_s, 0, sample, site))
                .collect();
        }
        Step::Day => (range.whole_days().from, day_ends(range.whole_days())),
        Step::Month => (whole_months(range).from, month_ends(whole_months(range))),
    };
    let mut start_s = start.as_second();
    let stretch = |end: i64| {
        let within =
            samples.range(start_s..end).map(|(_, sample)| sample).filter(|s| !s.is_empty());
        let mean = water::Sample::mean(within.collect::<Vec<_>>().iter().copied());
        let length_s = if step == Step::Month { MONTH_S } else { 86_400 };
        class_point(std::mem::replace(&mut start_s, end), length_s, &mean, site)
    };
    ends.into_iter().map(stretch).collect()
}

fn class_point(start_s: i64, length_s: u32, sample: &water::Sample, site: &WaterSite) -> Leveled {
    let number = super::water::class(sample, site).class.map(water::WaterClass::number);
    let value = number.map(|number| Quantity::from_integer(i32::from(number)));
    let flag = if value.is_some() { DeviceFlag::Normal } else { DeviceFlag::Missing };
    let point = Point { start_s, length_s, value, flag, quality: QcFlags::NONE };
    Leveled { point, band: number.unwrap_or(0) }
}

/// The averaging whose limits apply to a step of an item; `None` where the standard sets none.
pub(crate) fn limit_averaging(item: Item, step: Step) -> Option<Averaging> {
    match (step, item) {
        (Step::Raw | Step::Hour, _) => Some(Averaging::Hour),
        (Step::Day, Item::O3) => Some(Averaging::EightHour),
        (Step::Day, _) => Some(Averaging::Day),
        (Step::Month, _) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(from: &str, to: &str) -> Range {
        Range { from: from.parse().unwrap(), to: to.parse().unwrap() }
    }

    fn all(judge: Judge<'_>, points: Vec<Point>, report: Report) -> Vec<Leveled> {
        let places: Vec<usize> = (0..points.len()).collect();
        judge.at(&points, &places, report)
    }

    fn hourly(range: Range, value: i32) -> Vec<Point> {
        let grid = range.hours();
        (0..grid.len)
            .map(|place| Point {
                value: Some(Quantity::from_integer(value)),
                flag: DeviceFlag::Normal,
                ..gap(grid.period(place).start.as_second(), 3_600)
            })
            .collect()
    }

    #[test]
    fn a_day_needs_twenty_hours() {
        let day = range("2026-04-30T16:00:00Z", "2026-05-01T16:00:00Z");
        let points = hourly(day, 40);
        let value = |points: &[Point]| days(Item::Pm25, points, Source::Hours, day)[0].value;
        assert_eq!(value(&points[..20]), Some(Quantity::from_integer(40)));
        assert_eq!(value(&points[..19]), None);
    }

    #[test]
    fn a_month_is_a_calendar_month_in_beijing() {
        let quarter = range("2025-12-31T16:00:00Z", "2026-03-31T16:00:00Z");
        let months = months(Item::Pm25, &hourly(quarter, 30), Source::Hours, quarter);
        let starts: Vec<String> =
            months.iter().map(|m| beijing_day(instant(m.start_s)).to_string()).collect();
        assert_eq!(starts, ["2026-01-01", "2026-02-01", "2026-03-01"]);
        assert!(months.iter().all(|month| month.value == Some(Quantity::from_integer(30))));
    }

    #[test]
    fn an_hour_has_a_us_band_only_with_the_hours_a_nowcast_takes() {
        let day = range("2026-04-30T16:00:00Z", "2026-05-01T16:00:00Z");
        let us = Some(IndexStandard::Epa2024);
        let bands = |item, points: Vec<Point>, report| -> Vec<u8> {
            let judge = Judge { item, standard: us, site: None };
            all(judge, points, report).iter().map(|leveled| leveled.band).collect()
        };
        let of_pm = bands(Item::Pm25, hourly(day, 40), Report::Hourly);
        assert_eq!((&of_pm[..11], &of_pm[11..]), (&[0; 11][..], &[3; 13][..]));
        let mut silent = hourly(day, 40);
        silent.remove(6);
        assert_eq!(bands(Item::Pm25, silent, Report::Hourly)[11], 0, "11 hours in a row");
        let of_no2 = bands(Item::No2, hourly(day, 40), Report::Hourly);
        assert_eq!(of_no2, [1; 24], "its hour is enough");
        assert_eq!(bands(Item::Co, hourly(day, 40)[..1].to_vec(), Report::Daily), [0]);
    }

    #[test]
    fn an_hour_without_a_mark_is_shown_and_enters_no_day() {
        let day = range("2026-04-30T16:00:00Z", "2026-05-01T16:00:00Z");
        let mut points = hourly(day, 40);
        points.iter_mut().for_each(|point| point.flag = DeviceFlag::NotStated);
        let hours = hours(&points, day);
        assert_eq!(hours[0].value, Some(Quantity::from_integer(40)));
        let of_day = days(Item::Pm25, &points, Source::Hours, day)[0];
        assert_eq!((of_day.value, of_day.flag), (None, DeviceFlag::NotStated));
    }

    #[test]
    fn a_value_is_banded_by_the_edition_of_its_day() {
        let judge = Judge { item: Item::Pm25, standard: None, site: None };
        let at = |day: &str| {
            let start = day_start(day.parse().unwrap()).as_second();
            let point = Point {
                value: Some(Quantity::from_integer(70)),
                flag: DeviceFlag::Normal,
                ..gap(start, 86_400)
            };
            all(judge, vec![point], Report::Daily)[0].band
        };
        assert_eq!((at("2026-02-28"), at("2026-03-01")), (2, 3));
    }
}
