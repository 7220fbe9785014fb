//! What the writer remembers of the tables, so that a reading costs no query.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use domain::{Averaging, Item, Provenance};
use rusqlite::Connection;

use crate::{
    SeriesId, StoreError,
    series::{Catalogue, Series},
};

type OfStation = HashMap<(Item, Averaging, Provenance), Arc<Series>>;

/// Valid for one transaction after another until one fails or another process writes.
#[derive(Default)]
pub(crate) struct Known {
    /// SQLite's count of other connections' commits, as last seen.
    data_version: Option<i64>,
    /// Codes that readings may name.
    stations: HashSet<String>,
    /// By source, then station.
    series: HashMap<String, HashMap<String, OfStation>>,
    /// By number, for what is derived inside a transaction.
    pub(crate) catalogue: Catalogue,
    /// The start of every series' newest period.
    pub(crate) newest: HashMap<SeriesId, i64>,
    /// Where blocks end and the hot table begins; `None` before the first observation.
    pub(crate) sealed_until: Option<i64>,
}

impl Known {
    /// Nothing is known any more; [`Known::refresh`] reads it again.
    pub(crate) fn forget(&mut self) {
        *self = Self::default();
    }

    /// Reads everything again if anybody else has written; called inside a transaction.
    pub(crate) fn refresh(&mut self, db: &Connection) -> Result<(), StoreError> {
        let version =
            db.prepare_cached("pragma data_version")?.query_row([], |row| row.get::<_, i64>(0))?;
        if self.data_version == Some(version) {
            return Ok(());
        }
        self.forget();
        self.learn_stations(db)?;
        for series in Catalogue::load_all(db)? {
            self.learn(Arc::new(series));
        }
        let mut newest = db.prepare("select series, period_start_us from latest")?;
        let rows = newest.query_map([], |row| Ok((SeriesId::from_row(row, 0)?, row.get(1)?)))?;
        self.newest = rows.collect::<Result<_, _>>()?;
        self.sealed_until = crate::sealed::sealed_until(db)?;
        self.data_version = Some(version);
        Ok(())
    }

    /// Reads the codes of the active stations again.
    pub(crate) fn learn_stations(&mut self, db: &Connection) -> Result<(), StoreError> {
        let mut codes = db.prepare("select code from station where active = 1")?;
        self.stations = codes.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        Ok(())
    }

    /// True when readings may name this station.
    pub(crate) fn has_station(&self, code: &str) -> bool {
        self.stations.contains(code)
    }

    /// The series of that identity, entered into the table if it is new.
    pub(crate) fn series(
        &mut self,
        db: &Connection,
        source: &str,
        station: &str,
        kind: (Item, Averaging, Provenance),
    ) -> Result<Arc<Series>, StoreError> {
        let found = self.series.get(source).and_then(|of| of.get(station)?.get(&kind));
        if let Some(series) = found {
            return Ok(Arc::clone(series));
        }
        let series = Arc::new(Series::enter(db, source, station, kind)?);
        self.learn(Arc::clone(&series));
        Ok(series)
    }

    fn learn(&mut self, series: Arc<Series>) {
        self.catalogue.add(Arc::clone(&series));
        self.series
            .entry(series.source.clone())
            .or_default()
            .entry(series.station.clone())
            .or_default()
            .insert((series.item, series.averaging, series.provenance), series);
    }
}
