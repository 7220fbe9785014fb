//! The last step: the written file is read again, and only what a picture needs may stand in it.

use crate::{
    jpeg::{self, APP0, DHT, DQT, EOI, Frame, SOF0, SOI, SOS, Segment},
    limits::LIMITS,
};

/// What does not belong into a cleaned file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unexpected {
    /// It does not begin as a JPEG.
    #[error("it does not begin as a JPEG")]
    Beginning,
    /// A segment that a bare picture does not need, or one too many of its kind.
    #[error("segment 0xff{0:02x} is not expected")]
    Segment(u8),
    /// The JFIF header carries more than it must: a thumbnail.
    #[error("the JFIF header is not the plain one")]
    Header,
    /// Bytes that belong to no segment.
    #[error("{0} bytes stand between segments")]
    Between(usize),
    /// Bytes behind the end of the picture.
    #[error("{0} bytes stand behind the picture")]
    Behind(usize),
    /// The end of the picture is missing.
    #[error("the picture does not end")]
    NoEnd,
    /// More bytes than a cleaned file may have.
    #[error("{0} bytes are more than a cleaned photo may have")]
    TooLarge(usize),
    /// A side is longer than a cleaned picture may have, or missing.
    #[error("{0} × {1} is no size of a cleaned photo")]
    Size(u32, u32),
}

/// How many segments of a kind a baseline picture with three components has at most.
const EXPECTED: [(u8, usize); 7] =
    [(SOI, 1), (APP0, 1), (DQT, 2), (SOF0, 1), (DHT, 4), (SOS, 1), (EOI, 1)];

/// Width and height of a cleaned photo, in pixels, or the first thing that does not belong into one.
///
/// Allowed are one JFIF header without thumbnail, quantisation and Huffman tables, one baseline frame, one scan
/// without restarts, and the end, each directly behind the other, at most 4 MiB and 2,048 pixels a side. So there
/// is no room for Exif, XMP, IPTC, ICC, MPF, comments, a second picture or anything appended.
///
/// # Errors
///
/// The first thing found that is not expected.
pub fn check(jpeg: &[u8]) -> Result<(u32, u32), Unexpected> {
    if jpeg.len() as u64 > LIMITS.cleaned_bytes {
        return Err(Unexpected::TooLarge(jpeg.len()));
    }
    if !jpeg.starts_with(&[0xff, SOI]) {
        return Err(Unexpected::Beginning);
    }
    let (mut seen, mut size, mut end) = ([0; EXPECTED.len()], (0, 0), 0);
    for segment in jpeg::segments(jpeg) {
        let gap = segment.start - end;
        if gap > 0 {
            return Err(Unexpected::Between(gap));
        }
        end = segment.end;
        count(&segment, &mut seen)?;
        if let Some(Frame::Usual { width, height }) = segment.frame() {
            size = (width, height);
        }
    }
    let [soi, app0, .., sos, eoi] = seen;
    if (soi, app0, sos, eoi) != (1, 1, 1, 1) {
        return Err(Unexpected::NoEnd);
    }
    if end < jpeg.len() {
        return Err(Unexpected::Behind(jpeg.len() - end));
    }
    let side = 1..=LIMITS.cleaned_side;
    let fits = side.contains(&size.0) && side.contains(&size.1);
    if fits { Ok(size) } else { Err(Unexpected::Size(size.0, size.1)) }
}

