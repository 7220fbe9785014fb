//! A reply of the feed: a JSON array with one object per station.

use std::collections::BTreeMap;

use serde_json::Value;

use super::record::{Cells, Record};
use crate::{Reason, polling::Fault};

/// What a reply holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reply {
    /// The usable rows, in the order sent.
    pub records: Vec<Record>,
    /// Rows and cells that are not, by reason.
    pub rejected: BTreeMap<Reason, usize>,
}

impl Reply {
    pub(super) fn take(&mut self, cells: &Cells) {
        match Record::of(cells) {
            Ok(record) => {
                if record.unreadable > 0 {
                    *self.rejected.entry(Reason::NotANumber).or_default() += record.unreadable;
                }
                self.records.push(record);
            }
            Err(reason) => *self.rejected.entry(reason).or_default() += 1,
        }
    }
}

/// Keys that are used, in lower case.
const USED: [&str; 15] = [
    "stationcode",
    "positionname",
    "area",
    "timepoint",
    "aqi",
    "primarypollutant",
    "so2",
    "no2",
    "co",
    "pm10",
    "pm2_5",
    "o3",
    "o3_24h",
    "o3_8h",
    "o3_8h_24h",
];

/// Keys that are known and not used, in lower case; `unheathful` is the feed's own spelling.
const KNOWN: [&str; 18] = [
    "latitude",
    "longitude",
    "quality",
    "so2_24h",
    "no2_24h",
    "co_24h",
    "pm10_24h",
    "pm2_5_24h",
    "measure",
    "unheathful",
    "unhealthful",
    "citycode",
    "provinceid",
    "orderid",
    "ispublish",
    "id",
    "lat",
    "lon",
];

/// Keys that some row must have, or this is another table.
const NEEDED: [&str; 8] =
    ["stationcode", "timepoint", "so2", "no2", "co", "pm10", "pm2_5", "o3_24h"];

/// Reads a reply. Rows are judged one by one; the keys as a whole.
///
/// # Errors
///
/// A fault for what is not a JSON array of objects, for a key that is not known, and for one
/// that no row has.
pub(crate) fn parse(body: &[u8]) -> Result<Reply, Fault> {
    let rows: Value = serde_json::from_slice(body).map_err(|cause| Fault::not_json(&cause))?;
    let Value::Array(rows) = rows else { return Err(Fault::changed("not a list of stations")) };
    let mut reply = Reply::default();
    let mut seen: BTreeMap<String, ()> = BTreeMap::new();
    for row in rows {
        let Value::Object(row) = row else {
            *reply.rejected.entry(Reason::Malformed).or_default() += 1;
            continue;
        };
        let mut cells = Cells::new();
        for (name, value) in row {
            let name = name.to_lowercase();
            if !is_known(&name) {
                return Err(Fault::changed(&name));
            }
            cells.insert(name.clone(), text(&value));
            seen.insert(name, ());
        }
        reply.take(&cells);
    }
    match NEEDED.iter().find(|needed| !seen.contains_key(**needed)) {
        Some(missing) => Err(Fault::changed(missing)),
        None => Ok(reply),
    }
}

fn is_known(name: &str) -> bool {
    USED.contains(&name) || KNOWN.contains(&name)
}

/// Numbers are sent as text; true numbers, truths and nulls are understood all the same.
fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}
