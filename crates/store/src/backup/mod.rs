//! Copies of the database: made while it is in use, checked before anybody relies on them.

mod digest;

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
    /// Reports from the public.
    pub reports: u64,
    /// Entries of their histories and of the reward ledger.
    pub events: u64,
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
/// back whole, compared and put in its place only then, replacing what was there; its SHA-256 is written beside it.
///
/// # Errors
///
/// [`StoreError::SamePlace`] if the copy would replace the database or a file beside it,
/// [`StoreError::BadBackup`] when the copy differs; `to` is then as it was.
pub fn backup(from: &Path, to: &Path) -> Result<Contents, StoreError> {
    let source = open_existing(from)?;
    refuse_own_place(from, to)?;
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
        digest::forget(to)?;
        place(&partial, to)?;
        digest::write(to)?;
        Ok(found)
    });
    if placed.is_err() {
        remove(&partial)?;
    }
    placed
}

/// Puts the backup at `from` in the place of the database at `to`, after reading it whole and comparing it with the SHA-256
/// beside it, if it still has one: without, a byte that has changed within a text or a number goes unnoticed. No program may
/// have `to` open.
///
/// # Errors
///
/// [`StoreError::Exists`] if `to` exists and may not be replaced, [`StoreError::SamePlace`] if it
/// is the backup itself, [`StoreError::BadBackup`] and [`StoreError::Newer`] if the backup cannot
/// be used; `to` is then as it was.
pub fn restore(from: &Path, to: &Path, overwrite: Overwrite) -> Result<Contents, StoreError> {
    if overwrite == Overwrite::Refuse && to.exists() {
        return Err(StoreError::Exists { path: to.to_owned() });
    }
    if !digest::check(from)? {
        tracing::warn!(backup = %from.display(), "there is no SHA-256 beside the backup; only its structure is checked");
    }
    verify(from)?;
    refuse_own_place(from, to)?;
    let partial = beside(to, ".partial");
    remove(&partial)?;
    let copied = fs::copy(from, &partial)
        .map_err(StoreError::file(&partial))
        .and_then(|_| digest::same(from, &partial))
        .and_then(|()| verify(&partial));
    let contents = match copied {
        Ok(contents) => contents,
        Err(error) => {
            remove(&partial)?;
            return Err(error);
        }
    };
    set_log_aside(to)?;
    place(&partial, to)?;
    for name in LOGS {
        remove(&beside(&beside(to, ".replaced"), name))?;
    }
    Ok(contents)
}

/// What SQLite keeps beside a database.
const LOGS: [&str; 2] = ["-wal", "-shm"];

/// Folds the old database's log into it and moves away what is left of the log, which would be
/// folded into the new file. Whenever the power fails, there is one whole database at its place.
fn set_log_aside(database: &Path) -> Result<(), StoreError> {
    if database.exists()
        && let Err(error) = fold_log(database)
    {
        // Most likely the damage that is about to be repaired.
        tracing::warn!(%error, "the log of the database to be replaced could not be read");
    }
    let aside = beside(database, ".replaced");
    for name in LOGS {
        let (old, new) = (beside(database, name), beside(&aside, name));
        if old.exists() {
            fs::rename(&old, &new).map_err(StoreError::file(&old))?;
        }
    }
    Ok(())
}

/// Folds the log into the file and empties it; put off while a reader is at an older page.
pub(crate) fn fold_log(database: &Path) -> Result<(), StoreError> {
    let db = open_existing(database)?;
    db.query_row("pragma wal_checkpoint(truncate)", [], |_| Ok(()))?;
    db.close().map_err(|(_, error)| error.into())
}

/// Whether `to`, what is written on the way to it, or what lies beside it, is `from`: the copy
/// would destroy what it copies.
fn refuse_own_place(from: &Path, to: &Path) -> Result<(), StoreError> {
    let database = resolved(from);
    let logs = LOGS.map(|name| beside(&database, name));
    let target = resolved(to);
    let partial = beside(&target, ".partial");
    if target == database || logs.contains(&target) || partial == database {
        return Err(StoreError::SamePlace { path: to.to_owned() });
    }
    Ok(())
}

/// The file behind links and relative names; of one that does not exist its folder is resolved.
fn resolved(path: &Path) -> PathBuf {
    if let Ok(whole) = path.canonicalize() {
        return whole;
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new(".")).canonicalize();
    match (folder, path.file_name()) {
        (Ok(folder), Some(name)) => folder.join(name),
        _ => path.to_owned(),
    }
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

/// The first layout that has reports.
const REPORTS: i64 = 2;

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
    let since = |first: i64, sql: &str| if layout < first { Ok(0) } else { count(sql) };
    Ok(Contents {
        layout,
        stations: count("select count(*) from station")?,
        observations: count(
            "select (select count(*) from observation) + coalesce((select sum(rows) from block), 0)",
        )?,
        corrections: count("select count(*) from correction")?,
        reports: since(REPORTS, "select count(*) from report")?,
        events: since(
            REPORTS,
            "select (select count(*) from report_event) + (select count(*) from reward_ledger)",
        )?,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn until_the_new_file_is_in_place_the_old_one_is_whole() {
        let folder = tempfile::TempDir::new().unwrap();
        let (alive, old) = (folder.path().join("alive.sqlite"), folder.path().join("old.sqlite"));
        let db = Connection::open(&alive).unwrap();
        db.execute_batch(
            "pragma journal_mode = wal; create table note (text); insert into note values ('kept');",
        )
        .unwrap();
        // As a killed program leaves it: all of the content is in the log.
        for name in ["", "-wal"] {
            fs::copy(beside(&alive, name), beside(&old, name)).unwrap();
        }
        set_log_aside(&old).unwrap();
        assert!(!beside(&old, "-wal").exists());
        let found = Connection::open(&old).unwrap();
        let text: String = found.query_row("select text from note", [], |row| row.get(0)).unwrap();
        assert_eq!(text, "kept");
    }
}
