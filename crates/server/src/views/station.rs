//! A station's newest figures and its health.

use contract::public::{
    AirIndex, Figure, Station, StationKind, StationNowBrief, StationStatus, WaterState,
};
use domain::{
    Averaging, DeviceFlag, Item, Period, Provenance, Text,
    air::{IndexStandard, Report},
    freshness::Freshness,
    water::{Sample, WaterClass, automatic},
};
use jiff::Timestamp;
use store::{Latest, Observation, OfSeries, SeriesId};

use super::{
    air::{POLLUTANTS, Subject},
    water::Circumstances,
};
use crate::{
    history::{
        air::Place,
        grid::{HOUR, Point, Range, instant, per_hour},
    },
    profile::StationProfile,
};

/// Hours of history behind a station's newest indices: yesterday whole, and the day before it.
pub(crate) const RECENT_HOURS: i64 = 72;

/// Series of one station with their observations.
pub(crate) type Observed = Vec<OfSeries>;

/// What one station's answers are made of.
#[derive(Debug, Clone, Default)]
pub(crate) struct StationData {
    /// The newest observation of every series.
    pub latest: Vec<Latest>,
    /// What hourly means of the pollutants over [`recent_range`] are made of; air stations only.
    pub recent: Observed,
    /// Why the station's feed brought nothing, in words for the public.
    pub last_error: Option<Text>,
}

/// One observation as history takes it. A value whose mark says that it is none (HJ 212-2017
/// table 8: calibration, maintenance, fault …) is a gap with that mark as its reason.
pub(crate) fn point(observation: &Observation) -> Point {
    Point {
        start_s: observation.period().start.as_second(),
        length_s: observation.length_s,
        value: observation.value.filter(|_| observation.flag.may_be_shown()),
        flag: observation.flag,
        quality: observation.quality,
    }
}

/// What decides between two senders of the same period: a valid value, then any value.
fn standing(point: &Point) -> (bool, bool) {
    (point.valid().is_some(), point.value.is_some())
}

/// One item's observations under one averaging from every sender, oldest first; where two senders have the same
/// period, a valid value wins over any other and a value over a gap, then the newer series.
pub(crate) fn merged(observed: &Observed, item: Item, averaging: Averaging) -> Vec<Point> {
    let is_of =
        |found: &&OfSeries| found.series.item == item && found.series.averaging == averaging;
    let mut of_item: Vec<_> = observed.iter().filter(is_of).collect();
    of_item.sort_by_key(|found| found.series.id);
    let all = of_item.iter().flat_map(|found| found.observations.iter().map(point));
    let mut points: Vec<Point> = all.collect();
    if of_item.len() > 1 {
        // Stable: of equal starts the later series comes last and is the one kept.
        points.sort_by_key(|point| point.start_s);
        points.dedup_by(|later, earlier| {
            let same = later.start_s == earlier.start_s;
            if same && standing(later) >= standing(earlier) {
                *earlier = *later;
            }
            same
        });
    }
    points
}

/// One item's hours over `range`: as the station sent them, and where it sent none the means of
/// its minutes, else of its instants. An hour that is not over has no mean.
pub(crate) fn laid(observed: &Observed, item: Item, range: Range) -> Vec<Option<Point>> {
    let grid = range.hours();
    let mut hours = grid.lay(&merged(observed, item, Averaging::Hour));
    for averaging in FINER {
        let points = merged(observed, item, averaging);
        let means = grid.means(&points, per_hour(&points));
        for (place, mean) in means.into_iter().enumerate() {
            if hours[place].is_none() && grid.period(place).end() <= range.to {
                hours[place] = mean;
            }
        }
    }
    hours
}

/// What hourly means can be made of where a station sends none, the better first.
pub(crate) const FINER: [Averaging; 2] = [Averaging::Minute, Averaging::Instant];

/// Where minutes and instants are needed beside the hours in `observed`: items, and the range from
/// the first to the last hour that one of them lacks.
pub(crate) fn lacking(
    observed: &Observed,
    items: &[Item],
    range: Range,
) -> Vec<(Vec<Item>, Range)> {
    let grid = range.hours();
    let (mut without, mut partly) = (Vec::new(), Vec::new());
    let (mut first, mut last) = (usize::MAX, 0);
    for &item in items {
        let hours = grid.lay(&merged(observed, item, Averaging::Hour));
        let mut gaps = (0..hours.len()).filter(|&place| hours[place].is_none());
        let Some(gap) = gaps.next() else { continue };
        if hours.iter().all(Option::is_none) {
            without.push(item);
            continue;
        }
        partly.push(item);
        first = first.min(gap);
        last = last.max(gaps.next_back().unwrap_or(gap));
    }
    let mut needed = Vec::new();
    if !without.is_empty() {
        needed.push((without, range));
    }
    if !partly.is_empty() {
        let (from, to) = (grid.period(first).start, grid.period(last).end());
        needed.push((partly, Range { from, to }));
    }
    needed
}

