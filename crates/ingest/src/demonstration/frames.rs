//! A batch as the frames a data logger would send.

use domain::{Averaging, DeviceFlag};
use hj212::{Data, EncodeError, Segment, command};

use super::{Batch, Character, Via};
use crate::hj212_tcp::{factors, local_time};

/// Version bits of 2017, answer wanted.
const FLAG: u8 = 5;

/// The frames of a batch, each with the QN its answer will repeat; none for a station that does
/// not speak HJ 212. `serial` (0–999) tells apart frames of the same second.
///
/// # Errors
///
/// [`EncodeError`] if MN or password cannot be sent.
pub fn frame(batch: &Batch<'_>, serial: u16) -> Result<Vec<(String, Vec<u8>)>, EncodeError> {
    let Via::Hj212 { mn, password } = &batch.station.via else { return Ok(Vec::new()) };
    let (cn, suffix) = match batch.averaging {
        // A water station sends the analysis it makes every four hours as hourly data.
        Averaging::Instant if batch.station.character.is_air() => (command::REALTIME, "Rtd"),
        Averaging::Minute => (command::MINUTE, "Avg"),
        Averaging::Day => (command::DAY, "Avg"),
        _ => (command::HOUR, "Avg"),
    };
    let (Some(start), Some(end)) = (local_time(batch.start), local_time(batch.end)) else {
        return Ok(Vec::new());
    };
    let items = batch.samples.iter().filter_map(|sample| {
        let code = factors::code(sample.item)?;
        let value = sample.value.map(|value| value.to_string());
        let value = value.as_deref().map(|value| (suffix, value));
        let values: Vec<_> = value.into_iter().chain([("Flag", mark(sample.flag))]).collect();
        Some(hj212::Item::new(code, &values))
    });
    let segment = Segment {
        qn: Some(format!("{end}{:03}", serial % 1_000)),
        pw: Some(password.reveal().to_owned()),
        flag: Some(FLAG),
        data: Data {
            items: items.collect(),
            ..Data::of_fields(&[("DataTime", &start.to_string())])
        },
        ..Segment::new(system(batch.station.character), cn, mn)
    };
    segment
        .split()?
        .into_iter()
        .map(|part| Ok((part.qn.clone().unwrap_or_default(), part.encode()?)))
        .collect()
}

/// ST of table 5: air 22, surface water 21.
fn system(character: Character) -> &'static str {
    if character.is_air() { "22" } else { "21" }
}

/// Table 8.
fn mark(flag: DeviceFlag) -> &'static str {
    match flag {
        DeviceFlag::Normal | DeviceFlag::NotStated => "N",
        DeviceFlag::Stopped => "F",
        DeviceFlag::Maintenance => "M",
        DeviceFlag::Manual => "S",
        DeviceFlag::Calibration => "C",
        DeviceFlag::OverRange => "T",
        DeviceFlag::NoCommunication => "B",
        _ => "D",
    }
}
