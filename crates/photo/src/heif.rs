//! The size of a picture in a HEIF file (ISO/IEC 23008-12), without decoding it.

use crate::bytes::{take, u32_be};

/// Boxes looked at before giving up: a real file has a few dozen.
const MOST_BOXES: usize = 4_096;

/// The largest size that the file states: a grid of tiles states its own and that of a tile.
///
/// Reads the `ispe` properties (6.5.3) in `meta/iprp/ipco`.
pub(crate) fn size(bytes: &[u8]) -> Option<(u32, u32)> {
    let meta = child(bytes, b"meta")?;
    // `meta` begins with version and flags.
    let properties = child(child(meta.get(4..)?, b"iprp")?, b"ipco")?;
    let sizes = boxes(properties).filter(|(kind, _)| kind == b"ispe");
    let sizes = sizes.filter_map(|(_, body)| Some((u32_be(body, 4)?, u32_be(body, 8)?)));
    sizes.max_by_key(|(width, height)| u64::from(*width) * u64::from(*height))
}

fn child<'a>(bytes: &'a [u8], name: &[u8; 4]) -> Option<&'a [u8]> {
    boxes(bytes).find(|(kind, _)| kind == name).map(|(_, body)| body)
}

/// The boxes that `bytes` consist of (ISO/IEC 14496-12, 4.2).
fn boxes(bytes: &[u8]) -> impl Iterator<Item = ([u8; 4], &[u8])> {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        let kind = take(rest, 4)?;
        let (head, size) = match u32_be(rest, 0)? {
            // To the end of the file.
            0 => (8, rest.len()),
            1 => (16, usize::try_from(u64::from_be_bytes(take(rest, 8)?)).ok()?),
            size => (8, size as usize),
        };
        let body = rest.get(head..size)?;
        rest = &rest[size..];
        Some((kind, body))
    })
    .take(MOST_BOXES)
}