/// The hours of a place for computing indices, from observations of its pollutants.
pub(crate) fn place(observed: &Observed, range: Range) -> Place {
    let column = |item| (item, laid(observed, item, range));
    Place::new(range.hours(), POLLUTANTS.into_iter().map(column).collect())
}

/// The [`RECENT_HOURS`] up to the newest full hour among `latest`: a station that fell silent keeps
/// showing its last index, with its age.
pub(crate) fn recent_range<'a>(
    latest: impl IntoIterator<Item = &'a Latest>,
    now: Timestamp,
) -> Range {
    let ends = latest.into_iter().filter(|latest| POLLUTANTS.contains(&latest.series.item));
    let ends = ends.filter_map(|latest| {
        let end = latest.observation.period().end();
        match latest.series.averaging {
            Averaging::Hour => Some(end).filter(|end| *end <= now),
            Averaging::Minute | Averaging::Instant => {
                Some(instant(end.min(now).as_second().div_euclid(HOUR) * HOUR))
            }
            _ => None,
        }
    });
    let to = ends.max().unwrap_or(now);
    Range { from: to, to }.reaching_back(RECENT_HOURS * 3_600)
}

impl StationData {
    /// Of several senders of the same item and averaging the one with the newest period; of the
    /// same period the one that [`merged`] takes.
    fn newest(&self, item: Item) -> Vec<&Latest> {
        let mut found: Vec<&Latest> = Vec::new();
        for latest in self.latest.iter().filter(|latest| latest.series.item == item) {
            let same = |known: &&mut &Latest| known.series.averaging == latest.series.averaging;
            match found.iter_mut().find(same) {
                Some(known) if rank(known) < rank(latest) => {
                    *known = latest;
                }
                Some(_) => {}
                None => found.push(latest),
            }
        }
        found.sort_by_key(|latest| latest.series.averaging);
        found
    }

    /// The newest figure of every series, in the order of the profile's items.
    pub(crate) fn figures(&self, station: &StationProfile, now: Timestamp) -> Vec<Figure> {
        let newest = station.items.iter().flat_map(|&item| self.newest(item));
        newest.map(|latest| figure(latest, station.expected_interval_s, now)).collect()
    }

    /// The station's health.
    pub(crate) fn status(&self, station: &StationProfile, now: Timestamp) -> StationStatus {
        let shown = || self.latest.iter().filter(|l| l.observation.period().end() <= now);
        let newest = shown().map(|latest| latest.observation.period().end()).max();
        let provenance = shown()
            .max_by_key(|latest| latest.observation.start_us)
            .map_or(Provenance::Measured, |latest| latest.series.provenance);
        StationStatus {
            freshness: Freshness::of(newest, station.expected_interval_s, now),
            newest,
            received: self.latest.iter().map(|latest| latest.received).max(),
            expected_interval_s: station.expected_interval_s,
            last_error: self.last_error.clone(),
            provenance,
        }
    }

    /// The station with its health.
    pub(crate) fn station(&self, station: &StationProfile, now: Timestamp) -> Station {
        Station {
            code: station.code.clone(),
            kind: station.kind,
            name: station.name.clone(),
            place: station.place,
            authority: station.authority.clone(),
            network: station.network.clone(),
            water: station.water.clone(),
            items: station.items.clone(),
            status: self.status(station, now),
        }
    }

    /// True when anything shown of the station is simulated.
    pub(crate) fn is_simulated(&self) -> bool {
        self.latest.iter().any(|latest| latest.series.provenance == Provenance::Simulated)
    }

    /// The newest hourly index.
    pub(crate) fn hourly(&self, asked: Option<IndexStandard>, now: Timestamp) -> Option<AirIndex> {
        let place = place(&self.recent, recent_range(&self.latest, now));
        let published = self.published_aqi();
        newest_hourly(&place, asked, self.is_simulated(), published)
    }

    /// The index of the newest complete natural day: yesterday, or the day before.
    pub(crate) fn daily(&self, asked: Option<IndexStandard>, now: Timestamp) -> Option<AirIndex> {
        let place = place(&self.recent, recent_range(&self.latest, now));
        newest_daily(&place, asked, self.is_simulated())
    }

    /// The index as its authority published it: the hour it is for, and the number.
    fn published_aqi(&self) -> Option<(Timestamp, u16)> {
        let latest = *self.newest(Item::PublishedAqi).first()?;
        let value =
            point(&latest.observation).value?.round_half_even(domain::Quantity::from_integer(1));
        let number = u16::try_from(value.millionths() / 1_000_000).ok()?;
        Some((latest.observation.period().start, number))
    }

