//! `GET metrics`, Prometheus text.

use axum::{extract::State, http::header};

use super::feeds;
use crate::app::App;

type Page = ([(header::HeaderName, &'static str); 2], String);

/// Counters since the start, and the state of every feed.
#[expect(clippy::cast_precision_loss, reason = "gauges, not published numbers")]
pub async fn text(State(app): State<App>) -> Page {
    let mut gauges: Vec<(String, &str, f64)> = Vec::new();
    let waiting = app.intake.max_capacity() - app.intake.capacity();
    gauges.push((
        "bilan_queue_deliveries".into(),
        "Deliveries waiting for the store.",
        waiting as f64,
    ));
    for feed in feeds::list(&app).feeds {
        let label = format!("{{feed=\"{}\"}}", feed.key);
        let newest = feed.newest.map_or(0, |at| at.as_second());
        gauges.push((
            format!("bilan_feed_newest_seconds{label}"),
            "End of the newest period.",
            newest as f64,
        ));
        gauges.push((
            format!("bilan_feed_accepted{label}"),
            "Readings stored since the start.",
            feed.accepted as f64,
        ));
        let refused: u64 = feed.rejected.iter().map(|rejected| rejected.count).sum();
        gauges.push((
            format!("bilan_feed_refused{label}"),
            "Refused since the start.",
            refused as f64,
        ));
    }
    let gauges: Vec<(&str, &str, f64)> =
        gauges.iter().map(|(name, help, value)| (name.as_str(), *help, *value)).collect();
    let text = app.metrics.text(&gauges);
    (
        [(header::CONTENT_TYPE, "text/plain; version=0.0.4"), (header::CACHE_CONTROL, "no-store")],
        text,
    )
}
