//! One station-hour as published, from names and texts to typed values.

use std::collections::BTreeMap;

use domain::{
    Averaging, DeviceFlag, Item, Period, Provenance, QcFlags, Quantity, Reading,
    air::feed::is_missing, period::BEIJING,
};
use jiff::{SignedDuration, Timestamp, civil::DateTime};

use super::ozone::Ozone;
use crate::Reason;

/// One station and hour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// National station code, e.g. `1422A`.
    pub station: String,
    /// The name as published, notes included.
    pub name: String,
    /// The city.
    pub area: String,
    /// End of the hour: the feed labels hours by their end.
    pub end: Timestamp,
    /// The hourly index as published.
    pub aqi: Option<u16>,
    /// Primary pollutants as published, `None` if missing.
    pub primary: Option<String>,
    values: BTreeMap<&'static str, Quantity>,
    /// Cells that were neither a number nor a known way of saying nothing.
    pub(super) unreadable: usize,
}

/// The cells of a record by lower-case name.
pub(super) type Cells = BTreeMap<String, String>;

/// Value columns that are read. The running 24-hour means are the feed's, not the natural
/// day's, and are not stored.
const VALUES: [&str; 9] =
    ["so2", "no2", "co", "pm10", "pm2_5", "o3", "o3_24h", "o3_8h", "o3_8h_24h"];

impl Record {
    /// Reads the cells of one row.
    ///
    /// # Errors
    ///
    /// [`Reason::NotPublished`], [`Reason::Malformed`] without a station code,
    /// [`Reason::BadTime`].
    pub(super) fn of(cells: &Cells) -> Result<Self, Reason> {
        let text = |name: &str| cells.get(name).map(|text| text.trim()).unwrap_or_default();
        if matches!(text("ispublish").to_lowercase().as_str(), "false" | "0") {
            return Err(Reason::NotPublished);
        }
        let station = text("stationcode");
        if !is_code(station) {
            return Err(Reason::Malformed);
        }
        let end = time(text("timepoint")).ok_or(Reason::BadTime)?;
        let mut values = BTreeMap::new();
        let mut unreadable = 0;
        for name in VALUES {
            match number(text(name)) {
                Ok(Some(value)) => drop(values.insert(name, value)),
                Ok(None) => {}
                Err(_unreadable) => unreadable += 1,
            }
        }
        let aqi = match number(text("aqi")) {
            Ok(aqi) => aqi.and_then(whole),
            Err(_unreadable) => {
                unreadable += 1;
                None
            }
        };
        let primary = text("primarypollutant");
        Ok(Self {
            station: station.to_owned(),
            name: text("positionname").to_owned(),
            area: text("area").to_owned(),
            end,
            aqi,
            primary: (!blank(primary)).then(|| primary.to_owned()),
            values,
            unreadable,
        })
    }

    /// A value column under the feed's own name, e.g. `o3_24h`.
    pub fn value(&self, column: &str) -> Option<Quantity> {
        self.values.get(column).copied()
    }

    /// The readings of the hour: six pollutants, the 8-hour ozone and the index, with a gap for
    /// each that is missing. The publisher has audited what it publishes: its values are normal.
    pub fn readings(&self, ozone: Ozone) -> Vec<Reading> {
        let hour = Period { start: before(self.end, 1), length_s: 3_600 };
        let eight = Period { start: before(self.end, 8), length_s: 8 * 3_600 };
        let aqi = self.aqi.map(|aqi| Quantity::from_integer(i32::from(aqi)));
        let (o3, o3_8h) = ozone.columns();
        [
            (Item::Pm10, self.value("pm10"), hour, Averaging::Hour),
            (Item::Pm25, self.value("pm2_5"), hour, Averaging::Hour),
            (Item::O3, self.value(o3), hour, Averaging::Hour),
            (Item::O3, self.value(o3_8h), eight, Averaging::EightHour),
            (Item::No2, self.value("no2"), hour, Averaging::Hour),
            (Item::So2, self.value("so2"), hour, Averaging::Hour),
            (Item::Co, self.value("co"), hour, Averaging::Hour),
            (Item::PublishedAqi, aqi, hour, Averaging::Hour),
        ]
        .map(|(item, value, period, averaging)| Reading {
            station: self.station.clone(),
            item,
            averaging,
            period,
            value,
            flag: if value.is_some() { DeviceFlag::Normal } else { DeviceFlag::Missing },
            quality: self.clock_mark(),
            provenance: Provenance::Imported,
        })
        .into()
    }

    /// An hour that does not end on the hour is kept with a doubt.
    fn clock_mark(&self) -> QcFlags {
        if self.end.as_second().rem_euclid(3_600) == 0 { QcFlags::NONE } else { QcFlags::CLOCK }
    }
}

pub(super) fn before(end: Timestamp, hours: i64) -> Timestamp {
    end.checked_sub(SignedDuration::from_hours(hours)).unwrap_or(Timestamp::MIN)
}

/// Codes are digits with a letter or two; anything else is another column.
pub(super) fn is_code(text: &str) -> bool {
    (1..=16).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// `2019-07-18T12:00:00`, local time without a zone.
pub(super) fn time(text: &str) -> Option<Timestamp> {
    let local: DateTime = text.trim().parse().ok()?;
    BEIJING.to_timestamp(local).ok()
}

/// `Ok(None)` for every way of saying nothing; `Err` for what is neither that nor a number.
pub(super) fn number(text: &str) -> Result<Option<Quantity>, domain::quantity::QuantityError> {
    if blank(text) { Ok(None) } else { text.parse().map(Some) }
}

/// `-;` is a mangled entity that was recorded.
fn blank(text: &str) -> bool {
    is_missing(text) || text.trim() == "-;"
}

/// Whole and at least zero.
pub(super) fn whole(value: Quantity) -> Option<u16> {
    let units = value.millionths() / 1_000_000;
    (units * 1_000_000 == value.millionths()).then(|| u16::try_from(units).ok()).flatten()
}
