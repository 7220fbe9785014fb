//! Photos as phones and others send them.

use domain::canonical::{hex, sha256};

/// What stands in the metadata of a photo and must be found nowhere.
pub(crate) const SECRET: &str = "CANARY-29.513200-106.480300";

/// A photo with something in it, a place in its metadata, and `tail` bytes behind it.
pub(crate) fn photo(width: u32, height: u32, tail: &[u8]) -> Vec<u8> {
    let pixel = |at: u32| {
        let (x, y) = (at % width, at / width);
        [(x * 255 / width) as u8, (y * 255 / height) as u8, (x ^ y) as u8, 255]
    };
    let rgba: Vec<u8> = (0..width * height).flat_map(pixel).collect();
    let bare = photo::encode_rgba(width, height, &rgba).unwrap();
    let exif = [b"Exif\0\0MM\0*\0\0\0\x08", SECRET.as_bytes()].concat();
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    [&bare[..2], &[0xff, 0xe1], &length, &exif, &bare[2..], tail].concat()
}

/// The first bytes of a PNG that claims to have that size.
pub(crate) fn png_header(width: u32, height: u32) -> Vec<u8> {
    let mut file = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
    file.extend([width.to_be_bytes(), height.to_be_bytes()].concat());
    file.extend([8, 2, 0, 0, 0]);
    file
}

/// Where a photo is sent.
pub(crate) fn address(photo: &[u8]) -> String {
    contract::paths::report_photo(&hex(&sha256(photo)))
}

/// Every file below a folder, with its name.
pub(crate) fn files(folder: &std::path::Path) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(self::files(&path));
        } else {
            files.push((path.display().to_string(), std::fs::read(&path).unwrap()));
        }
    }
    files
}
