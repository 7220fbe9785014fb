//! Reports that came too fast get their turn by themselves, as there is room.

use jiff::SignedDuration;
use store::StoreError;

use crate::{app::App, officers::webhooks};

/// Lets in as many as the queue has room for; how many.
///
/// # Errors
///
/// When the database cannot be written; then their turn comes later.
pub async fn release(app: &App) -> Result<usize, StoreError> {
    let now = app.clock.now();
    let hour_before = now.checked_sub(SignedDuration::from_hours(1)).unwrap_or(now);
    let waiting = app.store.queue_size(hour_before).await?.delayed;
    let room = app.reports.admission.room(usize::try_from(waiting).unwrap_or(usize::MAX), now);
    if room == 0 {
        return Ok(0);
    }
    let hooks = app.config.reports.webhooks.clone();
    app.store.release_delayed(room, move |report| webhooks::released(&hooks, report, now)).await
}
