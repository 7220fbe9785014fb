//! Counters for `/metrics`, Prometheus text format 0.0.4.

use std::{
    fmt::Write,
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};

/// Upper bounds of the request histogram, in microseconds.
const BOUNDS_US: [u64; 8] = [100, 500, 1_000, 5_000, 25_000, 100_000, 500_000, 2_500_000];

/// A value read at this moment.
#[derive(Debug, Clone)]
pub struct Gauge {
    pub name: &'static str,
    /// `{key="value"}`; empty for none.
    pub label: String,
    pub help: &'static str,
    pub value: f64,
}

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

    /// The text; the gauges of one name are written together.
    pub fn text(&self, gauges: &[Gauge]) -> String {
        let mut out = String::new();
        out.push_str("# HELP bilan_http_answers_total Answers by class of status.\n# TYPE bilan_http_answers_total counter\n");
        for (class, count) in self.answers.iter().enumerate() {
            let count = count.load(Ordering::Relaxed);
            let _ = writeln!(out, "bilan_http_answers_total{{status=\"{}xx\"}} {count}", class + 1);
        }
        self.histogram(&mut out);
        self.counters(&mut out);
        let subscribers = self.subscribers.load(Ordering::Relaxed);
        let name = "bilan_live_subscribers";
        let _ = writeln!(out, "# HELP {name} Open live streams.\n# TYPE {name} gauge");
        let _ = writeln!(out, "{name} {subscribers}");
        let mut gauges: Vec<&Gauge> = gauges.iter().collect();
        gauges.sort_by_key(|gauge| gauge.name);
        for of_name in gauges.chunk_by(|a, b| a.name == b.name) {
            let Some(Gauge { name, help, .. }) = of_name.first() else { continue };
            let _ = writeln!(out, "# HELP {name} {help}\n# TYPE {name} gauge");
            for Gauge { label, value, .. } in of_name {
                let _ = writeln!(out, "{name}{label} {value}");
            }
        }
        out
    }

    fn counters(&self, out: &mut String) {
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
        let gauge =
            |name, label: &str| Gauge { name, label: label.into(), help: "Help.", value: 1.0 };
        let gauges = [gauge("b", "{of=\"x\"}"), gauge("a", ""), gauge("b", "{of=\"y\"}")];
        let text = metrics.text(&gauges);
        let grouped =
            "# TYPE a gauge\na 1\n# HELP b Help.\n# TYPE b gauge\nb{of=\"x\"} 1\nb{of=\"y\"} 1\n";
        assert!(text.ends_with(grouped), "{text}");
        assert!(text.contains("bilan_http_answers_total{status=\"4xx\"} 1"));
        assert!(text.contains("_bucket{le=\"0.0001\"} 1"));
        assert!(text.contains("_bucket{le=\"+Inf\"} 2"));
    }
}
