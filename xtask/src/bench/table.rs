//! The tables that benchmarks print, and whether a figure keeps its budget.

/// Rows between a heading `what … measured … budget` and the next empty line.
#[derive(Default)]
pub(super) struct Table {
    inside: bool,
    pub(super) rows: Vec<Row>,
}

impl Table {
    pub(super) fn read(&mut self, line: &str) {
        if line.split_whitespace().eq(["what", "measured", "budget"]) {
            self.inside = true;
        } else if line.trim().is_empty() {
            self.inside = false;
        } else if self.inside {
            self.rows.push(Row::read(line));
        }
    }
}

/// One line of a table, as printed.
pub(super) struct Row {
    pub(super) what: String,
    pub(super) measured: String,
    pub(super) budget: String,
}

/// How a figure stands to its budget.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    Kept,
    Missed,
    /// No budget, or none that can be compared with the figure.
    None,
}

impl Verdict {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Kept => "ok",
            Self::Missed => "MISSED",
            Self::None => "",
        }
    }
}

impl Row {
    /// Columns are at least two blanks apart.
    fn read(line: &str) -> Self {
        let mut columns = line.split("  ").map(str::trim).filter(|column| !column.is_empty());
        let mut next = || columns.next().unwrap_or_default().to_owned();
        Self { what: next(), measured: next(), budget: next() }
    }

    pub(super) fn verdict(&self) -> Verdict {
        match self.keeps_its_budget() {
            Some(true) => Verdict::Kept,
            Some(false) => Verdict::Missed,
            None => Verdict::None,
        }
    }

    /// Compares `12 / 34 ms` of a row named `…, p50 / p99` with `p99 ≤ 1 s`, and simpler ones alike.
    fn keeps_its_budget(&self) -> Option<bool> {
        let is_percentile =
            |word: &&str| word.strip_prefix('p').is_some_and(|digits| digits.parse::<u8>().is_ok());
        let (percentile, limit) = match self.budget.split_once(' ') {
            Some((word, limit)) if is_percentile(&word) => (Some(word), limit),
            _ => (None, self.budget.as_str()),
        };
        let figures: Vec<_> = self.measured.split(" / ").collect();
        let place = match percentile {
            Some(word) => {
                self.what.split([' ', ',', '/']).filter(is_percentile).position(|of| of == word)?
            }
            None if figures.len() == 1 => 0,
            None => return None,
        };
        // `12 / 34 ms` says its unit once.
        let unit =
            figures.last()?.trim_start_matches(|c: char| c.is_ascii_digit() || ",. ".contains(c));
        let number = figures.get(place)?.split(' ').next()?;
        let figure = Amount::read(number.trim_end_matches(unit), unit)?;
        let (compare, limit): (fn(&f64, &f64) -> bool, &str) = match limit.chars().next()? {
            '≤' => (f64::le, limit.trim_start_matches('≤')),
            '≥' => (f64::ge, limit.trim_start_matches('≥')),
            // A count that must be met exactly, such as no batch missed.
            _ => (|a, b| a.total_cmp(b).is_eq(), limit),
        };
        let limit = limit.trim();
        let end =
            limit.find(|c: char| !(c.is_ascii_digit() || ",.".contains(c))).unwrap_or(limit.len());
        let limit = Amount::read(&limit[..end], limit[end..].trim())?;
        (figure.kind == limit.kind).then(|| compare(&figure.value, &limit.value))
    }
}

/// A number in the base unit of its kind.
struct Amount {
    value: f64,
    kind: Kind,
}

#[derive(PartialEq, Eq)]
enum Kind {
    Seconds,
    Bytes,
    PerSecond,
    Count,
}

impl Amount {
    fn read(number: &str, unit: &str) -> Option<Self> {
        let (kind, factor) = match unit.strip_suffix("/obs").unwrap_or(unit) {
            "µs" => (Kind::Seconds, 1e-6),
            "ms" => (Kind::Seconds, 1e-3),
            "s" => (Kind::Seconds, 1.0),
            "B" | "bytes" => (Kind::Bytes, 1.0),
            "kB" => (Kind::Bytes, 1e3),
            "MB" => (Kind::Bytes, 1e6),
            "/s" | "obs/s" => (Kind::PerSecond, 1.0),
            "" => (Kind::Count, 1.0),
            _ => return None,
        };
        Some(Self { value: number.replace(',', "").parse::<f64>().ok()? * factor, kind })
    }
}

#[cfg(test)]
mod tests {
    use super::{Row, Table, Verdict};

    #[test]
    fn the_rows_of_every_table_are_kept_and_nothing_else() {
        let mut table = Table::default();
        let printed = "warming up\n\nStore\n\nwhat   measured   budget\na b   1 ms   ≤ 1 ms\nb   2   \n\ndone\n\
            what measured budget\nc   3   4\n";
        printed.lines().for_each(|line| table.read(line));
        let rows: Vec<_> =
            table.rows.iter().map(|row| [&row.what[..], &row.measured, &row.budget]).collect();
        assert_eq!(rows, [["a b", "1 ms", "≤ 1 ms"], ["b", "2", ""], ["c", "3", "4"]]);
    }

    fn verdict(line: &str) -> Verdict {
        Row::read(line).verdict()
    }

    #[test]
    fn figures_are_compared_in_their_own_units() {
        for kept in [
            "cold start  7.630 ms  ≤ 1 s",
            "live ingest, durable  306317 obs/s  ≥ 200,000 obs/s",
            "… written  107 bytes/obs  ≤ 250 bytes",
            "memory  7.0 MB  ≤ 150 MB",
            "rate against the bare handler  0.80  ≥ 0.80",
            "sent → received, p50 / p99  12 / 1000 ms  p99 ≤ 1000 ms",
            "batches missed  0  0",
        ] {
            assert_eq!(verdict(kept), Verdict::Kept, "{kept}");
        }
        for missed in [
            "cold start  1.2 s  ≤ 1000 ms",
            "live ingest, durable  199999 obs/s  ≥ 200,000 obs/s",
            "… written  251 bytes/obs  ≤ 250 bytes",
            "rate against the bare handler  0.79  ≥ 0.80",
            "sent → received, p50 / p99  12 / 1001 ms  p99 ≤ 1000 ms",
            "batches missed  1  0",
        ] {
            assert_eq!(verdict(missed), Verdict::Missed, "{missed}");
        }
    }

    #[test]
    fn what_cannot_be_compared_has_no_verdict() {
        for line in [
            "real series  1.05 bytes  reported",
            "latest of all, p99  0.939 ms  ",
            "cold start  7 MB  ≤ 1 s",
            "sent → received, p50 / p99  12 / 34 ms  ≤ 1 s",
            "sent → received  12 / 34 ms  p99 ≤ 1 s",
            "cold start    ≤ 1 s",
            "sent  NaN ms  ≤ 1 s",
        ] {
            assert_eq!(verdict(line), Verdict::None, "{line}");
        }
    }
}
