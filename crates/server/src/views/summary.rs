//! The district's air now and its days of the year.

use contract::public::{DayCount, EditionDays, IndexPoint, StationNowBrief};
use domain::{
    air::{AqiEdition, Band, GoodDays, IndexStandard, good_days},
    period::beijing_day,
};
use jiff::civil::Date;

use crate::history::{air::Place, grid::instant};

/// Hours of the district's line on the overview.
pub(crate) const LINE_HOURS: usize = 24;

/// The last [`LINE_HOURS`] hours of the district's index, oldest first.
pub(crate) fn last_hours(place: &Place, asked: Option<IndexStandard>) -> Vec<IndexPoint> {
    let newest = (0..place.grid.len).rev().find(|&hour| place.has_data(hour));
    let Some(newest) = newest else { return Vec::new() };
    ((newest + 1).saturating_sub(LINE_HOURS)..=newest)
        .map(|hour| {
            let (period, index) = place.hourly_index(hour, asked);
            IndexPoint {
                start_s: period.start.as_second(),
                value: index.value,
                band: index.level.map(Band::number),
            }
        })
        .collect()
}

/// The daily index of each whole day on the grid, oldest first.
pub(crate) fn days(place: &Place, asked: Option<IndexStandard>) -> Vec<IndexPoint> {
    place
        .days()
        .map(|first| {
            let (day, index) = place.daily_index(first, asked);
            IndexPoint {
                start_s: domain::period::day_start(day).as_second(),
                value: index.value,
                band: index.level.map(Band::number),
            }
        })
        .collect()
}

/// Days by level. With the edition in force on each day the count names that of the last one.
pub(crate) fn count(
    days: &[IndexPoint],
    asked: Option<IndexStandard>,
    from: Date,
    to: Date,
) -> DayCount {
    let mut by_level = vec![0; 6];
    for band in days.iter().filter_map(|day| day.band) {
        if let Some(level) = by_level.get_mut(usize::from(band) - 1) {
            *level += 1;
        }
    }
    let without = days.iter().filter(|day| day.band.is_none()).count();
    DayCount {
        standard: asked.unwrap_or_else(|| AqiEdition::on(to).into()),
        from,
        to,
        good: by_level.iter().take(2).sum(),
        by_level,
        without: u32::try_from(without).unwrap_or(u32::MAX),
        by_edition: by_edition(days, asked),
    }
}

/// The days under each edition of HJ 633 that judged any; none under another ruler.
fn by_edition(days: &[IndexPoint], asked: Option<IndexStandard>) -> Vec<EditionDays> {
    let edition = |day: &IndexPoint| match asked {
        None => Some(AqiEdition::on(beijing_day(instant(day.start_s)))),
        Some(ruler) => ruler.edition(),
    };
    let judged = days.iter().filter_map(|day| Some((edition(day)?, day.value)));
    let GoodDays { hj633_2012, hj633_2026 } = good_days(judged);
    let under = |edition: AqiEdition, count: domain::air::DayCount| EditionDays {
        standard: edition.into(),
        good: count.good,
        polluted: count.polluted,
        without: count.not_available,
    };
    [under(AqiEdition::Hj633_2012, hj633_2012), under(AqiEdition::Hj633_2026, hj633_2026)]
        .into_iter()
        .filter(|days| days.good + days.polluted + days.without > 0)
        .collect()
}

/// Worst first; those without an index last, by code.
pub(crate) fn worst_first(stations: &mut [StationNowBrief]) {
    let index = |brief: &StationNowBrief| brief.index.as_ref().and_then(|index| index.value);
    stations
        .sort_by(|a, b| index(b).cmp(&index(a)).then_with(|| a.station.code.cmp(&b.station.code)));
}

#[cfg(test)]
mod tests {
    use domain::period::day_start;

    use super::*;

    #[test]
    fn a_year_of_two_editions_is_counted_under_each() {
        let day = |day: &str, value: Option<u16>| IndexPoint {
            start_s: day_start(day.parse().unwrap()).as_second(),
            value,
            band: value.map(|aqi| domain::air::AqiLevel::of(aqi).number()),
        };
        let days = [
            day("2026-02-27", Some(100)),
            day("2026-02-28", None),
            day("2026-03-01", Some(101)),
            day("2026-03-02", Some(40)),
        ];
        let of = |asked| {
            let (from, to) = ("2026-02-27".parse().unwrap(), "2026-03-02".parse().unwrap());
            let found = count(&days, asked, from, to).by_edition;
            found
                .iter()
                .map(|d| (d.standard.key(), d.good, d.polluted, d.without))
                .collect::<Vec<_>>()
        };
        assert_eq!(of(None), [("hj633-2012", 1, 0, 1), ("hj633-2026", 1, 1, 0)]);
        assert_eq!(of(Some(IndexStandard::Hj633_2026)), [("hj633-2026", 2, 1, 1)]);
        assert_eq!(of(Some(IndexStandard::Epa2024)), []);
    }
}
