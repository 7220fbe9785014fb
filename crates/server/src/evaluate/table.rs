//! One pass over a CSV table: head, cells, rows, refusals; what a row means is the ruler's.

use std::io::{self, Read, Write};

use csv::{ByteRecord, ReaderBuilder, Writer};
use domain::Quantity;

use super::Outcome;

/// The medium's part of an evaluation.
pub(super) trait Ruler {
    /// The columns it reads, in its order; heads match in any letter case.
    fn columns(&self) -> &[&'static str];
    /// The columns it adds.
    fn added(&self) -> &[String];
    /// True for a column whose values may be below zero.
    fn may_be_negative(&self, column: usize) -> bool;
    /// The added cells for one row of values, which are in the order of [`Ruler::columns`].
    fn judge(&self, values: &[Option<Quantity>]) -> Vec<String>;
}

/// Where each known column stands in the input.
struct Head {
    positions: Vec<Option<usize>>,
    width: usize,
}

pub(super) fn evaluate(
    ruler: &impl Ruler,
    input: impl Read,
    output: impl Write,
    mut errors: impl Write,
) -> io::Result<Outcome> {
    let mut reader = ReaderBuilder::new().flexible(true).from_reader(input);
    let names = reader.byte_headers()?.clone();
    let head = match Head::read(&names, ruler.columns()) {
        Ok(head) => head,
        Err(reason) => {
            writeln!(errors, "{reason}")?;
            return Ok(Outcome::HeadRefused);
        }
    };
    let mut writer = Writer::from_writer(output);
    writer.write_record(names.iter().chain(ruler.added().iter().map(|name| name.as_bytes())))?;
    let (mut rows, mut rejected) = (0, 0);
    let mut record = ByteRecord::new();
    while reader.read_byte_record(&mut record)? {
        rows += 1;
        let results = match head.values(&record, ruler) {
            Ok(values) => ruler.judge(&values),
            Err(refusals) => {
                rejected += 1;
                let line = record.position().map_or(0, csv::Position::line);
                for refusal in refusals {
                    writeln!(errors, "row {rows} (line {line}){refusal}")?;
                }
                vec![String::new(); ruler.added().len()]
            }
        };
        // A short row is filled up, so that the added cells stand under their heads.
        let own = (0..head.width).map(|at| record.get(at).unwrap_or_default());
        writer.write_record(own.chain(results.iter().map(String::as_bytes)))?;
    }
    writer.flush()?;
    Ok(Outcome::Done { rows, rejected })
}

impl Head {
    fn read(names: &ByteRecord, columns: &[&'static str]) -> Result<Self, String> {
        let mut positions = Vec::with_capacity(columns.len());
        for column in columns {
            let is_it = |name: &&[u8]| name.trim_ascii().eq_ignore_ascii_case(column.as_bytes());
            if names.iter().filter(is_it).count() > 1 {
                return Err(format!(
                    "the head names column {column} more than once; rename all but one"
                ));
            }
            positions.push(names.iter().position(|name| is_it(&name)));
        }
        if positions.iter().all(Option::is_none) {
            return Err(format!(
                "the head names none of the columns {}; the first row must name the columns, \
                 separated by commas",
                columns.join(", ")
            ));
        }
        Ok(Self { positions, width: names.len() })
    }

    /// The known values of a row, or a refusal for each bad cell.
    fn values(
        &self,
        record: &ByteRecord,
        ruler: &impl Ruler,
    ) -> Result<Vec<Option<Quantity>>, Vec<String>> {
        if record.len() != self.width {
            let cells = record.len();
            return Err(vec![format!(
                ": {cells} cells where the head has {}; the row has no result",
                self.width
            )]);
        }
        let mut values = Vec::with_capacity(self.positions.len());
        let mut refusals = Vec::new();
        for (column, (name, position)) in ruler.columns().iter().zip(&self.positions).enumerate() {
            let cell = position.and_then(|at| record.get(at)).unwrap_or_default();
            match value(cell, ruler.may_be_negative(column)) {
                Ok(value) => values.push(value),
                Err(reason) => refusals.push(format!(", column {name}: {reason}")),
            }
        }
        if refusals.is_empty() { Ok(values) } else { Err(refusals) }
    }
}

/// A blank cell is missing; anything else must be a number, not below zero.
fn value(cell: &[u8], may_be_negative: bool) -> Result<Option<Quantity>, String> {
    let Ok(text) = std::str::from_utf8(cell) else {
        return Err(format!("\"{}\" is not UTF-8", cell.escape_ascii()));
    };
    if text.trim().is_empty() {
        return Ok(None);
    }
    let value: Quantity = text.parse().map_err(|error| format!("{error}"))?;
    if value.is_negative() && !may_be_negative {
        return Err(format!("\"{}\" is below zero", text.trim()));
    }
    Ok(Some(value))
}
