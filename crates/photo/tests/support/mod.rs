//! What every test of whole files needs.
#![allow(dead_code, reason = "each test file uses its own part")]

use std::{
    sync::LazyLock,
    time::{Duration, Instant},
};

/// Words that only metadata, second pictures and foreign contents bring into a file.
const TRACES: [&[u8]; 14] = [
    b"Exif",
    b"http://ns.",
    b"xpacket",
    b"<x:xmp",
    b"ICC_PROFILE",
    b"MPF\0",
    b"Photoshop",
    b"Adobe",
    b"8BIM",
    b"GPS",
    b"<script",
    b"<svg",
    b"PK\x03\x04",
    b"ftyp",
];

/// Asserts that `jpeg` holds a picture and nothing else.
#[track_caller]
pub(crate) fn assert_bare(name: &str, jpeg: &[u8]) {
    photo::check(jpeg).unwrap_or_else(|unexpected| panic!("{name}: {unexpected}"));
    for trace in TRACES {
        let found = jpeg.windows(trace.len()).any(|part| part == trace);
        assert!(!found, "{name}: {} in the cleaned file", trace.escape_ascii());
    }
    assert!(jpeg.ends_with(b"\xff\xd9"), "{name}: something behind the picture");
    assert_eq!(jpeg.windows(2).filter(|pair| *pair == [0xff, 0xd9]).count(), 1, "{name}");
}

/// Time that this thread has computed: a busy machine must not look like a slow decoder.
///
/// Where the system does not tell, the time since the first question.
pub(crate) fn computed() -> Duration {
    static FIRST: LazyLock<Instant> = LazyLock::new(Instant::now);
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let computed = told.and_then(|told| told.split(' ').next()?.parse().ok());
    computed.map_or_else(|| FIRST.elapsed(), Duration::from_nanos)
}

/// `JPEG` segments `segment` put in behind the start of `jpeg`.
pub(crate) fn with_segment(jpeg: &[u8], marker: u8, body: &[u8]) -> Vec<u8> {
    let length = u16::try_from(body.len() + 2).expect("a segment's length").to_be_bytes();
    [&jpeg[..2], &[0xff, marker], &length, body, &jpeg[2..]].concat()
}

/// A chunk of a PNG file.
pub(crate) fn chunk(name: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let named = [name, body].concat();
    let length = u32::try_from(body.len()).expect("a chunk's length").to_be_bytes();
    [&length[..], &named, &crc32(&named).to_be_bytes()].concat()
}

/// PNG, annex D.
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ (0xedb8_8320 * (crc & 1)))
    })
}

/// A PNG file put together from chunks.
pub(crate) fn png(chunks: &[Vec<u8>]) -> Vec<u8> {
    [b"\x89PNG\r\n\x1a\n".to_vec(), chunks.concat()].concat()
}

/// `IHDR` of a picture of 8-bit RGB.
pub(crate) fn ihdr(width: u32, height: u32) -> Vec<u8> {
    chunk(b"IHDR", &[&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 2, 0, 0, 0]].concat())
}

/// Exif metadata: one directory of tags, big-endian, with a GPS directory at the given place.
///
/// Degrees, minutes and seconds are numerators over `of`.
pub(crate) fn exif(latitude: [u32; 3], longitude: [u32; 3], of: u32) -> Vec<u8> {
    let entry = |tag: u16, kind: u16, count: u32, value: [u8; 4]| {
        [&tag.to_be_bytes()[..], &kind.to_be_bytes(), &count.to_be_bytes(), &value].concat()
    };
    let rationals = |parts: [u32; 3]| {
        parts.map(|part| [part.to_be_bytes(), of.to_be_bytes()].concat()).concat()
    };
    let mut tiff = b"MM\0*\0\0\0\x08".to_vec();
    // One entry, which points to the GPS directory behind it.
    tiff.extend(1_u16.to_be_bytes());
    tiff.extend(entry(0x8825, 4, 1, 26_u32.to_be_bytes()));
    tiff.extend([0; 4]);
    tiff.extend(4_u16.to_be_bytes());
    tiff.extend(entry(1, 2, 2, *b"N\0\0\0"));
    tiff.extend(entry(2, 5, 3, 80_u32.to_be_bytes()));
    tiff.extend(entry(3, 2, 2, *b"E\0\0\0"));
    tiff.extend(entry(4, 5, 3, 104_u32.to_be_bytes()));
    tiff.extend([0; 4]);
    tiff.extend(rationals(latitude));
    tiff.extend(rationals(longitude));
    tiff
}
