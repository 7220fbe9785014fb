//! Where a photo was taken, if its metadata says so. For the browser alone, which asks before using it: the
//! server never reads a position, and no position is in what is sent.

use std::io::Cursor;

use exif::{Exif, In, Rational, Reader, Tag, Value};

/// Bytes that Exif metadata may have: it was made for one segment of a JPEG.
const MOST_BYTES: usize = 64 << 10;

/// A place in WGS 84, in millionths of a degree; north and east are positive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// From −90,000,000 to 90,000,000.
    pub latitude_e6: i32,
    /// From −180,000,000 to 180,000,000.
    pub longitude_e6: i32,
}

/// The place in the Exif metadata of a JPEG, PNG, WebP, HEIC or AVIF file.
///
/// `None` without a place, for one that is no number (a denominator of zero), beyond the poles, and for 0°, 0° in
/// the Gulf of Guinea, which is what cameras write that do not know where they are.
pub fn gps(photo: &[u8]) -> Option<Position> {
    let exif = metadata(photo)?;
    let latitude_e6 = angle(&exif, (Tag::GPSLatitude, Tag::GPSLatitudeRef), b'S', 90)?;
    let longitude_e6 = angle(&exif, (Tag::GPSLongitude, Tag::GPSLongitudeRef), b'W', 180)?;
    let somewhere = (latitude_e6, longitude_e6) != (0, 0);
    somewhere.then_some(Position { latitude_e6, longitude_e6 })
}

fn metadata(photo: &[u8]) -> Option<Exif> {
    let mut reader = Reader::new();
    // A broken maker note must not cost the place that stands before it.
    reader.continue_on_error(true);
    let whatever_is_left = |error: exif::Error| error.distill_partial_result(drop);
    let found = reader.read_from_container(&mut Cursor::new(photo)).or_else(whatever_is_left);
    // Some phones declare in HEIC an item larger than Exif may be, which the reader refuses.
    found.ok().or_else(|| {
        let start = photo.windows(10).position(|mark| {
            mark.starts_with(b"Exif\0\0") && (mark.ends_with(b"II*\0") || mark.ends_with(b"MM\0*"))
        })? + 6;
        let exif = &photo[start..photo.len().min(start + MOST_BYTES)];
        reader.read_raw(exif.to_vec()).or_else(whatever_is_left).ok()
    })
}

/// Degrees, minutes and seconds (Exif 3.0, 4.6.6) as millionths of a degree, negative towards `negative`.
fn angle(exif: &Exif, (value, reference): (Tag, Tag), negative: u8, most: i64) -> Option<i32> {
    let Value::Rational(parts) = &exif.get_field(value, In::PRIMARY)?.value else { return None };
    let [degrees, minutes, seconds] = parts.get(..3)? else { return None };
    let sum = millionths(*degrees, 1)? + millionths(*minutes, 60)? + millionths(*seconds, 3_600)?;
    // Each term is in hundredths of a millionth, so that three roundings do not add up.
    let angle = (sum + 50) / 100;
    if angle > most * 1_000_000 {
        return None;
    }
    let angle = i32::try_from(angle).ok()?;
    let Value::Ascii(words) = &exif.get_field(reference, In::PRIMARY)?.value else { return None };
    let direction = *words.first()?.first()?;
    Some(if direction == negative { -angle } else { angle })
}

fn millionths(part: Rational, per_degree: i64) -> Option<i64> {
    let (number, of) = (i64::from(part.num), i64::from(part.denom).checked_mul(per_degree)?);
    (of > 0).then(|| number * 100_000_000 / of)
}
