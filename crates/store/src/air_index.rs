//! Indices as they were computed, kept so that pages need not compute them again.

use domain::Averaging;
use jiff::Timestamp;
use rusqlite::{Connection, params};

use crate::{Store, StoreError, View, time::timestamp};

/// One computed index. Derived: everything here can be computed again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AirIndex {
    /// The station's code.
    pub station: String,
    /// Hourly or daily.
    pub averaging: Averaging,
    /// Start of the hour or day.
    pub start: Timestamp,
    /// The edition's key.
    pub edition: String,
    /// The index; `None` where none may be given.
    pub aqi: Option<u16>,
    /// Primary pollutants, individual indices, the reason for none: JSON.
    pub body: String,
}

pub(crate) fn keep(db: &Connection, indices: &[AirIndex]) -> Result<(), StoreError> {
    let mut statement = db.prepare_cached(
        "insert into air_index (station, averaging, start_us, edition, aqi, body)
         values (?1, ?2, ?3, ?4, ?5, ?6)
         on conflict do update set aqi = excluded.aqi, body = excluded.body",
    )?;
    for index in indices {
        statement.execute(params![
            index.station,
            index.averaging.key(),
            index.start.as_microsecond(),
            index.edition,
            index.aqi,
            index.body
        ])?;
    }
    Ok(())
}

impl View<'_> {
    /// Kept indices of one station and edition that start in `from..to`, oldest first.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn air_indices(
        &self,
        station: &str,
        averaging: Averaging,
        edition: &str,
        from: Timestamp,
        to: Timestamp,
    ) -> Result<Vec<AirIndex>, StoreError> {
        let mut statement = self.db.prepare_cached(
            "select start_us, aqi, body from air_index
             where station = ?1 and averaging = ?2 and start_us >= ?3 and start_us < ?4
                   and edition = ?5
             order by start_us",
        )?;
        let (from_us, to_us) = (from.as_microsecond(), to.as_microsecond());
        let range = params![station, averaging.key(), from_us, to_us, edition];
        let indices = statement.query_map(range, |row| {
            Ok(AirIndex {
                station: station.to_owned(),
                averaging,
                start: timestamp(row.get(0)?),
                edition: edition.to_owned(),
                aqi: row.get(1)?,
                body: row.get(2)?,
            })
        })?;
        Ok(indices.collect::<Result<_, _>>()?)
    }
}

impl Store {
    /// Kept indices of one station and edition that start in `from..to`, oldest first.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn air_indices(
        &self,
        station: &str,
        averaging: Averaging,
        edition: &str,
        from: Timestamp,
        to: Timestamp,
    ) -> Result<Vec<AirIndex>, StoreError> {
        let (station, edition) = (station.to_owned(), edition.to_owned());
        self.read(move |view| view.air_indices(&station, averaging, &edition, from, to)).await
    }
}
