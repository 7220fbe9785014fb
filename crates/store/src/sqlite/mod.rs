//! The one database there is today, behind a private closed enum: where another would go.

mod known;
mod migrate;
mod readers;
mod writer;

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use rusqlite::{Connection, OpenFlags};

pub(crate) use self::{
    known::Known,
    migrate::{APPLICATION, newest as newest_layout},
    writer::WriteSide,
};
use self::{readers::ReadQueue, writer::WriteQueue};
use crate::{StoreError, View};

/// Where the database lies and how it is kept.
#[derive(Debug, Clone)]
pub struct Options {
    /// The file. SQLite keeps two more beside it, named `…-wal` and `…-shm`.
    pub path: PathBuf,
    /// Whole days before today, in Beijing time, whose observations stay unsealed: the time in
    /// which late data and corrections are cheapest.
    pub hot_days: u16,
    /// Threads that answer queries, each with its own connection.
    pub readers: usize,
    /// A limit on the file in 4 KiB pages, for volumes shared with others; reaching it is
    /// [`StoreError::Full`]. `None`: the disk is the limit.
    pub most_pages: Option<u32>,
}

impl Options {
    /// The documented defaults: one hot day before today, two readers, no limit.
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into(), hot_days: 1, readers: 2, most_pages: None }
    }
}

/// Everything the portal remembers. Cheap to clone; every clone is the same store.
///
/// Every verb may be dropped while it waits: a query is then skipped or its answer thrown away,
/// a change is carried out whole or not at all.
#[derive(Debug, Clone)]
pub struct Store {
    database: Arc<Database>,
}

/// Closed, so that each verb must say what it means on every database there is.
#[derive(Debug)]
enum Database {
    Sqlite(Sqlite),
}

#[derive(Debug)]
struct Sqlite {
    path: PathBuf,
    writes: WriteQueue,
    reads: ReadQueue,
}

impl Store {
    /// Opens the database, creating it or bringing it to the newest layout first.
    ///
    /// # Errors
    ///
    /// [`StoreError::Newer`] for a file of a later version, [`StoreError::NotOurs`] for some
    /// other program's file.
    pub async fn open(options: Options) -> Result<Self, StoreError> {
        let sqlite = off_the_runtime(move || Sqlite::open(&options)).await?;
        Ok(Self { database: Arc::new(Database::Sqlite(sqlite)) })
    }

    /// Finishes what is queued, folds the log into the file and refuses everything after.
    ///
    /// # Errors
    ///
    /// When the last fold fails; what was acknowledged is safe in the log all the same.
    pub async fn close(&self) -> Result<(), StoreError> {
        let Database::Sqlite(sqlite) = &*self.database;
        sqlite.reads.close();
        sqlite.writes.close().await
    }

    /// Runs one query on a snapshot of its own.
    pub(crate) async fn read<T, F>(&self, query: F) -> Result<T, StoreError>
    where
        F: FnOnce(&View<'_>) -> Result<T, StoreError> + Send + 'static,
        T: Send + 'static,
    {
        let Database::Sqlite(sqlite) = &*self.database;
        sqlite.reads.ask(query).await
    }

    /// Runs one change in a transaction and answers after its commit; `weight` is about how
    /// many rows it touches.
    pub(crate) async fn write<T, F>(&self, weight: usize, change: F) -> Result<T, StoreError>
    where
        F: FnOnce(&mut WriteSide) -> Result<T, StoreError> + Send + 'static,
        T: Send + 'static,
    {
        let Database::Sqlite(sqlite) = &*self.database;
        sqlite.writes.ask(weight, change).await
    }

    /// The database file.
    pub(crate) fn path(&self) -> PathBuf {
        let Database::Sqlite(sqlite) = &*self.database;
        sqlite.path.clone()
    }
}

impl Sqlite {
    fn open(options: &Options) -> Result<Self, StoreError> {
        let writer = connect_writer(options)?;
        let side = WriteSide::new(writer, i64::from(options.hot_days));
        let readers = (0..options.readers.max(1))
            .map(|_| connect_reader(&options.path))
            .collect::<Result<Vec<_>, _>>()?;
        Ok(Self {
            path: options.path.clone(),
            writes: WriteQueue::start(side).map_err(StoreError::file(&options.path))?,
            reads: ReadQueue::start(readers).map_err(StoreError::file(&options.path))?,
        })
    }
}

/// Blocking work that is rare enough for a borrowed thread.
pub(crate) async fn off_the_runtime<T, F>(work: F) -> Result<T, StoreError>
where
    F: FnOnce() -> Result<T, StoreError> + Send + 'static,
    T: Send + 'static,
{
    tokio::task::spawn_blocking(work).await.unwrap_or(Err(StoreError::Closed))
}

/// Requests that may wait before callers do.
const WAITING: usize = 256;

/// A defect in what a caller hands over must not take the thread along that serves all others.
fn guarded<T>(work: impl FnOnce() -> Result<T, StoreError>) -> Result<T, StoreError> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(StoreError::Panicked))
}

/// Statements the writer and each reader keep prepared; more than there are.
const PREPARED: usize = 128;

fn connect_writer(options: &Options) -> Result<Connection, StoreError> {
    let mut db = Connection::open(&options.path)?;
    migrate::refuse_foreign(&db, &options.path)?;
    // FULL: the log is synced at every commit. The log is folded into the file every 16 MiB, so
    // that pages written by many ticks reach it once. What is deleted or rewritten is
    // overwritten: an expired text that lay on a free page would not have expired.
    db.execute_batch(
        "pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on;
         pragma secure_delete = on;
         pragma temp_store = memory; pragma cache_size = -16000;
         pragma wal_autocheckpoint = 4000; pragma journal_size_limit = 67108864;",
    )?;
    db.busy_timeout(Duration::from_secs(10))?;
    db.set_prepared_statement_cache_capacity(PREPARED);
    migrate::to_newest(&mut db)?;
    if let Some(pages) = options.most_pages {
        db.pragma_update(None, "max_page_count", pages)?;
    }
    Ok(db)
}

fn connect_reader(path: &Path) -> Result<Connection, StoreError> {
    let db = Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    db.execute_batch(
        "pragma query_only = on; pragma temp_store = memory; pragma cache_size = -8000;",
    )?;
    db.busy_timeout(Duration::from_secs(10))?;
    db.set_prepared_statement_cache_capacity(PREPARED);
    Ok(db)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_commit_waits_for_the_disk() {
        let folder = tempfile::TempDir::new().unwrap();
        let db = connect_writer(&Options::at(folder.path().join("portal.sqlite"))).unwrap();
        let synchronous: i64 =
            db.pragma_query_value(None, "synchronous", |row| row.get(0)).unwrap();
        let journal: String =
            db.pragma_query_value(None, "journal_mode", |row| row.get(0)).unwrap();
        assert_eq!((synchronous, journal.as_str()), (2, "wal"));
    }

    #[test]
    fn who_reads_cannot_write() {
        let folder = tempfile::TempDir::new().unwrap();
        let path = folder.path().join("portal.sqlite");
        connect_writer(&Options::at(&path)).unwrap();
        let reader = connect_reader(&path).unwrap();
        assert!(reader.execute("insert into sealed_until values (1, 0)", []).is_err());
    }
}
