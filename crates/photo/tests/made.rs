//! Files that no archive of photos holds, made here: what becomes of each.

mod support;

use std::io::Cursor;

use image::{DynamicImage, ImageBuffer, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use jpeg_encoder::{ColorType, Encoder};
use photo::{Kind, Position, Rectangle, Refusal, clean, difference, gps, redacted};
use proptest::{collection::vec, prelude::*, sample::Index};
use rstest::rstest;
use support::{assert_bare, chunk, exif, ihdr, png, with_segment};

/// A picture with something in it: bars over a slope.
fn picture(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        let bar = if (x * 8 / width).is_multiple_of(3) { 90 } else { 0 };
        let slope = (y * 150 / height) as u8;
        Rgb([slope + bar, slope, 150 - slope])
    })
}

fn file(image: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    image.into().write_to(&mut file, format).expect("a written picture");
    file.into_inner()
}

fn jpeg() -> Vec<u8> {
    let image = picture(200, 100);
    let mut file = Vec::new();
    let encoder = Encoder::new(&mut file, 95);
    encoder.encode(image.as_raw(), 200, 100, ColorType::Rgb).expect("a written picture");
    file
}

/// Chunks put in behind the header of a PNG.
fn png_with(image: RgbImage, chunks: &[Vec<u8>]) -> Vec<u8> {
    let mut file = file(image, ImageFormat::Png);
    // Signature and IHDR.
    file.splice(33..33, chunks.concat());
    file
}

fn pixels(jpeg: &[u8]) -> RgbImage {
    image::load_from_memory_with_format(jpeg, ImageFormat::Jpeg).expect("a JPEG").into_rgb8()
}

#[track_caller]
fn assert_near(pixel: Rgb<u8>, expected: [u8; 3]) {
    let near = pixel.0.iter().zip(expected).all(|(a, b)| a.abs_diff(b) <= 12);
    assert!(near, "{pixel:?} instead of {expected:?}");
}

const XMP: &[u8] = b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x='adobe:ns:meta/'>\
    <rdf:Description exif:GPSLatitude='29,30.8N' exif:GPSLongitude='106,28.8E'/></x:xmpmeta>";

#[rstest]
#[case::a_place_in_exif(0xe1, [b"Exif\0\0".as_slice(), &exif([29, 30, 48], [106, 28, 49], 1)].concat())]
#[case::a_place_in_xmp(0xe1, XMP.to_vec())]
#[case::a_colour_profile_that_is_none(0xe2, b"ICC_PROFILE\0\x01\x01secret".to_vec())]
#[case::second_pictures(0xe2, b"MPF\0MM\0*\0\0\0\x08".to_vec())]
#[case::a_caption(0xed, b"Photoshop 3.0\x008BIM\x04\x04".to_vec())]
#[case::a_comment_with_a_program(0xfe, b"<script>alert(1)</script><?php exec('id'); ?>".to_vec())]
fn no_segment_of_a_jpeg_survives(#[case] marker: u8, #[case] body: Vec<u8>) {
    let cleaned = clean(&with_segment(&jpeg(), marker, &body)).expect("a clean photo");
    assert_bare("a JPEG with a segment", &cleaned.jpeg);
    assert_eq!((cleaned.width, cleaned.height), (200, 100));
}

#[rstest]
#[case::an_archive(b"PK\x03\x04\x14\0\0\0\0\0secret.txt")]
#[case::a_page(b"<html><script>alert(document.domain)</script>")]
#[case::a_film_as_motion_photos_have_it(b"\0\0\0\x18ftypmp42\0\0\0\0isommp42")]
fn nothing_behind_the_picture_survives(#[case] behind: &[u8]) {
    let cleaned = clean(&[&jpeg(), behind].concat()).expect("a clean photo");
    assert_bare("a JPEG with something behind it", &cleaned.jpeg);
}