/// Counts `segment` among those of its kind and looks at what could carry more than it must.
fn count(segment: &Segment<'_>, seen: &mut [usize; EXPECTED.len()]) -> Result<(), Unexpected> {
    let refused = Unexpected::Segment(segment.marker);
    let kind = EXPECTED.iter().position(|(marker, _)| *marker == segment.marker).ok_or(refused)?;
    seen[kind] += 1;
    if seen[kind] > EXPECTED[kind].1 {
        return Err(refused);
    }
    let body = segment.body;
    match segment.marker {
        // Identifier, version, unit, two densities, and a thumbnail of 0 × 0.
        APP0 if body.len() != 14 || !body.starts_with(b"JFIF\0") || !body.ends_with(&[0, 0]) => {
            Err(Unexpected::Header)
        }
        // Two tables of 8-bit values at most; tables longer than their contents would hide bytes.
        DQT if body.is_empty() || body.len() > 130 || !body.len().is_multiple_of(65) => {
            Err(refused)
        }
        DHT if !is_huffman(body) => Err(refused),
        SOF0 if body.len() != 6 + 3 * usize::from(*body.get(5).unwrap_or(&0)) => Err(refused),
        SOS if segment.body.len() != 4 + 2 * usize::from(*body.first().unwrap_or(&0)) => {
            Err(refused)
        }
        SOS if segment.scan.windows(2).any(|pair| pair[0] == 0xff && pair[1] != 0) => Err(refused),
        _ => Ok(()),
    }
}

/// True for Huffman tables (T.81 B.2.4.2) that end exactly where their counts say.
fn is_huffman(mut body: &[u8]) -> bool {
    while let Some(counts) = body.get(1..17) {
        let values: usize = counts.iter().map(|count| usize::from(*count)).sum();
        let Some(rest) = body.get(17 + values..) else { return false };
        body = rest;
    }
    body.is_empty()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn plain() -> Vec<u8> {
        crate::encode_rgba(64, 80, &[90; 64 * 80 * 4]).unwrap()
    }

    fn with(at: usize, bytes: &[u8]) -> Result<(u32, u32), Unexpected> {
        let mut jpeg = plain();
        jpeg.splice(at..at, bytes.iter().copied());
        check(&jpeg)
    }

    #[test]
    fn a_bare_picture_passes() {
        assert_eq!(check(&plain()), Ok((64, 80)));
    }

    #[rstest]
    #[case::exif(b"\xff\xe1\x00\x08Exif\0\0", 0xe1)]
    #[case::colour_profile(b"\xff\xe2\x00\x0eICC_PROFILE\0", 0xe2)]
    #[case::second_pictures(b"\xff\xe2\x00\x06MPF\0", 0xe2)]
    #[case::photoshop(b"\xff\xed\x00\x10Photoshop 3.0\0", 0xed)]
    #[case::a_comment(b"\xff\xfe\x00\x04hi", 0xfe)]
    #[case::a_second_start(b"\xff\xd8", 0xd8)]
    #[case::a_restart_interval(b"\xff\xdd\x00\x04\x00\x01", 0xdd)]
    #[case::a_third_table(b"\xff\xdb\x00\x03\x00", 0xdb)]
    fn nothing_else_passes(#[case] segment: &[u8], #[case] marker: u8) {
        assert_eq!(with(20, segment), Err(Unexpected::Segment(marker)));
    }

    #[test]
    fn nothing_stands_between_or_behind() {
        assert_eq!(with(20, b"secret"), Err(Unexpected::Between(6)));
        assert_eq!(with(20, b"\xff"), Err(Unexpected::Between(1)));
        let end = plain().len();
        assert_eq!(with(end, b"PK\x03\x04"), Err(Unexpected::Behind(4)));
        assert_eq!(check(&plain()[..end - 1]), Err(Unexpected::NoEnd));
        assert_eq!(check(b"\x89PNG"), Err(Unexpected::Beginning));
    }

    #[test]
    fn a_thumbnail_does_not_hide_in_the_header() {
        let mut jpeg = plain();
        // The length of the JFIF header, its thumbnail's sides, and one pixel of it.
        jpeg[5] = 19;
        jpeg[18..20].copy_from_slice(&[1, 1]);
        jpeg.splice(20..20, [1, 2, 3]);
        assert_eq!(check(&jpeg), Err(Unexpected::Header));
    }

    #[test]
    fn any_single_byte_put_in_before_the_scan_is_seen_or_changes_a_table_only() {
        let jpeg = plain();
        let scan = jpeg.windows(2).position(|pair| pair == [0xff, SOS]).unwrap();
        for at in 0..scan {
            assert!(with(at, &[0x00]).is_err(), "a zero put in at {at}");
        }
    }
}
