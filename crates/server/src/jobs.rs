//! What is done by the clock: sealing, expiry, and keeping the health of feeds.

use std::time::Duration;

use jiff::Timestamp;
use tokio::time::{Instant, MissedTickBehavior, interval_at};

use crate::app::App;

/// The first housekeeping waits until the start's own work is over.
const FIRST: Duration = Duration::from_secs(120);
const HOUR: Duration = Duration::from_secs(3_600);
/// How often the health of feeds is kept, for the time after a restart.
const MINUTE: Duration = Duration::from_secs(60);

/// Runs until the server stops.
pub(crate) async fn run(app: App) {
    let mut housekeeping = interval_at(Instant::now() + FIRST, HOUR);
    let mut feeds = interval_at(Instant::now() + MINUTE, MINUTE);
    for timer in [&mut housekeeping, &mut feeds] {
        timer.set_missed_tick_behavior(MissedTickBehavior::Delay);
    }
    let mut kept = app.clock.now();
    loop {
        tokio::select! {
            () = app.stopped() => break,
            _ = housekeeping.tick() => housekeep(&app).await,
            _ = feeds.tick() => {
                app.series_rate.forget_idle();
                kept = keep_health(&app, kept).await;
            }
        }
    }
    keep_health(&app, kept).await;
}

/// Seals what is old enough and removes what has expired. Running it twice changes nothing more.
pub(crate) async fn housekeep(app: &App) {
    let now = app.clock.now();
    match app.store.seal(now).await {
        Ok(sealed) => tracing::info!(?sealed, "sealed"),
        Err(error) => tracing::error!(%error, "months cannot be sealed; tried again in an hour"),
    }
    match app.store.expire(now).await {
        Ok(expired) => tracing::info!(?expired, "expired"),
        Err(error) => {
            tracing::error!(%error, "old frames cannot be removed; tried again in an hour")
        }
    }
}

/// Writes down what feeds did since `since`; the time up to which it is kept.
async fn keep_health(app: &App, since: Timestamp) -> Timestamp {
    let now = app.clock.now();
    for (facts, health) in &app.feeds {
        let status = health.status();
        let mut kept = Ok(());
        if let Some(at) = status.last_success.filter(|at| *at >= since) {
            kept = app.store.feed_succeeded(facts.key, at).await;
        }
        if let Some(failure) = status.last_error.filter(|failure| failure.at >= since) {
            kept = app.store.feed_failed(facts.key, failure.at, &failure.text.en).await;
        }
        if let Err(error) = kept {
            tracing::error!(%error, facts.key, "a feed's health cannot be kept");
        }
    }
    now
}
