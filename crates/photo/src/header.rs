//! What a file says of itself before anything is decoded, and whether that is within the limits.

use crate::{
    Kind, Refusal,
    bytes::{take, u16_le, u24_le, u32_be},
    heif,
    jpeg::{self, EOI, Frame, SOS},
    limits::LIMITS,
    sniff,
};

/// What the header of a photo within all limits says. Sides are in pixels, before any rotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header {
    /// By its first bytes.
    pub kind: Kind,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// Passes over the picture: one for each colour component of each scan of a JPEG, else 1.
    pub passes: u32,
}

/// Looks at a file that the server is to decode: JPEG, PNG or WebP of at most
/// [`LIMITS.file_bytes`](LIMITS).
///
/// # Errors
///
/// Any [`Refusal`] that needs no decoding.
pub fn inspect(bytes: &[u8]) -> Result<Header, Refusal> {
    within(bytes, LIMITS.file_bytes, Kind::is_accepted)
}

/// Looks at a file that a browser is to decode with its own decoders before it is shrunk and sent: HEIC and
/// AVIF too, and up to [`LIMITS.original_bytes`](LIMITS).
///
/// Whether the browser can is known only when it has tried; if it cannot, `Refusal::Unsupported(header.kind)`
/// has the sentence that helps.
///
/// # Errors
///
/// Any [`Refusal`] that needs no decoding.
pub fn inspect_original(bytes: &[u8]) -> Result<Header, Refusal> {
    within(bytes, LIMITS.original_bytes, Kind::may_be_decoded_by_a_browser)
}

fn within(bytes: &[u8], limit: u64, takes: fn(Kind) -> bool) -> Result<Header, Refusal> {
    if bytes.is_empty() {
        return Err(Refusal::Empty);
    }
    let length = bytes.len() as u64;
    if length > limit {
        return Err(Refusal::TooLarge { bytes: length, limit });
    }
    let kind = sniff(bytes);
    if !takes(kind) {
        let named = kind != Kind::Unknown;
        return Err(if named { Refusal::Unsupported(kind) } else { Refusal::NotAPhoto });
    }
    let header = read(kind, bytes)?;
    let Header { width, height, passes, .. } = header;
    let pixels = u64::from(width) * u64::from(height);
    if width.max(height) > LIMITS.side || pixels > LIMITS.pixels {
        return Err(Refusal::TooManyPixels { width, height });
    }
    if width == 0 || height == 0 {
        return Err(Refusal::Damaged);
    }
    if width.min(height) < LIMITS.least_side {
        return Err(Refusal::TooSmall { width, height });
    }
    if pixels * u64::from(passes) > LIMITS.pixel_passes {
        return Err(Refusal::TooSlow);
    }
    Ok(header)
}

fn read(kind: Kind, bytes: &[u8]) -> Result<Header, Refusal> {
    if kind == Kind::Jpeg {
        return read_jpeg(bytes);
    }
    let size = match kind {
        Kind::Png => png(bytes),
        Kind::WebP => webp(bytes),
        _ => heif::size(bytes),
    };
    // Headers stand at the front: one that is missing there has been cut off, unless more follows.
    let cut = if bytes.len() < 64 { Refusal::Truncated } else { Refusal::Damaged };
    let (width, height) = size.ok_or(cut)?;
    Ok(Header { kind, width, height, passes: 1 })
}

/// Walks to the end of the picture: decoders fill up what is missing with grey and say nothing.
fn read_jpeg(bytes: &[u8]) -> Result<Header, Refusal> {
    let (mut width, mut height, mut passes, mut ended) = (0, 0, 0, false);
    for segment in jpeg::segments(bytes) {
        match segment.frame() {
            Some(Frame::Rare) => return Err(Refusal::Unsupported(Kind::RareJpeg)),
            // A second frame header must not slip past the limits behind a small first one.
            Some(Frame::Usual { width: wide, height: high }) => {
                (width, height) = (width.max(wide), height.max(high));
            }
            None => {}
        }
        if segment.marker == SOS {
            passes += segment.body.first().map_or(0, |components| u32::from(*components));
        }
        ended = segment.marker == EOI;
    }
    match (ended, passes) {
        (false, _) => Err(Refusal::Truncated),
        (true, 0) => Err(Refusal::Damaged),
        (true, passes) => Ok(Header { kind: Kind::Jpeg, width, height, passes }),
    }
}

/// IHDR comes first (PNG, 11.2.2).
fn png(bytes: &[u8]) -> Option<(u32, u32)> {
    let first = take::<4>(bytes, 12)?;
    (first == *b"IHDR").then_some((u32_be(bytes, 16)?, u32_be(bytes, 20)?))
}

/// The canvas, or the only frame (RFC 9649, 2.5–2.7).
fn webp(bytes: &[u8]) -> Option<(u32, u32)> {
    match &take::<4>(bytes, 12)? {
        b"VP8X" => Some((u24_le(bytes, 24)? + 1, u24_le(bytes, 27)? + 1)),
        b"VP8L" => {
            let bits = u32::from_le_bytes(take(bytes, 21)?);
            Some(((bits & 0x3fff) + 1, ((bits >> 14) & 0x3fff) + 1))
        }
        b"VP8 " => {
            // Beside the size, both hold two bits of scaling that nobody uses.
            let side = |at| u16_le(bytes, at).map(|side| u32::from(side & 0x3fff));
            Some((side(26)?, side(28)?))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png_of(width: u32, height: u32) -> Vec<u8> {
        let mut file = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
        file.extend(width.to_be_bytes().into_iter().chain(height.to_be_bytes()));
        file.extend([8, 2, 0, 0, 0, 0, 0, 0, 0]);
        file
    }

    #[test]
    fn the_limits_hold_on_both_sides() {
        let refused = |width, height| inspect(&png_of(width, height)).err();
        assert_eq!(refused(64, 64), None);
        assert_eq!(refused(63, 64), Some(Refusal::TooSmall { width: 63, height: 64 }));
        assert_eq!(refused(12_000, 4_166), None);
        assert_eq!(
            refused(12_000, 4_167),
            Some(Refusal::TooManyPixels { width: 12_000, height: 4_167 })
        );
        assert_eq!(refused(12_001, 64), Some(Refusal::TooManyPixels { width: 12_001, height: 64 }));
        assert_eq!(
            refused(65_500, 65_500),
            Some(Refusal::TooManyPixels { width: 65_500, height: 65_500 })
        );
        assert_eq!(refused(0, 64), Some(Refusal::Damaged));
    }

    #[test]
    fn a_second_frame_header_does_not_hide_behind_the_first() {
        let mut jpeg = crate::encode_rgba(64, 64, &[0; 64 * 64 * 4]).unwrap();
        let frame = [0xff, 0xc0, 0, 11, 8, 0xff, 0xff, 0xff, 0xff, 1, 1, 0x11, 0];
        jpeg.splice(2..2, frame);
        let many = Refusal::TooManyPixels { width: 65_535, height: 65_535 };
        assert_eq!(inspect(&jpeg), Err(many));
    }

    #[test]
    fn every_cut_of_a_jpeg_is_seen() {
        let jpeg = crate::encode_rgba(64, 64, &[90; 64 * 64 * 4]).unwrap();
        for cut in 3..jpeg.len() {
            assert_eq!(inspect(&jpeg[..cut]), Err(Refusal::Truncated), "cut at byte {cut}");
        }
    }
}
