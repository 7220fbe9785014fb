//! What has arrived of photos that are on their way: one file each, which survives cuts and restarts.

use std::{
    collections::HashMap,
    fs as blocking,
    io::{self, SeekFrom},
    os::unix::fs::DirBuilderExt,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use domain::canonical::hex;
use jiff::Timestamp;
use tokio::{
    fs::{self, File, OpenOptions},
    io::{AsyncReadExt, AsyncSeekExt, AsyncWriteExt},
    sync::{Notify, OwnedMutexGuard},
};

use super::PhotoError;

/// SHA-256 of the bytes that a phone sends.
pub type Sha256 = [u8; 32];

/// A file begins with the length that the phone has announced.
const HEAD: u64 = 8;
/// Bytes that may be on their way at once: 1 GiB.
const MOST_BYTES: u64 = 1 << 30;

/// The folder of unfinished uploads.
#[derive(Debug)]
pub(super) struct Uploads {
    folder: PathBuf,
    lines: Mutex<HashMap<Sha256, Arc<Line>>>,
}

/// Those who send the same photo: a phone that was cut off comes back before its old connection is known to be dead.
#[derive(Debug, Default)]
struct Line {
    turn: Arc<tokio::sync::Mutex<()>>,
    newest: AtomicU64,
    overtaken: Notify,
}

/// The right to write one upload, until dropped; the newest comer gets it.
#[derive(Debug)]
pub(super) struct Turn {
    line: Arc<Line>,
    number: u64,
    _held: OwnedMutexGuard<()>,
}

/// An upload as far as it has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) offset: u64,
    pub(super) length: u64,
}

impl Turn {
    /// Returns once somebody else wants to go on with this upload.
    pub(super) async fn overtaken(&self) {
        loop {
            let notified = self.line.overtaken.notified();
            if self.line.newest.load(Ordering::Acquire) != self.number {
                return;
            }
            notified.await;
        }
    }
}

impl Uploads {
    pub(super) fn open(folder: &Path) -> io::Result<Self> {
        blocking::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
        Ok(Self { folder: folder.to_owned(), lines: Mutex::default() })
    }

    fn file(&self, sha256: Sha256) -> PathBuf {
        self.folder.join(hex(&sha256))
    }

    /// Overtakes whoever writes this upload now.
    pub(super) async fn turn(&self, sha256: Sha256) -> Turn {
        let line = {
            let mut lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
            lines.retain(|_, line| Arc::strong_count(line) > 1);
            Arc::clone(lines.entry(sha256).or_default())
        };
        let number = line.newest.fetch_add(1, Ordering::AcqRel) + 1;
        line.overtaken.notify_waiters();
        let held = Arc::clone(&line.turn).lock_owned().await;
        Turn { line, number, _held: held }
    }

    /// How far this upload has come; `None` if nothing of it is here.
    pub(super) async fn part(&self, sha256: Sha256) -> io::Result<Option<Part>> {
        let mut file = match File::open(self.file(sha256)).await {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        // Cut off within its first bytes, it holds nothing yet.
        let Some(offset) = file.metadata().await?.len().checked_sub(HEAD) else { return Ok(None) };
        Ok(Some(Part { offset, length: file.read_u64().await? }))
    }

    /// Opens an upload of `length` bytes to be continued at `offset`; 0 begins it anew.
    pub(super) async fn write(
        &self,
        sha256: Sha256,
        offset: u64,
        length: u64,
    ) -> Result<File, PhotoError> {
        if offset == 0 && self.held()? + length > MOST_BYTES {
            return Err(PhotoError::Crowded);
        }
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(offset == 0).mode(0o600);
        let mut file = options.open(self.file(sha256)).await?;
        if offset == 0 {
            file.write_u64(length).await?;
        }
        file.seek(SeekFrom::Start(HEAD + offset)).await?;
        Ok(file)
    }

    fn held(&self) -> io::Result<u64> {
        let sizes = blocking::read_dir(&self.folder)?.map(|file| Ok(file?.metadata()?.len()));
        // One that is removed meanwhile takes no room.
        Ok(sizes.filter_map(io::Result::ok).sum())
    }

    /// The whole upload, into memory.
    pub(super) async fn whole(&self, sha256: Sha256) -> io::Result<Vec<u8>> {
        let mut bytes = fs::read(self.file(sha256)).await?;
        bytes.drain(..bytes.len().min(HEAD as usize));
        Ok(bytes)
    }

    pub(super) async fn remove(&self, sha256: Sha256) -> io::Result<()> {
        match fs::remove_file(self.file(sha256)).await {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// Removes uploads to which nothing has been added since then.
    pub(super) fn forget_before(&self, then: Timestamp) -> io::Result<usize> {
        let mut forgotten = 0;
        for file in blocking::read_dir(&self.folder)? {
            let file = file?;
            let changed = Timestamp::try_from(file.metadata()?.modified()?).unwrap_or(then);
            if changed < then {
                blocking::remove_file(file.path())?;
                forgotten += 1;
            }
        }
        Ok(forgotten)
    }
}
