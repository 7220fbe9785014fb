//! Pixels to JPEG: the same encoder on the phone and on the server.

use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

use crate::{
    Refusal, check,
    limits::LIMITS,
    shrink::{Picture, fitting, on_white, shrink},
};

/// Qualities tried until the file fits: nearly every photo fits at the first.
const QUALITIES: [u8; 3] = [80, 65, 50];

/// The JPEG of a canvas' pixels: 8-bit sRGB with alpha, row by row, as `getImageData` gives them.
///
/// A picture larger than [`LIMITS.cleaned_side`](LIMITS) is shrunk; transparent pixels show white. The file holds
/// nothing but the picture, which [`check`] has confirmed.
///
/// # Errors
///
/// [`Refusal::Damaged`] if the pixels are not `width × height × 4` bytes, [`Refusal::TooManyPixels`] above the
/// limits, [`Refusal::TooDetailed`] if the file would stay above 4 MiB.
pub fn encode_rgba(width: u32, height: u32, rgba: &[u8]) -> Result<Vec<u8>, Refusal> {
    let pixels = u64::from(width) * u64::from(height);
    if pixels > LIMITS.pixels {
        return Err(Refusal::TooManyPixels { width, height });
    }
    if pixels == 0 || rgba.len() as u64 != pixels * 4 {
        return Err(Refusal::Damaged);
    }
    let to = fitting(width, height, LIMITS.cleaned_side);
    let bytes = width as usize * 4;
    encode(&shrink((width, height), to, |y, row| {
        on_white(&rgba[y as usize * bytes..][..bytes], row)
    }))
}

/// The JPEG of a picture within the limits of a cleaned one, checked.
pub(crate) fn encode(picture: &Picture) -> Result<Vec<u8>, Refusal> {
    for quality in QUALITIES {
        let jpeg = encode_at(quality, picture)?;
        if jpeg.len() as u64 <= LIMITS.cleaned_bytes {
            check(&jpeg)?;
            return Ok(jpeg);
        }
    }
    Err(Refusal::TooDetailed)
}

fn encode_at(quality: u8, picture: &Picture) -> Result<Vec<u8>, Refusal> {
    let side = |side| u16::try_from(side).map_err(|_beyond_jpeg| Refusal::Damaged);
    let (width, height) = (side(picture.width)?, side(picture.height)?);
    let mut jpeg = Vec::new();
    let mut encoder = Encoder::new(&mut jpeg, quality);
    // Half the colour resolution, as cameras do.
    encoder.set_sampling_factor(SamplingFactor::F_2_2);
    encoder
        .encode(&picture.rgb, width, height, ColorType::Rgb)
        .map_err(|_into_memory_it_cannot_fail| Refusal::Damaged)?;
    Ok(jpeg)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_canvas_that_is_too_large_is_shrunk() {
        let jpeg = encode_rgba(4_096, 100, &vec![200; 4_096 * 100 * 4]).unwrap();
        assert_eq!(check(&jpeg), Ok((2_048, 50)));
    }

    #[test]
    fn pixels_that_are_missing_are_not_invented() {
        assert_eq!(encode_rgba(64, 64, &[0; 64 * 64 * 4 - 1]), Err(Refusal::Damaged));
        assert_eq!(encode_rgba(0, 64, &[]), Err(Refusal::Damaged));
        let many = Refusal::TooManyPixels { width: 65_500, height: 65_500 };
        assert_eq!(encode_rgba(65_500, 65_500, &[]), Err(many));
    }

    #[test]
    fn noise_is_encoded_more_coarsely_until_it_fits() {
        let mut state = 1_u64;
        let noise: Vec<u8> = std::iter::repeat_with(|| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (state >> 56) as u8
        })
        .take(2_048 * 2_048 * 4)
        .collect();
        let picture = shrink((2_048, 2_048), (2_048, 2_048), |y, row| {
            on_white(&noise[y as usize * 2_048 * 4..][..2_048 * 4], row);
        });
        assert!(encode_at(100, &picture).unwrap().len() as u64 > LIMITS.cleaned_bytes);
        let jpeg = encode(&picture).unwrap();
        assert!(jpeg.len() as u64 <= LIMITS.cleaned_bytes);
    }
}