#[test]
fn no_chunk_of_a_png_survives() {
    let chunks = [
        chunk(b"tEXt", b"GPSLatitude\x0029.5132"),
        chunk(b"iTXt", &[b"XML:com.adobe.xmp\0\0\0\0\0", XMP].concat()),
        chunk(b"eXIf", &exif([29, 30, 48], [106, 28, 49], 1)),
        chunk(b"prVt", b"<script>"),
    ];
    let cleaned = clean(&png_with(picture(100, 80), &chunks)).expect("a clean photo");
    assert_bare("a PNG with texts", &cleaned.jpeg);
}

#[test]
fn sixteen_bits_become_eight() {
    let wide: ImageBuffer<Rgb<u16>, Vec<u16>> =
        ImageBuffer::from_pixel(80, 70, Rgb([0xc800, 0x6400, 0x1e00]));
    let cleaned = clean(&file(wide, ImageFormat::Png)).expect("a clean photo");
    assert_near(*pixels(&cleaned.jpeg).get_pixel(40, 35), [200, 100, 30]);
}

#[test]
fn four_inks_become_three_colours() {
    let mut file = Vec::new();
    let inks = [0, 255, 255, 0].repeat(80 * 80);
    // What Photoshop writes: inverted, with a segment of Adobe's.
    let encoder = Encoder::new(&mut file, 95);
    encoder.encode(&inks, 80, 80, ColorType::Cmyk).expect("a written picture");
    let cleaned = clean(&file).expect("a clean photo");
    assert_bare("a CMYK JPEG", &cleaned.jpeg);
    let Rgb([red, green, blue]) = *pixels(&cleaned.jpeg).get_pixel(40, 40);
    assert!(red > 200 && green < 60 && blue < 60, "{red} {green} {blue}");
}

#[test]
fn greys_stay_grey() {
    let grey = image::GrayImage::from_pixel(80, 80, image::Luma([77]));
    let cleaned = clean(&file(grey, ImageFormat::Png)).expect("a clean photo");
    assert_near(*pixels(&cleaned.jpeg).get_pixel(40, 40), [77, 77, 77]);
}

#[test]
fn what_was_made_transparent_is_not_shown() {
    let hidden = RgbaImage::from_pixel(80, 80, Rgba([200, 0, 0, 0]));
    let cleaned = clean(&file(hidden, ImageFormat::Png)).expect("a clean photo");
    assert_near(*pixels(&cleaned.jpeg).get_pixel(40, 40), [255, 255, 255]);
}

#[test]
fn of_an_animation_the_first_picture_is_taken() {
    let still = file(picture(100, 100), ImageFormat::Png);
    let second = file(RgbImage::from_pixel(100, 100, Rgb([255, 0, 255])), ImageFormat::Png);
    let control = |sequence: u32| {
        let sides =
            [&100_u32.to_be_bytes()[..], &100_u32.to_be_bytes(), &[0; 8], &[0, 1, 0, 10, 0, 0]];
        chunk(b"fcTL", &[&sequence.to_be_bytes(), &sides.concat()[..]].concat())
    };
    let start = second.windows(4).position(|name| name == b"IDAT").expect("pixels");
    let length = u32::from_be_bytes(second[start - 4..start].try_into().expect("four bytes"));
    let data = &second[start + 4..][..length as usize];
    let frame = chunk(b"fdAT", &[&2_u32.to_be_bytes(), data].concat());
    let animation = chunk(b"acTL", &[2_u32.to_be_bytes(), 0_u32.to_be_bytes()].concat());

    let end = still.len() - 12;
    let animated = [
        &still[..33],
        &animation,
        &control(0),
        &still[33..end],
        &control(1),
        &frame,
        &still[end..],
    ]
    .concat();
    let [animated, still] = [animated, still].map(|file| clean(&file).expect("a clean photo"));
    assert_eq!(animated, still);
}