    /// The evaluation of the newest sample.
    pub(crate) fn water(&self, station: &StationProfile) -> Option<WaterState> {
        let site = station.water.as_ref()?;
        let shown = |item: Item| self.newest(item).into_iter().next();
        let classifying = automatic::FIVE.iter().chain(&station.items);
        let newest = classifying.clone().filter_map(|&item| shown(item)).filter(|latest| {
            domain::water::Parameter::of(latest.series.item).is_some_and(|row| row.evaluated)
        });
        let start_us = newest.map(|latest| latest.observation.start_us).max()?;
        let at_that_time = |latest: &&Latest| latest.observation.start_us == start_us;
        let mut sample = Sample::new();
        let mut period = Period::instant(Timestamp::UNIX_EPOCH);
        for latest in classifying.filter_map(|&item| shown(item)).filter(at_that_time) {
            period = latest.observation.period();
            if let Some(value) = point(&latest.observation).valid() {
                sample.set(latest.series.item, value);
            }
        }
        let published = shown(Item::PublishedClass).filter(at_that_time).and_then(published_class);
        let simulated = self.is_simulated();
        Some(super::water::state(&sample, site, Circumstances { period, published, simulated }))
    }

    /// The station in a list.
    pub(crate) fn brief(
        &self,
        station: &StationProfile,
        asked: Option<IndexStandard>,
        now: Timestamp,
    ) -> StationNowBrief {
        let air = station.kind == StationKind::Air;
        StationNowBrief {
            station: self.station(station, now),
            index: if air { self.hourly(asked, now) } else { None },
            water: self.water(station),
            figures: self.figures(station, now),
        }
    }
}

fn rank(latest: &Latest) -> (i64, (bool, bool), SeriesId) {
    let observation = &latest.observation;
    (observation.start_us, standing(&point(observation)), latest.series.id)
}

fn published_class(latest: &Latest) -> Option<WaterClass> {
    let number = point(&latest.observation).value?.millionths() / 1_000_000;
    WaterClass::from_number(u8::try_from(number).ok()?)
}

/// One observation as it may be shown.
pub(crate) fn figure(latest: &Latest, expected_interval_s: u32, now: Timestamp) -> Figure {
    let observation = &latest.observation;
    let period = observation.period();
    let value = point(observation).value;
    let interval_s = interval_s(latest.series.averaging, expected_interval_s);
    Figure {
        item: latest.series.item,
        value,
        unit: latest.series.item.unit().to_owned(),
        averaging: latest.series.averaging,
        period,
        flag: match (value, observation.flag.may_be_shown()) {
            (None, true) => DeviceFlag::Missing,
            _ => observation.flag,
        },
        quality: observation.quality,
        provenance: latest.series.provenance,
        received: latest.received,
        freshness: Freshness::of(Some(period.end()), interval_s, now),
    }
}

/// A minute value is expected more often than the station's hourly ones.
pub(crate) fn interval_s(averaging: Averaging, expected_interval_s: u32) -> u32 {
    match averaging {
        Averaging::Minute => expected_interval_s.min(600),
        Averaging::Day => expected_interval_s.max(86_400),
        _ => expected_interval_s,
    }
}

/// Hours back in which an index still counts as the newest, when later ones are incomplete.
const NEWEST_WITHIN: usize = 3;

/// The newest hour with an index among the last [`NEWEST_WITHIN`] with data, else the newest
/// hour with data and the reason why it has none.
pub(crate) fn newest_hourly(
    place: &Place,
    asked: Option<IndexStandard>,
    simulated: bool,
    published: Option<(Timestamp, u16)>,
) -> Option<AirIndex> {
    let hours =
        || (0..place.grid.len).rev().filter(|&hour| place.has_data(hour)).take(NEWEST_WITHIN);
    let index = |hour: usize| {
        let period = place.grid.period(hour);
        let of_that_hour = published.filter(|(start, _)| *start == period.start).map(|(_, n)| n);
        let subject = Subject {
            report: Report::Hourly,
            period,
            standard: asked,
            simulated,
            published: of_that_hour,
        };
        let standard = super::air::ruler(asked, period);
        super::air::index(subject, &place.hourly(hour, standard))
    };
    let found: Vec<AirIndex> = hours().map(index).collect();
    found.iter().find(|index| index.value.is_some()).or(found.first()).cloned()
}

