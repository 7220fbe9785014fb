//! Photos of reports: received in parts, cleaned, kept by the hash of what they show, and given out.
//!
//! What a phone sends lies in `<data_dir>/uploads` until it is whole, at most a day; what `photo::clean` makes of it
//! lies in `<data_dir>/photos`. Nothing else of it is ever written anywhere, and when cleaning fails nothing is kept.

mod intake;
mod pictures;
mod reply;
mod tidy;
mod uploads;

use std::{io, path::Path, sync::Arc};

use bytes::Bytes;
use contract::{problem::Code, report::StoredPhoto};
use domain::{Text, canonical::hex};
use photo::{Rectangle, Refusal};
use store::Photo;
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    task::spawn_blocking,
};

pub(crate) use self::intake::{SILENCE, SLOWEST};
pub use self::{
    intake::{Progress, Received, known, receive},
    pictures::Kept,
    reply::{Shown, reply},
    tidy::tidy,
    uploads::Sha256,
};
use self::{pictures::Pictures, uploads::Uploads};
use crate::{problem::Problem, reports::buckets::Buckets};

/// Photos decoded at once, at most: each may take 400 MB at the limits.
const MOST_AT_ONCE: usize = 4;
/// Files looked at before decoding at once: each takes at most 10 MiB, and no file waits behind a decoder to be refused.
const MOST_LOOKS: usize = 8;

/// What handlers of photos share.
pub struct Photos {
    pictures: Pictures,
    uploads: Uploads,
    /// Turns at looking at a file, and at decoding one.
    looks: Arc<Semaphore>,
    turns: Arc<Semaphore>,
    /// Photos begun, by client.
    begun: Buckets,
}

/// Why a photo was not taken, or is not given out.
#[derive(Debug, thiserror::Error)]
pub enum PhotoError {
    /// What arrived is not what was announced.
    #[error("the bytes have another SHA-256 than the address says")]
    OtherBytes,
    /// The photo cannot be used; the person can do something about it.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// More photos are on their way than the folder may hold.
    #[error("too many photos are on their way")]
    Crowded,
    /// The folder of unfinished uploads.
    #[error("the uploads cannot be written: {0}")]
    Uploads(#[from] io::Error),
    /// The folder of pictures.
    #[error("the pictures cannot be reached: {0}")]
    Pictures(#[from] object_store::Error),
    /// The database.
    #[error(transparent)]
    Store(#[from] store::StoreError),
}

impl Photos {
    /// Opens the folders below `data_dir`, which only this user may enter.
    ///
    /// # Errors
    ///
    /// When they cannot be made.
    pub fn open(data_dir: &Path, per_client: u32) -> Result<Self, PhotoError> {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Ok(Self {
            pictures: Pictures::open(&data_dir.join("photos"))?,
            uploads: Uploads::open(&data_dir.join("uploads"))?,
            looks: Arc::new(Semaphore::new(MOST_LOOKS)),
            turns: Arc::new(Semaphore::new(cores.min(MOST_AT_ONCE))),
            begun: Buckets::per_hour(per_client),
        })
    }

    /// The picture of that name, cleaned or as a copy with boxes; `None` if it is not here.
    ///
    /// # Errors
    ///
    /// When the folder cannot be read.
    pub async fn read(&self, name: &str) -> Result<Option<Bytes>, PhotoError> {
        self.pictures.read(name).await
    }

    /// A copy of the picture `name` with black boxes burnt into its pixels, not kept; `None` if it is not here.
    ///
    /// # Errors
    ///
    /// When the copy cannot be made.
    pub async fn redacted(
        &self,
        name: &str,
        boxes: Vec<Rectangle>,
    ) -> Result<Option<Bytes>, PhotoError> {
        let Some(picture) = self.read(name).await? else { return Ok(None) };
        let turn = turn(&self.turns).await;
        let copy = apart(turn, move || photo::redacted(&picture, &boxes)).await?;
        Ok(Some(copy.jpeg.into()))
    }

    /// Keeps a cleaned picture or a copy of one, durably; see [`Kept`] for how long to hold the answer.
    ///
    /// # Errors
    ///
    /// [`PhotoError::Refused`] if it holds anything but a picture; when it cannot be written.
    pub async fn keep(&self, jpeg: Bytes) -> Result<Kept, PhotoError> {
        photo::check(&jpeg).map_err(Refusal::from)?;
        self.pictures.keep(jpeg).await
    }
}

/// Waits for a turn.
async fn turn(turns: &Arc<Semaphore>) -> Option<OwnedSemaphorePermit> {
    // The semaphores are never closed.
    Arc::clone(turns).acquire_owned().await.ok()
}

/// Runs `work` on a thread of its own. One that panics is a damaged photo.
async fn apart<T: Send + 'static>(
    turn: Option<OwnedSemaphorePermit>,
    work: impl FnOnce() -> Result<T, Refusal> + Send + 'static,
) -> Result<T, Refusal> {
    let done = spawn_blocking(move || {
        let done = work();
        // Held by the work itself: whoever waits for it may be gone long before.
        drop(turn);
        done
    });
    done.await.unwrap_or(Err(Refusal::Damaged))
}

/// What is said of a photo that is stored.
pub(crate) fn stored(photo: &Photo) -> StoredPhoto {
    StoredPhoto { sha256: hex(&photo.sha256), width: photo.width, height: photo.height }
}

impl From<PhotoError> for Problem {
    fn from(error: PhotoError) -> Self {
        match error {
            PhotoError::OtherBytes => Self::new(Code::Conflict).with(Text::new(
                "照片在传输中受损，请从头重新上传。",
                "The photo was damaged on its way. Send it again from its beginning.",
            )),
            PhotoError::Refused(refusal) => {
                let sentence = refusal.sentence();
                Self::new(Code::PhotoRefused).with(Text::new(sentence.zh, sentence.en))
            }
            PhotoError::Crowded => Self::new(Code::Unavailable).retry_after(60),
            PhotoError::Uploads(error) if error.kind() == io::ErrorKind::StorageFull => {
                Self::new(Code::StorageFull).retry_after(60)
            }
            PhotoError::Store(error) => error.into(),
            error => Self::internal(error),
        }
    }
}
