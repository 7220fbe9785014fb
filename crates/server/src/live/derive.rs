//! What a commit means for open pages, decided inside its transaction.

use contract::live::StationChange;
use contract::public::StationKind;
use domain::Averaging;
use jiff::{SignedDuration, Timestamp};
use store::{AirIndex, Change, Derived, Latest, NewEvent, StoreError, View};

use super::batch::KIND;
use crate::{
    profile::{Profile, StationProfile},
    views::{
        air::POLLUTANTS,
        station::{StationData, figure, recent_range},
    },
};

/// Older periods change no page that is open now: history being loaded is not news.
const NEWS_FOR: SignedDuration = SignedDuration::from_hours(48);

/// One event per station whose newest figures changed, and its newest index.
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
        let news: Vec<&Change> = of_station
            .filter(|change| change.newest && change.observation.period().start >= since)
            .collect();
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
    let about = |change: &&&Change| POLLUTANTS.contains(&change.series.item);
    let new_hour = news.iter().filter(about).any(|c| c.series.averaging == Averaging::Hour);
    let data = load(station, view, now, new_hour)?;
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
    let index = if new_hour { data.hourly(None, now) } else { None };
    derived.indices.extend(index.as_ref().map(|index| AirIndex {
        station: station.code.clone(),
        averaging: Averaging::Hour,
        start: index.period.start,
        edition: index.standard.key().to_owned(),
        aqi: index.value,
        body: serde_json::to_string(index).unwrap_or_default(),
    }));
    let change = StationChange {
        code: station.code.clone(),
        figures,
        index,
        water: data.water(station),
        status: data.status(station, now),
    };
    let body = serde_json::to_string(&change).unwrap_or_default();
    derived.events.push(NewEvent { kind: KIND.to_owned(), body });
    Ok(())
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
    let recent = if with_hours && station.kind == StationKind::Air {
        let range = recent_range(&latest, now);
        view.observed(&station.code, Averaging::Hour, &POLLUTANTS, range.from, range.to)?
    } else {
        Vec::new()
    };
    Ok(StationData { latest, recent, last_error: None })
}
