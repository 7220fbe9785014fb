//! Removing what nobody needs any more: pictures given up by the database, copies that were never published, uploads
//! that were never finished.

use domain::privacy::retention::Kept as Retained;
use jiff::SignedDuration;
use serde::Deserialize;
use store::{Job, PHOTO_GONE};

use super::PhotoError;
use crate::app::App;

const LEASE: SignedDuration = SignedDuration::from_mins(5);
const AGAIN: SignedDuration = SignedDuration::from_mins(10);

#[derive(Deserialize)]
struct Gone {
    name: String,
}

/// Removes what is due now; what fails is tried again later.
pub async fn tidy(app: &App) {
    app.photos.begun.forget_idle(app.clock.now());
    if let Err(error) = given_up(app).await {
        tracing::error!(%error, "pictures that are no longer needed cannot be removed");
    }
    if let Err(error) = forgotten(app).await {
        tracing::error!(%error, "unfinished uploads and unpublished copies cannot be removed");
    }
}

async fn given_up(app: &App) -> Result<(), PhotoError> {
    while let Some(job) = app.store.claim_job(&[PHOTO_GONE], app.clock.now(), LEASE).await? {
        let now = app.clock.now();
        match remove(app, &job).await {
            Ok(()) => app.store.finish_job(&job, now).await?,
            Err(error) => {
                let again = now.checked_add(AGAIN).ok();
                app.store.fail_job(&job, &error.to_string(), again, now).await?
            }
        };
    }
    Ok(())
}

async fn remove(app: &App, job: &Job) -> anyhow::Result<()> {
    let gone: Gone = serde_json::from_str(&job.body)?;
    let done = app.photos.pictures.remove_unneeded(&gone.name, &app.store).await?;
    anyhow::ensure!(done, "the picture has just come back");
    Ok(())
}

async fn forgotten(app: &App) -> Result<(), PhotoError> {
    let due = Retained::UnlinkedPhoto.due_if_since(app.clock.now());
    let uploads = app.photos.uploads.forget_before(due)?;
    if uploads > 0 {
        tracing::info!(uploads, "unfinished uploads removed");
    }
    for name in app.photos.pictures.before(due).await? {
        app.photos.pictures.remove_unneeded(&name, &app.store).await?;
    }
    Ok(())
}
