//! Addresses of departments that want to be told.

use jiff::Timestamp;
use rusqlite::{Row, params};

use crate::{
    NewAudit, Store, StoreError, View, audit,
    time::{some_timestamp, timestamp},
};

/// An address to be told.
#[derive(Clone, PartialEq, Eq)]
pub struct NewWebhook {
    /// Key of the department; `None`: reports of every department.
    pub department: Option<String>,
    /// The address.
    pub url: String,
    /// What deliveries are signed with, as the server sealed it.
    pub secret: Vec<u8>,
    /// Keys of the events it is told of, as a JSON array; empty: all.
    pub kinds: String,
}

/// An address that is or was told.
#[derive(Clone, PartialEq, Eq)]
pub struct Webhook {
    /// Its number.
    pub id: i64,
    /// What was asked for.
    pub hook: NewWebhook,
    /// False when it is no longer told.
    pub active: bool,
    /// When it was added.
    pub created: Timestamp,
    /// When it was last told, or tried to be.
    pub last_try: Option<Timestamp>,
    /// What went wrong then.
    pub last_error: Option<String>,
    /// Failures in a row.
    pub failures: u32,
}

impl Webhook {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        let hook = NewWebhook {
            department: row.get("department")?,
            url: row.get("url")?,
            secret: row.get("secret")?,
            kinds: row.get("kinds")?,
        };
        Ok(Self {
            id: row.get("id")?,
            hook,
            active: row.get("active")?,
            created: timestamp(row.get("created_us")?),
            last_try: some_timestamp(row.get("last_try_us")?),
            last_error: row.get("last_error")?,
            failures: row.get("failures")?,
        })
    }
}

impl View<'_> {
    /// Every address ever added, in the order they were.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn webhooks(&self) -> Result<Vec<Webhook>, StoreError> {
        let mut statement = self.db.prepare_cached("select * from webhook order by id")?;
        Ok(statement.query_map([], Webhook::from_row)?.collect::<Result<_, _>>()?)
    }
}

impl Store {
    /// Adds an address and writes down who did; answers its number.
    ///
    /// # Errors
    ///
    /// When the database cannot be written.
    pub async fn add_webhook(&self, hook: NewWebhook, entry: NewAudit) -> Result<i64, StoreError> {
        self.write(1, move |side| {
            side.db.execute(
                "insert into webhook (department, url, secret, kinds, created_us)
                 values (?1, ?2, ?3, ?4, ?5)",
                params![
                    hook.department,
                    hook.url,
                    hook.secret,
                    hook.kinds,
                    entry.at.as_microsecond()
                ],
            )?;
            let id = side.db.last_insert_rowid();
            audit::append(&side.db, &[entry])?;
            Ok(id)
        })
        .await
    }

    /// Every address ever added, in the order they were.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn webhooks(&self) -> Result<Vec<Webhook>, StoreError> {
        self.read(|view| view.webhooks()).await
    }

    /// Tells an address again, or no longer, and writes down who said so; false if there is none
    /// of that number.
    ///
    /// # Errors
    ///
    /// When the database cannot be written.
    pub async fn set_webhook_active(
        &self,
        id: i64,
        active: bool,
        entry: NewAudit,
    ) -> Result<bool, StoreError> {
        self.write(1, move |side| {
            let found = side.db.execute(
                "update webhook set active = ?2, failures = 0 where id = ?1",
                params![id, active],
            )?;
            if found > 0 {
                audit::append(&side.db, &[entry])?;
            }
            Ok(found > 0)
        })
        .await
    }

    /// Notes how telling an address went.
    ///
    /// # Errors
    ///
    /// When the database cannot be written.
    pub async fn webhook_tried(
        &self,
        id: i64,
        at: Timestamp,
        error: Option<String>,
    ) -> Result<(), StoreError> {
        self.write(1, move |side| {
            side.db
                .prepare_cached(
                    "update webhook set last_try_us = ?2, last_error = ?3,
                         failures = iif(?3 is null, 0, failures + 1) where id = ?1",
                )?
                .execute(params![id, at.as_microsecond(), error])?;
            Ok(())
        })
        .await
    }
}
