//! Integers in as many bits as they need, 64 at a time.

use super::bytes::{self, Reader};

/// Values per chunk. Sixty-four keeps every chunk on whole words and confines an outlier's
/// width to its neighbours.
const CHUNK: usize = 64;

/// Set in a chunk's head when it holds differences from the value before, not values.
const DIFFERENCES: u8 = 0x80;

/// Writes `values` as multiples of the largest number that divides them all: a decimal
/// instrument resolution, found rather than configured, so that a new one needs no migration.
pub(super) fn write_scaled(out: &mut Vec<u8>, values: &[i64]) {
    let unit = values.iter().fold(0_u64, |unit, value| common_divisor(value.unsigned_abs(), unit));
    let unit = i64::try_from(unit).unwrap_or(1).max(1);
    bytes::write_unsigned(out, unit.cast_unsigned());
    let multiples: Vec<i64> = values.iter().map(|value| value / unit).collect();
    write(out, &multiples);
}

/// `count` values as [`write_scaled`] wrote them.
pub(super) fn read_scaled(reader: &mut Reader<'_>, count: usize) -> Option<Vec<i64>> {
    let unit = i64::try_from(reader.unsigned()?).ok()?;
    let mut values = read(reader, count)?;
    values.iter_mut().for_each(|value| *value = value.wrapping_mul(unit));
    Some(values)
}

pub(super) fn common_divisor(a: u64, b: u64) -> u64 {
    let (mut a, mut b) = (a, b);
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

/// Writes `values`; differences wrap, so that the ends of the range survive too.
pub(super) fn write(out: &mut Vec<u8>, values: &[i64]) {
    let Some(first) = values.first() else { return };
    bytes::write_signed(out, *first);
    let mut previous = *first;
    for chunk in values.chunks(CHUNK) {
        let mut differences = [0_i64; CHUNK];
        for (difference, value) in differences.iter_mut().zip(chunk) {
            *difference = value.wrapping_sub(previous);
            previous = *value;
        }
        let differences = &differences[..chunk.len()];
        let (by_value, by_difference) = (width(chunk), width(differences));
        if by_difference < by_value {
            write_chunk(out, differences, by_difference, DIFFERENCES);
        } else {
            write_chunk(out, chunk, by_value, 0);
        }
    }
}

/// Bits that the spread of `chunk` needs: 0 when all are equal, at most 64.
fn width(chunk: &[i64]) -> u8 {
    let (min, max) =
        chunk.iter().fold((i64::MAX, i64::MIN), |(min, max), v| (min.min(*v), max.max(*v)));
    (64 - max.wrapping_sub(min).cast_unsigned().leading_zeros()) as u8
}

fn write_chunk(out: &mut Vec<u8>, chunk: &[i64], width: u8, mode: u8) {
    let base = chunk.iter().copied().min().unwrap_or(0);
    out.push(width | mode);
    bytes::write_signed(out, base);
    let mut words = [0_u64; CHUNK + 1];
    for (place, value) in chunk.iter().enumerate() {
        let above = value.wrapping_sub(base).cast_unsigned();
        let bit = place * usize::from(width);
        let (word, shift) = (bit / 64, bit % 64);
        words[word] |= above << shift;
        if shift > 0 {
            words[word + 1] |= above >> (64 - shift);
        }
    }
    let len = packed_len(chunk.len(), width);
    let start = out.len();
    words.iter().for_each(|word| out.extend_from_slice(&word.to_le_bytes()));
    out.truncate(start + len);
}

fn packed_len(count: usize, width: u8) -> usize {
    (count * usize::from(width)).div_ceil(8)
}

/// `count` values as [`write`] wrote them; `None` when the bytes end early.
pub(super) fn read(reader: &mut Reader<'_>, count: usize) -> Option<Vec<i64>> {
    let mut values = vec![0_i64; count];
    if count == 0 {
        return Some(values);
    }
    let mut previous = reader.signed()?;
    for chunk in values.chunks_mut(CHUNK) {
        let head = reader.byte()?;
        let width = head & !DIFFERENCES;
        if width > 64 {
            return None;
        }
        let base = reader.signed()?;
        unpack(reader.take(packed_len(chunk.len(), width))?, width, base, chunk);
        if head & DIFFERENCES != 0 {
            for value in chunk.iter_mut() {
                previous = previous.wrapping_add(*value);
                *value = previous;
            }
        }
        previous = chunk.last().copied().unwrap_or(previous);
    }
    Some(values)
}

fn unpack(packed: &[u8], width: u8, base: i64, chunk: &mut [i64]) {
    let mut words = [0_u64; CHUNK + 1];
    for (word, eight) in words.iter_mut().zip(packed.chunks(8)) {
        let mut bytes = [0; 8];
        bytes[..eight.len()].copy_from_slice(eight);
        *word = u64::from_le_bytes(bytes);
    }
    let mask = if width == 64 { u64::MAX } else { (1 << width) - 1 };
    let mut bit = 0;
    for value in chunk {
        let (word, shift) = (bit / 64, bit % 64);
        // Shifting twice keeps a shift by 64 (when `shift` is 0) defined.
        let above = (words[word] >> shift) | ((words[word + 1] << 1) << (63 - shift));
        *value = base.wrapping_add((above & mask).cast_signed());
        bit += usize::from(width);
    }
}
