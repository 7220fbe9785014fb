//! Brings a file to the newest layout, or says why not.

use std::path::Path;

use rusqlite::{Connection, TransactionBehavior};

use crate::StoreError;

/// "Bila": marks a file as ours in SQLite's own header.
pub(crate) const APPLICATION: i64 = 0x4269_6c61;

/// In order, numbered from 1. A shipped one is never edited.
const MIGRATIONS: &[&str] = &[
    include_str!("../../migrations/sqlite/0001_observations.sql"),
    include_str!("../../migrations/sqlite/0002_reports.sql"),
    include_str!("../../migrations/sqlite/0003_open311.sql"),
    include_str!("../../migrations/sqlite/0004_ledger_root.sql"),
    include_str!("../../migrations/sqlite/0005_record.sql"),
    include_str!("../../migrations/sqlite/0006_hands.sql"),
];

/// The layout that this program writes.
pub(crate) const fn newest() -> i64 {
    MIGRATIONS.len() as i64
}

/// Refuses another program's database before anything in it is touched.
pub(super) fn refuse_foreign(db: &Connection, path: &Path) -> Result<(), StoreError> {
    let header = |name: &str| db.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    let objects =
        db.query_row("select count(*) from sqlite_schema", [], |row| row.get::<_, i64>(0));
    match (header("application_id"), objects) {
        (Ok(APPLICATION), Ok(_)) | (Ok(0), Ok(0)) => Ok(()),
        (Err(error), _) | (_, Err(error))
            if error.sqlite_error_code() != Some(rusqlite::ErrorCode::NotADatabase) =>
        {
            Err(error.into())
        }
        _ => Err(StoreError::NotOurs { path: path.to_owned() }),
    }
}

/// Applies the migrations the file lacks, all of them or none.
pub(super) fn to_newest(db: &mut Connection) -> Result<(), StoreError> {
    let transaction = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let found: i64 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if found > newest() {
        return Err(StoreError::Newer { found, known: newest() });
    }
    let done = usize::try_from(found).unwrap_or(0);
    for (number, migration) in (1_i64..).zip(MIGRATIONS).skip(done) {
        transaction.execute_batch(migration)?;
        transaction.pragma_update(None, "user_version", number)?;
        tracing::info!(layout = number, "database brought to a newer layout");
    }
    transaction.pragma_update(None, "application_id", APPLICATION)?;
    Ok(transaction.commit()?)
}
