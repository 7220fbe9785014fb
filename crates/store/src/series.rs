//! Series: what a value's identity is, less its time.

use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
};

use domain::{Averaging, Item, Provenance};
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::{Store, StoreError, View};

/// The number of a series; never reused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SeriesId(i64);

impl SeriesId {
    /// The number in the database.
    pub const fn get(self) -> i64 {
        self.0
    }

    pub(crate) fn from_row(row: &Row<'_>, column: usize) -> rusqlite::Result<Self> {
        row.get(column).map(Self)
    }
}

/// Values of one item at one station, averaged in one way, from one sender.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Series {
    /// Its number.
    pub id: SeriesId,
    /// The station's code.
    pub station: String,
    /// What is measured; its unit is `item.unit()`.
    pub item: Item,
    /// How it is averaged.
    pub averaging: Averaging,
    /// Tells apart senders of the same item, e.g. `hj212:<MN>`.
    pub source: String,
    /// Of the feed it came through.
    pub provenance: Provenance,
}

const SELECT: &str = "select id, station, item, averaging, source, provenance from series";

impl Series {
    pub(crate) fn enter(
        db: &Connection,
        source: &str,
        station: &str,
        (item, averaging, provenance): (Item, Averaging, Provenance),
    ) -> Result<Self, StoreError> {
        let identity = params![station, item.key(), averaging.key(), source, provenance.code()];
        db.prepare_cached(
            "insert into series (station, item, averaging, source, provenance)
             values (?1, ?2, ?3, ?4, ?5) on conflict do nothing",
        )?
        .execute(identity)?;
        let id = db
            .prepare_cached(
                "select id from series where station = ?1 and item = ?2 and averaging = ?3
                 and source = ?4 and provenance = ?5",
            )?
            .query_row(identity, |row| SeriesId::from_row(row, 0))?;
        let (station, source) = (station.to_owned(), source.to_owned());
        Ok(Self { id, station, item, averaging, source, provenance })
    }

    fn from_row(row: &Row<'_>) -> Result<Self, StoreError> {
        let id = SeriesId::from_row(row, 0)?;
        let (item, averaging): (String, String) = (row.get(2)?, row.get(3)?);
        let unknown =
            |what: &str| StoreError::Damaged(format!("series {} has an unknown {what}", id.get()));
        Ok(Self {
            id,
            station: row.get(1)?,
            item: Item::from_key(&item).ok_or_else(|| unknown("item"))?,
            averaging: Averaging::from_key(&averaging).ok_or_else(|| unknown("averaging"))?,
            source: row.get(4)?,
            provenance: Provenance::from_code(row.get(5)?).ok_or_else(|| unknown("provenance"))?,
        })
    }
}

/// The series met so far, by number. A series never changes, so nothing here grows stale.
#[derive(Debug, Default)]
pub(crate) struct Catalogue {
    by_id: RwLock<HashMap<SeriesId, Arc<Series>>>,
}

impl Catalogue {
    pub(crate) fn add(&self, series: Arc<Series>) {
        self.by_id.write().unwrap_or_else(PoisonError::into_inner).insert(series.id, series);
    }

    pub(crate) fn load_all(db: &Connection) -> Result<Vec<Series>, StoreError> {
        collect(db, SELECT, [])
    }

    fn known(&self, id: SeriesId) -> Option<Arc<Series>> {
        self.by_id.read().unwrap_or_else(PoisonError::into_inner).get(&id).cloned()
    }
}

fn collect(
    db: &Connection,
    sql: &str,
    params: impl rusqlite::Params,
) -> Result<Vec<Series>, StoreError> {
    let mut statement = db.prepare_cached(sql)?;
    let mut rows = statement.query(params)?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        all.push(Series::from_row(row)?);
    }
    Ok(all)
}

impl View<'_> {
    /// The series with that number.
    ///
    /// # Errors
    ///
    /// [`StoreError::Damaged`] if there is none: numbers come from here and are never reused.
    pub fn series(&self, id: SeriesId) -> Result<Arc<Series>, StoreError> {
        if let Some(series) = self.catalogue.known(id) {
            return Ok(series);
        }
        let mut statement = self.db.prepare_cached(&format!("{SELECT} where id = ?1"))?;
        let series = statement
            .query_row([id.0], |row| Ok(Series::from_row(row)))
            .optional()?
            .unwrap_or_else(|| Err(StoreError::Damaged(format!("there is no series {}", id.0))))?;
        let series = Arc::new(series);
        self.catalogue.add(Arc::clone(&series));
        Ok(series)
    }

    /// Every series of a station, by item and averaging; empty for an unknown station.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn series_list(&self, station: &str) -> Result<Vec<Arc<Series>>, StoreError> {
        let sql = format!("{SELECT} where station = ?1 order by item, averaging, id");
        let all = collect(self.db, &sql, [station])?;
        Ok(all.into_iter().map(Arc::new).collect())
    }
}

impl Store {
    /// Every series of a station, by item and averaging; empty for an unknown station.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn series_list(&self, station: &str) -> Result<Vec<Arc<Series>>, StoreError> {
        let station = station.to_owned();
        self.read(move |view| view.series_list(&station)).await
    }
}
