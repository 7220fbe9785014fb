//! How to reach a reporter who said so: sealed bytes that nobody here can open.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

use crate::{NewAudit, Store, StoreError, View, audit, time::timestamp};

/// A contact, sealed to a key that this server does not hold.
#[derive(Clone, PartialEq, Eq)]
pub struct SealedContact {
    /// The public key it was sealed to.
    pub recipient: String,
    /// The sealed bytes.
    pub sealed: Vec<u8>,
    /// When it was given.
    pub given: Timestamp,
}

impl std::fmt::Debug for SealedContact {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SealedContact").field("given", &self.given).finish_non_exhaustive()
    }
}

/// Keeps a contact; a later one takes the place of an earlier one, and of its tombstone.
pub(super) fn keep(
    db: &Connection,
    report: &str,
    contact: &SealedContact,
) -> Result<(), StoreError> {
    db.prepare_cached(
        "insert into reporter_contact (report, recipient, sealed, given_us)
         values (?1, ?2, ?3, ?4)
         on conflict (report) do update set recipient = excluded.recipient,
             sealed = excluded.sealed, given_us = excluded.given_us, deleted_us = null",
    )?
    .execute(params![
        report,
        contact.recipient,
        contact.sealed,
        contact.given.as_microsecond()
    ])?;
    Ok(())
}

impl View<'_> {
    /// Whether there is a contact to unseal.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn has_contact(&self, report: &str) -> Result<bool, StoreError> {
        let mut statement = self.db.prepare_cached(
            "select exists (select 1 from reporter_contact
                            where report = ?1 and sealed is not null)",
        )?;
        Ok(statement.query_row([report], |row| row.get(0))?)
    }
}

impl Store {
    /// Whether there is a contact to unseal.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn has_contact(&self, report: &str) -> Result<bool, StoreError> {
        let report = report.to_owned();
        self.read(move |view| view.has_contact(&report)).await
    }

    /// Hands the sealed contact out, and writes down who took it: there is no other way to read
    /// one. `None`, and nothing written, if there is none.
    ///
    /// # Errors
    ///
    /// When the database cannot be written; then nothing is handed out.
    pub async fn take_contact(
        &self,
        report: &str,
        entry: NewAudit,
    ) -> Result<Option<SealedContact>, StoreError> {
        let report = report.to_owned();
        self.write(1, move |side| {
            let found = side
                .db
                .prepare_cached(
                    "select recipient, sealed, given_us from reporter_contact
                     where report = ?1 and sealed is not null",
                )?
                .query_row([report], |row| {
                    Ok(SealedContact {
                        recipient: row.get(0)?,
                        sealed: row.get(1)?,
                        given: timestamp(row.get(2)?),
                    })
                })
                .optional()?;
            if found.is_some() {
                audit::append(&side.db, &[entry])?;
            }
            Ok(found)
        })
        .await
    }
}
