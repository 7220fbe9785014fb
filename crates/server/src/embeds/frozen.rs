//! Widgets of the past, kept as they were first shown: later data, corrections and editions do not change them.

use std::{fs, os::unix::fs::DirBuilderExt, path::Path as Folder};

use domain::{
    canonical::{hex, sha256},
    period::day_start,
};
use jiff::{Timestamp, civil::Date};
use object_store::{
    Error, ObjectStore, ObjectStoreExt, PutMode, PutOptions, PutPayload, local::LocalFileSystem,
    path::Path,
};
use serde::{Deserialize, Serialize};

use super::{Kind, Options, State, frame::Past, made};
use crate::{
    app::App,
    history::grid::{DAY, shifted},
    problem::Problem,
};
use contract::public::StationKind;

/// What is kept of a widget: everything but the frame around it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Kept {
    pub(crate) title: String,
    /// The widget's content; its SHA-256 is the widget's.
    pub(crate) content: String,
    /// When it was kept.
    pub(crate) at: Timestamp,
    /// It was made for this reader alone, and may be another once there is something to keep.
    #[serde(skip)]
    pub(crate) passing: bool,
}

impl Kept {
    /// SHA-256 of the content, lower-case hexadecimal.
    pub(crate) fn hash(&self) -> String {
        hex(&sha256(self.content.as_bytes()))
    }
}

/// A widget of `day`, from the store or, the first time, drawn and kept. `admit` is asked before a new one is made.
///
/// # Errors
///
/// When the store or the folder cannot be read or written, or `admit` refuses.
pub(crate) async fn kept(
    app: &App,
    kind: &Kind,
    options: &Options,
    day: Date,
    admit: impl FnOnce() -> Result<(), Problem>,
) -> Result<Kept, Problem> {
    let folder = opened(app)?;
    let name = name(kind, options, day);
    if let Some(kept) = read(&folder, &name).await? {
        return Ok(kept);
    }
    admit()?;
    let widget = made(app, kind, options, Some(day)).await?;
    let kept = Kept {
        content: widget.content(app, None, options.lang),
        title: widget.title,
        at: app.clock.now(),
        passing: widget.state != State::Past,
    };
    // What shows nothing today may show something once late data is in; what has no past has no archive.
    if kept.passing {
        return Ok(kept);
    }
    let body = serde_json::to_vec(&kept).map_err(Problem::internal)?;
    let first = PutOptions { mode: PutMode::Create, ..PutOptions::default() };
    match folder.put_opts(&name, PutPayload::from(body), first).await {
        Ok(_) => Ok(kept),
        // Somebody else was first.
        Err(Error::AlreadyExists { .. }) => Ok(read(&folder, &name).await?.unwrap_or(kept)),
        Err(error) => Err(Problem::internal(error)),
    }
}

/// What stands above the widget.
///
/// # Errors
///
/// When the store cannot answer.
pub(crate) async fn past(
    app: &App,
    kind: &Kind,
    day: Date,
    kept: &Kept,
    asked: Option<&str>,
) -> Result<Past, Problem> {
    let hash = kept.hash();
    Ok(Past {
        day,
        corrected: corrected(app, kind, day, kept.at).await?,
        other_hash: asked.is_some_and(|asked| asked != hash),
        hash,
    })
}

/// Whether a value of that day was changed after the widget was kept.
async fn corrected(app: &App, kind: &Kind, day: Date, at: Timestamp) -> Result<bool, Problem> {
    let (from, to) = (day_start(day), shifted(day_start(day), DAY));
    let concerns = |station: &&crate::profile::StationProfile| match kind {
        Kind::Station(code) | Kind::Section(code) => station.code == *code,
        Kind::AirNow => station.kind == StationKind::Air,
        Kind::Water => station.kind == StationKind::Water,
        _ => false,
    };
    for station in app.profile.stations.iter().filter(concerns) {
        // The last made come last.
        let found = app.store.corrections(&station.code, from, to, 1_000).await?;
        if found.iter().any(|correction| correction.at > at) {
            return Ok(true);
        }
    }
    Ok(false)
}

fn opened(app: &App) -> Result<LocalFileSystem, Problem> {
    let folder: &Folder = &app.config.server.data_dir.join("frozen");
    let made = fs::DirBuilder::new().recursive(true).mode(0o700).create(folder);
    made.map_err(Problem::internal)?;
    Ok(LocalFileSystem::new_with_prefix(folder).map_err(Problem::internal)?.with_fsync(true))
}

/// The theme is the reader's and is not kept.
fn name(kind: &Kind, options: &Options, day: Date) -> Path {
    let options = Options { theme: super::Theme::Auto, wrong: None, ..options.clone() };
    let query = options.query().replace(['&', '='], ".");
    Path::from(format!("{day}/{}/{query}.json", kind.path()))
}

async fn read(folder: &LocalFileSystem, name: &Path) -> Result<Option<Kept>, Problem> {
    match folder.get(name).await {
        Ok(found) => {
            let bytes = found.bytes().await.map_err(Problem::internal)?;
            serde_json::from_slice(&bytes).map(Some).map_err(Problem::internal)
        }
        Err(Error::NotFound { .. }) => Ok(None),
        Err(error) => Err(Problem::internal(error)),
    }
}