#[rstest]
#[case::a_drawing(b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", Kind::Svg)]
#[case::an_archive(b"Rar!\x1a\x07\x01\x00", Kind::Archive)]
#[case::an_imagemagick_program(b"push graphic-context\nfill 'url(|id)'", Kind::Svg)]
#[case::a_document(b"%PDF-1.7", Kind::Pdf)]
#[case::a_phone_photo(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", Kind::Heic)]
#[case::an_animation(b"GIF89a\xff\xff\xff\xff\0\0\0", Kind::Gif)]
fn what_is_no_photo_is_refused_by_its_name(#[case] bytes: &[u8], #[case] kind: Kind) {
    assert_eq!(clean(bytes), Err(Refusal::Unsupported(kind)));
}

#[test]
fn a_photo_that_was_cut_off_is_refused_wherever_it_was_cut() {
    let whole = [
        jpeg(),
        file(picture(100, 90), ImageFormat::Png),
        file(picture(100, 90), ImageFormat::WebP),
    ];
    for whole in whole {
        clean(&whole).expect("a clean photo");
        // Without the checksum of its last chunk a PNG is still whole.
        for cut in (1..whole.len() - 12).step_by(whole.len() / 60) {
            let refusal = clean(&whole[..cut]).expect_err("a part");
            let expected = [Refusal::NotAPhoto, Refusal::Truncated, Refusal::Damaged];
            let video = Refusal::Unsupported(Kind::Video);
            assert!(expected.contains(&refusal) || refusal == video, "{cut}: {refusal}");
        }
    }
    assert_eq!(clean(&[]), Err(Refusal::Empty));
    let pixels_missing = png(&[ihdr(100, 100), chunk(b"IEND", b"")]);
    assert!(clean(&pixels_missing).is_err());
}

#[test]
fn a_large_photo_becomes_small_and_is_found_again() {
    let large = clean(&file(picture(3_000, 2_000), ImageFormat::Png)).expect("a clean photo");
    assert_eq!((large.width, large.height), (2_048, 1_365));
    let small = clean(&file(picture(600, 400), ImageFormat::WebP)).expect("a clean photo");
    assert!(difference(large.hash, small.hash) <= 8, "{}", difference(large.hash, small.hash));
    let mirrored = image::imageops::flip_horizontal(&picture(600, 400));
    let mirrored = clean(&file(mirrored, ImageFormat::Png)).expect("a clean photo");
    assert!(difference(large.hash, mirrored.hash) > 8);
}

#[test]
fn a_cleaned_photo_is_cleaned_again_into_the_same_picture() {
    let once = clean(&jpeg()).expect("a clean photo");
    let twice = clean(&once.jpeg).expect("a clean photo");
    assert_eq!((once.width, once.height), (twice.width, twice.height));
    assert!(difference(once.hash, twice.hash) <= 2);
}

#[test]
fn under_a_redaction_nothing_is_left() {
    let face = Rectangle { left: 50, top: 20, width: 60, height: 50 };
    let photo_of = |person: u8| {
        let mut photo = picture(200, 100);
        for (x, y, pixel) in photo.enumerate_pixels_mut() {
            if (50..110).contains(&x) && (20..70).contains(&y) {
                pixel.0 = [person.wrapping_mul(x as u8), person.wrapping_mul(y as u8), person];
            }
        }
        file(photo, ImageFormat::Png)
    };
    let [one, other] = [37, 91].map(photo_of);
    assert_ne!(clean(&one), clean(&other));
    let published = redacted(&one, &[face]).expect("a redacted photo");
    assert_eq!(Ok(&published), redacted(&other, &[face]).as_ref());
    assert_bare("a redacted photo", &published.jpeg);
    let pixels = pixels(&published.jpeg);
    assert_near(*pixels.get_pixel(80, 45), [0, 0, 0]);
    assert_near(*pixels.get_pixel(190, 50), picture(200, 100).get_pixel(190, 50).0);
}

