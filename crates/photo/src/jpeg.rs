//! A JPEG file as a row of segments (ITU-T T.81 annex B), without decoding any of them.

use crate::bytes::{u16_be, u32_be};

pub(crate) const SOI: u8 = 0xd8;
pub(crate) const EOI: u8 = 0xd9;
pub(crate) const SOS: u8 = 0xda;
pub(crate) const DQT: u8 = 0xdb;
pub(crate) const DHT: u8 = 0xc4;
pub(crate) const APP0: u8 = 0xe0;
/// Baseline sequential.
pub(crate) const SOF0: u8 = 0xc0;

/// A marker and what belongs to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Segment<'a> {
    pub(crate) marker: u8,
    /// Behind the length field.
    pub(crate) body: &'a [u8],
    /// Entropy-coded bytes behind a start of scan, up to the next marker that is no restart.
    pub(crate) scan: &'a [u8],
    /// Where the marker stands, and where the next one should.
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// What a frame header says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Frame {
    /// Baseline, extended or progressive, coded by Huffman: what cameras and decoders know.
    Usual { width: u32, height: u32 },
    /// Lossless, hierarchical or arithmetic.
    Rare,
}

impl Segment<'_> {
    /// The frame that this segment describes, if it is a frame header long enough to say so.
    pub(crate) fn frame(&self) -> Option<Frame> {
        match self.marker {
            0xc0..=0xc2 => {
                let size = u32_be(self.body, 1)?;
                Some(Frame::Usual { width: size & 0xffff, height: size >> 16 })
            }
            // DHT, JPG and DAC are not frames.
            0xc4 | 0xc8 | 0xcc => None,
            0xc3..=0xcf => Some(Frame::Rare),
            _ => None,
        }
    }
}

/// The segments of `bytes` up to the end of the picture or of the bytes.
///
/// Like decoders, it skips what stands between segments; [`Segment::start`] tells whoever minds.
pub(crate) fn segments(bytes: &[u8]) -> impl Iterator<Item = Segment<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let segment = next(bytes, at)?;
        // What stands behind the end of the picture is not part of it.
        at = if segment.marker == EOI { bytes.len() } else { segment.end };
        Some(segment)
    })
}

fn next(bytes: &[u8], from: usize) -> Option<Segment<'_>> {
    let start = from + marker(bytes.get(from..)?)?;
    let marker = bytes[start + 1];
    let alone = Segment { marker, body: &[], scan: &[], start, end: start + 2 };
    // Markers without a length: SOI, EOI, restarts, TEM.
    if matches!(marker, SOI | EOI | 0xd0..=0xd7 | 0x01) {
        return Some(alone);
    }
    let length = usize::from(u16_be(bytes, start + 2)?);
    let end = start + 2 + length;
    let body = bytes.get(start + 4..end)?;
    if marker != SOS {
        return Some(Segment { body, end, ..alone });
    }
    let scan = scan(&bytes[end..]);
    Some(Segment { body, scan, end: end + scan.len(), ..alone })
}

/// How far the next marker is: 0xff, then neither a stuffed zero nor a fill byte.
fn marker(bytes: &[u8]) -> Option<usize> {
    bytes.windows(2).position(|pair| pair[0] == 0xff && !matches!(pair[1], 0x00 | 0xff))
}

/// The entropy-coded bytes at the front.
fn scan(bytes: &[u8]) -> &[u8] {
    let mut end = 0;
    while let Some(ahead) = marker(&bytes[end..]) {
        end += ahead;
        if !matches!(bytes[end + 1], 0xd0..=0xd7) {
            return &bytes[..end];
        }
        end += 2;
    }
    bytes
}
