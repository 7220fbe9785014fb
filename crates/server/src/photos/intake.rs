//! One request of an upload: its bytes are added to what is here, and the last one makes it a photo.

use std::{net::IpAddr, time::Duration};

use axum::body::Body;
use bytes::Bytes;
use contract::problem::Code;
use domain::canonical::sha256;
use futures_util::StreamExt;
use photo::{Clean, Refusal, limits::LIMITS};
use store::{NewPhoto, Photo};
use tokio::{
    io::AsyncWriteExt,
    time::{Instant, timeout},
};

use super::{
    PhotoError, Photos, Sha256, apart, turn,
    uploads::{Part, Turn},
};
use crate::{app::App, problem::Problem};

/// How long a phone may be silent before its connection is given up: it can go on later.
pub(crate) const SILENCE: Duration = Duration::from_secs(30);
/// Bytes a second that it must reach after that time.
pub(crate) const SLOWEST: u64 = 2_000;
/// Bytes of a request whose refusal is already known that are read all the same: many clients listen only once
/// they have sent everything.
const MOST_IGNORED: u64 = 24 << 20;

/// How far an upload has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Bytes that are here.
    pub offset: u64,
    /// Bytes there will be.
    pub length: u64,
}

/// What became of a request.
#[derive(Debug)]
pub enum Received {
    /// All of it is here, cleaned and durable.
    Whole(Photo),
    /// A part is here, the rest may follow.
    Part(Progress),
    /// The request does not go on where the last one ended.
    Elsewhere(Progress),
}

impl From<Part> for Progress {
    fn from(Part { offset, length }: Part) -> Self {
        Self { offset, length }
    }
}

impl Photos {
    /// How far an upload has come; `None` if nothing of it is here.
    ///
    /// # Errors
    ///
    /// When the folder cannot be read.
    pub async fn progress(&self, sha256: Sha256) -> Result<Option<Progress>, PhotoError> {
        Ok(self.uploads.part(sha256).await?.map(Progress::from))
    }
}

/// Adds the bytes of `body` at `offset` to the photo with that hash, which will have `length` bytes.
///
/// # Errors
///
/// [`Code::PhotoRefused`] with the reason; [`Code::TooManyRequests`], [`Code::Unavailable`] and [`Code::StorageFull`]
/// for another time; [`Code::Conflict`] if the whole has another hash: then nothing of it is kept.
pub async fn receive(
    app: &App,
    client: IpAddr,
    sha256: Sha256,
    Progress { offset, length }: Progress,
    body: Body,
) -> Result<Received, Problem> {
    if length == 0 || length > LIMITS.file_bytes {
        ignore(body).await;
        let limit = LIMITS.file_bytes;
        let refusal =
            if length == 0 { Refusal::Empty } else { Refusal::TooLarge { bytes: length, limit } };
        return Err(PhotoError::from(refusal).into());
    }
    let photos = &app.photos;
    let line = photos.uploads.turn(sha256).await;
    if let Some(photo) = known(app, sha256).await? {
        ignore(body).await;
        return Ok(Received::Whole(photo));
    }
    let here = photos.uploads.part(sha256).await.map_err(PhotoError::from)?;
    if offset > 0 && here != Some(Part { offset, length }) {
        ignore(body).await;
        let here = here.map_or(Progress { offset: 0, length }, Progress::from);
        return Ok(Received::Elsewhere(here));
    }
    if offset == 0 && !photos.begun.take(client, app.clock.now()) {
        return Err(Problem::new(Code::TooManyRequests).retry_after(600));
    }
    let progress = add(photos, &line, sha256, Progress { offset, length }, body).await?;
    if progress.offset < length {
        return Ok(Received::Part(progress));
    }
    whole(app.clone(), sha256, line).await.map(Received::Whole)
}

/// The photo with that hash, if its picture is here.
///
/// # Errors
///
/// When the database cannot be read.
pub async fn known(app: &App, sha256: Sha256) -> Result<Option<Photo>, Problem> {
    Ok(app.store.photo(sha256).await?.filter(|photo| photo.name.is_some()))
}

