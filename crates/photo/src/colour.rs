//! Recent phones record more colours than sRGB has; without their profile the same numbers look pale.

use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};

use crate::shrink::Picture;

/// Bytes of a profile that is read: cameras' have a few hundred, printers' that nobody photographs with megabytes.
const MOST_BYTES: usize = 256 << 10;

/// Converts the pixels from the colour space of `profile` to sRGB.
///
/// A profile that is damaged, too large or not for RGB leaves the pixels as they are: colours a little off are
/// better than no photo.
pub(crate) fn to_srgb(picture: &mut Picture, profile: &[u8]) {
    if profile.len() > MOST_BYTES {
        return;
    }
    let Ok(from) = ColorProfile::new_from_slice(profile) else { return };
    if from.color_space != DataColorSpace::Rgb {
        return;
    }
    let options = TransformOptions::default();
    let to = ColorProfile::new_srgb();
    let Ok(transform) = from.create_transform_8bit(Layout::Rgb, &to, Layout::Rgb, options) else {
        return;
    };
    let mut converted = vec![0; picture.rgb.len()];
    if transform.transform(&picture.rgb, &mut converted).is_ok() {
        picture.rgb = converted;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wide_colour_space_is_converted_and_a_damaged_profile_is_not_minded() {
        let reddish = Picture { width: 1, height: 1, rgb: vec![200, 60, 60] };
        let profile = ColorProfile::new_display_p3().encode().expect("a profile");
        let mut converted = reddish.clone();
        to_srgb(&mut converted, &profile);
        // Display P3's red is redder: in sRGB the same colour has more red and less of the others.
        assert!(converted.rgb[0] > 205 && converted.rgb[1] < 60, "{:?}", converted.rgb);

        let mut unchanged = reddish.clone();
        to_srgb(&mut unchanged, &profile[..profile.len() / 2]);
        to_srgb(&mut unchanged, b"not a profile");
        assert_eq!(unchanged, reddish);
    }
}
