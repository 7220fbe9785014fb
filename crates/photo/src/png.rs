//! A PNG file without what the picture does not need.

use crate::{
    Refusal,
    bytes::{take, u32_be},
};

/// Size, palette, transparency, pixels, and how to turn and colour them.
const NEEDED: [&[u8; 4]; 7] = [b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"iCCP", b"eXIf", b"IEND"];

/// Bytes of a compressed colour profile. Cameras' and screens' have under 3,000; deflate makes at most a thousand
/// times as much of it, and the decoder would inflate whatever it finds.
const MOST_PROFILE: usize = 16 << 10;

/// The chunks that the picture needs, up to its end (PNG, 5.3): no texts, which may inflate to anything, no further
/// frames of an animation, nothing appended.
///
/// # Errors
///
/// [`Refusal::Truncated`] if a chunk, or the last one, is missing.
pub(crate) fn needed(png: &[u8]) -> Result<Vec<u8>, Refusal> {
    let mut kept = png.get(..8).ok_or(Refusal::Truncated)?.to_vec();
    let mut rest = &png[8..];
    loop {
        let (length, name) = (u32_be(rest, 0), take::<4>(rest, 4));
        let (Some(length), Some(name)) = (length, name) else { return Err(Refusal::Truncated) };
        // Length, name and checksum take twelve bytes.
        let whole = (length as usize).checked_add(12).ok_or(Refusal::Damaged)?;
        let chunk = rest.get(..whole).ok_or(Refusal::Truncated)?;
        if NEEDED.contains(&&name) && !(name == *b"iCCP" && chunk.len() > MOST_PROFILE) {
            kept.extend(chunk);
        }
        if name == *b"IEND" {
            return Ok(kept);
        }
        rest = &rest[whole..];
    }
}
