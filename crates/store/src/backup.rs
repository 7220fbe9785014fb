//! Copies of the database: made while it is in use, checked before anybody relies on them.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    time::Duration,
};

use rusqlite::{Connection, OpenFlags, backup::StepResult};

use crate::{
    Store, StoreError, health,
    sqlite::{APPLICATION, newest_layout, off_the_runtime},
};

/// What a copy was found to hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Contents {
    /// Its layout.
    pub layout: i64,
    /// Stations, active or not.
    pub stations: u64,
    /// Observations, hot and sealed.
    pub observations: u64,
    /// Corrections.
    pub corrections: u64,
    /// Bytes of the file.
    pub bytes: u64,
}

/// What to do when the place to restore to is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Overwrite {
    /// Leave it alone and say so.
    Refuse,
    /// Replace it.
    Replace,
}

/// Pages copied before others get their turn at the disk: 4 MiB.
const PAGES_AT_ONCE: i32 = 1_024;

impl Store {
    /// As [`backup`], of this store.
    ///
    /// # Errors
    ///
    /// As [`backup`].
    pub async fn backup(&self, to: impl Into<PathBuf>) -> Result<Contents, StoreError> {
        let (from, to) = (self.path(), to.into());
        off_the_runtime(move || backup(&from, &to)).await
    }
}

/// Copies the database at `from`, in use or not, to `to`. The copy is one snapshot; it is read
/// back whole, compared and put in its place only then, replacing what was there.
///
/// # Errors
///
/// [`StoreError::BadBackup`] when the copy differs; `to` is then as it was.
pub fn backup(from: &Path, to: &Path) -> Result<Contents, StoreError> {
    let source = open_existing(from)?;
    let partial = beside(to, ".partial");
    remove(&partial)?;
    // The snapshot: without it, every commit of the server would start the copying again.
    source.execute_batch("begin")?;
    let expected = contents(&source)?;
    let copied = copy(&source, &partial).and_then(|()| verify(&partial));
    source.execute_batch("commit")?;
    let placed = copied.and_then(|found| {
        let same = Contents { bytes: expected.bytes, ..found } == expected;
        if !same {
            let text = format!("it holds {found:?}, the database {expected:?}");
            return Err(StoreError::BadBackup(text));
        }
        place(&partial, to)?;
        Ok(found)
    });
    if placed.is_err() {
        remove(&partial)?;
    }
    placed
}

/// Puts the backup at `from` in the place of the database at `to`, after reading it whole. No
/// program may have `to` open.
///
/// # Errors
///
/// [`StoreError::Exists`] if `to` exists and may not be replaced, [`StoreError::BadBackup`] and
/// [`StoreError::Newer`] if the backup cannot be used; `to` is then as it was.
pub fn restore(from: &Path, to: &Path, overwrite: Overwrite) -> Result<Contents, StoreError> {
    if overwrite == Overwrite::Refuse && to.exists() {
        return Err(StoreError::Exists { path: to.to_owned() });
    }
    verify(from)?;
    let partial = beside(to, ".partial");
    remove(&partial)?;
    let copied =
        fs::copy(from, &partial).map_err(StoreError::file(&partial)).and_then(|_| verify(&partial));
    let contents = match copied {
        Ok(contents) => contents,
        Err(error) => {
            remove(&partial)?;
            return Err(error);
        }
    };
    set_aside(to)?;
    place(&partial, to)?;
    for name in ["", "-wal", "-shm"] {
        remove(&beside(&beside(to, ".replaced"), name))?;
    }
    Ok(contents)
}

/// Moves the old database and its log away together: a log left behind would be folded into the
/// new file.
fn set_aside(database: &Path) -> Result<(), StoreError> {
    let aside = beside(database, ".replaced");
    for name in ["-shm", "-wal", ""] {
        let (old, new) = (beside(database, name), beside(&aside, name));
        if old.exists() {
            fs::rename(&old, &new).map_err(StoreError::file(&old))?;
        }
    }
    Ok(())
}

fn copy(source: &Connection, partial: &Path) -> Result<(), StoreError> {
    let mut target = Connection::open(partial)?;
    let copying = rusqlite::backup::Backup::new(source, &mut target)?;
    loop {
        match copying.step(PAGES_AT_ONCE)? {
            StepResult::Done => break,
            StepResult::More => std::thread::sleep(Duration::from_millis(1)),
            _ => std::thread::sleep(Duration::from_millis(50)),
        }
    }
    drop(copying);
    // One file, complete without a log beside it.
    target.query_row("pragma journal_mode = delete", [], |_| Ok(()))?;
    target.close().map_err(|(_, error)| error)?;
    File::open(partial).and_then(|file| file.sync_all()).map_err(StoreError::file(partial))
}

/// Reads a copy whole; it is not in use.
fn verify(path: &Path) -> Result<Contents, StoreError> {
    let copy = open_existing(path)?;
    let found = contents(&copy).map_err(bad)?;
    health::check(&copy).map_err(bad)?;
    Ok(found)
}

fn bad(error: StoreError) -> StoreError {
    match error {
        StoreError::Damaged(what) => StoreError::BadBackup(what),
        StoreError::Database(cause) => StoreError::BadBackup(cause.to_string()),
        other => other,
    }
}

fn contents(db: &Connection) -> Result<Contents, StoreError> {
    let one = |sql: &str| db.query_row(sql, [], |row| row.get::<_, i64>(0));
    let count = |sql: &str| db.query_row(sql, [], |row| row.get::<_, u64>(0));
    if one("pragma application_id")? != APPLICATION {
        return Err(StoreError::BadBackup("it is not a database of this program".to_owned()));
    }
    let layout = one("pragma user_version")?;
    if layout > newest_layout() {
        return Err(StoreError::Newer { found: layout, known: newest_layout() });
    }
    Ok(Contents {
        layout,
        stations: count("select count(*) from station")?,
        observations: count(
            "select (select count(*) from observation) + coalesce((select sum(rows) from block), 0)",
        )?,
        corrections: count("select count(*) from correction")?,
        bytes: count("pragma page_count")? * count("pragma page_size")?,
    })
}

fn open_existing(path: &Path) -> Result<Connection, StoreError> {
    fs::metadata(path).map_err(StoreError::file(path))?;
    let db = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    db.busy_timeout(Duration::from_secs(10))?;
    Ok(db)
}

/// Renames into place so that a power cut leaves the old file or the new one.
fn place(partial: &Path, to: &Path) -> Result<(), StoreError> {
    File::open(partial).and_then(|file| file.sync_all()).map_err(StoreError::file(partial))?;
    fs::rename(partial, to).map_err(StoreError::file(to))?;
    let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(StoreError::file(folder))
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

fn remove(path: &Path) -> Result<(), StoreError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(StoreError::file(path)(error))
        }
        _ => Ok(()),
    }
}
