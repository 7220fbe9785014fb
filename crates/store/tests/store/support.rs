use domain::{Averaging, DeviceFlag, Item, Period, Provenance, QcFlags, Quantity, Reading};
use jiff::{SignedDuration, Timestamp};
use store::{
    Derived, NewDelivery, NewEvent, Observation, Options, Outcome, Recorded, SeriesId, StationRow,
    Store, StoreError,
};
use tempfile::TempDir;

/// 2026-11-23 14:30 in Beijing.
pub(crate) fn now() -> Timestamp {
    at("2026-11-23T06:30:00Z")
}

pub(crate) fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// The start of the hour that ends `hours` full hours before 14:00.
pub(crate) fn hour_ago(hours: i64) -> Timestamp {
    at("2026-11-23T05:00:00Z") - SignedDuration::from_hours(hours)
}

/// A store in a folder of its own, which goes when it does.
pub(crate) struct Scene {
    pub(crate) store: Store,
    pub(crate) folder: TempDir,
}

impl Scene {
    pub(crate) async fn open() -> Self {
        let folder = TempDir::new().unwrap();
        let store = open(Options::at(folder.path().join("portal.sqlite"))).await;
        Self { store, folder }
    }

    pub(crate) fn path(&self) -> std::path::PathBuf {
        self.folder.path().join("portal.sqlite")
    }

    pub(crate) async fn record(&self, readings: Vec<Reading>) -> Outcome {
        record(&self.store, delivery(readings)).await.unwrap().outcomes.remove(0)
    }

    pub(crate) async fn series(&self) -> SeriesId {
        self.store.series_list("1424A").await.unwrap()[0].id
    }

    pub(crate) async fn observations(&self) -> Vec<Observation> {
        let series = self.series().await;
        let (from, to) = (at("2020-01-01T00:00:00Z"), at("2030-01-01T00:00:00Z"));
        self.store.observations(series, from, to).await.unwrap()
    }

    /// Values by start, whole units; the readable half of [`Scene::observations`].
    pub(crate) async fn values(&self) -> Vec<(Timestamp, Option<i64>)> {
        let whole = |q: Quantity| q.millionths() / 1_000_000;
        let all = self.observations().await;
        all.iter().map(|o| (o.period().start, o.value.map(whole))).collect()
    }
}

pub(crate) async fn open(options: Options) -> Store {
    let store = Store::open(options).await.unwrap();
    let station = |code: &str, kind: &str| StationRow {
        code: code.to_owned(),
        kind: kind.to_owned(),
        body: "{}".to_owned(),
    };
    let stations = vec![station("1424A", "air"), station("A500107_0001", "section")];
    store.sync_stations(stations).await.unwrap();
    store
}

pub(crate) async fn record(store: &Store, delivery: NewDelivery) -> Result<Recorded, StoreError> {
    record_at(store, delivery, now()).await
}

pub(crate) async fn record_at(
    store: &Store,
    delivery: NewDelivery,
    now: Timestamp,
) -> Result<Recorded, StoreError> {
    store.record(vec![delivery], now, |_, _| Ok(Derived::default())).await
}

/// Events that belong to no observation.
pub(crate) async fn append_events(
    store: &Store,
    events: Vec<NewEvent>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let derived = Derived { events, ..Derived::default() };
    store.record(Vec::new(), now, |_, _| Ok(derived)).await.map(|_| ())
}

pub(crate) fn delivery(readings: Vec<Reading>) -> NewDelivery {
    NewDelivery {
        feed: "hj212".to_owned(),
        source: "hj212:88888880000001".to_owned(),
        provenance: Provenance::Measured,
        received: now(),
        raw: b"##0101QN=20261123143000001;ST=22;CN=2061\r\n".to_vec(),
        readings,
    }
}

/// An hourly mean of PM2.5.
pub(crate) fn pm25(start: Timestamp, value: i32) -> Reading {
    Reading {
        station: "1424A".to_owned(),
        item: Item::Pm25,
        averaging: Averaging::Hour,
        period: Period::hour(start),
        value: Some(Quantity::from_integer(value)),
        flag: DeviceFlag::Normal,
        quality: QcFlags::NONE,
        provenance: Provenance::Measured,
    }
}

/// The same hour without a value or a reason.
pub(crate) fn silent(start: Timestamp) -> Reading {
    Reading { value: None, flag: DeviceFlag::Missing, ..pm25(start, 0) }
}
