//! From a device's frame to readings: station, unit and meaning of the label come from the
//! device's row, never from the wire.

use domain::{Averaging, DeviceFlag, Item, Period, QcFlags, Quantity, Reading, period::BEIJING};
use hj212::{Frame, Interval, LocalTime, Mark};
use jiff::{Timestamp, civil::DateTime};

use super::{
    config::{Device, Profile},
    factors,
};
use crate::{Reason, units};

/// What a frame came to.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Found {
    pub(super) readings: Vec<Reading>,
    /// Factors that did not become readings, with the reason; their text stays in the raw frame.
    pub(super) rejected: Vec<(String, Reason)>,
}

/// The readings of a data frame. A frame of another kind, or without a time, has none.
pub(super) fn readings(frame: &Frame, device: &Device) -> Found {
    let mut found = Found::default();
    let Some(interval) = frame.interval() else { return found };
    let Some(start) = frame.data.data_time().and_then(timestamp) else {
        found.rejected.push(("DataTime".to_owned(), Reason::BadTime));
        return found;
    };
    let (averaging, period) = period(interval, start, device);
    for sent in &frame.data.items {
        let reading = Value::of(sent, averaging, device);
        match reading {
            Ok(Some(value)) if !found.readings.iter().any(|other| other.item == value.item) => {
                found.readings.push(value.at(device, averaging, period));
            }
            // The same quantity twice in one frame: the first counts.
            Ok(_) => {}
            Err(reason) => found.rejected.push((sent.factor.clone(), reason)),
        }
    }
    found
}

/// Table 4: 2051, 2061 and 2031 are labelled by the start of the interval, 2011 by the moment.
fn period(interval: Interval, start: Timestamp, device: &Device) -> (Averaging, Period) {
    let lasting = |length_s| Period { start, length_s };
    match interval {
        Interval::Moment => (Averaging::Instant, Period::instant(start)),
        // Such a station analyses once and sends the result as the hour's.
        _ if device.profile == Profile::SurfaceWater => {
            (Averaging::Instant, Period::instant(start))
        }
        Interval::Minute => (Averaging::Minute, lasting(device.minute_interval * 60)),
        Interval::Hour => (Averaging::Hour, lasting(3_600)),
        Interval::Day => (Averaging::Day, lasting(86_400)),
    }
}

/// UTC+8 by the standard (6.3.3).
pub(super) fn timestamp(local: LocalTime) -> Option<Timestamp> {
    let LocalTime { year, month, day, hour, minute, second } = local;
    let small = |number: u8| i8::try_from(number).ok();
    let at = DateTime::new(
        i16::try_from(year).ok()?,
        small(month)?,
        small(day)?,
        small(hour)?,
        small(minute)?,
        small(second)?,
        0,
    );
    BEIJING.to_timestamp(at.ok()?).ok()
}

/// The time as a field device writes it; `None` outside the years 0 to 9999.
pub(crate) fn local_time(at: Timestamp) -> Option<LocalTime> {
    let local = BEIJING.to_datetime(at);
    Some(LocalTime {
        year: u16::try_from(local.year()).ok()?,
        month: local.month().unsigned_abs(),
        day: local.day().unsigned_abs(),
        hour: local.hour().unsigned_abs(),
        minute: local.minute().unsigned_abs(),
        second: local.second().unsigned_abs(),
    })
}

/// One factor's value, in the item's own unit.
struct Value {
    item: Item,
    value: Option<Quantity>,
    flag: DeviceFlag,
}

impl Value {
    /// `None` for a factor that is no reading: noise, site information, states of units.
    fn of(
        sent: &hj212::Item,
        averaging: Averaging,
        device: &Device,
    ) -> Result<Option<Self>, Reason> {
        let code = device.aliases.get(&sent.factor).unwrap_or(&sent.factor);
        let Some(item) = factors::item(code) else {
            let measured = ["Rtd", "Avg"].iter().any(|suffix| sent.get(suffix).is_some());
            let unknown = measured && !factors::is_noise(code);
            return if unknown { Err(Reason::UnknownFactor) } else { Ok(None) };
        };
        let flag = device_flag(hj212::mark(device.profile.marks(), sent.get("Flag")));
        let Some(text) = value_text(sent, averaging) else {
            // A mark alone is a gap with its reason; nothing at all is not about this value.
            let flag = if flag.may_be_shown() { DeviceFlag::Missing } else { flag };
            return Ok(sent.get("Flag").map(|_| Self { item, value: None, flag }));
        };
        let unit = device.units.get(&sent.factor).ok_or(Reason::NoUnit)?;
        let value: Quantity = text.parse().map_err(|_unreadable| Reason::NotANumber)?;
        let value = units::convert(value, unit, item).ok_or(Reason::WrongUnit)?;
        Ok(Some(Self { item, value: Some(value), flag }))
    }

    fn at(self, device: &Device, averaging: Averaging, period: Period) -> Reading {
        Reading {
            station: device.station.clone(),
            item: self.item,
            averaging,
            period,
            value: self.value,
            flag: self.flag,
            quality: QcFlags::NONE,
            provenance: device.provenance,
        }
    }
}

/// Rtd of a moment, Avg of an interval; the other where a logger sends only that.
fn value_text(sent: &hj212::Item, averaging: Averaging) -> Option<&str> {
    let suffixes = if averaging == Averaging::Instant { ["Rtd", "Avg"] } else { ["Avg", "Rtd"] };
    suffixes.iter().find_map(|suffix| sent.get(suffix)).filter(|text| !text.is_empty())
}

/// Table 8 in the portal's words.
fn device_flag(mark: Mark) -> DeviceFlag {
    match mark {
        Mark::Normal | Mark::Weather => DeviceFlag::Normal,
        Mark::Stopped | Mark::PowerFailure => DeviceFlag::Stopped,
        Mark::Maintenance => DeviceFlag::Maintenance,
        Mark::Manual | Mark::SetValue => DeviceFlag::Manual,
        Mark::Fault | Mark::Abnormal => DeviceFlag::Fault,
        Mark::Calibration | Mark::Check => DeviceFlag::Calibration,
        Mark::AboveRange => DeviceFlag::OverRange,
        Mark::NoCommunication => DeviceFlag::NoCommunication,
        Mark::Absent => DeviceFlag::NotStated,
        Mark::Unknown => DeviceFlag::Unknown,
    }
}
