//! The ledger of rewards: one chain over all reports, appended, never changed.

use domain::ledger::{Beside, Body, Entry, GENESIS, Head, LedgerActor, chain, entry_bytes};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::{Store, StoreError, View, time::timestamp};

/// An entry before it has a number and a hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewLedgerEntry {
    /// When.
    pub at: Timestamp,
    /// Who stands behind it; never a reporter's identity.
    pub actor: LedgerActor,
    /// What was done.
    pub body: Body,
}

/// One entry of the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerEntry {
    /// 1, 2, 3… over the whole ledger.
    pub number: u64,
    /// Id of the report.
    pub report: String,
    /// The report's public number.
    pub public_id: String,
    /// When.
    pub at: Timestamp,
    /// Key of what was done.
    pub kind: String,
    /// Canonical JSON, exactly the bytes that were hashed.
    pub body: String,
    /// Hash of the entry before; zeroes before the first.
    pub prev_hash: [u8; 32],
    /// SHA-256 over `prev_hash` and `body`.
    pub hash: [u8; 32],
}

impl LedgerEntry {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            number: row.get("number")?,
            report: row.get("report")?,
            public_id: row.get("public_id")?,
            at: timestamp(row.get("at_us")?),
            kind: row.get("kind")?,
            body: row.get("body")?,
            prev_hash: row.get("prev_hash")?,
            hash: row.get("hash")?,
        })
    }
}

impl From<LedgerEntry> for domain::ledger::Row {
    fn from(entry: LedgerEntry) -> Self {
        Self {
            seq: entry.number,
            bytes: entry.body.into_bytes(),
            beside: Beside {
                case: entry.public_id,
                at_us: entry.at.as_microsecond(),
                kind: entry.kind,
            },
            prev_hash: entry.prev_hash,
            hash: entry.hash,
        }
    }
}

const SELECT: &str = "select reward_ledger.*, public_id
    from reward_ledger join report on report.id = reward_ledger.report";

fn head(db: &Connection) -> Result<Head, StoreError> {
    let last = db
        .prepare_cached("select number, hash from reward_ledger order by number desc limit 1")?
        .query_row([], |row| Ok(Head { count: row.get(0)?, hash: row.get(1)? }))
        .optional()?;
    Ok(last.unwrap_or(Head { count: 0, hash: GENESIS }))
}

pub(crate) fn append(
    db: &Connection,
    report: &str,
    entries: &[NewLedgerEntry],
) -> Result<(), StoreError> {
    if entries.is_empty() {
        return Ok(());
    }
    let case: String = db
        .prepare_cached("select public_id from report where id = ?1")?
        .query_row([report], |row| row.get(0))?;
    let Head { count: mut number, hash: mut prev_hash } = head(db)?;
    let mut statement = db.prepare_cached(
        "insert into reward_ledger (number, report, at_us, kind, body, prev_hash, hash)
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    for entry in entries {
        number += 1;
        let at_us = entry.at.as_microsecond();
        let bytes = entry_bytes(&Entry {
            seq: number,
            at_us,
            case: case.clone(),
            actor: entry.actor.clone(),
            body: entry.body.clone(),
        });
        let hash = chain(&prev_hash, &bytes);
        let body = String::from_utf8(bytes)
            .map_err(|error| StoreError::Damaged(format!("a ledger entry: {error}")))?;
        statement.execute(params![
            number,
            report,
            at_us,
            entry.body.kind(),
            body,
            prev_hash,
            hash
        ])?;
        prev_hash = hash;
    }
    Ok(())
}

impl View<'_> {
    /// Entries after number `after`, in order, at most `limit`.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn ledger(&self, after: u64, limit: u32) -> Result<Vec<LedgerEntry>, StoreError> {
        let sql = format!("{SELECT} where number > ?1 order by number limit ?2");
        let mut statement = self.db.prepare_cached(&sql)?;
        let rows = statement.query_map(params![after, limit], LedgerEntry::from_row)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The entries of one report, in order.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn ledger_of(&self, report: &str) -> Result<Vec<LedgerEntry>, StoreError> {
        let sql = format!("{SELECT} where report = ?1 order by number");
        let mut statement = self.db.prepare_cached(&sql)?;
        Ok(statement.query_map([report], LedgerEntry::from_row)?.collect::<Result<_, _>>()?)
    }
}

impl Store {
    /// Appends what belongs to no other change.
    ///
    /// # Errors
    ///
    /// When the database cannot be written; then nothing was.
    pub async fn append_ledger(
        &self,
        report: &str,
        entries: Vec<NewLedgerEntry>,
    ) -> Result<(), StoreError> {
        let report = report.to_owned();
        self.write(entries.len(), move |side| append(&side.db, &report, &entries)).await
    }

    /// Entries after number `after`, in order, at most `limit`.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn ledger(&self, after: u64, limit: u32) -> Result<Vec<LedgerEntry>, StoreError> {
        self.read(move |view| view.ledger(after, limit)).await
    }

    /// The entries of one report, in order.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn ledger_of(&self, report: &str) -> Result<Vec<LedgerEntry>, StoreError> {
        let report = report.to_owned();
        self.read(move |view| view.ledger_of(&report)).await
    }

    /// How many entries there are and the hash of the last.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn ledger_head(&self) -> Result<Head, StoreError> {
        self.read(|view| head(view.db)).await
    }
}
