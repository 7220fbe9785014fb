//! Classes of a section's samples and months.

use std::collections::BTreeMap;

use contract::public::{MonthClass, WaterSite};
use domain::{
    Item,
    period::beijing_day,
    water::{self, Sample, SectionClass},
};
use jiff::{Timestamp, civil::Date};

use super::grid::Point;

/// A section's valid values by sampling time (Unix seconds).
pub(crate) type Samples = BTreeMap<i64, Sample>;

/// Samples from each item's observations.
pub(crate) fn samples(columns: &[(Item, Vec<Point>)]) -> Samples {
    let mut found = Samples::new();
    for (item, points) in columns {
        for point in points {
            let sample = found.entry(point.start_s).or_default();
            if let Some(value) = point.valid() {
                sample.set(*item, value);
            }
        }
    }
    found
}

/// The class of one sample.
pub(crate) fn class(sample: &Sample, site: &WaterSite) -> SectionClass {
    water::evaluate(sample, site.body)
}

/// The first day of the month of `day`.
pub(crate) fn month_of(day: Date) -> Date {
    day.first_of_month()
}

/// The classes of the last `count` months up to that of `now`, oldest first, from the means of
/// each month's valid values; coverage against one sample per `expected_interval_s`.
pub(crate) fn months(
    samples: &Samples,
    site: &WaterSite,
    expected_interval_s: u32,
    now: Timestamp,
    count: i32,
) -> Vec<MonthClass> {
    let this = month_of(beijing_day(now));
    (0..count)
        .rev()
        .filter_map(|back| {
            let month = this.checked_sub(jiff::Span::new().months(back)).ok()?;
            Some(month_class(samples, site, expected_interval_s, now, month))
        })
        .collect()
}

fn month_class(
    samples: &Samples,
    site: &WaterSite,
    expected_interval_s: u32,
    now: Timestamp,
    month: Date,
) -> MonthClass {
    let from = domain::period::day_start(month).as_second();
    let next = month.checked_add(jiff::Span::new().months(1)).unwrap_or(Date::MAX);
    let to = domain::period::day_start(next).as_second();
    let within: Vec<&Sample> = samples
        .range(from..to)
        .map(|(_, sample)| sample)
        .filter(|sample| !sample.is_empty())
        .collect();
    let found = class(&Sample::mean(within.iter().copied()), site);
    let elapsed = to.min(now.as_second()).saturating_sub(from).max(0);
    let expected = usize::try_from(elapsed / i64::from(expected_interval_s.max(1))).unwrap_or(0);
    MonthClass {
        month,
        class: found.class,
        limiting: if found.class.is_some() { found.limiting } else { Vec::new() },
        coverage: percent(within.len(), expected),
    }
}

/// `part` of `whole` in percent, at most 100; 0 of nothing.
pub(crate) fn percent(part: usize, whole: usize) -> u8 {
    if whole == 0 {
        return 0;
    }
    u8::try_from((part * 100 / whole).min(100)).unwrap_or(100)
}
