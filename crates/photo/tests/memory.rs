//! What files that were made to fill memory or to take forever cost before they are refused.
#![expect(clippy::print_stdout, reason = "growth and time are part of the evidence")]

mod support;

use std::{io::Write, time::Duration};

use flate2::{Compression, write::ZlibEncoder};
use jpeg_encoder::{ColorType, Encoder};
use peak_alloc::PeakAlloc;
use photo::{Clean, Refusal, clean, limits::LIMITS};
use support::{chunk, computed, ihdr, png};

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// Growth that a refusal may cause.
const MOST_GROWTH: usize = 64 << 20;
const MOST_TIME: Duration = Duration::from_millis(200);

/// What cleaning `file` gives, the memory it grew by at its peak, and the time it took.
fn measured(name: &str, file: &[u8]) -> (Result<Clean, Refusal>, usize, Duration) {
    MEMORY.reset_peak_usage();
    let (before, started) = (MEMORY.current_usage(), computed());
    let result = clean(file);
    let (growth, time) = (MEMORY.peak_usage().saturating_sub(before), computed() - started);
    let what = match &result {
        Ok(clean) => format!("{} × {}", clean.width, clean.height),
        Err(refusal) => format!("refused: {refusal}"),
    };
    let (bytes, growth_kib) = (file.len(), growth >> 10);
    println!("{name:34} {bytes:>9} bytes, growth {growth_kib:>7} KiB, {time:>8.1?}, {what}");
    (result, growth, time)
}

fn zeros(length: usize) -> Vec<u8> {
    let mut deflated = ZlibEncoder::new(Vec::new(), Compression::fast());
    let block = vec![0; 1 << 20];
    for start in (0..length).step_by(block.len()) {
        deflated.write_all(&block[..block.len().min(length - start)]).expect("into memory");
    }
    deflated.finish().expect("into memory")
}

/// A whole black picture.
fn black(width: u32, height: u32) -> Vec<u8> {
    let pixels = zeros((width as usize * 3 + 1) * height as usize);
    png(&[ihdr(width, height), chunk(b"IDAT", &pixels), chunk(b"IEND", b"")])
}

/// A progressive JPEG whose last pass comes `times` times.
fn passes(side: u16, times: usize) -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, 80);
    encoder.set_progressive(true);
    let pixels = vec![90; usize::from(side) * usize::from(side) * 3];
    encoder.encode(&pixels, side, side, ColorType::Rgb).expect("into memory");
    let last = file.windows(2).rposition(|pair| pair == [0xff, 0xda]).expect("a scan");
    let end = file.len() - 2;
    [&file[..last], &file[last..end].repeat(times), &file[end..]].concat()
}

/// A small picture whose colour profile inflates to `length` bytes.
fn profile(length: usize) -> Vec<u8> {
    let body = [b"icc\0\0".to_vec(), zeros(length)].concat();
    let pixels = zeros((64 * 3 + 1) * 64);
    png(&[ihdr(64, 64), chunk(b"iCCP", &body), chunk(b"IDAT", &pixels), chunk(b"IEND", b"")])
}

fn jpeg_of(width: u16, height: u16) -> Vec<u8> {
    let mut file = photo::encode_rgba(64, 64, &[0; 64 * 64 * 4]).expect("a JPEG");
    let frame = file.windows(2).position(|pair| pair == [0xff, 0xc0]).expect("a frame");
    file[frame + 5..][..2].copy_from_slice(&height.to_be_bytes());
    file[frame + 7..][..2].copy_from_slice(&width.to_be_bytes());
    file
}

/// The largest picture that four channels of 16 bit would make 400 MB of.
fn deep(side: u32) -> Vec<u8> {
    let sides = [&side.to_be_bytes()[..], &side.to_be_bytes(), &[16, 6, 0, 0, 0]].concat();
    png(&[chunk(b"IHDR", &sides), chunk(b"IDAT", &zeros(1 << 20)), chunk(b"IEND", b"")])
}

fn webp_of(width: u32, height: u32) -> Vec<u8> {
    let side = |side: u32| (side - 1).to_le_bytes()[..3].to_vec();
    let body = [vec![0; 4], side(width), side(height)].concat();
    [b"RIFF\x1e\0\0\0WEBPVP8X\x0a\0\0\0".to_vec(), body, vec![0; 64]].concat()
}

/// One test, because the allocator counts for the whole process.
#[test]
fn bombs_are_refused_at_once_and_memory_stays_bounded() {
    let many = |width, height| Refusal::TooManyPixels { width, height };
    let fourteen = vec![0xff; 14 << 20];
    for (name, file, expected) in [
        (
            "65,500² PNG",
            png(&[ihdr(65_500, 65_500), chunk(b"IDAT", &zeros(1 << 24))]),
            many(65_500, 65_500),
        ),
        (
            "largest PNG there can be",
            png(&[ihdr(0x7fff_ffff, 0x7fff_ffff)]),
            many(0x7fff_ffff, 0x7fff_ffff),
        ),
        ("65,535² JPEG", jpeg_of(65_535, 65_535), many(65_535, 65_535)),
        ("16,384² WebP", webp_of(16_384, 16_384), many(16_384, 16_384)),
        ("7,000² PNG of 64 bits a pixel", deep(7_000), many(7_000, 7_000)),
        ("JPEG of 8,000 passes", passes(512, 8_000), Refusal::TooSlow),
        ("14 MiB", fourteen, Refusal::TooLarge { bytes: 14 << 20, limit: LIMITS.file_bytes }),
    ] {
        let (result, growth, time) = measured(name, &file);
        assert_eq!(result, Err(expected), "{name}");
        assert!(growth < MOST_GROWTH, "{name}: {growth} bytes");
        assert!(time < MOST_TIME, "{name}: {time:?}");
    }

    let (_, growth, _) = measured("PNG with a profile of 200 MB", &profile(200 << 20));
    assert!(growth < MOST_GROWTH, "{growth} bytes");
    let most = LIMITS.decoding_bytes as usize + MOST_GROWTH;
    for (name, file) in [
        ("50-megapixel PNG, accepted", black(12_000, 4_166)),
        ("9-megapixel progressive JPEG", passes(3_000, 1)),
        ("progressive JPEG of most passes", passes(700, 3_000)),
        ("49-megapixel progressive JPEG", passes(7_000, 1)),
    ] {
        let (result, growth, time) = measured(name, &file);
        // Too many refinements may be a contradiction to the decoder; what counts is that it ends in time.
        let damaged = name.contains("most passes") && result == Err(Refusal::Damaged);
        assert!(damaged || result.is_ok(), "{name}: {:?}", result.err());
        assert!(growth < most, "{name}: {growth} bytes");
        assert!(time < Duration::from_millis(LIMITS.time_ms), "{name}: {time:?}");
    }
}