/// Reads a body of which nothing is wanted.
async fn ignore(body: Body) {
    let mut chunks = body.into_data_stream();
    let mut ignored = 0;
    while let Ok(Some(Ok(chunk))) = timeout(SILENCE, chunks.next()).await {
        ignored += chunk.len() as u64;
        if ignored > MOST_IGNORED {
            return;
        }
    }
}

/// Writes what comes, as long as it comes; how far the upload has come then.
async fn add(
    photos: &Photos,
    line: &Turn,
    sha256: Sha256,
    Progress { mut offset, length }: Progress,
    body: Body,
) -> Result<Progress, Problem> {
    let mut file = photos.uploads.write(sha256, offset, length).await?;
    let (mut chunks, began, first) = (body.into_data_stream(), Instant::now(), offset);
    loop {
        let next = tokio::select! {
            next = timeout(SILENCE, chunks.next()) => next,
            () = line.overtaken() => break,
        };
        // Silence, a cut and the end are alike: what has arrived is here.
        let Ok(Some(Ok(chunk))) = next else { break };
        if offset + chunk.len() as u64 > length {
            return Err(Problem::new(Code::BadBody));
        }
        write(&mut file, &chunk).await?;
        offset += chunk.len() as u64;
        let waited = began.elapsed().saturating_sub(SILENCE);
        if offset - first < waited.as_secs() * SLOWEST {
            break;
        }
    }
    Ok(Progress { offset, length })
}

/// Each piece is with the system before the next is awaited: a request that is given up loses nothing that arrived.
async fn write(file: &mut tokio::fs::File, chunk: &Bytes) -> Result<(), PhotoError> {
    file.write_all(chunk).await?;
    Ok(file.flush().await?)
}

/// Makes a photo of an upload that is whole. It is made to its end also if the client goes away; one that has waited
/// too long is told to ask again, and then finds it.
async fn whole(app: App, sha256: Sha256, line: Turn) -> Result<Photo, Problem> {
    let made = tokio::spawn(async move {
        let made = make(&app, sha256).await;
        drop(line);
        made
    });
    match timeout(Duration::from_millis(LIMITS.time_ms), made).await {
        Ok(made) => made.map_err(Problem::internal)?.map_err(Problem::from),
        Err(_late) => Err(Problem::new(Code::Unavailable).retry_after(5)),
    }
}

async fn make(app: &App, sha256: Sha256) -> Result<Photo, PhotoError> {
    let cleaned = cleaned(&app.photos, sha256).await;
    if let Err(error) = &cleaned {
        tracing::info!(%error, "a photo was not taken");
        app.photos.uploads.remove(sha256).await?;
    }
    let photo = kept(app, sha256, cleaned?).await?;
    app.photos.uploads.remove(sha256).await?;
    Ok(photo)
}

/// Looks first, and decodes when there is a turn: the file is read again then, for those who wait must not hold it.
async fn cleaned(photos: &Photos, announced: Sha256) -> Result<Clean, PhotoError> {
    let look = turn(&photos.looks).await;
    let bytes = photos.uploads.whole(announced).await?;
    let seen = apart(look, move || {
        // Whether the bytes are the announced ones is not the photo's fault.
        (sha256(&bytes) == announced).then(|| photo::inspect(&bytes)).transpose()
    });
    seen.await?.ok_or(PhotoError::OtherBytes)?;
    let decoding = turn(&photos.turns).await;
    let bytes = photos.uploads.whole(announced).await?;
    Ok(apart(decoding, move || photo::clean(&bytes)).await?)
}

/// The picture first, then its row: a row without its picture would be a lie.
async fn kept(app: &App, sha256: Sha256, clean: Clean) -> Result<Photo, PhotoError> {
    let bytes = clean.jpeg.len() as u64;
    let kept = app.photos.keep(clean.jpeg.into()).await?;
    let (width, height, look) = (clean.width, clean.height, clean.hash);
    let received = app.clock.now();
    let name = kept.name.clone();
    let photo = NewPhoto { sha256, name, width, height, bytes, look, received };
    Ok(app.store.add_photo(photo).await?)
}
