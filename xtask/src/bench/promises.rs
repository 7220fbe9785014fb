//! What has to be measured. The budgets themselves stand beside the figures, in the benchmarks.

use super::table::{Row, Verdict};

/// Part, and the row that measures the promise.
const PROMISES: [(&str, &str); 12] = [
    ("store", "… with keys, pages and the hot table"),
    ("store", "latest of all, p50"),
    ("store", "30 days hourly of one, p50"),
    ("store", "3 years daily of one, p50"),
    ("store", "cold start to the first answer"),
    ("store", "memory at rest (of the store alone)"),
    ("store", "live ingest, durable"),
    ("store", "… written"),
    ("server", "rate against the bare handler"),
    ("server", "reading sent → received by 5000, p50 / p99"),
    ("chart", "10,000 points: reply in hand to pixels, p50"),
    ("chart", "10,000 points: one step of the pointer, p50"),
];

/// The promises of a part that no row compares with a budget.
pub(super) fn unmeasured(part: &str, rows: &[Row]) -> Vec<&'static str> {
    let measured = |what: &str| {
        let compared = |row: &Row| matches!(row.verdict(), Verdict::Kept | Verdict::Missed);
        rows.iter().any(|row| row.what == what && compared(row))
    };
    let of_part = PROMISES.into_iter().filter(|(of, _)| *of == part);
    of_part.map(|(_, what)| what).filter(|what| !measured(what)).collect()
}

#[cfg(test)]
mod tests {
    use super::{Row, unmeasured};

    fn row(what: &str, measured: &str, budget: &str) -> Row {
        Row { what: what.to_owned(), measured: measured.to_owned(), budget: budget.to_owned() }
    }

    #[test]
    fn a_promise_is_measured_by_a_figure_beside_a_budget_of_its_unit() {
        let names = unmeasured("chart", &[]);
        assert_eq!(names.len(), 2);
        let without_budget = names.iter().map(|name| row(name, "9 ms", "")).collect::<Vec<_>>();
        assert_eq!(unmeasured("chart", &without_budget), names);
        let compared = names.iter().map(|name| row(name, "9 ms", "≤ 4 ms")).collect::<Vec<_>>();
        assert!(unmeasured("chart", &compared).is_empty());
    }
}
