//! Observations laid on a grid of hours, so that a gap is a place without a value.

use domain::{DeviceFlag, Period, QcFlags, Quantity};
use jiff::{SignedDuration, Timestamp};

/// Seconds of an hour.
pub(crate) const HOUR: i64 = 3_600;
/// Seconds of a natural day in Beijing time.
pub(crate) const DAY: i64 = 86_400;

/// One observation as history needs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Point {
    /// Start of its period, Unix seconds.
    pub start_s: i64,
    /// Length of its period in seconds.
    pub length_s: u32,
    /// `None` is a gap whose reason is `flag`.
    pub value: Option<Quantity>,
    pub flag: DeviceFlag,
    pub quality: QcFlags,
}

impl Point {
    /// The value where it may enter means and indices.
    pub fn valid(&self) -> Option<Quantity> {
        self.value.filter(|_| self.flag.enters_means() && !self.quality.excludes())
    }
}

/// A range of time, `from` included, `to` excluded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Range {
    pub from: Timestamp,
    pub to: Timestamp,
}

impl Range {
    /// The same range beginning `seconds` earlier.
    #[must_use]
    pub fn reaching_back(self, seconds: i64) -> Self {
        let from = self.from.checked_sub(SignedDuration::from_secs(seconds));
        Self { from: from.unwrap_or(Timestamp::MIN), to: self.to }
    }

    /// The range widened to whole natural days in Beijing time.
    #[must_use]
    pub fn whole_days(self) -> Self {
        let start = |at: Timestamp| domain::period::day_start(domain::period::beijing_day(at));
        let from = start(self.from);
        let last = start(self.to);
        let to = if last < self.to { shifted(last, DAY) } else { last };
        Self { from, to }
    }

    /// The range in parts of at most `seconds`, which begin on full hours.
    pub fn parts(self, seconds: i64) -> Vec<Self> {
        let mut parts = Vec::new();
        let mut from = instant(self.from.as_second().div_euclid(HOUR) * HOUR);
        while from < self.to {
            let to = shifted(from, seconds).min(self.to);
            parts.push(Self { from, to });
            from = to;
        }
        parts
    }

    /// Hours from `from` (rounded down to the hour) to `to` (rounded up).
    pub fn hours(self) -> HourGrid {
        let first = self.from.as_second().div_euclid(HOUR);
        let end = (self.to.as_second() + HOUR - 1).div_euclid(HOUR);
        HourGrid { first, len: usize::try_from(end - first).unwrap_or(0) }
    }
}

/// `at` plus `seconds`; saturates at the ends of the calendar.
pub(crate) fn shifted(at: Timestamp, seconds: i64) -> Timestamp {
    at.checked_add(SignedDuration::from_secs(seconds)).unwrap_or(Timestamp::MAX)
}

/// The instant of Unix second `s`; saturates.
pub(crate) fn instant(s: i64) -> Timestamp {
    Timestamp::from_second(s).unwrap_or(Timestamp::MAX)
}

/// Values per hour of minutes or instants, by their length or the most usual distance between
/// two; sixty where there are too few to tell.
pub(crate) fn per_hour(points: &[Point]) -> usize {
    let mut distances: Vec<i64> = points
        .windows(2)
        .map(|pair| pair[1].start_s - pair[0].start_s)
        .filter(|distance| *distance > 0)
        .collect();
    distances.sort_unstable();
    let length = points.iter().map(|point| i64::from(point.length_s)).max().unwrap_or(0);
    let usual = match distances.get(distances.len() / 2) {
        _ if length > 0 => length,
        Some(&median) if distances.len() > 1 => median,
        _ => 60,
    };
    usize::try_from(HOUR / usual.clamp(1, HOUR)).unwrap_or(1)
}

/// `finer` values, and of `coarser` ones those in whose period none of the finer lies; both
/// oldest first, and so is the result.
pub(crate) fn filled(finer: Vec<Point>, coarser: Vec<Point>) -> Vec<Point> {
    let holds = |point: &Point| {
        let place = finer.partition_point(|known| known.start_s < point.start_s);
        let end_s = point.start_s + i64::from(point.length_s.max(1));
        finer.get(place).is_some_and(|known| known.start_s < end_s)
    };
    let mut all: Vec<Point> = coarser.into_iter().filter(|point| !holds(point)).collect();
    all.extend(finer);
    all.sort_by_key(|point| point.start_s);
    all
}

/// Consecutive hours: hour 0 began at 1970-01-01T00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HourGrid {
    /// The first hour.
    pub first: i64,
    /// How many.
    pub len: usize,
}

