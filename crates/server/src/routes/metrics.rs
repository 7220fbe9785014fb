//! `GET metrics`, Prometheus text.

use axum::{extract::State, http::header};
use contract::public::Feed;
use ingest::health::FeedStatus;

use super::feeds;
use crate::{app::App, metrics::Gauge};

type Page = ([(header::HeaderName, &'static str); 2], String);

/// Counters since the start, and the state of every feed.
pub async fn text(State(app): State<App>) -> Page {
    let mut gauges = vec![waiting(&app)];
    gauges.extend(feeds::list(&app).feeds.iter().flat_map(of_feed));
    gauges.extend(app.feeds.iter().map(|(facts, health)| connections(facts.key, &health.status())));
    let headers =
        [(header::CONTENT_TYPE, "text/plain; version=0.0.4"), (header::CACHE_CONTROL, "no-store")];
    (headers, app.metrics.text(&gauges))
}

#[expect(clippy::cast_precision_loss, reason = "a gauge, not a published number")]
fn waiting(app: &App) -> Gauge {
    let waiting = app.intake.max_capacity() - app.intake.capacity();
    Gauge {
        name: "bilan_queue_deliveries",
        label: String::new(),
        help: "Deliveries waiting for the store.",
        value: waiting as f64,
    }
}

#[expect(clippy::cast_precision_loss, reason = "gauges, not published numbers")]
fn of_feed(feed: &Feed) -> Vec<Gauge> {
    let label = format!("{{feed=\"{}\"}}", feed.key);
    let gauge = |name, help, value| Gauge { name, label: label.clone(), help, value };
    let newest = feed.newest.map_or(0, |at| at.as_second());
    let mut gauges = vec![
        gauge("bilan_feed_newest_seconds", "End of the newest period.", newest as f64),
        gauge("bilan_feed_accepted", "Readings stored since the start.", feed.accepted as f64),
    ];
    let refused: u64 = feed.rejected.iter().map(|rejected| rejected.count).sum();
    gauges.push(gauge("bilan_feed_refused", "Refused since the start.", refused as f64));
    gauges.extend(feed.rejected.iter().map(|rejected| Gauge {
        name: "bilan_feed_refused_for",
        label: format!("{{feed=\"{}\",reason=\"{}\"}}", feed.key, rejected.reason),
        help: "Refused since the start, by reason.",
        value: rejected.count as f64,
    }));
    gauges
}

#[expect(clippy::cast_precision_loss, reason = "a gauge, not a published number")]
fn connections(key: &str, status: &FeedStatus) -> Gauge {
    Gauge {
        name: "bilan_feed_connections",
        label: format!("{{feed=\"{key}\"}}"),
        help: "Open connections of senders.",
        value: status.connections as f64,
    }
}
