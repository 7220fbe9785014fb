//! A picture in 64 bits, so that the same photo is found again after another phone has resized it.

use crate::shrink::{Picture, shrink};

/// One bit per pair of neighbours in a picture of 9 × 8 greys: is the left one brighter than the right?
///
/// Differences of neighbours survive scaling, another quality and a change of exposure; they do not survive
/// cropping or turning. Two photos of the same thing taken after each other usually differ.
pub(crate) fn perceptual_hash(picture: &Picture) -> u64 {
    let bytes = picture.width as usize * 3;
    let small = shrink((picture.width, picture.height), (9, 8), |y, row| {
        row.copy_from_slice(&picture.rgb[y as usize * bytes..][..bytes]);
    });
    let luma = |[red, green, blue]: &[u8; 3]| {
        299 * u32::from(*red) + 587 * u32::from(*green) + 114 * u32::from(*blue)
    };
    let greys: Vec<u32> = small.rgb.as_chunks::<3>().0.iter().map(luma).collect();
    let brighter =
        greys.chunks_exact(9).flat_map(|row| row.windows(2).map(|pair| pair[0] > pair[1]));
    brighter.fold(0, |bits, brighter| bits << 1 | u64::from(brighter))
}

/// In how many of 64 bits two perceptual hashes differ: up to about 8, they are likely the same photo.
pub const fn difference(one: u64, other: u64) -> u32 {
    (one ^ other).count_ones()
}
