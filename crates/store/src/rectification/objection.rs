//! What readers object during publicity: the text and the sealed contact beside the ledger, until their time is over.

use domain::{
    canonical::{Hash, sha256},
    rectification::Body,
};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{ItemChange, NewItemEvent};
use crate::{
    NewAudit, SealedContact, Store, StoreError, View, audit,
    time::{before_us, some_timestamp, timestamp},
};

/// An objection before it is stored; its number and hash are the event's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewObjection {
    /// Random; deleted with the text, so that a short one cannot be guessed from its hash.
    pub salt: [u8; 16],
    /// In the reader's words.
    pub text: String,
    /// A contact, sealed to a key that this server does not hold.
    pub contact: Option<SealedContact>,
}

impl NewObjection {
    /// What the ledger keeps of it: SHA-256 over salt and text.
    pub fn hash(&self) -> Hash {
        sha256(&[&self.salt, self.text.as_bytes()].concat())
    }
}

/// An objection, for officers' eyes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Objection {
    /// The number.
    pub item: String,
    /// 1, 2, 3… within the issue.
    pub number: u32,
    /// When.
    pub at: Timestamp,
    /// In the reader's words; `None` once deleted.
    pub text: Option<String>,
    /// Whether a sealed contact is kept.
    pub has_contact: bool,
    /// Whether it was upheld; `None` before it is answered.
    pub upheld: Option<bool>,
    /// When it was answered.
    pub answered: Option<Timestamp>,
}

impl Objection {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            item: row.get("item")?,
            number: row.get("number")?,
            at: timestamp(row.get("at_us")?),
            text: row.get("text")?,
            has_contact: row.get("has_contact")?,
            upheld: row.get("upheld")?,
            answered: some_timestamp(row.get("answered_us")?),
        })
    }
}

const COLUMNS: &str =
    "item, number, at_us, text, sealed is not null as has_contact, upheld, answered_us";

/// Stores and answers what the change's events say of objections.
pub(super) fn settle(db: &Connection, item: &str, change: &ItemChange) -> Result<(), StoreError> {
    for new in &change.events {
        if let Body::Objected { objection, sha256: named } = &new.body {
            let told = change.objection.as_ref().ok_or_else(|| {
                StoreError::Damaged(format!(
                    "objection {objection} of {item} came without its text"
                ))
            })?;
            keep(db, item, *objection, named, told, new.at)?;
        }
        note(db, item, new)?;
    }
    Ok(())
}

fn keep(
    db: &Connection,
    item: &str,
    number: u32,
    named: &str,
    told: &NewObjection,
    at: Timestamp,
) -> Result<(), StoreError> {
    let hash = told.hash();
    if domain::canonical::hex(&hash) != named {
        return Err(StoreError::Damaged(format!("objection {number} of {item} has another hash")));
    }
    let contact = told.contact.as_ref();
    db.prepare_cached(
        "insert into rectification_objection (item, number, at_us, text, salt, sha256, recipient, sealed)
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?
    .execute(params![
        item,
        number,
        at.as_microsecond(),
        told.text,
        told.salt,
        hash,
        contact.map(|contact| &contact.recipient),
        contact.map(|contact| &contact.sealed)
    ])?;
    Ok(())
}

/// Notes an answer beside the objection.
pub(super) fn note(db: &Connection, item: &str, new: &NewItemEvent) -> Result<(), StoreError> {
    if let Body::ObjectionAnswered { objection, upheld, .. } = &new.body {
        db.prepare_cached(
            "update rectification_objection set upheld = ?3, answered_us = ?4
             where item = ?1 and number = ?2",
        )?
        .execute(params![item, objection, upheld, new.at.as_microsecond()])?;
    }
    Ok(())
}

/// Deletes texts and contacts answered long enough ago.
pub(crate) fn forget(db: &Connection, now: Timestamp, most: usize) -> Result<usize, StoreError> {
    let before = before_us(now, domain::privacy::retention::Kept::Objection.keep_for());
    Ok(db
        .prepare_cached(
            "update rectification_objection set text = null, salt = null, sealed = null, deleted_us = ?2
             where (item, number) in (select item, number from rectification_objection
                 where deleted_us is null and answered_us <= ?1 order by answered_us limit ?3)",
        )?
        .execute(params![before, now.as_microsecond(), most])?)
}

impl View<'_> {
    /// Objections to the issue, in order.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn objections(&self, item: &str) -> Result<Vec<Objection>, StoreError> {
        let sql = format!(
            "select {COLUMNS} from rectification_objection where item = ?1 order by number"
        );
        let mut statement = self.db.prepare_cached(&sql)?;
        Ok(statement.query_map([item], Objection::from_row)?.collect::<Result<_, _>>()?)
    }

    /// Objections of all issues that wait for an answer, the oldest first.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn open_objections(&self) -> Result<Vec<Objection>, StoreError> {
        let sql = format!(
            "select {COLUMNS} from rectification_objection where upheld is null order by at_us"
        );
        let mut statement = self.db.prepare_cached(&sql)?;
        Ok(statement.query_map([], Objection::from_row)?.collect::<Result<_, _>>()?)
    }
}

impl Store {
    /// The sealed contact of who made that objection, and writes down first who asked for it; `None`, and nothing written,
    /// where none is kept.
    ///
    /// # Errors
    ///
    /// When the database cannot be written.
    pub async fn take_objection_contact(
        &self,
        item: &str,
        number: u32,
        entry: NewAudit,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        let item = item.to_owned();
        self.write(1, move |side| {
            let found = side
                .db
                .prepare_cached(
                    "select sealed from rectification_objection
                     where item = ?1 and number = ?2 and sealed is not null",
                )?
                .query_row(params![item, number], |row| row.get(0))
                .optional()?;
            if found.is_some() {
                audit::append(&side.db, &[entry])?;
            }
            Ok(found)
        })
        .await
    }

    /// Objections to the issue, in order.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn objections(&self, item: &str) -> Result<Vec<Objection>, StoreError> {
        let item = item.to_owned();
        self.read(move |view| view.objections(&item)).await
    }

    /// Objections of all issues that wait for an answer, the oldest first.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn open_objections(&self) -> Result<Vec<Objection>, StoreError> {
        self.read(|view| view.open_objections()).await
    }
}
