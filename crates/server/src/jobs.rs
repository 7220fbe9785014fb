//! What is done by the clock: sealing, expiry, what falls due of reports, and keeping the health of feeds.

use std::time::Duration;

use ingest::health::{Failure, FeedStatus};
use jiff::{SignedDuration, Timestamp};
use store::{Latest, StoreError};
use tokio::time::{Instant, MissedTickBehavior, interval_at};

use crate::{
    app::App,
    officers::rewards::{lapse, roots},
    photos,
    reports::{cells, delayed},
};

/// The first housekeeping waits until the start's own work is over.
const FIRST: Duration = Duration::from_secs(120);
const HOUR: Duration = Duration::from_secs(3_600);
/// How often jobs that officers' actions cause are looked for.
const SOON: Duration = Duration::from_secs(2);
/// How long a claimed job is nobody else's.
const LEASE: SignedDuration = SignedDuration::from_secs(60);
/// How often the health of feeds is kept, for the time after a restart.
const MINUTE: Duration = Duration::from_secs(60);

/// Runs until the server stops.
pub(crate) async fn run(app: App) {
    let mut housekeeping = interval_at(Instant::now() + FIRST, HOUR);
    let mut feeds = interval_at(Instant::now() + MINUTE, MINUTE);
    let mut asked = interval_at(Instant::now() + SOON, SOON);
    for timer in [&mut housekeeping, &mut feeds, &mut asked] {
        timer.set_missed_tick_behavior(MissedTickBehavior::Delay);
    }
    let mut kept = app.clock.now();
    loop {
        tokio::select! {
            () = app.stopped() => break,
            _ = housekeeping.tick() => housekeep(&app).await,
            _ = asked.tick() => do_asked(&app).await,
            _ = feeds.tick() => {
                look_after_reports(&app).await;
                app.series_rate.forget_idle();
                kept = keep_health(&app, kept).await;
            }
        }
    }
    keep_health(&app, kept).await;
}

/// What is done about reports every minute: photos and clients are forgotten, delayed reports get their turn, claims lapse.
pub async fn look_after_reports(app: &App) {
    photos::tidy(app).await;
    app.reports.forget_idle(app.clock.now());
    match delayed::release(app).await {
        Ok(0) => {}
        Ok(released) => tracing::info!(released, "delayed reports entered the queue"),
        Err(error) => {
            tracing::error!(%error, "delayed reports cannot enter the queue; tried again")
        }
    }
    match lapse::lapse(app).await {
        Ok(0) => {}
        Ok(lapsed) => tracing::info!(lapsed, "rewards were not claimed in time"),
        Err(error) => tracing::error!(%error, "claims cannot lapse; tried again in a minute"),
    }
    if let Err(error) = roots::close_yesterday(app).await {
        tracing::error!(%error, "the ledger's end of yesterday cannot be noted; tried again");
    }
}

/// Seals what is old enough and removes what has expired. Running it twice changes nothing more.
pub async fn housekeep(app: &App) {
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
    match app.store.expire_reports(now).await {
        Ok(expired) => tracing::info!(?expired, "expired of reports"),
        Err(error) => {
            tracing::error!(%error, "what is over of reports cannot be removed; tried again in an hour")
        }
    }
    publish_head(app, now).await;
    // Cells of what is reported from home are settled when its day is over.
    settle_cells(app).await;
}

/// Notes where the rectification ledger ends, once a day: what a rewritten one contradicts.
async fn publish_head(app: &App, now: Timestamp) {
    if let Err(error) = app.store.publish_head(domain::period::beijing_day(now)).await {
        tracing::error!(%error, "the head of the rectification ledger cannot be noted; tried again in an hour");
    }
}

/// Does what officers' actions have asked for.
pub(crate) async fn do_asked(app: &App) {
    loop {
        match app.store.claim_job(&[cells::KIND], app.clock.now(), LEASE).await {
            Ok(None) => return,
            Ok(Some(job)) => {
                if !settle_cells(app).await {
                    return;
                }
                if let Err(error) = app.store.finish_job(&job, app.clock.now()).await {
                    tracing::error!(%error, "a job cannot be noted as done; it is done once more");
                }
            }
            Err(error) => {
                tracing::error!(%error, "jobs cannot be looked for; tried again soon");
                return;
            }
        }
    }
}

async fn settle_cells(app: &App) -> bool {
    match cells::settle(app).await {
        Ok(changed) => {
            tracing::debug!(changed, "public cells settled");
            true
        }
        Err(error) => {
            tracing::error!(%error, "public cells cannot be settled; tried again");
            false
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
            let text = serde_json::to_string(&failure.text).unwrap_or_default();
            kept = app.store.feed_failed(facts.key, failure.at, &text).await;
        }
        if let Err(error) = kept {
            tracing::error!(%error, facts.key, "a feed's health cannot be kept");
        }
    }
    now
}

/// Gives every feed what an earlier run of the server knew of it: a restart is no silence.
pub(crate) async fn resume_health(app: &App) -> Result<(), StoreError> {
    let kept = app.store.feed_statuses().await?;
    let latest = app.store.latest_all().await?;
    let now = app.clock.now();
    for (facts, health) in &app.feeds {
        let of_feed = |latest: &&Latest| {
            latest.series.source.split(':').next() == Some(facts.key)
                && latest.observation.period().end() <= now
        };
        health.resume(earlier(
            kept.iter().find(|kept| kept.feed == facts.key),
            latest.iter().filter(of_feed),
        ));
    }
    Ok(())
}

fn earlier<'a>(
    kept: Option<&store::FeedStatus>,
    latest: impl Iterator<Item = &'a Latest>,
) -> FeedStatus {
    let mut status = FeedStatus::default();
    if let Some(kept) = kept {
        status.last_try = Some(kept.last_try);
        status.last_success = kept.last_success;
        let error = kept.last_error.as_deref().filter(|_| kept.failures > 0);
        // Kept in both languages by `keep_health`.
        let text = error.and_then(|text| serde_json::from_str(text).ok());
        status.last_error = kept.last_error_at.zip(text).map(|(at, text)| Failure { at, text });
    }
    for latest in latest {
        let end = latest.observation.period().end();
        status.newest = status.newest.max(Some(end));
        let station = status.stations.entry(latest.series.station.clone()).or_default();
        station.newest = station.newest.max(Some(end));
        station.last_seen = station.last_seen.max(Some(latest.received));
    }
    status
}