proptest! {
    /// Whoever panics here would take the page down with it, or a thread of the server.
    #[test]
    fn a_damaged_file_is_cleaned_or_refused_and_never_a_panic(
        which in 0_usize..4, damage in vec((any::<Index>(), any::<u8>()), 1..12), cut: Index,
    ) {
        let place = [b"Exif\0\0".as_slice(), &exif([29, 30, 48], [106, 28, 49], 1)].concat();
        let mut file = match which {
            0 => with_segment(&jpeg(), 0xe1, &place),
            1 => png_with(picture(64, 64), &[chunk(b"eXIf", &place[6..])]),
            2 => file(picture(64, 64), ImageFormat::WebP),
            _ => heic(&place),
        };
        // Mostly where the structure is.
        let front = file.len().min(700);
        for (at, byte) in damage {
            file[at.index(front)] = byte;
        }
        file.truncate(file.len() - cut.index(front) % 64);
        if let Ok(cleaned) = clean(&file) {
            assert_bare("a damaged file", &cleaned.jpeg);
        }
        let _ = (photo::inspect_original(&file), photo::check(&file), gps(&file));
    }

    #[test]
    fn any_bytes_are_named_and_never_a_panic(bytes in vec(any::<u8>(), 0..400)) {
        let _ = (photo::sniff(&bytes), photo::inspect_original(&bytes), gps(&bytes));
        prop_assert!(photo::check(&bytes).is_err());
    }
}

/// As much of a HEIC file as says its size, and metadata behind it.
fn heic(metadata: &[u8]) -> Vec<u8> {
    let boxed = |name: &[u8; 4], body: &[u8]| {
        let length = u32::try_from(body.len() + 8).expect("a box's length").to_be_bytes();
        [&length[..], name, body].concat()
    };
    let size = boxed(b"ispe", &[[0; 4], 4_032_u32.to_be_bytes(), 3_024_u32.to_be_bytes()].concat());
    let properties = boxed(b"iprp", &boxed(b"ipco", &size));
    let meta = boxed(b"meta", &[&[0; 4][..], &properties].concat());
    [boxed(b"ftyp", b"heic\0\0\0\0mif1heic"), meta, boxed(b"mdat", metadata)].concat()
}

#[test]
fn the_size_of_a_phone_photo_is_known_without_decoding_it() {
    let place = [b"Exif\0\0".as_slice(), &exif([29, 30, 48], [106, 28, 49], 1)].concat();
    let header = photo::inspect_original(&heic(&place)).expect("a photo");
    assert_eq!((header.kind, header.width, header.height), (Kind::Heic, 4_032, 3_024));
    assert_eq!(gps(&heic(&place)).expect("a place").latitude_e6, 29_513_333);
}

#[rstest]
#[case::in_the_district([29, 30, 48], [106, 28, 49], 1, Some((29_513_333, 106_480_278)))]
#[case::degrees_alone([29_513_200, 0, 0], [106_480_300, 0, 0], 1_000_000, Some((29_513_200, 106_480_300)))]
#[case::no_number([0, 0, 0], [0, 0, 0], 0, None)]
#[case::where_no_place_is_known([0, 0, 0], [0, 0, 0], 1, None)]
#[case::beyond_the_pole([91, 0, 0], [106, 0, 0], 1, None)]
#[case::as_large_as_can_be([u32::MAX; 3], [u32::MAX; 3], 1, None)]
fn a_place_is_read_or_is_none(
    #[case] latitude: [u32; 3],
    #[case] longitude: [u32; 3],
    #[case] of: u32,
    #[case] place: Option<(i32, i32)>,
) {
    let tiff = exif(latitude, longitude, of);
    let expected = place.map(|(latitude_e6, longitude_e6)| Position { latitude_e6, longitude_e6 });
    let in_jpeg = with_segment(&jpeg(), 0xe1, &[b"Exif\0\0", tiff.as_slice()].concat());
    assert_eq!(gps(&in_jpeg), expected);
    assert_eq!(gps(&png_with(picture(64, 64), &[chunk(b"eXIf", &tiff)])), expected);
    assert_eq!(gps(&jpeg()), None);
}
