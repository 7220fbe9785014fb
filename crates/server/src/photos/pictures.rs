//! The folder of cleaned pictures, each named by the SHA-256 of its own bytes.

use std::{
    collections::HashMap,
    fs,
    os::unix::fs::DirBuilderExt,
    path::Path as Folder,
    sync::{Arc, Mutex as StdMutex, PoisonError},
};

use bytes::Bytes;
use domain::canonical::{hex, sha256};
use futures_util::TryStreamExt;
use jiff::Timestamp;
use object_store::{
    Error, ObjectStore, ObjectStoreExt, PutPayload, local::LocalFileSystem, path::Path,
};
use store::Store;
use tokio::sync::Mutex;

use super::PhotoError;

/// Ends every file's name; what the folder holds is JPEG.
const ENDING: &str = "jpg";

/// The cleaned pictures.
#[derive(Debug)]
pub(super) struct Pictures {
    folder: LocalFileSystem,
    /// Held while a picture is written, and from finding that nobody needs one to its removal.
    changing: Mutex<()>,
    fresh: Fresh,
}

/// Pictures that are about to be named by a row, and how many times.
type Fresh = Arc<StdMutex<HashMap<String, usize>>>;

/// A picture that is here for good once a row names it: hold this until the row is written, for pictures that no row
/// names are removed.
#[derive(Debug)]
pub struct Kept {
    /// Its name.
    pub name: String,
    fresh: Fresh,
}

impl Kept {
    fn new(name: String, fresh: &Fresh) -> Self {
        *locked(fresh).entry(name.clone()).or_default() += 1;
        Self { name, fresh: Arc::clone(fresh) }
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        let mut fresh = locked(&self.fresh);
        match fresh.get_mut(&self.name) {
            Some(times) if *times > 1 => *times -= 1,
            _ => drop(fresh.remove(&self.name)),
        }
    }
}

fn locked(fresh: &Fresh) -> std::sync::MutexGuard<'_, HashMap<String, usize>> {
    fresh.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Pictures {
    pub(super) fn open(folder: &Folder) -> Result<Self, PhotoError> {
        fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
        // A temporary file, fsync, rename, fsync of the folder.
        let folder = LocalFileSystem::new_with_prefix(folder)?.with_fsync(true);
        Ok(Self { folder, changing: Mutex::default(), fresh: Fresh::default() })
    }

    /// Writes a picture durably before it answers.
    pub(super) async fn keep(&self, jpeg: Bytes) -> Result<Kept, PhotoError> {
        let name = hex(&sha256(&jpeg));
        let _changing = self.changing.lock().await;
        self.folder.put(&path(&name), PutPayload::from(jpeg)).await?;
        Ok(Kept::new(name, &self.fresh))
    }

    pub(super) async fn read(&self, name: &str) -> Result<Option<Bytes>, PhotoError> {
        match self.folder.get(&path(name)).await {
            Ok(picture) => Ok(Some(picture.bytes().await?)),
            Err(Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Removes a picture unless a row in `store` names it; one that is gone already is removed. False if it has just
    /// come back and waits for its row.
    pub(super) async fn remove_unneeded(
        &self,
        name: &str,
        store: &Store,
    ) -> Result<bool, PhotoError> {
        let _changing = self.changing.lock().await;
        if locked(&self.fresh).contains_key(name) {
            return Ok(false);
        }
        if store.needs_picture(name).await? {
            return Ok(true);
        }
        match self.folder.delete(&path(name)).await {
            Ok(()) | Err(Error::NotFound { .. }) => Ok(true),
            Err(error) => Err(error.into()),
        }
    }

    /// Names of the pictures written before then.
    pub(super) async fn before(&self, then: Timestamp) -> Result<Vec<String>, PhotoError> {
        let files: Vec<_> = self.folder.list(None).try_collect().await?;
        let old = |file: &object_store::ObjectMeta| {
            file.last_modified.timestamp_micros() < then.as_microsecond()
        };
        let names = files.iter().filter(|file| old(file)).filter_map(|file| {
            file.location.filename()?.strip_suffix(ENDING)?.strip_suffix('.').map(str::to_owned)
        });
        Ok(names.collect())
    }
}

fn path(name: &str) -> Path {
    Path::from(format!("{name}.{ENDING}"))
}
