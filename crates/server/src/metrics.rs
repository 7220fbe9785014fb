//! Counters for `/metrics`, Prometheus text format 0.0.4.

use std::{
    fmt::Write,
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};

/// Upper bounds of the request histogram, in microseconds.
const BOUNDS_US: [u64; 8] = [100, 500, 1_000, 5_000, 25_000, 100_000, 500_000, 2_500_000];

/// Everything counted since the start.
#[derive(Debug, Default)]
pub struct Metrics {
    /// Answers by class of status: 1xx … 5xx.
    answers: [AtomicU64; 5],
    durations: [AtomicU64; BOUNDS_US.len() + 1],
    duration_sum_us: AtomicU64,
    pub stored: AtomicU64,
    pub duplicate: AtomicU64,
    pub revised: AtomicU64,
    pub refused: AtomicU64,
    pub commits: AtomicU64,
    pub commit_failures: AtomicU64,
    pub commit_us: AtomicU64,
    pub subscribers: AtomicU64,
    pub batches: AtomicU64,
    pub lagged: AtomicU64,
}

impl Metrics {
    /// Counts one answered request.
    pub fn answered(&self, status: u16, took: Duration) {
        let class = usize::from(status / 100).clamp(1, 5) - 1;
        self.answers[class].fetch_add(1, Ordering::Relaxed);
        let us = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        let bucket = BOUNDS_US.iter().position(|&bound| us <= bound).unwrap_or(BOUNDS_US.len());
        self.durations[bucket].fetch_add(1, Ordering::Relaxed);
        self.duration_sum_us.fetch_add(us, Ordering::Relaxed);
    }

    /// The text; `gauges` are values read at this moment: name, help, value.
    pub fn text(&self, gauges: &[(&str, &str, f64)]) -> String {
        let mut out = String::new();
        out.push_str("# HELP bilan_http_answers_total Answers by class of status.\n# TYPE bilan_http_answers_total counter\n");
        for (class, count) in self.answers.iter().enumerate() {
            let count = count.load(Ordering::Relaxed);
            let _ = writeln!(out, "bilan_http_answers_total{{status=\"{}xx\"}} {count}", class + 1);
        }
        self.histogram(&mut out);
        let counters: [(&str, &str, &AtomicU64); 9] = [
            ("bilan_readings_stored_total", "Readings newly stored.", &self.stored),
            ("bilan_readings_duplicate_total", "Readings already known.", &self.duplicate),
            ("bilan_readings_revised_total", "Readings that replaced a value.", &self.revised),
            ("bilan_readings_refused_total", "Readings refused by the store.", &self.refused),
            ("bilan_commits_total", "Transactions of readings.", &self.commits),
            ("bilan_commit_failures_total", "Transactions that failed.", &self.commit_failures),
            ("bilan_commit_microseconds_total", "Time spent in them.", &self.commit_us),
            ("bilan_live_batches_total", "Batches sent to live streams.", &self.batches),
            (
                "bilan_live_lagged_total",
                "Streams that lagged and got the full state.",
                &self.lagged,
            ),
        ];
        for (name, help, value) in counters {
            let value = value.load(Ordering::Relaxed);
            let _ = writeln!(out, "# HELP {name} {help}\n# TYPE {name} counter\n{name} {value}");
        }
        let subscribers = self.subscribers.load(Ordering::Relaxed);
        let _ = writeln!(
            out,
            "# HELP bilan_live_subscribers Open live streams.\n# TYPE bilan_live_subscribers gauge\nbilan_live_subscribers {subscribers}"
        );
        for (name, help, value) in gauges {
            let bare = name.split('{').next().unwrap_or(name);
            if !out.contains(&format!("# TYPE {bare} ")) {
                let _ = writeln!(out, "# HELP {bare} {help}\n# TYPE {bare} gauge");
            }
            let _ = writeln!(out, "{name} {value}");
        }
        out
    }

    fn histogram(&self, out: &mut String) {
        let name = "bilan_http_duration_seconds";
        let _ = writeln!(out, "# HELP {name} Time to the answer's head.\n# TYPE {name} histogram");
        let mut count = 0;
        for (at, bucket) in self.durations.iter().enumerate() {
            count += bucket.load(Ordering::Relaxed);
            let bound = BOUNDS_US.get(at).map_or("+Inf".to_owned(), |&us| seconds(us).to_string());
            let _ = writeln!(out, "{name}_bucket{{le=\"{bound}\"}} {count}");
        }
        let sum = seconds(self.duration_sum_us.load(Ordering::Relaxed));
        let _ = writeln!(out, "{name}_sum {sum}\n{name}_count {count}");
    }
}

#[expect(clippy::cast_precision_loss, reason = "a gauge, not a published number")]
fn seconds(us: u64) -> f64 {
    us as f64 / 1e6
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buckets_are_cumulative_and_end_with_the_count() {
        let metrics = Metrics::default();
        metrics.answered(200, Duration::from_micros(50));
        metrics.answered(404, Duration::from_secs(60));
        let text = metrics.text(&[("bilan_ready", "Ready.", 1.0)]);
        assert!(text.contains("bilan_http_answers_total{status=\"4xx\"} 1"));
        assert!(text.contains("_bucket{le=\"0.0001\"} 1"));
        assert!(text.contains("_bucket{le=\"+Inf\"} 2"));
        assert!(text.contains("bilan_ready 1"));
    }
}
