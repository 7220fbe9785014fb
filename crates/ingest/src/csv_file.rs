//! The plain table of readings that `bilan import --format readings` takes.
//!
//! Columns, in any order and letter case: `station`, `item`, `value`, `unit`, `start`,
//! `averaging` and, optionally, `flag`; the meanings are those of a pushed batch
//! ([`PushedRow`]). An empty `value` is a gap whose reason `flag` states. UTF-8, with or without
//! byte-order mark; other columns are ignored.

use std::io::Read;

use crate::PushedRow;

/// Why a file cannot be read at all.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// The disk, or the compression.
    #[error("the file cannot be read: {0}")]
    Unreadable(String),
    /// One line that is not UTF-8; those after it can be read.
    #[error("line {line} is not UTF-8 and was left out; save the file as UTF-8")]
    NotText {
        /// Its number in the file, from 1.
        line: u64,
    },
    /// A column is missing.
    #[error("column \"{missing}\" is missing; the file has {present}")]
    Columns {
        /// The first column that is missing.
        missing: &'static str,
        /// Those that are there.
        present: String,
    },
}

impl From<csv::Error> for FileError {
    fn from(error: csv::Error) -> Self {
        match error.kind() {
            csv::ErrorKind::Utf8 { pos: Some(at), .. } => Self::NotText { line: at.line() },
            _ => Self::Unreadable(error.to_string()),
        }
    }
}

impl From<std::io::Error> for FileError {
    fn from(error: std::io::Error) -> Self {
        Self::Unreadable(error.to_string())
    }
}

/// A CSV table whose columns are found by name.
pub(crate) struct Table<R> {
    reader: csv::Reader<R>,
    names: Vec<String>,
}

impl<R: Read> Table<R> {
    /// Reads the head; `needed` columns must be there.
    pub(crate) fn open(reader: R, needed: &[&'static str]) -> Result<Self, FileError> {
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(reader);
        let names: Vec<String> = reader
            .headers()?
            .iter()
            .map(|name| name.trim_start_matches('\u{feff}').trim().to_lowercase())
            .collect();
        for missing in needed {
            if !names.iter().any(|name| name == missing) {
                return Err(FileError::Columns { missing, present: names.join(", ") });
            }
        }
        Ok(Self { reader, names })
    }

    /// The place of a column.
    pub(crate) fn column(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|known| known == name)
    }

    /// The columns' names, trimmed and in lower case.
    pub(crate) fn names(&self) -> &[String] {
        &self.names
    }

    /// The records in order; one that is not UTF-8 or not CSV is an error of its own.
    pub(crate) fn records(
        self,
    ) -> impl Iterator<Item = Result<csv::StringRecord, FileError>> + use<R> {
        self.reader.into_records().map(|record| record.map_err(FileError::from))
    }
}

/// The rows of a table of readings, each to be checked by [`crate::http_push::check_row`].
///
/// # Errors
///
/// [`FileError`] if the head cannot be read or lacks a column; a damaged record is an error in
/// its place. After [`FileError::NotText`] the reading can go on.
pub fn rows<R: Read>(
    reader: R,
) -> Result<impl Iterator<Item = Result<PushedRow, FileError>>, FileError> {
    let needed = ["station", "item", "value", "unit", "start", "averaging"];
    let table = Table::open(reader, &needed)?;
    let place = |name| table.column(name);
    let columns = needed.map(|name| place(name).unwrap_or(usize::MAX));
    let flag = place("flag");
    Ok(table.records().map(move |record| {
        let record = record?;
        let cell = |column: usize| record.get(column).unwrap_or_default().trim().to_owned();
        let [station, item, value, unit, start, averaging] = columns.map(cell);
        let flag = flag.map(cell).filter(|flag| !flag.is_empty());
        Ok(PushedRow { station, item, value: value_of(value), unit, start, averaging, flag })
    }))
}

/// A number where the text is one; other text stays text, to be refused with its words.
fn value_of(text: String) -> Option<serde_json::Value> {
    if text.is_empty() {
        return None;
    }
    match serde_json::from_str::<serde_json::Number>(&text) {
        Ok(number) => Some(serde_json::Value::Number(number)),
        Err(_) => Some(serde_json::Value::String(text)),
    }
}
