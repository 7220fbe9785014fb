//! The newest period of every series.

use std::sync::Arc;

use jiff::Timestamp;
use rusqlite::{Connection, Row, params};

use crate::{Observation, Series, SeriesId, Store, StoreError, View, time::timestamp};

/// The newest observation of one series, with or without a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Latest {
    /// Whose.
    pub series: Arc<Series>,
    /// What and when.
    pub observation: Observation,
    /// When its bytes arrived.
    pub received: Timestamp,
}

const SELECT: &str = "select l.series, l.period_start_us, l.length_s, l.value_micro, \
                      l.device_flag, l.qc, l.revision, l.received_us from latest l";

/// Takes `observation` if no later period is there yet.
pub(crate) fn advance(
    db: &Connection,
    series: SeriesId,
    observation: &Observation,
    received_us: i64,
) -> Result<(), StoreError> {
    db.prepare_cached(
        "insert into latest (series, period_start_us, length_s, value_micro, device_flag, qc,
                             revision, received_us)
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
         on conflict (series) do update set
             period_start_us = excluded.period_start_us, length_s = excluded.length_s,
             value_micro = excluded.value_micro, device_flag = excluded.device_flag,
             qc = excluded.qc, revision = excluded.revision, received_us = excluded.received_us
         where excluded.period_start_us >= latest.period_start_us",
    )?
    .execute(params![
        series.get(),
        observation.start_us,
        observation.length_s,
        observation.value.map(domain::Quantity::millionths),
        observation.flag.code(),
        observation.quality.bits(),
        observation.revision,
        received_us,
    ])?;
    Ok(())
}

impl View<'_> {
    /// The newest observation of every series, by series number.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn latest_all(&self) -> Result<Vec<Latest>, StoreError> {
        self.collect_latest(SELECT, [])
    }

    /// The newest observation of every series of one station.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn latest_of(&self, station: &str) -> Result<Vec<Latest>, StoreError> {
        let sql = format!("{SELECT} join series s on s.id = l.series where s.station = ?1");
        self.collect_latest(&sql, [station])
    }

    fn collect_latest(
        &self,
        sql: &str,
        params: impl rusqlite::Params,
    ) -> Result<Vec<Latest>, StoreError> {
        let mut statement = self.db.prepare_cached(sql)?;
        let mut rows = statement.query(params)?;
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            all.push(self.latest_from(row)?);
        }
        Ok(all)
    }

    fn latest_from(&self, row: &Row<'_>) -> Result<Latest, StoreError> {
        Ok(Latest {
            series: self.series(SeriesId::from_row(row, 0)?)?,
            observation: Observation::from_row(row, 1)?,
            received: timestamp(row.get(7)?),
        })
    }
}

impl Store {
    /// The newest observation of every series, by series number.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn latest_all(&self) -> Result<Vec<Latest>, StoreError> {
        self.read(|view| view.latest_all()).await
    }

    /// The newest observation of every series of one station.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn latest_of(&self, station: &str) -> Result<Vec<Latest>, StoreError> {
        let station = station.to_owned();
        self.read(move |view| view.latest_of(&station)).await
    }
}
