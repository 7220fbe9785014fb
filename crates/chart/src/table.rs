//! The data table that stands under every chart.

/// The drawn values as text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// What the table shows, with its unit.
    pub caption: String,
    /// Column headings; as many as each row has cells.
    pub columns: Vec<String>,
    /// One row per time, day or name, in drawing order.
    pub rows: Vec<Vec<String>>,
    /// What the picture shows besides values: thresholds, bands, vertical marks, each a line.
    pub notes: Vec<String>,
}

/// Whether a CSV file starts with the byte-order mark by which spreadsheets recognise UTF-8.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bom {
    /// For spreadsheets.
    With,
    /// For programs.
    Without,
}

impl Table {
    /// Headings and rows as CSV (RFC 4180: CRLF, quotes doubled), in UTF-8.
    ///
    /// ```
    /// # use chart::{Bom, Table};
    /// let table = Table {
    ///     columns: vec!["time".into(), "a, b".into()],
    ///     rows: vec![vec!["08:00".into(), "said \"no\"".into()]],
    ///     ..Table::default()
    /// };
    /// assert_eq!(table.to_csv(Bom::Without), "time,\"a, b\"\r\n08:00,\"said \"\"no\"\"\"\r\n");
    /// ```
    pub fn to_csv(&self, bom: Bom) -> String {
        let mut csv = String::new();
        if bom == Bom::With {
            csv.push('\u{feff}');
        }
        for row in std::iter::once(&self.columns).chain(&self.rows) {
            for (number, cell) in row.iter().enumerate() {
                if number > 0 {
                    csv.push(',');
                }
                push_cell(&mut csv, cell);
            }
            csv.push_str("\r\n");
        }
        csv
    }

    /// Leaves out the columns after the first that have neither heading nor content.
    pub(crate) fn without_empty_columns(mut self) -> Self {
        let kept: Vec<bool> = (0..self.columns.len())
            .map(|column| {
                column == 0
                    || !self.columns[column].is_empty()
                    || self.rows.iter().any(|row| !row[column].is_empty())
            })
            .collect();
        if kept.iter().any(|kept| !kept) {
            for row in std::iter::once(&mut self.columns).chain(&mut self.rows) {
                let mut column = kept.iter();
                row.retain(|_| column.next().copied().unwrap_or(true));
            }
        }
        self
    }
}

fn push_cell(csv: &mut String, cell: &str) {
    if cell.contains(['"', ',', '\r', '\n']) {
        csv.push('"');
        csv.push_str(&cell.replace('"', "\"\""));
        csv.push('"');
    } else {
        csv.push_str(cell);
    }
}

/// Joins what is there: `"08:00 · 35 · valid"`.
pub(crate) fn joined<'a>(parts: impl IntoIterator<Item = &'a str>, between: &str) -> String {
    let mut whole = String::new();
    for part in parts.into_iter().filter(|part| !part.is_empty()) {
        if !whole.is_empty() {
            whole.push_str(between);
        }
        whole.push_str(part);
    }
    whole
}

/// A heading with its unit, `"PM2.5 (µg/m³)"`.
pub(crate) fn with_unit(label: &str, unit: &str) -> String {
    if unit.is_empty() { label.to_owned() } else { format!("{label} ({unit})") }
}
