//! What can go wrong between the portal and its disk.

use std::{io, path::PathBuf};

use jiff::Timestamp;
use rusqlite::ffi;

/// Why the store did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The disk, or the quota on it, is full. Nothing of the request was stored; reads go on, and
    /// writes succeed again by themselves as soon as there is room.
    #[error("the data volume is full; free space on it, nothing else needs doing")]
    Full,
    /// The database was written by a later version of this program.
    #[error(
        "the database has layout {found}, this program knows up to {known}; \
         run the newer program, or restore a backup made before the upgrade"
    )]
    Newer {
        /// The layout of the file.
        found: i64,
        /// The last layout this program can bring a file to.
        known: i64,
    },
    /// The file is some other program's database, or none.
    #[error("{path} is not a database of this program; name another file")]
    NotOurs {
        /// The file.
        path: PathBuf,
    },
    /// There is nothing at the place named.
    #[error("{path} does not exist; check the path")]
    NotFound {
        /// The place.
        path: PathBuf,
    },
    /// The place to restore to holds a database already.
    #[error("{path} exists and would be lost; move it away, or say that it may be replaced")]
    Exists {
        /// The place.
        path: PathBuf,
    },
    /// A copy that was just made, or is to be restored, is not whole.
    #[error("the backup failed its check and was not used: {0}")]
    BadBackup(String),
    /// Stored bytes are not what was written.
    #[error("stored data is damaged: {0}")]
    Damaged(String),
    /// The stretch asked for holds more than one answer may.
    #[error("the range holds more than {most} values; ask for a shorter one")]
    TooMuch {
        /// The most that one answer holds.
        most: usize,
    },
    /// More observations of one month of one series than seconds.
    #[error(
        "series {series} has {rows} observations in one month, more than one per second; \
         check what its sender sends"
    )]
    MonthFull {
        /// Whose.
        series: i64,
        /// How many.
        rows: usize,
    },
    /// The copy would take the place of the database, or of a file that belongs to it.
    #[error("{path} is the database itself or belongs to it; name another file")]
    SamePlace {
        /// Where the copy was to go.
        path: PathBuf,
    },
    /// A key with this name is in use.
    #[error("an API key named \"{0}\" is in use; revoke it first, or choose another name")]
    NameInUse(String),
    /// An officer with this name exists.
    #[error("an officer named \"{0}\" exists; choose another name, or change that one")]
    StaffNameInUse(String),
    /// An issue with this number exists.
    #[error("an issue numbered {0} exists; choose another number, or change that one")]
    ItemNumberInUse(String),
    /// An event breaks a rule of the rectification ledger; nothing was stored.
    #[error("nothing was stored: {0}")]
    Unlawful(domain::rectification::Refusal),
    /// Somebody changed the thing after it was looked at; nothing was stored.
    #[error("{by} changed this at {at} ({what}); reload it and decide again")]
    Stale {
        /// Who, as colleagues may read it.
        by: String,
        /// When.
        at: Timestamp,
        /// The key of what was done, e.g. `accept`.
        what: String,
    },
    /// There is no such row.
    #[error("there is no {what} \"{name}\"")]
    NoSuch {
        /// Of which kind.
        what: &'static str,
        /// What it was asked for by.
        name: String,
    },
    /// Another change, written in the same transaction, took this one along.
    #[error("nothing was stored, for another request failed: {0}; send it again")]
    RolledBack(String),
    /// The caller's own code panicked; nothing of the request was stored.
    #[error("nothing was stored: the code that ran inside the request panicked; see the log")]
    Panicked,
    /// The store has been closed.
    #[error("the store is closed")]
    Closed,
    /// The operating system refused something about a file.
    #[error("{path}: {cause}")]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        #[source]
        cause: io::Error,
    },
    /// Anything else that SQLite reports.
    #[error("database: {0}")]
    Database(#[source] rusqlite::Error),
}

impl StoreError {
    /// Says which file an error of the operating system is about.
    pub(crate) fn file(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |cause| match cause.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::Full,
            io::ErrorKind::NotFound => Self::NotFound { path },
            _ => Self::File { path, cause },
        }
    }

    /// The same refusal once more, for the others whose work was lost with it.
    pub(crate) fn repeated(&self) -> Self {
        match self {
            Self::Full => Self::Full,
            Self::Closed => Self::Closed,
            other => Self::RolledBack(other.to_string()),
        }
    }
}

impl From<domain::rectification::Refusal> for StoreError {
    fn from(refusal: domain::rectification::Refusal) -> Self {
        Self::Unlawful(refusal)
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        let Some(code) = error.sqlite_error() else { return Self::Database(error) };
        match (code.code, code.extended_code) {
            // On a full disk SQLite names whichever call noticed first.
            (ffi::ErrorCode::DiskFull, _)
            | (
                _,
                ffi::SQLITE_IOERR_WRITE | ffi::SQLITE_IOERR_SHMSIZE | ffi::SQLITE_IOERR_TRUNCATE,
            ) => Self::Full,
            (ffi::ErrorCode::DatabaseCorrupt, _) => Self::Damaged(error.to_string()),
            _ => Self::Database(error),
        }
    }
}
