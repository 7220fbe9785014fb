//! The district's air now and its days of the year.

use contract::public::{DayCount, IndexPoint, StationNowBrief};
use domain::air::{AqiEdition, Band, IndexStandard};
use jiff::civil::Date;

use crate::history::air::Place;

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
    }
}

/// Worst first; those without an index last, by code.
pub(crate) fn worst_first(stations: &mut [StationNowBrief]) {
    let index = |brief: &StationNowBrief| brief.index.as_ref().and_then(|index| index.value);
    stations
        .sort_by(|a, b| index(b).cmp(&index(a)).then_with(|| a.station.code.cmp(&b.station.code)));
}
