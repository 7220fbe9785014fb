//! The one task that turns committed events into batches.

use std::time::Duration;

use bytes::Bytes;
use contract::live::{BATCH, Batch, HELLO, Hello, SNAPSHOT, StationChange};
use jiff::Timestamp;
use store::Event;
use tokio::time::{Instant, timeout};

use super::{
    Message, Opening,
    batch::{merge, refresh},
    frame,
};
use crate::{app::App, hot::MOVING, load, problem::Problem};

/// Time between two batches: with the moment of gathering, a value is out within a second.
const BETWEEN: Duration = Duration::from_millis(700);
/// The first change after a pause waits this long for others of the same minute.
const GATHER: Duration = Duration::from_millis(30);
/// So long after the last message the time is told: it keeps connections and proxies awake, and a
/// page can tell a quiet hour from a connection that died without a word.
const KEEP_ALIVE: Duration = Duration::from_secs(15);
/// Events in one batch; a flood beyond is sent in several.
const MOST: usize = 5_000;
/// Events that a client may have missed and still be told one by one: each is read and merged for
/// this client alone, while the full state is made once for everybody.
const MOST_MISSED: usize = 500;

/// Sends what comes after event `seen` until the server stops.
///
/// `seen` is read before anybody can subscribe, so that no event falls between.
pub(crate) async fn run(app: App, mut seen: i64) {
    let mut last = Instant::now();
    loop {
        let told = tokio::select! {
            () = app.stopped() => break,
            told = timeout(KEEP_ALIVE, app.hub.news.notified()) => told.is_ok(),
        };
        if told {
            tokio::time::sleep_until((last + BETWEEN).max(Instant::now() + GATHER)).await;
        }
        // Looked at even when nobody told: the log is the truth, being told only hastens it.
        match send_after(&app, seen).await {
            Ok(id) if id == seen => {
                app.hub.send(Message { id: None, bytes: hello(app.clock.now()) })
            }
            Ok(id) => seen = id,
            Err(error) => tracing::error!(%error, "live events cannot be read"),
        }
        last = Instant::now();
    }
}

/// The server's time as a message.
pub(super) fn hello(server_time: Timestamp) -> Bytes {
    frame(HELLO, None, &serde_json::to_string(&Hello { server_time }).unwrap_or_default())
}

/// Sends what came after event `seen`; the newest event sent.
async fn send_after(app: &App, mut seen: i64) -> Result<i64, store::StoreError> {
    loop {
        let events = app.store.events_after(seen, MOST).await?;
        let Some(id) = events.last().map(|event| event.id) else { return Ok(seen) };
        app.hub.send(Message { id: Some(id), bytes: batch(app, &events, id) });
        app.metrics.batches.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        seen = id;
        if events.len() < MOST {
            return Ok(seen);
        }
    }
}

fn batch(app: &App, events: &[Event], id: i64) -> Bytes {
    let now = app.clock.now();
    let mut merged = merge(events, now);
    refresh(&mut merged, &app.station_errors(), now);
    frame(BATCH, Some(id), &serde_json::to_string(&merged).unwrap_or_default())
}

/// What a new stream begins with: what the client missed, or the full state.
pub(crate) async fn opening(app: &App, last_seen: Option<i64>) -> Result<Opening, Problem> {
    let ids = app.store.event_ids().await?;
    if let Some(seen) = last_seen.filter(|&seen| ids.can_resume_after(seen)) {
        let events = app.store.events_after(seen, MOST_MISSED + 1).await?;
        if events.len() <= MOST_MISSED {
            let id = events.last().map_or(seen, |event| event.id);
            let missed = (!events.is_empty()).then(|| batch(app, &events, id));
            return Ok(Opening { id, bytes: missed.unwrap_or_default() });
        }
    }
    // The events' numbers first: what is committed in between is then sent twice, never lost.
    snapshot(app, ids.newest).await
}

async fn snapshot(app: &App, id: i64) -> Result<Opening, Problem> {
    let make = || async {
        let now = app.clock.now();
        let all = load::all_stations(app).await?;
        let changes = all.iter().map(|(station, data)| StationChange {
            code: station.code.clone(),
            figures: data.figures(station, now),
            index: data.hourly(None, now),
            water: data.water(station),
            status: data.status(station, now),
            earlier: None,
        });
        let batch = Batch { server_time: now, stations: changes.collect() };
        let json = serde_json::to_string(&batch).map_err(Problem::internal)?;
        let bytes = frame(SNAPSHOT, Some(id), &json);
        Ok(crate::reply::Prepared::of(bytes, "text/event-stream", crate::reply::Life::Live, now))
    };
    let body =
        app.bodies.get(format!("snapshot:{id}").into(), app.versions.any(), MOVING, make).await?;
    Ok(Opening { id, bytes: body.plain() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quiet_stream_tells_the_time_without_counting_as_something_seen() {
        let text = String::from_utf8(hello(Timestamp::UNIX_EPOCH).to_vec()).unwrap();
        assert_eq!(text, "event: hello\ndata: {\"server_time\":\"1970-01-01T00:00:00Z\"}\n\n");
    }
}
