//! Columns that rarely change, as pairs of a value and how often it follows itself.

use super::bytes::{self, Reader};
use crate::Observation;

pub(super) fn write(out: &mut Vec<u8>, column: impl Iterator<Item = u64>) {
    let mut current: Option<(u64, usize)> = None;
    for value in column {
        match &mut current {
            Some((same, run)) if *same == value => *run += 1,
            _ => {
                flush(out, current);
                current = Some((value, 1));
            }
        }
    }
    flush(out, current);
}

fn flush(out: &mut Vec<u8>, run: Option<(u64, usize)>) {
    if let Some((value, run)) = run {
        bytes::write_unsigned(out, value);
        bytes::write_count(out, run);
    }
}

/// Hands each row its value; `None` when the runs do not add up to `rows`.
pub(super) fn read<T: TryFrom<u64> + Copy>(
    reader: &mut Reader<'_>,
    rows: &mut [Observation],
    mut set: impl FnMut(&mut Observation, T),
) -> Option<()> {
    read_stretches(reader, rows, |stretch, value| {
        stretch.iter_mut().for_each(|row| set(row, value));
        Some(())
    })
}

/// Hands each run of rows its common value.
pub(super) fn read_stretches<T: TryFrom<u64> + Copy>(
    reader: &mut Reader<'_>,
    rows: &mut [Observation],
    mut set: impl FnMut(&mut [Observation], T) -> Option<()>,
) -> Option<()> {
    let mut rest = rows;
    while !rest.is_empty() {
        let value = T::try_from(reader.unsigned()?).ok()?;
        let run = reader.count().filter(|run| *run > 0)?;
        let (stretch, after) = rest.split_at_mut_checked(run)?;
        set(stretch, value)?;
        rest = after;
    }
    Some(())
}
