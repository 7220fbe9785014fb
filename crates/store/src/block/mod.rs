//! One month of one series in one blob: the shape sealed observations have on disk.
//!
//! Columns, not rows: times as runs of a regular step, values as integers of the coarsest unit
//! that divides them all, marks as runs. About one byte per hourly value, decoded at a few
//! nanoseconds each. A checksum closes every block, so that a damaged disk is an error that
//! names the series, never a wrong number.

mod bytes;
mod packed;
mod runs;
mod times;

use domain::{DeviceFlag, QcFlags, Quantity};

use self::bytes::Reader;
use crate::Observation;

/// The layout written today. A reader refuses what it does not know.
const VERSION: u8 = 1;

/// No month holds more observations than one per second.
pub(crate) const MOST_ROWS: usize = 31 * 86_400;

/// One sealed observation with the frame it came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Row {
    /// What is shown.
    pub(crate) seen: Observation,
    /// `raw_frame.id`; 0 once the frame has expired, or when there was none.
    pub(crate) raw: i64,
}

/// Why a block cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum BlockError {
    /// Written by a later version of the program.
    #[error("layout {0} is newer than this program reads; use the newer program")]
    Version(u8),
    /// The bytes on disk are not the bytes that were written.
    #[error("checksum says {stated:08x}, data computes to {computed:08x}; restore from a backup")]
    Checksum { stated: u32, computed: u32 },
    /// The checksum holds, yet the content makes no sense: a defect of the writer.
    #[error("content ends early or contradicts itself; restore from a backup")]
    Malformed,
}

/// Packs `rows`, which are in strictly rising order of start.
pub(crate) fn encode(rows: &[Row]) -> Vec<u8> {
    debug_assert!(rows.is_sorted_by(|a, b| a.seen.start_us < b.seen.start_us));
    let mut out = Vec::with_capacity(rows.len() * 2 + 32);
    out.push(VERSION);
    bytes::write_count(&mut out, rows.len());
    let starts: Vec<i64> = rows.iter().map(|row| row.seen.start_us).collect();
    times::write(&mut out, &starts);
    runs::write(&mut out, rows.iter().map(|row| u64::from(row.seen.length_s)));
    runs::write(&mut out, rows.iter().map(|row| u64::from(row.seen.flag.code())));
    runs::write(&mut out, rows.iter().map(|row| u64::from(row.seen.quality.bits())));
    runs::write(&mut out, rows.iter().map(|row| u64::from(row.seen.revision)));
    runs::write(&mut out, rows.iter().map(|row| u64::from(row.seen.value.is_some())));
    let values: Vec<i64> =
        rows.iter().filter_map(|row| row.seen.value).map(Quantity::millionths).collect();
    packed::write_scaled(&mut out, &values);
    write_raws(&mut out, rows);
    let checksum = crc32fast::hash(&out);
    out.extend_from_slice(&checksum.to_le_bytes());
    out
}

fn write_raws(out: &mut Vec<u8>, rows: &[Row]) {
    let kept = rows.iter().any(|row| row.raw != 0);
    out.push(u8::from(kept));
    if kept {
        let raws: Vec<i64> = rows.iter().map(|row| row.raw).collect();
        packed::write(out, &raws);
    }
}

/// Every row of a block, for rewriting it.
pub(crate) fn decode(block: &[u8]) -> Result<Vec<Row>, BlockError> {
    let (mut reader, mut seen) = (checked(block)?, Vec::new());
    let count = decode_seen(&mut reader, &mut seen)?;
    let raws = match reader.byte().ok_or(BlockError::Malformed)? {
        0 => vec![0; count],
        _ => packed::read(&mut reader, count).ok_or(BlockError::Malformed)?,
    };
    Ok(seen.into_iter().zip(raws).map(|(seen, raw)| Row { seen, raw }).collect())
}

/// Appends the observations that start in `from_us..to_us` to `out`.
pub(crate) fn decode_range(
    block: &[u8],
    from_us: i64,
    to_us: i64,
    out: &mut Vec<Observation>,
) -> Result<(), BlockError> {
    let before = out.len();
    decode_seen(&mut checked(block)?, out)?;
    let fresh = &out[before..];
    let first = fresh.partition_point(|o| o.start_us < from_us);
    let end = fresh.partition_point(|o| o.start_us < to_us).max(first);
    out.truncate(before + end);
    out.drain(before..before + first);
    Ok(())
}

fn checked(block: &[u8]) -> Result<Reader<'_>, BlockError> {
    let (body, stated) = block.split_last_chunk::<4>().ok_or(BlockError::Malformed)?;
    let (stated, computed) = (u32::from_le_bytes(*stated), crc32fast::hash(body));
    if stated != computed {
        return Err(BlockError::Checksum { stated, computed });
    }
    let mut reader = Reader::new(body);
    match reader.byte().ok_or(BlockError::Malformed)? {
        VERSION => Ok(reader),
        other => Err(BlockError::Version(other)),
    }
}

fn decode_seen(reader: &mut Reader<'_>, out: &mut Vec<Observation>) -> Result<usize, BlockError> {
    read_seen(reader, out).ok_or(BlockError::Malformed)
}

fn read_seen(reader: &mut Reader<'_>, out: &mut Vec<Observation>) -> Option<usize> {
    let count = reader.count().filter(|count| *count <= MOST_ROWS)?;
    let before = out.len();
    out.reserve(count.min(1 << 16));
    times::read(reader, count, |start_us| {
        out.push(Observation {
            start_us,
            value: None,
            length_s: 0,
            revision: 0,
            flag: DeviceFlag::Normal,
            quality: QcFlags::NONE,
        });
    })?;
    let rows = out.get_mut(before..).filter(|rows| rows.len() == count)?;
    runs::read(reader, rows, |row, length_s: u32| row.length_s = length_s)?;
    read_flags(reader, rows)?;
    runs::read(reader, rows, |row, bits: u16| row.quality = QcFlags::from_bits(bits))?;
    runs::read(reader, rows, |row, revision: u32| row.revision = revision)?;
    read_values(reader, rows)?;
    Some(count)
}

fn read_flags(reader: &mut Reader<'_>, rows: &mut [Observation]) -> Option<()> {
    runs::read_stretches(reader, rows, |stretch, code: u8| {
        let flag = DeviceFlag::from_code(code)?;
        stretch.iter_mut().for_each(|row| row.flag = flag);
        Some(())
    })
}

fn read_values(reader: &mut Reader<'_>, rows: &mut [Observation]) -> Option<()> {
    let mut present = 0;
    let marks = reader.clone();
    runs::read_stretches(reader, rows, |stretch, has: u8| {
        present += if has == 1 { stretch.len() } else { 0 };
        Some(())
    })?;
    let values = packed::read_scaled(reader, present)?;
    let mut values = values.as_slice();
    runs::read_stretches(&mut marks.clone(), rows, |stretch, has: u8| {
        if has == 1 {
            let (here, rest) = values.split_at_checked(stretch.len())?;
            for (row, value) in stretch.iter_mut().zip(here) {
                row.value = Some(Quantity::from_millionths(*value));
            }
            values = rest;
        }
        Some(())
    })
}

#[cfg(test)]
mod tests;
