//! Start times: a regular step with gaps, or any rising times at all.

use super::{
    bytes::{self, Reader},
    packed,
};

/// Stretches of one step, each followed by a gap.
const STEPS: u8 = 0;
/// Every distance packed, for times that keep no step.
const DISTANCES: u8 = 1;

/// Writes rising microseconds in whichever of the two ways is shorter.
pub(super) fn write(out: &mut Vec<u8>, starts: &[i64]) {
    let Some(first) = starts.first() else { return };
    bytes::write_signed(out, *first);
    let distances: Vec<i64> = starts.windows(2).map(|pair| pair[1].wrapping_sub(pair[0])).collect();
    let unit = distances
        .iter()
        .fold(0_u64, |unit, d| packed::common_divisor(d.cast_unsigned(), unit))
        .max(1);
    let distances: Vec<u64> = distances.iter().map(|d| d.cast_unsigned() / unit).collect();
    bytes::write_unsigned(out, unit);
    let steps = in_steps(&distances);
    // Packing a distance costs a bit or more; nearly every month keeps its step and is done here.
    if steps.len() <= 16 + distances.len() / 8 {
        out.extend(steps);
        return;
    }
    let mut packed_distances = vec![DISTANCES];
    let signed: Vec<i64> = distances.iter().map(|d| d.cast_signed()).collect();
    packed::write(&mut packed_distances, &signed);
    out.extend(if steps.len() <= packed_distances.len() { steps } else { packed_distances });
}

/// The commonest distance, then pairs: how many of it, and the other distance that follows.
fn in_steps(distances: &[u64]) -> Vec<u8> {
    let step = commonest(distances);
    let mut out = vec![STEPS];
    bytes::write_unsigned(&mut out, step);
    let mut run = 0;
    for distance in distances {
        if *distance == step {
            run += 1;
        } else {
            bytes::write_count(&mut out, run);
            bytes::write_unsigned(&mut out, *distance);
            run = 0;
        }
    }
    bytes::write_count(&mut out, run);
    out
}

fn commonest(distances: &[u64]) -> u64 {
    let mut sorted = distances.to_vec();
    sorted.sort_unstable();
    let longest = sorted.chunk_by(|a, b| a == b).max_by_key(|same| same.len());
    longest.and_then(|same| same.first()).copied().unwrap_or(1)
}

/// Yields `count` starts in rising order.
pub(super) fn read(reader: &mut Reader<'_>, count: usize, mut each: impl FnMut(i64)) -> Option<()> {
    let Some(distances) = count.checked_sub(1) else { return Some(()) };
    let mut at = reader.signed()?;
    let unit = reader.unsigned()?;
    each(at);
    let mut step_by = |units: u64| {
        at = at.wrapping_add(units.wrapping_mul(unit).cast_signed());
        each(at);
    };
    match reader.byte()? {
        STEPS => {
            let step = reader.unsigned()?;
            let mut left = distances;
            loop {
                let run = reader.count().filter(|run| *run <= left)?;
                (0..run).for_each(|_| step_by(step));
                left -= run;
                if left == 0 {
                    return Some(());
                }
                step_by(reader.unsigned()?);
                left -= 1;
            }
        }
        DISTANCES => {
            let units = packed::read(reader, distances)?;
            units.iter().for_each(|units| step_by(units.cast_unsigned()));
            Some(())
        }
        _ => None,
    }
}
