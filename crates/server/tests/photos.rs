//! Every photo, through the real server: what becomes of it, what that costs in memory, and that nothing that is stored or
//! given out tells more than the picture.
#![expect(clippy::unwrap_used, reason = "the helpers of tests fail by panicking, as tests do")]
#![expect(clippy::print_stdout, reason = "the table is part of the evidence")]

#[path = "../../photo/tests/support/mod.rs"]
mod made;
mod served;

use std::{
    fs,
    io::Write,
    path::PathBuf,
    time::{Duration, Instant},
};

use contract::paths;
use flate2::{Compression, write::ZlibEncoder};
use futures_util::future::join_all;
use made::{assert_bare, chunk, exif, ihdr, png, with_segment};
use photo::limits::LIMITS;
use reqwest::Method;
use serde_json::{Value, json};
use served::{Officer, Portal, configured, digest, files, random_code, report};

/// Stands in every place where metadata may stand.
const SECRET: &[u8] = b"CANARY-29.513333-106.480278";
/// Growth that a file may cause which is refused by its first bytes, its own bytes included.
const MOST_REFUSED: u64 = 64 << 20;
/// Growth that decoding one photo at the limits may cause.
const MOST_DECODED: u64 = LIMITS.decoding_bytes + (96 << 20);
/// Bombs at once.
const BOMBS: u32 = 50;

/// Where a number of the process stands in `/proc`, in bytes.
fn status(pid: u32, name: &str) -> u64 {
    let text = fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
    let line = text.lines().find_map(|line| line.strip_prefix(name)).unwrap();
    line.trim_start_matches(':').trim().trim_end_matches(" kB").parse::<u64>().unwrap() << 10
}

/// Begins to measure the process's peak anew; its memory now.
fn measured_from(pid: u32) -> u64 {
    fs::write(format!("/proc/{pid}/clear_refs"), "5").unwrap();
    status(pid, "VmRSS")
}

fn zeros(length: usize) -> Vec<u8> {
    let mut deflated = ZlibEncoder::new(Vec::new(), Compression::fast());
    let block = vec![0; 1 << 20];
    for start in (0..length).step_by(block.len()) {
        deflated.write_all(&block[..block.len().min(length - start)]).unwrap();
    }
    deflated.finish().unwrap()
}

fn jpeg(shade: u8) -> Vec<u8> {
    let pixel = |at: u32| [(at % 320) as u8, (at / 320) as u8, shade, 255];
    let rgba: Vec<u8> = (0..320 * 240).flat_map(pixel).collect();
    photo::encode_rgba(320, 240, &rgba).unwrap()
}

fn black(width: u32, height: u32, mark: &[u8]) -> Vec<u8> {
    let pixels = zeros((width as usize * 3 + 1) * height as usize);
    let text = [b"Comment\0", mark].concat();
    png(&[ihdr(width, height), chunk(b"tEXt", &text), chunk(b"IDAT", &pixels), chunk(b"IEND", b"")])
}

fn huge_png(side: u32) -> Vec<u8> {
    png(&[
        ihdr(side, side),
        chunk(b"tEXt", &[b"Comment\0", SECRET].concat()),
        chunk(b"IDAT", &[0; 64]),
    ])
}

/// A JPEG whose picture is coded in many passes.
fn many_passes(mark: &[u8]) -> Vec<u8> {
    let bare = with_segment(&jpeg(1), 0xfe, mark);
    let scan = bare.windows(2).position(|pair| pair == [0xff, 0xda]).unwrap();
    let end = bare.len() - 2;
    let pass = [0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0];
    [&bare[..scan], &pass.repeat(40_000), &bare[scan..end], &bare[end..]].concat()
}