impl HourGrid {
    /// The place of the hour that holds Unix second `s`.
    pub fn place(self, s: i64) -> Option<usize> {
        usize::try_from(s.div_euclid(HOUR) - self.first).ok().filter(|&place| place < self.len)
    }

    /// The hour at `place`.
    pub fn period(self, place: usize) -> Period {
        let place = i64::try_from(place).unwrap_or(i64::MAX);
        Period::hour(instant((self.first + place).saturating_mul(HOUR)))
    }

    /// Lays hourly observations on the grid; a later one of the same hour replaces an earlier.
    pub fn lay(self, points: &[Point]) -> Vec<Option<Point>> {
        let mut hours = vec![None; self.len];
        for point in points {
            if let Some(place) = self.place(point.start_s) {
                hours[place] = Some(*point);
            }
        }
        hours
    }

    /// The hourly means of instants or minutes: the mean of an hour's valid values, valid with
    /// three quarters of those `expected` per hour (GB 3095: 45 of 60 minutes).
    pub fn means(self, points: &[Point], expected: usize) -> Vec<Option<Point>> {
        let mut hours: Vec<Vec<&Point>> = vec![Vec::new(); self.len];
        for point in points {
            if let Some(place) = self.place(point.start_s) {
                hours[place].push(point);
            }
        }
        let mean = |(place, all): (usize, Vec<&Point>)| {
            let first = all.first()?;
            let valid: Vec<Quantity> = all.iter().filter_map(|point| point.valid()).collect();
            let enough = valid.len() * 4 >= expected.max(1) * 3;
            Some(Point {
                start_s: self.period(place).start.as_second(),
                length_s: 3_600,
                value: enough.then(|| Quantity::mean(valid.iter().copied())).flatten(),
                flag: if enough {
                    DeviceFlag::Normal
                } else {
                    first.flag.max(DeviceFlag::NotStated)
                },
                quality: all.iter().fold(QcFlags::NONE, |marks, point| marks.with(point.quality)),
            })
        };
        hours.into_iter().enumerate().map(mean).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(start_s: i64, value: i32) -> Point {
        Point {
            start_s,
            length_s: 60,
            value: Some(Quantity::from_integer(value)),
            flag: DeviceFlag::Normal,
            quality: QcFlags::NONE,
        }
    }

    #[test]
    fn an_hour_needs_three_quarters_of_its_minutes() {
        let grid = Range { from: instant(0), to: instant(7_200) }.hours();
        let points: Vec<Point> = (0..105).map(|minute| point(minute * 60, 10)).collect();
        let means = grid.means(&points, 60);
        assert_eq!(means[0].unwrap().value, Some(Quantity::from_integer(10)));
        assert_eq!(means[1].unwrap().value, Some(Quantity::from_integer(10)), "45 minutes");
        assert_eq!(grid.means(&points[..104], 60)[1].unwrap().value, None, "44 minutes");
    }

    #[test]
    fn minutes_of_an_hour_leave_the_other_hours_as_they_are() {
        let hours = vec![
            Point { length_s: 3_600, ..point(0, 1) },
            Point { length_s: 3_600, ..point(3_600, 2) },
        ];
        let all = filled(vec![point(3_660, 9), point(3_720, 9)], hours);
        let starts: Vec<i64> = all.iter().map(|point| point.start_s).collect();
        assert_eq!(starts, [0, 3_660, 3_720]);
    }

    #[test]
    fn one_value_of_unknown_rhythm_is_no_hour() {
        let instant = |s| Point { length_s: 0, ..point(s, 10) };
        assert_eq!(per_hour(&[instant(0)]), 60);
        assert_eq!(per_hour(&[instant(0), instant(300), instant(600)]), 12);
        assert_eq!(per_hour(&[Point { length_s: 600, ..point(0, 1) }]), 6);
    }

    #[test]
    fn parts_begin_on_full_hours_and_leave_nothing_out() {
        let range = Range { from: instant(1_800), to: instant(20_000) };
        let parts = range.parts(7_200);
        assert_eq!(parts[0].from, instant(0));
        assert!(parts.windows(2).all(|pair| pair[0].to == pair[1].from));
        let hours: usize = parts.iter().map(|part| part.hours().len).sum();
        assert_eq!(hours, range.hours().len);
    }

    #[test]
    fn days_are_those_of_beijing() {
        // 2026-03-01T16:30Z is 00:30 on 2 March in Beijing.
        let from: Timestamp = "2026-03-01T16:30:00Z".parse().unwrap();
        let days = Range { from, to: shifted(from, 60) }.whole_days();
        assert_eq!(days.from.to_string(), "2026-03-01T16:00:00Z");
        assert_eq!(days.to.to_string(), "2026-03-02T16:00:00Z");
    }
}