/// The index of the newest whole day with data on the grid.
pub(crate) fn newest_daily(
    place: &Place,
    asked: Option<IndexStandard>,
    simulated: bool,
) -> Option<AirIndex> {
    let days: Vec<usize> = place.days().collect();
    let first =
        *days.iter().rev().find(|&&first| (first..first + 24).any(|h| place.has_data(h)))?;
    let period = Period::day(place.grid.period(first).beijing_day());
    let subject =
        Subject { report: Report::Daily, period, standard: asked, simulated, published: None };
    Some(super::air::index(subject, &place.daily(first, super::air::ruler(asked, period))))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use domain::{QcFlags, Quantity};
    use store::{Options, Series, Store};

    use super::*;

    fn observation(hour: i64, value: Option<i32>, flag: DeviceFlag) -> Observation {
        Observation {
            start_us: hour * 3_600_000_000,
            length_s: 3_600,
            value: value.map(Quantity::from_integer),
            flag,
            quality: QcFlags::NONE,
            revision: 0,
        }
    }

    /// Two series of one item as the store knows them, the older first.
    async fn two_senders() -> [Arc<Series>; 2] {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(Options::at(folder.path().join("a.sqlite"))).await.unwrap();
        let row = store::StationRow { code: "S".into(), kind: "air".into(), body: "{}".into() };
        store.sync_stations(vec![row]).await.unwrap();
        for source in ["a", "b"] {
            let reading = domain::Reading {
                station: "S".into(),
                item: Item::Pm25,
                averaging: Averaging::Hour,
                period: Period::hour(Timestamp::UNIX_EPOCH),
                value: Some(Quantity::from_integer(1)),
                flag: DeviceFlag::Normal,
                quality: QcFlags::NONE,
                provenance: Provenance::Measured,
            };
            let delivery = store::NewDelivery {
                feed: "http".into(),
                source: source.into(),
                provenance: Provenance::Measured,
                received: Timestamp::UNIX_EPOCH,
                raw: source.into(),
                readings: vec![reading],
            };
            let nothing = |_: &[store::Change], _: &store::View<'_>| Ok(store::Derived::default());
            store.record(vec![delivery], Timestamp::UNIX_EPOCH, nothing).await.unwrap();
        }
        let mut known = store.series_list("S").await.unwrap();
        known.sort_by_key(|series| series.id);
        known.try_into().unwrap()
    }

    #[tokio::test]
    async fn a_gap_of_one_sender_does_not_hide_the_others_value() {
        let [old, new] = two_senders().await;
        let of =
            |series: &Arc<Series>, observations| OfSeries { series: series.clone(), observations };
        let observed = vec![
            of(
                &old,
                vec![
                    observation(0, Some(7), DeviceFlag::Normal),
                    observation(1, Some(7), DeviceFlag::Normal),
                ],
            ),
            of(
                &new,
                vec![
                    observation(0, None, DeviceFlag::Fault),
                    observation(1, Some(9), DeviceFlag::Normal),
                ],
            ),
        ];
        let values: Vec<_> =
            merged(&observed, Item::Pm25, Averaging::Hour).iter().map(|p| p.value).collect();
        assert_eq!(values, [7, 9].map(|value| Some(Quantity::from_integer(value))));
    }

    #[tokio::test]
    async fn hours_that_were_not_sent_are_made_of_minutes() {
        let [hourly, other] = two_senders().await;
        let minutely = Arc::new(Series { averaging: Averaging::Minute, ..(*other).clone() });
        let minute = |place: i64| Observation {
            start_us: 3_600_000_000 + place * 60_000_000,
            length_s: 60,
            ..observation(0, Some(9), DeviceFlag::Normal)
        };
        let observed = vec![
            OfSeries {
                series: hourly,
                observations: vec![observation(0, Some(7), DeviceFlag::Normal)],
            },
            OfSeries { series: minutely, observations: (0..110).map(minute).collect() },
        ];
        let range = |to| Range { from: Timestamp::UNIX_EPOCH, to: instant(to) };
        let values = |to| -> Vec<_> {
            let hours = laid(&observed, Item::Pm25, range(to));
            hours.iter().map(|hour| hour.and_then(|hour| hour.value)).collect()
        };
        let [seven, nine] = [7, 9].map(|value| Some(Quantity::from_integer(value)));
        assert_eq!(values(10_800), [seven, nine, nine], "50 of 60 minutes are an hour");
        assert_eq!(values(10_000), [seven, nine, None], "the third is not over");
        let needed = lacking(&observed, &[Item::Pm25, Item::No2], range(10_800));
        let first = Range { from: instant(3_600), to: instant(10_800) };
        assert_eq!(needed, [(vec![Item::No2], range(10_800)), (vec![Item::Pm25], first)]);
    }

    #[tokio::test]
    async fn a_value_marked_as_a_fault_is_a_gap() {
        let [series, _] = two_senders().await;
        for flag in [DeviceFlag::Fault, DeviceFlag::Calibration, DeviceFlag::Maintenance] {
            let latest = Latest {
                series: series.clone(),
                observation: observation(0, Some(985), flag),
                received: Timestamp::UNIX_EPOCH,
            };
            let shown = figure(&latest, 3_600, Timestamp::UNIX_EPOCH);
            assert_eq!((shown.value, shown.flag), (None, flag));
        }
    }
}
