//! The budgets of the product, by the key under which a benchmark reports.

use std::fmt;

/// One figure that a benchmark printed.
#[derive(Debug, PartialEq)]
pub(super) struct Measured {
    pub(super) key: String,
    pub(super) value: f64,
    pub(super) unit: String,
}

impl Measured {
    /// Reads `measured <key> <number> <unit>`; any other line is `None`.
    pub(super) fn parse(line: &str) -> Option<Self> {
        let mut words = line.trim().strip_prefix("measured ")?.split_whitespace();
        let (key, value) = (words.next()?.to_owned(), words.next()?.parse().ok()?);
        let unit = words.collect::<Vec<_>>().join(" ");
        Some(Self { key, value, unit })
    }
}

/// Which side of its limit a figure must keep to.
pub(super) enum Limit {
    AtMost(f64),
    AtLeast(f64),
}

/// One promise; its unit is the one the benchmark reports in.
pub(super) struct Budget {
    pub(super) key: &'static str,
    pub(super) limit: Limit,
    pub(super) unit: &'static str,
}

impl Budget {
    pub(super) fn met_by(&self, value: f64) -> bool {
        match self.limit {
            Limit::AtMost(limit) => value <= limit,
            Limit::AtLeast(limit) => value >= limit,
        }
    }
}

impl fmt::Display for Budget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (sign, limit) = match self.limit {
            Limit::AtMost(limit) => ("≤", limit),
            Limit::AtLeast(limit) => ("≥", limit),
        };
        write!(f, "{sign} {limit} {}", self.unit)
    }
}

/// Stated for a machine with two processors, 42 million observations and 2,415 series.
pub(super) const BUDGETS: [Budget; 13] = [
    at_least("ingest_rate", 200_000.0, "obs/s"),
    at_most("ingest_written", 250.0, "B/obs"),
    at_most("latest_all_p50", 1.0, "ms"),
    at_most("hourly_30_days_p50", 0.2, "ms"),
    at_most("daily_3_years_p50", 1.0, "ms"),
    at_most("sealed_size", 2.0, "B/obs"),
    at_least("http_against_bare", 0.8, "×"),
    at_most("live_p99", 1000.0, "ms"),
    at_most("cold_start", 1000.0, "ms"),
    at_most("memory_at_rest", 150.0, "MB"),
    at_most("chart_10k_draw", 50.0, "ms"),
    at_most("chart_10k_hover", 4.0, "ms"),
    at_least("live_subscribers", 5000.0, "clients"),
];

const fn at_most(key: &'static str, limit: f64, unit: &'static str) -> Budget {
    Budget { key, limit: Limit::AtMost(limit), unit }
}

const fn at_least(key: &'static str, limit: f64, unit: &'static str) -> Budget {
    Budget { key, limit: Limit::AtLeast(limit), unit }
}

#[cfg(test)]
mod tests {
    use super::{BUDGETS, Measured};

    #[test]
    fn a_measurement_is_read_and_other_lines_are_not() {
        let figure = Measured::parse("measured latest_all_p50 0.18 ms").expect("a measurement");
        assert_eq!((figure.key.as_str(), figure.unit.as_str()), ("latest_all_p50", "ms"));
        assert_eq!(Measured::parse("test result: ok"), None);
        assert_eq!(Measured::parse("measured nothing here"), None);
    }

    #[test]
    fn a_budget_is_kept_on_its_own_side() {
        let find = |key| BUDGETS.iter().find(|budget| budget.key == key).expect("a known key");
        assert!(find("ingest_rate").met_by(200_000.0) && !find("ingest_rate").met_by(199_999.0));
        assert!(find("cold_start").met_by(1000.0) && !find("cold_start").met_by(1000.1));
    }
}
