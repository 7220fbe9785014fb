//! The feed as people have recorded it: a table of station-hours, or a long table of what
//! changed between two replies.

use std::{collections::BTreeMap, io::Read};

use csv::StringRecord;
use domain::{Averaging, DeviceFlag, Item, Period, Provenance, QcFlags, Quantity, Reading};

use super::{
    OzoneFields,
    record::{Cells, before, is_code, number, time},
    reply::Reply,
};
use crate::{
    Reason,
    csv_file::{FileError, Table},
};

/// Rows read together: more than the country has stations.
const GROUP: usize = 5_000;

/// A part of a recorded table.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Recorded {
    /// Rows read.
    pub rows: usize,
    /// What they came to.
    pub readings: Vec<Reading>,
    /// Rows and cells that came to nothing, by reason.
    pub rejected: BTreeMap<Reason, usize>,
    /// The rows as text, header first.
    pub raw: Vec<u8>,
}

/// Reads a recorded table part by part: hour by hour where hours stand together. Which of the
/// two forms it is says its head.
///
/// The ozone of a part is read as `ozone` says; of the table of changes, which has no index to
/// compare with, `auto` reads it swapped.
///
/// # Errors
///
/// [`FileError`] if it is no such table; a record that is not UTF-8 is refused alone, a damaged
/// file ends the reading with an error.
pub fn recorded<R: Read>(
    reader: R,
    ozone: OzoneFields,
) -> Result<impl Iterator<Item = Result<Recorded, FileError>>, FileError> {
    let table = Table::open(reader, &["stationcode", "timepoint"])?;
    let names = table.names().to_vec();
    let is_changes = ["field", "after"].iter().all(|name| table.column(name).is_some());
    let hour = table.column("timepoint").filter(|_| !is_changes);
    let mut records = table.records().peekable();
    Ok(std::iter::from_fn(move || {
        let first = match records.next()? {
            Ok(first) => first,
            Err(FileError::NotText { .. }) => {
                let rejected = BTreeMap::from([(Reason::Malformed, 1)]);
                return Some(Ok(Recorded { rows: 1, rejected, ..Recorded::default() }));
            }
            Err(fault) => return Some(Err(fault)),
        };
        let label = |record: &StringRecord| hour.and_then(|at| record.get(at)).map(str::to_owned);
        let this_hour = label(&first);
        let mut rows = vec![first];
        while rows.len() < GROUP
            && let Some(Ok(next)) =
                records.next_if(|next| next.as_ref().is_ok_and(|next| label(next) == this_hour))
        {
            rows.push(next);
        }
        let part = Part { names: &names, rows: &rows };
        Some(Ok(if is_changes { part.changes(ozone) } else { part.hours(ozone) }))
    }))
}

/// Rows that stand together, with the names of their columns.
struct Part<'a> {
    names: &'a [String],
    rows: &'a [StringRecord],
}

impl Part<'_> {
    fn cells(&self, row: &StringRecord) -> Cells {
        self.names.iter().cloned().zip(row.iter().map(str::to_owned)).collect()
    }

    fn raw(&self) -> Vec<u8> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        // Writing to memory cannot fail.
        let _ = writer.write_record(self.names);
        for row in self.rows {
            let _ = writer.write_record(row);
        }
        writer.into_inner().unwrap_or_default()
    }

    /// Rows that are each a station-hour.
    fn hours(&self, ozone: OzoneFields) -> Recorded {
        let mut reply = Reply::default();
        for row in self.rows {
            reply.take(&self.cells(row));
        }
        let Reply { records, mut rejected } = reply;
        let readings = match ozone.of(&records) {
            Ok(ozone) => records.iter().flat_map(|record| record.readings(ozone)).collect(),
            Err(_fault) => {
                *rejected.entry(Reason::BadReply).or_default() += records.len();
                Vec::new()
            }
        };
        Recorded { rows: self.rows.len(), readings, rejected, raw: self.raw() }
    }

    /// Rows that are each one field that changed.
    fn changes(&self, ozone: OzoneFields) -> Recorded {
        let swapped = ozone != OzoneFields::Plain;
        let mut part = Recorded { rows: self.rows.len(), raw: self.raw(), ..Recorded::default() };
        for row in self.rows {
            match change(&self.cells(row), swapped) {
                Ok(reading) => part.readings.extend(reading),
                Err(reason) => *part.rejected.entry(reason).or_default() += 1,
            }
        }
        part
    }
}

/// The reading a change leaves; `None` for fields that are not stored, such as running 24-hour
/// means. A value that went missing is withdrawn.
fn change(cells: &Cells, swapped: bool) -> Result<Option<Reading>, Reason> {
    let text = |name: &str| cells.get(name).map(|text| text.trim()).unwrap_or_default();
    let station = text("stationcode");
    if !is_code(station) {
        return Err(Reason::Malformed);
    }
    let end = time(text("timepoint")).ok_or(Reason::BadTime)?;
    let (item, hours) = match (text("field"), swapped) {
        ("aqi", _) => (Item::PublishedAqi, 1),
        ("pm10", _) => (Item::Pm10, 1),
        ("pm2_5", _) => (Item::Pm25, 1),
        ("no2", _) => (Item::No2, 1),
        ("so2", _) => (Item::So2, 1),
        ("co", _) => (Item::Co, 1),
        ("o3_24h", true) | ("o3", false) => (Item::O3, 1),
        ("o3_8h_24h", true) | ("o3_8h", false) => (Item::O3, 8),
        _ => return Ok(None),
    };
    let value: Option<Quantity> =
        number(text("after")).map_err(|_unreadable| Reason::NotANumber)?;
    let had_value = number(text("before")).is_ok_and(|before| before.is_some());
    let flag = match (value, had_value) {
        (Some(_), _) => DeviceFlag::Normal,
        (None, true) => DeviceFlag::Withdrawn,
        (None, false) => DeviceFlag::Missing,
    };
    let length_s = if hours == 8 { 8 * 3_600 } else { 3_600 };
    Ok(Some(Reading {
        station: station.to_owned(),
        item,
        averaging: if hours == 8 { Averaging::EightHour } else { Averaging::Hour },
        period: Period { start: before(end, hours), length_s },
        value,
        flag,
        quality: QcFlags::NONE,
        provenance: Provenance::Imported,
    }))
}