/// Files that no archive holds, with what must become of each.
fn generated() -> Vec<(String, Vec<u8>, bool)> {
    let place = [b"Exif\0\0".as_slice(), &exif([29, 30, 48], [106, 28, 49], 1), SECRET].concat();
    let xmp = [b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta exif:GPSLatitude='29,30.8N'>", SECRET];
    let of_sixteen_bits = {
        let sides = [80_u32.to_be_bytes(), 70_u32.to_be_bytes()].concat();
        let header = chunk(b"IHDR", &[sides, vec![16, 2, 0, 0, 0]].concat());
        let pixels = chunk(b"IDAT", &zeros((80 * 6 + 1) * 70));
        png(&[header, chunk(b"eXIf", &place[6..]), pixels, chunk(b"IEND", b"")])
    };
    let profile = {
        let body = [b"icc\0\0".to_vec(), zeros(200 << 20)].concat();
        let pixels = chunk(b"IDAT", &zeros((64 * 3 + 1) * 64));
        png(&[ihdr(64, 64), chunk(b"iCCP", &body), pixels, chunk(b"IEND", b"")])
    };
    let behind = |shade: u8, what: &[u8]| [&jpeg(shade), what, SECRET].concat();
    let mut half = with_segment(&jpeg(9), 0xe1, &place);
    half.truncate(half.len() / 2);
    let cleaned = [
        ("a place in Exif", with_segment(&jpeg(2), 0xe1, &place)),
        ("a place in XMP", with_segment(&jpeg(3), 0xe1, &xmp.concat())),
        (
            "a caption of Photoshop's",
            with_segment(&jpeg(4), 0xed, &[b"Photoshop 3.0\x008BIM", SECRET].concat()),
        ),
        ("a comment with a program", with_segment(&jpeg(5), 0xfe, &[b"<script>", SECRET].concat())),
        ("second pictures", with_segment(&jpeg(6), 0xe2, &[b"MPF\0MM\0*", SECRET].concat())),
        ("an archive behind the picture", behind(7, b"PK\x03\x04\x14\0\0\0\0\0")),
        ("a page behind the picture", behind(8, b"<html><script>alert(1)</script>")),
        ("a film behind the picture", behind(9, b"\0\0\0\x18ftypmp42\0\0\0\0isommp42")),
        ("a PNG of 16 bits with a place", of_sixteen_bits),
        ("a PNG of 50 megapixels", black(12_000, 4_166, SECRET)),
        ("a PNG with a profile of 200 MB", profile),
    ];
    let refused = [
        ("half a photo with a place", half),
        ("a drawing named .jpg", [b"<svg xmlns='http://www.w3.org/2000/svg'>", SECRET].concat()),
        ("an archive named .jpg", [b"Rar!\x1a\x07\x01\0", SECRET].concat()),
        ("a document named .jpg", [b"%PDF-1.7", SECRET].concat()),
        ("a GIF", [b"GIF89a\x20\x03\x20\x03\0\0\0", SECRET].concat()),
        ("a phone's HEIC", [b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", SECRET].concat()),
        ("a PNG of 65,500²", huge_png(65_500)),
        ("a PNG as large as can be", huge_png(0x7fff_ffff)),
        ("a PNG of 40 × 40", black(40, 40, SECRET)),
        ("a JPEG of 40,000 passes", many_passes(SECRET)),
        ("14 megabytes", with_segment(&[jpeg(10), vec![0; 14 << 20]].concat(), 0xfe, SECRET)),
        ("a text", SECRET.to_vec()),
    ];
    let named = |taken| move |(name, file): (&str, Vec<u8>)| (format!("made: {name}"), file, taken);
    cleaned.into_iter().map(named(true)).chain(refused.into_iter().map(named(false))).collect()
}

/// Recorded photos, without what must become of them: that is told beside the pipeline itself.
fn recorded() -> Vec<(String, Vec<u8>)> {
    let Some(folder) = std::env::var_os("BILAN_TEST_DATA").map(PathBuf::from) else {
        println!("SKIPPED recorded photos: BILAN_TEST_DATA is not set");
        return Vec::new();
    };
    let folder = folder.join("photos");
    let photo = |(path, bytes): (String, Vec<u8>)| {
        let name = path.strip_prefix(folder.to_str().unwrap()).unwrap().trim_start_matches('/');
        (!["md", "csv"].iter().any(|text| name.ends_with(text))).then(|| (name.to_owned(), bytes))
    };
    let mut photos: Vec<_> = files(&folder).into_iter().filter_map(photo).collect();
    photos.sort();
    photos
}

/// What became of one file.
struct Row {
    cleaned: bool,
    growth: u64,
    said: String,
}

async fn sent(portal: &Portal, name: &str, photo: &[u8]) -> Row {
    let (pid, began) = (portal.pid(), Instant::now());
    let before = measured_from(pid);
    let answer = portal.put_photo(photo).await;
    let growth = status(pid, "VmHWM").saturating_sub(before);
    let cleaned = answer.status() == 200;
    let body: Value = answer.json().await.unwrap();
    let said = if cleaned {
        format!("cleaned: {} × {}", body["width"], body["height"])
    } else {
        assert_eq!(body["code"], "photo_refused", "{name}: {body}");
        body["detail"].as_str().unwrap().to_owned()
    };
    let (mib, ms) = (growth as f64 / f64::from(1 << 20), began.elapsed().as_millis());
    println!("{name:58} {:>9} bytes  {mib:>6.1} MiB  {ms:>5} ms  {said}", photo.len());
    Row { cleaned, growth, said }
}

/// Files the photos four by four, and looks at each as an officer and, once it is published, as everybody.
async fn given_out(portal: &Portal, officer: &Officer, photos: &[String]) -> usize {
    let mut looked_at = 0;
    for (at, four) in photos.chunks(LIMITS.files).enumerate() {
        let filed = report(&random_code(), &format!("第 {at} 组照片"), four);
        let (_, case) = portal.file(filed).await;
        for name in four {
            let path = format!("cases/{case}/photos/{name}");
            let answer = officer.send(portal, Method::GET, &path, Value::Null).await;
            assert_eq!(answer.status(), 200, "{name}");
            assert_bare(name, &answer.bytes().await.unwrap());
        }
        officer.act(portal, &case, json!({ "action": "publish", "public_photos": four })).await;
        let public: Value =
            portal.get(&format!("{}/{case}", paths::REPORTS)).await.json().await.unwrap();
        let shown = public["report"]["photos"].as_array().unwrap();
        assert_eq!(shown.len(), four.len(), "{public}");
        for path in shown.iter().map(|path| path.as_str().unwrap()) {
            let answer = portal.get(path).await;
            assert_eq!(answer.headers()["content-type"], "image/jpeg", "{path}");
            assert_bare(path, &answer.bytes().await.unwrap());
            looked_at += 1;
        }
    }
    looked_at
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_every_photo_the_picture_is_kept_and_nothing_else() {
    let folder = configured("trace");
    let mut officer = Officer::added(folder.path(), "publisher", &["publisher"]);
    let portal = Portal::start(folder);
    officer.sign_in(&portal, "四个普通的词语放在一起，够长").await;
    let (mut cleaned, mut refused) = (Vec::new(), 0);
    let mut most = 0;
    let all = recorded().into_iter().map(|(name, file)| (name, file, None));
    let made = generated().into_iter().map(|(name, file, taken)| (name, file, Some(taken)));
    for (name, file, taken) in all.chain(made) {
        let row = sent(&portal, &name, &file).await;
        assert!(taken.is_none_or(|taken| taken == row.cleaned), "{name}: {}", row.said);
        assert!(row.growth < MOST_DECODED, "{name}: {} bytes", row.growth);
        if row.cleaned {
            cleaned.push(digest(&file));
        } else {
            refused += 1;
            assert!(row.growth < MOST_REFUSED, "{name}: {} bytes", row.growth);
        }
        most = most.max(row.growth);
    }
    println!("{} cleaned, {refused} refused; peak growth of one {} MiB", cleaned.len(), most >> 20);
    cleaned.sort();
    cleaned.dedup();
    let looked_at = given_out(&portal, &officer, &cleaned).await;
    assert_eq!(looked_at, cleaned.len());
    println!(
        "{looked_at} published, each looked at as an officer and as everybody: pictures alone"
    );
    searched(&portal, cleaned.len());
}

/// Looks for metadata in every file that the server has written.
fn searched(portal: &Portal, cleaned: usize) {
    let data = portal.folder.path().join("data");
    let pictures = files(&data.join("photos"));
    // Two files may show the same picture.
    assert!(!pictures.is_empty() && pictures.len() <= cleaned, "{}", pictures.len());
    for (name, picture) in &pictures {
        assert_bare(name, picture);
    }
    assert_eq!(files(&data.join("uploads")).len(), 0, "nothing of a photo is left behind");
    let log = ("the log".to_owned(), fs::read(portal.folder.path().join("log.txt")).unwrap());
    for (name, bytes) in files(&data).into_iter().chain([log]) {
        for mark in [SECRET, b"Exif\0\0", b"http://ns.adobe.com/xap"] {
            let found = bytes.windows(mark.len()).any(|part| part == mark);
            assert!(!found, "{} is in {name}", mark.escape_ascii());
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fifty_bombs_at_once_take_no_more_memory_than_there_are_turns() {
    let portal = Portal::start(configured("trace"));
    let bomb = |number: u32| match number % 5 {
        0 => black(12_000, 4_166, &number.to_be_bytes()),
        1 => many_passes(&number.to_be_bytes()),
        _ => [huge_png(60_000 + number), number.to_be_bytes().to_vec()].concat(),
    };
    let bombs: Vec<_> = (0..BOMBS).map(bomb).collect();
    let before = measured_from(portal.pid());
    let thrown = async { join_all(bombs.iter().map(|bomb| portal.put_photo(bomb))).await };
    let read = async {
        let mut slowest = Duration::ZERO;
        for _ in 0..40 {
            let began = Instant::now();
            assert_eq!(portal.get("healthz").await.status(), 200);
            slowest = slowest.max(began.elapsed());
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        slowest
    };
    let (answers, slowest) = tokio::join!(thrown, read);
    let growth = status(portal.pid(), "VmHWM").saturating_sub(before);
    let of = |status: u16| answers.iter().filter(|answer| answer.status() == status).count();
    println!(
        "{BOMBS} bombs at once: {} cleaned, {} refused, {} asked to come later; peak growth {} MiB, health told within {} ms",
        of(200),
        of(422),
        of(503),
        growth >> 20,
        slowest.as_millis()
    );
    assert_eq!(of(200) + of(422) + of(503), BOMBS as usize);
    let turns = std::thread::available_parallelism().map_or(1, usize::from).min(4) as u64;
    let bodies: u64 = bombs.iter().map(|bomb| bomb.len() as u64).sum();
    assert!(growth < turns * MOST_DECODED + bodies, "{growth} bytes");
}
