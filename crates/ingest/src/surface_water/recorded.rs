//! Replies as people have recorded them: the JSON itself, or a table with one row per section
//! and time.

use std::{collections::BTreeMap, io::Read};

use domain::{Item, period::BEIJING, water::automatic::parse_class};
use jiff::{Timestamp, civil::DateTime};

use super::{
    cell::{Cell, Number},
    reply::{Reply, in_own_unit},
    row::{Row, Status},
};
use crate::{
    Reason,
    csv_file::{FileError, Table},
};

/// Rows read together.
const GROUP: usize = 500;

/// A part of a recorded file.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Recorded {
    /// Rows read.
    pub count: usize,
    /// The usable ones.
    pub rows: Vec<Row>,
    /// Rows and cells that are not, by reason.
    pub rejected: BTreeMap<Reason, usize>,
    /// The part as text.
    pub raw: Vec<u8>,
}

/// Reads one recorded reply, fetched at `fetched`.
///
/// # Errors
///
/// [`FileError`] if it is no reply of this feed.
pub fn recorded_reply(body: Vec<u8>, fetched: Timestamp) -> Result<Recorded, FileError> {
    let reply = Reply::parse(&body, fetched)
        .map_err(|fault| FileError::Unreadable(format!("{}: {}", fault.text.en, fault.detail)))?;
    let Reply { rows, rejected, .. } = reply;
    let whole = |reason: &&Reason| **reason != Reason::NotANumber;
    let refused: usize = rejected.iter().filter(|(reason, _)| whole(reason)).map(|(_, n)| n).sum();
    Ok(Recorded { count: rows.len() + refused, rows, rejected, raw: body })
}

/// Value columns of a recorded table with their items, in the feed's units.
const ITEMS: [(&str, Item, &str); 11] = [
    ("water_temp", Item::WaterTemperature, "℃"),
    ("ph", Item::Ph, ""),
    ("do", Item::DissolvedOxygen, "mg/L"),
    ("conductivity", Item::Conductivity, "μS/cm"),
    ("turbidity", Item::Turbidity, "NTU"),
    ("codmn", Item::CodMn, "mg/L"),
    ("nh3n", Item::Nh3N, "mg/L"),
    ("tp", Item::TotalPhosphorus, "mg/L"),
    ("tn", Item::TotalNitrogen, "mg/L"),
    ("chla", Item::ChlorophyllA, "mg/L"),
    ("algae", Item::AlgalDensity, "cells/L"),
];

/// Reads a recorded table, 500 rows at a time: columns `province, section, time, class` and
/// `status`, a raw value per item, `…_shown` beside it, and `flags` such as `nh3n:极值过滤`.
///
/// # Errors
///
/// [`FileError`] if it is no such table; a record that is not UTF-8 is refused alone, a damaged
/// file ends the reading with an error.
pub fn recorded_table<R: Read>(
    reader: R,
) -> Result<impl Iterator<Item = Result<Recorded, FileError>>, FileError> {
    let needed = ["province", "section", "time", "class", "ph", "do", "codmn", "nh3n", "tp"];
    let table = Table::open(reader, &needed)?;
    let names = table.names().to_vec();
    let mut records = table.records();
    Ok(std::iter::from_fn(move || {
        let (mut group, mut garbled) = (Vec::new(), 0);
        for record in records.by_ref().take(GROUP) {
            match record {
                Ok(record) => group.push(record),
                Err(FileError::NotText { .. }) => garbled += 1,
                Err(fault) => return Some(Err(fault)),
            }
        }
        (group.len() + garbled > 0).then(|| Ok(part(&names, &group, garbled)))
    }))
}

/// The rows of `group`, beside which `garbled` could not be read as text.
fn part(names: &[String], group: &[csv::StringRecord], garbled: usize) -> Recorded {
    let mut part = Recorded { count: group.len() + garbled, ..Recorded::default() };
    if garbled > 0 {
        part.rejected.insert(Reason::Malformed, garbled);
    }
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing to memory cannot fail.
    let _ = writer.write_record(names);
    for record in group {
        let _ = writer.write_record(record);
        let cells = Cells { names, record };
        match cells.row(&mut part.rejected) {
            Ok(row) => part.rows.push(row),
            Err(reason) => *part.rejected.entry(reason).or_default() += 1,
        }
    }
    part.raw = writer.into_inner().unwrap_or_default();
    part
}

/// One record with the names of its columns.
struct Cells<'a> {
    names: &'a [String],
    record: &'a csv::StringRecord,
}

impl Cells<'_> {
    fn text(&self, name: &str) -> Option<&str> {
        let at = self.names.iter().position(|known| known == name)?;
        self.record.get(at).map(str::trim)
    }

    fn row(&self, rejected: &mut BTreeMap<Reason, usize>) -> Result<Row, Reason> {
        let text = |name| self.text(name).unwrap_or_default();
        let (province, section) = (text("province"), text("section"));
        if province.is_empty() || section.is_empty() {
            return Err(Reason::Malformed);
        }
        if text("time").is_empty() {
            return Err(Reason::NoTime);
        }
        let local: DateTime = text("time").parse().map_err(|_unreadable| Reason::BadTime)?;
        let time = BEIJING.to_timestamp(local).map_err(|_outside| Reason::BadTime)?;
        let class = parse_class(text("class")).map_err(|_unknown| Reason::Malformed)?;
        let cells = ITEMS.iter().filter_map(|(name, item, unit)| {
            let cell = self.cell(name).and_then(|cell| in_own_unit(cell, unit, *item));
            if cell.is_none() {
                *rejected.entry(Reason::NotANumber).or_default() += 1;
            }
            Some((*item, cell?))
        });
        let status = Status::of(text("status"));
        let cells = cells.collect();
        Ok(Row { province: province.into(), section: section.into(), time, class, status, cells })
    }

    /// `None` for text that is no number and no known way of saying nothing.
    fn cell(&self, name: &str) -> Option<Cell> {
        let mut flags = self.text("flags").unwrap_or_default().split('|');
        if flags.any(|flag| flag.strip_prefix(name) == Some(":极值过滤")) {
            return Some(Cell::Filtered);
        }
        let (raw, shown) = (self.text(name), self.text(&format!("{name}_shown")));
        let raw = raw.unwrap_or_default();
        if raw.is_empty() {
            return Cell::of(shown.unwrap_or_default());
        }
        let shown = shown.filter(|text| !matches!(*text, "" | "-" | "--" | "*"));
        let shown = match shown {
            Some(text) => Some(Number::of(text)?),
            None => None,
        };
        Some(Cell::Value { raw: Some(Number::of(raw)?), shown })
    }
}
