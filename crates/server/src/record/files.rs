//! The ledger as files: issues as CSV, events as lines of canonical JSON that anyone can hash again.

use contract::{rectification::Ledger, scorecard::Scorecard};
use domain::{Lang, canonical::hex, rectification::Kept};

/// The columns of the issues.
const COLUMNS: [&str; 14] = [
    "number",
    "title",
    "title_en",
    "source",
    "source_name",
    "batch",
    "medium",
    "medium_name",
    "unit",
    "state",
    "state_name",
    "found",
    "due",
    "closed",
];

/// A cell that no spreadsheet program takes for a formula.
pub fn cell(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

/// A table in memory with its first row, UTF-8 with the mark that spreadsheet programs look for.
///
/// # Errors
///
/// Never in practice: it is written to memory.
pub fn table(columns: &[&str]) -> Result<csv::Writer<Vec<u8>>, csv::Error> {
    let mut out = csv::Writer::from_writer(b"\xEF\xBB\xBF".to_vec());
    out.write_record(columns)?;
    Ok(out)
}

/// The bytes of a table.
///
/// # Errors
///
/// Never in practice: it is written to memory.
pub fn finished(out: csv::Writer<Vec<u8>>) -> Result<Vec<u8>, csv::Error> {
    Ok(out.into_inner().map_err(csv::IntoInnerError::into_error)?)
}

/// The issues of the ledger as CSV, UTF-8 with the mark that spreadsheet programs look for.
///
/// # Errors
///
/// Never in practice: it is written to memory.
pub fn issues(ledger: &Ledger, lang: Lang) -> Result<Vec<u8>, csv::Error> {
    let mut out = table(&COLUMNS)?;
    let unit = |key: &String| {
        let named = ledger.units.iter().find(|unit| unit.key == *key);
        named.map_or_else(|| key.clone(), |unit| unit.name.get(lang).to_owned())
    };
    let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string()).unwrap_or_default();
    for item in &ledger.items {
        out.write_record([
            cell(&item.number),
            cell(&item.title),
            cell(item.title_en.as_deref().unwrap_or_default()),
            item.source.key().to_owned(),
            item.source.name(lang).to_owned(),
            cell(&item.batch),
            item.medium.key().to_owned(),
            item.medium.name(lang).to_owned(),
            item.unit.as_ref().map(unit).unwrap_or_default(),
            item.state.key().to_owned(),
            item.state.name(lang).to_owned(),
            item.found.to_string(),
            day(item.due),
            day(item.closed),
        ])?;
    }
    finished(out)
}

/// Events, one line each: the canonical text in `event`, byte for byte as it was hashed, and the two hashes.
///
/// SHA-256 over the 32 bytes of `prev` followed by the text is `hash`; the first `prev` is zeroes.
pub fn events(rows: &[Kept]) -> String {
    let line = |row: &Kept| {
        // The text is a JSON object of ASCII keys: it stands in the line as it is.
        format!(
            "{{\"hash\":\"{}\",\"prev\":\"{}\",\"event\":{}}}\n",
            hex(&row.hash),
            hex(&row.prev_hash),
            row.bytes
        )
    };
    rows.iter().map(line).collect()
}

/// The scorecard as CSV, every statement a line.
///
/// # Errors
///
/// Never in practice: it is written to memory.
pub fn scores(card: &Scorecard, lang: Lang) -> Result<Vec<u8>, csv::Error> {
    let mut out = table(&[
        "group", "key", "name", "year", "sign", "value", "unit", "counts", "quote", "source",
        "note",
    ])?;
    for group in &card.groups {
        for line in &group.lines {
            let older = line.history.iter().chain(&line.replaced).filter(|s| **s != line.now);
            for statement in std::iter::once(&line.now).chain(older) {
                let counts = !line.replaced.contains(statement);
                out.write_record([
                    group.group.key(),
                    &line.key,
                    &cell(line.name.get(lang)),
                    &statement.year.map(|year| year.to_string()).unwrap_or_default(),
                    &cell(statement.sign.key()),
                    &statement.value.to_string(),
                    &cell(&statement.unit),
                    if counts { "yes" } else { "replaced" },
                    &cell(&statement.quote),
                    &cell(&statement.source),
                    &cell(statement.note.get(lang)),
                ])?;
            }
        }
    }
    finished(out)
}
