//! What a commit means for open pages, decided inside its transaction.

use contract::live::StationChange;
use contract::public::StationKind;
use domain::{Averaging, Item, Period};
use jiff::{SignedDuration, Timestamp};
use store::{Change, Derived, Latest, NewEvent, StoreError, View};

use super::batch::KIND;
use crate::{
    history::grid::{HOUR, Range},
    profile::{Profile, StationProfile},
    views::{
        air::POLLUTANTS,
        station::{FINER, StationData, figure, lacking, recent_range},
    },
};

/// Older periods change no page that is open now: history being loaded is not news.
const NEWS_FOR: SignedDuration = SignedDuration::from_hours(48);

/// One event per station whose newest or recent figures changed.
pub(crate) fn derive(
    profile: &Profile,
    changes: &[Change],
    view: &View<'_>,
    now: Timestamp,
) -> Result<Derived, StoreError> {
    let mut derived = Derived::default();
    let since = now.checked_sub(NEWS_FOR).unwrap_or(Timestamp::MIN);
    for station in &profile.stations {
        let of_station = changes.iter().filter(|change| change.series.station == station.code);
        let news: Vec<&Change> =
            of_station.filter(|change| change.observation.period().start >= since).collect();
        if !news.is_empty() {
            event(station, &news, view, now, &mut derived)?;
        }
    }
    Ok(derived)
}

fn event(
    station: &StationProfile,
    news: &[&Change],
    view: &View<'_>,
    now: Timestamp,
    derived: &mut Derived,
) -> Result<(), StoreError> {
    let with_index = news.iter().any(|change| moves_index(change));
    let data = load(station, view, now, with_index)?;
    let changed = |latest: &&Latest| {
        news.iter().any(|change| {
            change.series.id == latest.series.id
                && change.observation.start_us == latest.observation.start_us
        })
    };
    let in_order = station.items.iter().flat_map(|&item| {
        data.latest.iter().filter(move |latest| latest.series.item == item).filter(changed)
    });
    let figures = in_order.map(|latest| figure(latest, station.expected_interval_s, now)).collect();
    let index = if with_index { data.hourly(None, now) } else { None };
    let change = StationChange {
        code: station.code.clone(),
        figures,
        index,
        water: data.water(station),
        status: data.status(station, now),
        earlier: earlier(news),
    };
    let body = serde_json::to_string(&change).unwrap_or_default();
    derived.events.push(NewEvent { kind: KIND.to_owned(), body });
    Ok(())
}

/// Seconds into an hour in which minutes and instants may have completed the one before.
const AFTER_THE_HOUR_S: i64 = 600;

/// True for a pollutant's hour, and for minutes and instants about the turn of one.
fn moves_index(change: &Change) -> bool {
    let into_hour = change.observation.period().end().as_second().rem_euclid(HOUR);
    POLLUTANTS.contains(&change.series.item)
        && match change.series.averaging {
            Averaging::Hour => true,
            Averaging::Minute | Averaging::Instant => into_hour < AFTER_THE_HOUR_S,
            _ => false,
        }
}

/// The stretch of the changes to periods that are not their series' newest.
fn earlier(news: &[&Change]) -> Option<Period> {
    let periods = || news.iter().filter(|c| !c.newest).map(|c| c.observation.period());
    let start = periods().map(|period| period.start).min()?;
    let end = periods().map(|period| period.end()).max()?;
    let length_s = u32::try_from(end.as_second() - start.as_second()).unwrap_or(u32::MAX);
    Some(Period { start, length_s })
}

/// The station's newest figures as the transaction sees them, and the recent hours where an index
/// is to be made of them.
fn load(
    station: &StationProfile,
    view: &View<'_>,
    now: Timestamp,
    with_hours: bool,
) -> Result<StationData, StoreError> {
    let latest = view.latest_of(&station.code)?;
    let mut recent = Vec::new();
    if with_hours && station.kind == StationKind::Air {
        let range = recent_range(&latest, now);
        let observed = |averaging, items: &[Item], range: Range| {
            view.observed(&station.code, averaging, items, range.from, range.to)
        };
        recent = observed(Averaging::Hour, &POLLUTANTS, range)?;
        for (items, range) in lacking(&recent, &POLLUTANTS, range) {
            for averaging in FINER {
                recent.extend(observed(averaging, &items, range)?);
            }
        }
    }
    Ok(StationData { latest, recent, last_error: None })
}
