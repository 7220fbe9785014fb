//! From the one channel to the store: what waits goes into one transaction, then everybody is
//! answered.

use std::{sync::atomic::Ordering, time::Instant};

use ingest::{Delivery, NotStored, Stored};
use jiff::Timestamp;
use store::{NewDelivery, Outcome, Recorded, StoreError};
use tokio::sync::{mpsc, oneshot};

use crate::{app::App, live};

/// Readings in one transaction; what came meanwhile waits for the next.
const READINGS: usize = 500;

type Answer = oneshot::Sender<Result<Stored, NotStored>>;

/// Stores deliveries until `closing`, then what still waits.
///
/// A lone delivery is stored at once. While one transaction is being written others queue up, so
/// that under load they share the next one: gathering costs no waiting.
pub(crate) async fn run(
    app: App,
    mut deliveries: mpsc::Receiver<Delivery>,
    closing: oneshot::Receiver<()>,
) {
    let mut closing = std::pin::pin!(closing);
    let mut open = true;
    loop {
        let first = tokio::select! {
            biased;
            _ = &mut closing, if open => {
                open = false;
                deliveries.close();
                continue;
            }
            first = deliveries.recv() => first,
        };
        let Some(first) = first else { return };
        let mut readings = first.readings.len();
        let mut batch = vec![first];
        while readings < READINGS
            && let Ok(next) = deliveries.try_recv()
        {
            readings += next.readings.len();
            batch.push(next);
        }
        store(&app, batch).await;
    }
}

async fn store(app: &App, batch: Vec<Delivery>) {
    let (rows, answers): (Vec<NewDelivery>, Vec<Answer>) = batch.into_iter().map(row).unzip();
    let mut again = if rows.len() > 1 { rows.clone() } else { Vec::new() };
    match record(app, rows).await {
        // One sender's delivery that cannot be stored must not refuse the others'.
        Err(error) if !again.is_empty() && !refuses_everybody(&error) => {
            tracing::warn!(%error, deliveries = again.len(), "stored one by one instead");
            for (row, answer) in again.drain(..).zip(answers) {
                answered(record(app, vec![row]).await, vec![answer]);
            }
        }
        recorded => answered(recorded, answers),
    }
}

/// True for what no delivery can be stored after.
fn refuses_everybody(error: &StoreError) -> bool {
    matches!(error, StoreError::Full | StoreError::Closed)
}

async fn record(app: &App, rows: Vec<NewDelivery>) -> Result<Vec<Outcome>, StoreError> {
    let began = Instant::now();
    let now = app.clock.now();
    let profile = app.profile.clone();
    let recorded = app
        .store
        .record(rows, now, move |changes, view| live::derive(&profile, changes, view, now))
        .await;
    count(app, began, recorded.as_ref());
    let recorded = recorded?;
    note(app, &recorded, now);
    Ok(recorded.outcomes)
}

fn answered(recorded: Result<Vec<Outcome>, StoreError>, answers: Vec<Answer>) {
    match recorded {
        Ok(outcomes) => {
            for (answer, outcome) in answers.into_iter().zip(outcomes) {
                // Who no longer waits has been stored all the same.
                let _ = answer.send(Ok(stored(outcome)));
            }
        }
        Err(error) => {
            tracing::error!(%error, deliveries = answers.len(), "readings were not stored");
            let refusal = match error {
                StoreError::Full => NotStored::StorageFull,
                _ => NotStored::Unavailable,
            };
            for answer in answers {
                let _ = answer.send(Err(refusal.clone()));
            }
        }
    }
}

fn row(delivery: Delivery) -> (NewDelivery, Answer) {
    let row = NewDelivery {
        feed: delivery.feed.to_owned(),
        source: delivery.source,
        provenance: delivery.provenance,
        received: delivery.received,
        raw: delivery.raw,
        readings: delivery.readings,
    };
    (row, delivery.answer)
}

fn stored(outcome: Outcome) -> Stored {
    Stored {
        stored: outcome.stored,
        duplicate: outcome.duplicate,
        revised: outcome.revised,
        rejected: outcome.rejected,
    }
}

/// Tells bodies and streams that something is new.
fn note(app: &App, recorded: &Recorded, now: Timestamp) {
    if recorded.changes.is_empty() {
        return;
    }
    let today = domain::period::day_start(domain::period::beijing_day(now)).as_microsecond();
    app.versions.changed(recorded.changes.iter().any(|c| c.observation.start_us < today));
    app.hub.notify();
}

fn count(app: &App, began: Instant, recorded: Result<&Recorded, &StoreError>) {
    let metrics = &app.metrics;
    let took = u64::try_from(began.elapsed().as_micros()).unwrap_or(u64::MAX);
    metrics.commit_us.fetch_add(took, Ordering::Relaxed);
    match recorded {
        Err(_) => metrics.commit_failures.fetch_add(1, Ordering::Relaxed),
        Ok(recorded) => {
            for outcome in &recorded.outcomes {
                metrics.stored.fetch_add(outcome.stored as u64, Ordering::Relaxed);
                metrics.duplicate.fetch_add(outcome.duplicate as u64, Ordering::Relaxed);
                metrics.revised.fetch_add(outcome.revised as u64, Ordering::Relaxed);
                metrics.refused.fetch_add(outcome.rejected.len() as u64, Ordering::Relaxed);
            }
            metrics.commits.fetch_add(1, Ordering::Relaxed)
        }
    };
}
