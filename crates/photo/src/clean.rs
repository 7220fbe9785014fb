//! The server's way from a file to a file: every step may refuse, none lets the original through.

use std::{
    borrow::Cow,
    io::{Cursor, ErrorKind},
};

use image::{
    DynamicImage, GenericImageView, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits,
    RgbImage, metadata::Orientation,
};

use crate::{
    Header, Kind, Rectangle, Refusal, colour,
    encode::encode,
    hash::perceptual_hash,
    inspect,
    limits::LIMITS,
    png,
    redact::blacken,
    shrink::{Picture, fitting, on_white, shrink},
};

/// A cleaned photo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clean {
    /// Baseline JPEG with nothing but the picture; it has passed [`check`](crate::check).
    pub jpeg: Vec<u8>,
    /// In pixels, at most [`LIMITS.cleaned_side`](LIMITS).
    pub width: u32,
    /// In pixels, at most [`LIMITS.cleaned_side`](LIMITS).
    pub height: u32,
    /// For finding the same photo again; see [`difference`](crate::difference).
    pub hash: u64,
}

/// Decodes, turns upright, shrinks, converts to 8-bit sRGB, encodes anew and checks.
///
/// Of an animation the first picture is taken. The position in the metadata is not read. May take seconds and, at
/// the limits, about 300 MB: run it on a thread for blocking work, few at a time.
///
/// # Errors
///
/// A [`Refusal`] with the sentence for whoever sent the photo.
pub fn clean(bytes: &[u8]) -> Result<Clean, Refusal> {
    finished(&decoded(bytes)?)
}

/// A cleaned photo with black boxes burnt into its pixels, encoded anew.
///
/// # Errors
///
/// As [`clean`].
pub fn redacted(jpeg: &[u8], boxes: &[Rectangle]) -> Result<Clean, Refusal> {
    let mut picture = decoded(jpeg)?;
    blacken(&mut picture, boxes);
    finished(&picture)
}

fn finished(picture: &Picture) -> Result<Clean, Refusal> {
    let jpeg = encode(picture)?;
    let Picture { width, height, .. } = *picture;
    Ok(Clean { jpeg, width, height, hash: perceptual_hash(picture) })
}

fn decoded(bytes: &[u8]) -> Result<Picture, Refusal> {
    let header = inspect(bytes)?;
    let refused = |error| refusal(&error, header);
    let bytes = match header.kind {
        Kind::Png => Cow::Owned(png::needed(bytes)?),
        _ => Cow::Borrowed(bytes),
    };
    let mut decoder = decoder(&bytes, header).map_err(refused)?;
    // Metadata that cannot be read is no reason to refuse a picture that can.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let profile = decoder.icc_profile().ok().flatten();
    let mut limits = decoding_limits();
    limits.reserve(decoder.total_bytes()).map_err(refused)?;
    let image = DynamicImage::from_decoder(decoder).map_err(refused)?;
    let (width, height) = image.dimensions();
    let to = fitting(width, height, LIMITS.cleaned_side);
    let mut picture = shrink((width, height), to, |y, row| copy_row(&image, y, row));
    drop(image);
    if let Some(profile) = profile {
        colour::to_srgb(&mut picture, &profile);
    }
    upright(picture, orientation)
}

fn decoding_limits() -> Limits {
    let mut limits = Limits::default();
    limits.max_image_width = Some(LIMITS.side);
    limits.max_image_height = Some(LIMITS.side);
    limits.max_alloc = Some(LIMITS.decoding_bytes);
    limits
}

fn decoder(bytes: &[u8], header: Header) -> Result<impl ImageDecoder + '_, ImageError> {
    let format = match header.kind {
        Kind::Png => ImageFormat::Png,
        Kind::WebP => ImageFormat::WebP,
        _ => ImageFormat::Jpeg,
    };
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(decoding_limits());
    reader.into_decoder()
}

/// Row `y` of whatever the decoder made, in 8-bit RGB.
fn copy_row(image: &DynamicImage, y: u32, row: &mut [u8]) {
    if let DynamicImage::ImageRgb8(image) = image {
        let start = y as usize * row.len();
        return row.copy_from_slice(&image.as_raw()[start..][..row.len()]);
    }
    for (x, pixel) in (0..image.width()).zip(row.as_chunks_mut::<3>().0) {
        on_white(&image.get_pixel(x, y).0, pixel);
    }
}

fn upright(picture: Picture, orientation: Orientation) -> Result<Picture, Refusal> {
    let image = RgbImage::from_raw(picture.width, picture.height, picture.rgb);
    let mut image = DynamicImage::ImageRgb8(image.ok_or(Refusal::Damaged)?);
    image.apply_orientation(orientation);
    let (width, height) = image.dimensions();
    Ok(Picture { width, height, rgb: image.into_rgb8().into_raw() })
}

fn refusal(error: &ImageError, header: Header) -> Refusal {
    match error {
        ImageError::IoError(error) if error.kind() == ErrorKind::UnexpectedEof => {
            Refusal::Truncated
        }
        ImageError::Limits(_) => {
            Refusal::TooManyPixels { width: header.width, height: header.height }
        }
        _ => Refusal::Damaged,
    }
}
