//! Pixels, and fewer of them.

/// Pixels in 8-bit sRGB, row by row, three bytes each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Picture {
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) rgb: Vec<u8>,
}

/// The size with the same proportions whose longer side is at most `longest`; never 0.
pub(crate) fn fitting(width: u32, height: u32, longest: u32) -> (u32, u32) {
    let long = width.max(height);
    if long <= longest {
        return (width, height);
    }
    let scaled = |side: u32| {
        let half = u64::from(long) / 2;
        let side = (u64::from(side) * u64::from(longest) + half) / u64::from(long);
        u32::try_from(side).unwrap_or(longest).max(1)
    };
    (scaled(width), scaled(height))
}

/// The picture of size `from` in the size `to`, each pixel the mean of the area it covers.
///
/// `row` writes the source's row of that number into the bytes it is given. Rows are asked for once each, in
/// order, so that whatever the decoder left (four channels, 16 bit) is never converted as a whole: a second copy of
/// 50 megapixels would cost 150 MB. Sums are exact integers.
pub(crate) fn shrink(
    from: (u32, u32),
    to: (u32, u32),
    mut row: impl FnMut(u32, &mut [u8]),
) -> Picture {
    let (width, height) = (from.0 as usize, from.1 as usize);
    let (wide, high) = (to.0 as usize, to.1 as usize);
    let mut rgb = Vec::with_capacity(wide * high * 3);
    let mut source = vec![0; width * 3];
    let mut line = vec![0_u64; wide * 3];
    let mut sums = vec![0_u64; wide * 3];
    let area = (width * height) as u64;
    let mut next = 0;
    for y in 0..height {
        row(u32::try_from(y).unwrap_or(u32::MAX), &mut source);
        across(&source, width, wide, &mut line);
        // Lengths are in units of which a source row has `high` and a target row `height`.
        let (mut start, end) = (y * high, (y + 1) * high);
        while start < end {
            let stop = end.min((next + 1) * height);
            let share = (stop - start) as u64;
            sums.iter_mut().zip(&line).for_each(|(sum, value)| *sum += value * share);
            start = stop;
            if stop == (next + 1) * height {
                rgb.extend(sums.iter().map(|sum| ((sum + area / 2) / area) as u8));
                sums.fill(0);
                next += 1;
            }
        }
    }
    Picture { width: to.0, height: to.1, rgb }
}

/// One row, each target pixel the sum of what it covers in units of `1 / wide` of a source pixel.
fn across(source: &[u8], width: usize, wide: usize, line: &mut [u64]) {
    line.fill(0);
    let mut next = 0;
    for (x, pixel) in source.as_chunks::<3>().0.iter().enumerate() {
        let (mut start, end) = (x * wide, (x + 1) * wide);
        while start < end {
            let stop = end.min((next + 1) * width);
            let share = (stop - start) as u64;
            for (sum, value) in line[next * 3..].iter_mut().zip(pixel) {
                *sum += u64::from(*value) * share;
            }
            start = stop;
            next += usize::from(stop == (next + 1) * width);
        }
    }
}

/// `rgba` on white, as the page would show it: what lies under a transparent pixel was not meant to be seen.
pub(crate) fn on_white(rgba: &[u8], rgb: &mut [u8]) {
    for (to, [red, green, blue, alpha]) in
        rgb.as_chunks_mut::<3>().0.iter_mut().zip(rgba.as_chunks::<4>().0)
    {
        let alpha = u16::from(*alpha);
        let over = |value: u8| ((u16::from(value) * alpha + 255 * (255 - alpha) + 127) / 255) as u8;
        *to = [over(*red), over(*green), over(*blue)];
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shrunk(from: (u32, u32), to: (u32, u32), rgb: &[u8]) -> Picture {
        let bytes = from.0 as usize * 3;
        shrink(from, to, |y, row| row.copy_from_slice(&rgb[y as usize * bytes..][..bytes]))
    }

    #[test]
    fn each_pixel_is_the_mean_of_what_it_covers() {
        let row = [0, 0, 0, 90, 90, 90, 255, 255, 255];
        // Two thirds of one and one third of the next.
        assert_eq!(shrunk((3, 1), (2, 1), &row).rgb, [30, 30, 30, 200, 200, 200]);
        assert_eq!(shrunk((1, 3), (1, 1), &row).rgb, [115, 115, 115]);
    }

    #[test]
    fn sizes_keep_their_proportions() {
        assert_eq!(fitting(4_032, 3_024, 2_048), (2_048, 1_536));
        assert_eq!(fitting(2_048, 100, 2_048), (2_048, 100));
        assert_eq!(fitting(64, 12_000, 2_048), (11, 2_048));
        assert_eq!(fitting(1, 12_000, 2_048), (1, 2_048));
    }

    #[test]
    fn what_is_transparent_shows_white() {
        let mut rgb = [0; 9];
        on_white(&[1, 2, 3, 0, 1, 2, 3, 255, 0, 0, 0, 128], &mut rgb);
        assert_eq!(rgb, [255, 255, 255, 1, 2, 3, 127, 127, 127]);
    }

    proptest! {
        #[test]
        fn one_colour_stays_one_colour(
            from in (1_u32..50, 1_u32..50), to in (1_u32..50, 1_u32..50), value: u8,
        ) {
            let rgb = vec![value; (from.0 * from.1 * 3) as usize];
            let picture = shrunk(from, to, &rgb);
            prop_assert_eq!(picture.rgb.len(), (to.0 * to.1 * 3) as usize);
            prop_assert!(picture.rgb.iter().all(|byte| *byte == value));
        }

        #[test]
        fn the_same_size_is_the_same_picture(size in (1_u32..20, 1_u32..20), seed: u64) {
            let rgb: Vec<u8> = (0..u64::from(size.0 * size.1 * 3))
                .map(|index| (seed.wrapping_mul(index + 1) >> 32) as u8).collect();
            prop_assert_eq!(shrunk(size, size, &rgb).rgb, rgb);
        }
    }
}
