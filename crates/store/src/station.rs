//! Stations, as a profile or a feed's list names them.

use rusqlite::{OptionalExtension, Row, params};

use crate::{Store, StoreError, View};

/// One station. Readings of codes that are not here are refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StationRow {
    /// The publisher's code, e.g. `1424A`.
    pub code: String,
    /// `air`, `section`, …: the profile's word.
    pub kind: String,
    /// Names, place, owner and the rest, as JSON.
    pub body: String,
}

impl StationRow {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self { code: row.get(0)?, kind: row.get(1)?, body: row.get(2)? })
    }
}

impl View<'_> {
    /// Every active station, by code.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn stations(&self) -> Result<Vec<StationRow>, StoreError> {
        let mut statement = self.db.prepare_cached(
            "select code, kind, body from station where active = 1 order by code",
        )?;
        Ok(statement.query_map([], StationRow::from_row)?.collect::<Result<_, _>>()?)
    }

    /// The station with that code, also when it is no longer active.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn station(&self, code: &str) -> Result<Option<StationRow>, StoreError> {
        let mut statement =
            self.db.prepare_cached("select code, kind, body from station where code = ?1")?;
        Ok(statement.query_row([code], StationRow::from_row).optional()?)
    }
}

impl Store {
    /// Makes `stations` the active ones. One that is missing keeps its history but takes no more
    /// readings.
    ///
    /// # Errors
    ///
    /// When the database cannot be written, or a body is not JSON.
    pub async fn sync_stations(&self, stations: Vec<StationRow>) -> Result<(), StoreError> {
        self.write(stations.len(), move |side| {
            side.db.execute("update station set active = 0", [])?;
            for station in &stations {
                enter(&side.db, station)?;
            }
            side.known.learn_stations(&side.db)
        })
        .await
    }

    /// Adds stations to the active ones, or changes them: a feed has met new ones.
    ///
    /// # Errors
    ///
    /// When the database cannot be written, or a body is not JSON.
    pub async fn add_stations(&self, stations: Vec<StationRow>) -> Result<(), StoreError> {
        self.write(stations.len(), move |side| {
            for station in &stations {
                enter(&side.db, station)?;
            }
            side.known.learn_stations(&side.db)
        })
        .await
    }

    /// Every active station, by code.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn stations(&self) -> Result<Vec<StationRow>, StoreError> {
        self.read(|view| view.stations()).await
    }

    /// The station with that code, also when it is no longer active.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn station(&self, code: &str) -> Result<Option<StationRow>, StoreError> {
        let code = code.to_owned();
        self.read(move |view| view.station(&code)).await
    }
}

fn enter(db: &rusqlite::Connection, station: &StationRow) -> Result<(), StoreError> {
    db.prepare_cached(
        "insert into station (code, kind, body, active) values (?1, ?2, ?3, 1)
         on conflict (code) do update set kind = excluded.kind, body = excluded.body, active = 1",
    )?
    .execute(params![station.code, station.kind, station.body])?;
    Ok(())
}
