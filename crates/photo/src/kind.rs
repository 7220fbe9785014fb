//! What a file is by its first bytes; its name and declared type are never asked.

/// What a file turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Accepted.
    Jpeg,
    /// Accepted.
    Png,
    /// Accepted.
    WebP,
    /// Photos of recent phones; a browser on such a phone can often decode them.
    Heic,
    /// Some browsers can decode it.
    Avif,
    /// A JPEG of a process that cameras do not use: lossless, hierarchical or arithmetic.
    RareJpeg,
    /// Never: a drawing may contain programs.
    Svg,
    /// Never: an animation, not a photo.
    Gif,
    /// A document.
    Pdf,
    /// A raw photo is one, too.
    Tiff,
    /// A bitmap.
    Bmp,
    /// An icon of Windows.
    Ico,
    /// An icon of macOS.
    Icns,
    /// JPEG 2000.
    Jpeg2000,
    /// JPEG XL.
    JpegXl,
    /// A film.
    Video,
    /// ZIP, RAR, 7z, gzip.
    Archive,
    /// A web page.
    Html,
    /// None of these.
    Unknown,
}

impl Kind {
    /// True for the kinds that the server decodes.
    pub const fn is_accepted(self) -> bool {
        matches!(self, Self::Jpeg | Self::Png | Self::WebP)
    }

    /// True for the kinds that a browser may be asked to decode.
    pub const fn may_be_decoded_by_a_browser(self) -> bool {
        self.is_accepted() || matches!(self, Self::Heic | Self::Avif)
    }

    /// The usual name of such a file, for sentences; the same in both languages but for a few.
    pub(crate) const fn names(self) -> (&'static str, &'static str) {
        let name = match self {
            Self::Jpeg => "JPEG",
            Self::Png => "PNG",
            Self::WebP => "WebP",
            Self::Heic => "HEIC",
            Self::Avif => "AVIF",
            Self::Svg => "SVG",
            Self::Gif => "GIF",
            Self::Pdf => "PDF",
            Self::Tiff => "TIFF",
            Self::Bmp => "BMP",
            Self::Ico => "ICO",
            Self::Icns => "ICNS",
            Self::Jpeg2000 => "JPEG 2000",
            Self::JpegXl => "JPEG XL",
            Self::Html => "HTML",
            Self::RareJpeg => return ("特殊编码的 JPEG", "JPEG of a rare encoding"),
            Self::Video => return ("视频", "video"),
            Self::Archive => return ("压缩包", "archive"),
            Self::Unknown => return ("未知", "unknown"),
        };
        (name, name)
    }
}

/// Files by the bytes they begin with.
const BEGINNINGS: [(&[u8], Kind); 21] = [
    (b"\xff\xd8\xff", Kind::Jpeg),
    (b"\x89PNG\r\n\x1a\n", Kind::Png),
    (b"GIF8", Kind::Gif),
    (b"%PDF", Kind::Pdf),
    (b"II*\0", Kind::Tiff),
    (b"MM\0*", Kind::Tiff),
    (b"II+\0", Kind::Tiff),
    (b"MM\0+", Kind::Tiff),
    (b"BM", Kind::Bmp),
    (b"\0\0\x01\0", Kind::Ico),
    (b"icns", Kind::Icns),
    (b"\0\0\0\x0cjP  ", Kind::Jpeg2000),
    (b"\xff\x4f\xff\x51", Kind::Jpeg2000),
    (b"\xff\x0a", Kind::JpegXl),
    (b"\0\0\0\x0cJXL ", Kind::JpegXl),
    (b"PK\x03\x04", Kind::Archive),
    (b"Rar!", Kind::Archive),
    (b"7z\xbc\xaf\x27\x1c", Kind::Archive),
    (b"\x1f\x8b", Kind::Archive),
    (b"\x1a\x45\xdf\xa3", Kind::Video),
    (b"push graphic-context", Kind::Svg),
];

/// The brands of ISO/IEC 23008-12 (HEIF) that mean HEVC; `mif1` alone says only "a picture".
const HEIC_BRANDS: [&[u8; 4]; 8] =
    [b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"];

/// What `bytes` are, by their first bytes.
///
/// ```
/// assert_eq!(photo::sniff(b"GIF89a"), photo::Kind::Gif);
/// assert_eq!(photo::sniff(b"<svg xmlns='http://www.w3.org/2000/svg'/>"), photo::Kind::Svg);
/// ```
pub fn sniff(bytes: &[u8]) -> Kind {
    if bytes.starts_with(b"RIFF") {
        return if bytes.get(8..12) == Some(b"WEBP") { Kind::WebP } else { Kind::Video };
    }
    if bytes.get(4..8) == Some(b"ftyp") {
        return media(bytes);
    }
    let known = BEGINNINGS.iter().find(|(beginning, _)| bytes.starts_with(beginning));
    known.map_or_else(|| text(bytes), |(_, kind)| *kind)
}

/// A file in ISO base media format, by its brands.
fn media(bytes: &[u8]) -> Kind {
    let end = crate::bytes::u32_be(bytes, 0).map_or(0, |size| size.min(256) as usize);
    let brands = bytes.get(8..end.min(bytes.len())).unwrap_or_default();
    let has = |brand: &[u8; 4]| brands.chunks_exact(4).any(|known| known == brand);
    if has(b"avif") || has(b"avis") {
        Kind::Avif
    } else if HEIC_BRANDS.into_iter().any(has) {
        Kind::Heic
    } else {
        Kind::Video
    }
}

/// A file that begins with a mark-up tag.
fn text(bytes: &[u8]) -> Kind {
    let head = &bytes[..bytes.len().min(1_024)];
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let has = |tag: &[u8]| head.windows(tag.len()).any(|part| part.eq_ignore_ascii_case(tag));
    match head.first() {
        Some(b'<') if has(b"<svg") => Kind::Svg,
        Some(b'<') if has(b"<html") || has(b"<!doctype html") || has(b"<script") => Kind::Html,
        _ => Kind::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::a_phone_photo(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", Kind::Heic)]
    #[case::brand_behind_the_general_one(b"\0\0\0\x18ftypmif1\0\0\0\0avifmif1", Kind::Avif)]
    #[case::a_film(b"\0\0\0\x14ftypisom\0\0\0\0mp42", Kind::Video)]
    #[case::another_riff(b"RIFF\x10\0\0\0AVI LIST", Kind::Video)]
    #[case::a_drawing_behind_a_declaration(b"<?xml version='1.0'?>\n<!-- x -->\n<SVG/>", Kind::Svg)]
    #[case::a_drawing_behind_a_byte_order_mark(b"\xef\xbb\xbf <svg/>", Kind::Svg)]
    #[case::an_imagemagick_program(b"push graphic-context\nviewbox 0 0 1 1", Kind::Svg)]
    #[case::a_page(b"<!DOCTYPE html><p>", Kind::Html)]
    #[case::an_archive(b"Rar!\x1a\x07\x00", Kind::Archive)]
    #[case::a_brand_list_longer_than_the_file(b"\xff\xff\xff\xffftypheic", Kind::Heic)]
    #[case::half_a_signature(b"\x89PN", Kind::Unknown)]
    #[case::nothing(b"", Kind::Unknown)]
    fn the_first_bytes_name_the_file(#[case] bytes: &[u8], #[case] kind: Kind) {
        assert_eq!(sniff(bytes), kind);
    }
}
