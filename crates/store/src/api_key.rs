//! Keys of other programs: their hashes and what they open.

use jiff::Timestamp;
use rusqlite::{OptionalExtension, Row, params};

use crate::{Store, StoreError, View, time::timestamp, words::words};

words! {
    /// What a key opens.
    pub enum KeyScope {
        /// Pushing readings.
        Readings = "readings",
        /// Sending reports as an Open311 client.
        Open311 = "open311",
    }
}

/// A key to be added. The key itself never comes near the store.
#[derive(Clone, PartialEq, Eq)]
pub struct NewApiKey {
    /// What the operator calls it.
    pub name: String,
    /// SHA-256 of the key.
    pub hash: [u8; 32],
    /// What it opens.
    pub scope: KeyScope,
    /// Codes of the stations it may write; empty: every station.
    pub stations: Vec<String>,
}

/// A key in use or revoked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiKey {
    /// Its number.
    pub id: i64,
    /// What the operator calls it.
    pub name: String,
    /// What it opens.
    pub scope: KeyScope,
    /// Codes of the stations it may write; empty: every station.
    pub stations: Vec<String>,
    /// When it was added.
    pub created: Timestamp,
    /// When it was revoked; `None` while in use.
    pub revoked: Option<Timestamp>,
}

impl ApiKey {
    /// True when readings of `station` may come with this key.
    pub fn may_write(&self, station: &str) -> bool {
        self.revoked.is_none()
            && self.scope == KeyScope::Readings
            && (self.stations.is_empty() || self.stations.iter().any(|code| code == station))
    }

    fn from_row(row: &Row<'_>) -> rusqlite::Result<(Self, String)> {
        let key = Self {
            id: row.get(0)?,
            name: row.get(1)?,
            scope: row.get(5)?,
            stations: Vec::new(),
            created: timestamp(row.get(3)?),
            revoked: row.get::<_, Option<i64>>(4)?.map(timestamp),
        };
        Ok((key, row.get(2)?))
    }

    fn with_stations((mut key, json): (Self, String)) -> Result<Self, StoreError> {
        key.stations = serde_json::from_str(&json).map_err(|error| {
            StoreError::Damaged(format!("stations of API key \"{}\": {error}", key.name))
        })?;
        Ok(key)
    }
}

const SELECT: &str = "select id, name, stations, created_us, revoked_us, scope from api_key";

impl Store {
    /// Adds a key.
    ///
    /// # Errors
    ///
    /// [`StoreError::NameInUse`] while another key of that name is in use.
    pub async fn add_api_key(&self, key: NewApiKey, now: Timestamp) -> Result<(), StoreError> {
        self.write(1, move |side| {
            let added = side.db.execute(
                "insert into api_key (name, hash, stations, created_us, scope)
                 values (?1, ?2, ?3, ?4, ?5)
                 on conflict (name) where revoked_us is null do nothing",
                params![
                    key.name,
                    key.hash,
                    serde_json::Value::from(key.stations).to_string(),
                    now.as_microsecond(),
                    key.scope
                ],
            )?;
            if added == 0 { Err(StoreError::NameInUse(key.name)) } else { Ok(()) }
        })
        .await
    }

    /// The key in use whose SHA-256 is `hash`; `None` if there is none, or it was revoked.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn api_key(&self, hash: [u8; 32]) -> Result<Option<ApiKey>, StoreError> {
        self.read(move |view| {
            let sql = format!("{SELECT} where hash = ?1 and revoked_us is null");
            let mut statement = view.db.prepare_cached(&sql)?;
            let found = statement.query_row([hash], ApiKey::from_row).optional()?;
            found.map(ApiKey::with_stations).transpose()
        })
        .await
    }

    /// Every key ever added, in the order they were.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn api_keys(&self) -> Result<Vec<ApiKey>, StoreError> {
        self.read(|view: &View<'_>| {
            let mut statement = view.db.prepare_cached(&format!("{SELECT} order by id"))?;
            let keys = statement.query_map([], ApiKey::from_row)?.collect::<Result<Vec<_>, _>>()?;
            keys.into_iter().map(ApiKey::with_stations).collect()
        })
        .await
    }

    /// Revokes the key of that name; false if none of that name is in use.
    ///
    /// # Errors
    ///
    /// When the database cannot be written.
    pub async fn revoke_api_key(&self, name: &str, now: Timestamp) -> Result<bool, StoreError> {
        let name = name.to_owned();
        self.write(1, move |side| {
            let revoked = side.db.execute(
                "update api_key set revoked_us = ?2 where name = ?1 and revoked_us is null",
                params![name, now.as_microsecond()],
            )?;
            Ok(revoked > 0)
        })
        .await
    }
}
