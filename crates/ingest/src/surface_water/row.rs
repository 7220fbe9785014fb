//! One section at one time.

use domain::{
    Averaging, DeviceFlag, Item, Period, Provenance, QcFlags, Quantity, Reading, water::WaterClass,
};
use jiff::Timestamp;

use super::cell::Cell;

/// 站点情况, as far as the publisher states it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// 正常.
    Normal,
    /// 维护.
    Maintenance,
    /// 停站 or 不具备运行条件.
    Stopped,
}

impl Status {
    /// The status of that name; `None` if the publisher states none, or one we do not know.
    pub(super) fn of(text: &str) -> Option<Self> {
        match text.trim() {
            "正常" => Some(Self::Normal),
            "维护" => Some(Self::Maintenance),
            "停站" | "不具备运行条件" => Some(Self::Stopped),
            _ => None,
        }
    }
}

/// One section at one time, as published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Province.
    pub province: String,
    /// Name of the section; with the province its identity.
    pub section: String,
    /// When the sample was taken.
    pub time: Timestamp,
    /// The official class, by the publisher's own reckoning.
    pub class: Option<WaterClass>,
    /// State of the station.
    pub status: Option<Status>,
    /// The values, each in its item's own unit.
    pub cells: Vec<(Item, Cell)>,
}

impl Row {
    /// The readings of the row at the station `code`: raw values where the reply has them, a gap
    /// with its reason for each that is missing, and the class as published. Items that are not
    /// measured there (`*`) yield nothing.
    ///
    /// A status other than 正常 marks the values only while the publisher gives no class: what it
    /// has judged itself it has accepted.
    pub fn readings(&self, code: &str) -> Vec<Reading> {
        let doubt = match self.status {
            _ if self.class.is_some() => None,
            Some(Status::Maintenance) => Some(DeviceFlag::Maintenance),
            Some(Status::Stopped) => Some(DeviceFlag::Stopped),
            Some(Status::Normal) | None => None,
        };
        let measured = self.cells.iter().filter_map(|(item, cell)| {
            let (value, flag) = match cell {
                Cell::NotMeasured => return None,
                Cell::Value { raw, shown } => {
                    let number = raw.as_ref().or(shown.as_ref());
                    (number.map(|number| number.value), DeviceFlag::Normal)
                }
                Cell::Filtered => (None, DeviceFlag::Filtered),
                Cell::Absent => (None, DeviceFlag::Missing),
            };
            let flag = if flag == DeviceFlag::Filtered { flag } else { doubt.unwrap_or(flag) };
            Some((*item, value, flag))
        });
        let class = self.class.map(|class| Quantity::from_integer(i32::from(class.number())));
        let flag = match class {
            Some(_) => DeviceFlag::Normal,
            None => doubt.unwrap_or(DeviceFlag::Missing),
        };
        measured
            .chain([(Item::PublishedClass, class, flag)])
            .map(|(item, value, flag)| Reading {
                station: code.to_owned(),
                item,
                averaging: Averaging::Instant,
                period: Period::instant(self.time),
                value,
                flag,
                quality: QcFlags::NONE,
                provenance: Provenance::Imported,
            })
            .collect()
    }
}
