//! Files of real phones, and files that were made to break decoders: what becomes of each.
#![expect(clippy::print_stdout, reason = "the table is part of the evidence")]

mod support;

use std::{collections::BTreeMap, fs, path::PathBuf, time::Duration};

use photo::{Kind, Refusal, clean, difference, gps, inspect_original, limits::LIMITS, sniff};
use support::{assert_bare, computed};

/// The folder of photos, or `None` after saying that `test` is skipped.
fn photos(test: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("BILAN_TEST_DATA").map(PathBuf::from);
    if folder.is_none() {
        println!("SKIPPED {test}: BILAN_TEST_DATA is not set");
    }
    folder.map(|folder| folder.join("photos"))
}

type Row = BTreeMap<String, String>;

fn manifest(photos: &std::path::Path) -> Vec<Row> {
    let file = fs::File::open(photos.join("manifest.csv")).expect("the manifest");
    csv::Reader::from_reader(file).into_deserialize().map(|row| row.expect("a row")).collect()
}

/// Whether the manifest's own reader could decode the file, of a kind and size that we take.
fn should_pass(row: &Row) -> bool {
    let sides: Vec<u32> = row["size"].split('x').filter_map(|side| side.parse().ok()).collect();
    let large = !sides.is_empty() && sides.iter().all(|side| *side >= LIMITS.least_side);
    let kind = ["JPEG", "PNG", "WEBP"].contains(&row["format"].as_str());
    kind && large && row["decode"] == "ok"
}

/// Files on which we and the reader of the manifest disagree, with what we say.
const OTHERWISE: [(&str, Result<(), Refusal>); 1] = [
    // The segment that says how the four inks are coded ends before it says so: the colours would be a guess.
    ("corrupt/pillow-truncated_app14.jpg", Err(Refusal::Damaged)),
];

#[test]
fn every_recorded_photo_is_cleaned_or_refused_by_name() {
    let test = "every_recorded_photo_is_cleaned_or_refused_by_name";
    let Some(photos) = photos(test) else { return };
    let (mut cleaned, mut refused) = (0, 0);
    for row in manifest(&photos) {
        let name = row["file"].as_str();
        let bytes = fs::read(photos.join(name)).expect("a photo");
        let started = computed();
        let result = clean(&bytes);
        let time = computed() - started;
        assert!(time < Duration::from_millis(LIMITS.time_ms), "{name}: {time:?}");
        match &result {
            Ok(clean) => {
                cleaned += 1;
                assert_bare(name, &clean.jpeg);
                let (kind, jpeg) = (sniff(&bytes), clean.jpeg.len());
                let (width, height) = (clean.width, clean.height);
                println!("{name:55} {kind:?} → {width}×{height}, {jpeg} bytes, {time:.0?}");
            }
            Err(refusal) => {
                refused += 1;
                println!("{name:55} refused: {refusal}");
            }
        }
        let known = OTHERWISE.iter().find(|(file, _)| *file == name);
        match known {
            Some((_, expected)) => assert_eq!(result.map(drop), *expected, "{name}"),
            None => assert_eq!(result.is_ok(), should_pass(&row), "{name}: {:?}", result.err()),
        }
    }
    println!("{cleaned} cleaned without a trace of metadata, {refused} refused");
    assert!(cleaned >= 25 && refused >= 30);
}

#[test]
fn every_recorded_place_is_read_and_no_other() {
    let Some(photos) = photos("every_recorded_place_is_read_and_no_other") else { return };
    let mut places = 0;
    for row in manifest(&photos) {
        let name = row["file"].as_str();
        let position = gps(&fs::read(photos.join(name)).expect("a photo"));
        let degrees: Vec<f64> =
            row["gps"].split(',').filter_map(|part| part.parse().ok()).collect();
        let [latitude, longitude] = degrees[..] else {
            assert_eq!(position, None, "{name}");
            continue;
        };
        if latitude.is_nan() || (latitude == 0.0 && longitude == 0.0) {
            assert_eq!(position, None, "{name}");
            continue;
        }
        let position =
            position.unwrap_or_else(|| panic!("{name}: no place, {latitude} {longitude}"));
        places += 1;
        println!("{name:55} {position:?}");
        for (ours, theirs) in [(position.latitude_e6, latitude), (position.longitude_e6, longitude)]
        {
            assert!((f64::from(ours) - theirs * 1e6).abs() <= 1.0, "{name}: {ours} and {theirs}");
        }
    }
    assert!(places >= 10, "{places}");
}

#[test]
fn whichever_way_the_phone_was_held_the_photo_stands_upright() {
    let test = "whichever_way_the_phone_was_held_the_photo_stands_upright";
    let Some(photos) = photos(test) else { return };
    let upright = |name: &str| {
        let bytes = fs::read(photos.join("orientation").join(name)).expect("a photo");
        clean(&bytes).expect("a clean photo")
    };
    let first = upright("landscape_1.jpg");
    for number in [2, 3, 4, 5, 8] {
        let turned = upright(&format!("landscape_{number}.jpg"));
        assert_eq!((turned.width, turned.height), (first.width, first.height), "{number}");
        let bits = difference(first.hash, turned.hash);
        assert!(bits <= 8, "orientation {number} differs from 1 in {bits} bits");
    }
    let portrait = upright("portrait_6.jpg");
    assert!(portrait.height > portrait.width);
    assert!(difference(first.hash, portrait.hash) > 8, "another photo is told apart");
}

#[test]
fn photos_of_phones_are_left_to_the_browser_but_for_bombs() {
    let test = "photos_of_phones_are_left_to_the_browser_but_for_bombs";
    let Some(photos) = photos(test) else { return };
    let look = |name: &str| inspect_original(&fs::read(photos.join(name)).expect("a photo"));
    for (name, size) in [
        ("heic/heic-iphone.heic", (4_032, 3_024)),
        ("heic/heif-xiaomi.heic", (2_592, 1_944)),
        ("heic/heic-single.heic", (1_440, 960)),
    ] {
        let header = look(name).unwrap_or_else(|refusal| panic!("{name}: {refusal}"));
        assert_eq!((header.kind, header.width, header.height), (Kind::Heic, size.0, size.1));
    }
    assert_eq!(look("avif/Irvine_CA.avif").map(|header| header.kind), Ok(Kind::Avif));
    let many = Refusal::TooManyPixels { width: 12_240, height: 16_320 };
    let bomb = look("bomb/heif-200MP.heic").expect_err("200 megapixels");
    assert!(
        [many, Refusal::TooManyPixels { width: 16_320, height: 12_240 }].contains(&bomb),
        "{bomb}"
    );
}
