//! What a photo may be: the one table that phone, server and form read.

/// The limits of a photo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a file that the server takes: 10 MiB.
    pub file_bytes: u64,
    /// Bytes of a file that a phone takes from its own camera and shrinks before sending: 40 MiB.
    pub original_bytes: u64,
    /// Photos of one report.
    pub files: usize,
    /// Pixels of a picture, known before it is decoded.
    pub pixels: u64,
    /// Pixels of the longer side before decoding.
    pub side: u32,
    /// Pixels of the shorter side: below, nothing can be recognised.
    pub least_side: u32,
    /// Bytes that decoding may allocate: 256 MiB.
    pub decoding_bytes: u64,
    /// Pixels times passes over them, each for one colour component: what bounds the time, which a
    /// deadline cannot, because a thread cannot be stopped from outside. A progressive JPEG of 50
    /// megapixels has about 15 passes and takes a second.
    pub pixel_passes: u64,
    /// Milliseconds after which the server gives up.
    pub time_ms: u64,
    /// Pixels of the longer side of the cleaned picture.
    pub cleaned_side: u32,
    /// Bytes of the cleaned file: 4 MiB.
    pub cleaned_bytes: u64,
}

/// The limits in force.
pub const LIMITS: Limits = Limits {
    file_bytes: 10 << 20,
    original_bytes: 40 << 20,
    files: 4,
    pixels: 50_000_000,
    side: 12_000,
    least_side: 64,
    decoding_bytes: 256 << 20,
    pixel_passes: 1_500_000_000,
    time_ms: 5_000,
    cleaned_side: 2_048,
    cleaned_bytes: 4 << 20,
};
