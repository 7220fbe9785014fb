//! Photos that are none, are too large, or were made to do harm.

use std::{io::Write, time::Duration};

use flate2::{Compression, Crc, write::ZlibEncoder};
use futures_util::future::join_all;
use reqwest::Method;

use crate::support::{
    Answer, Portal,
    camera::{address, photo, png_header},
    is_chinese, take_reports,
};

/// A chunk of a PNG file.
fn chunk(name: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let mut sum = Crc::new();
    sum.update(name);
    sum.update(body);
    let length = u32::try_from(body.len()).unwrap().to_be_bytes();
    [&length[..], name, body, &sum.sum().to_be_bytes()].concat()
}

/// Whole black pictures of 50 megapixels in 0.7 MB each; a number tells them apart.
fn black() -> impl Fn(u32) -> Vec<u8> {
    let (width, height) = (12_000_u32, 4_166_u32);
    let mut pixels = ZlibEncoder::new(Vec::new(), Compression::fast());
    for _ in 0..height {
        pixels.write_all(&vec![0; width as usize * 3 + 1]).unwrap();
    }
    let header = png_header(width, height);
    let pixels = chunk(b"IDAT", &pixels.finish().unwrap());
    move |number| {
        let number = [b"n\0", &number.to_be_bytes()[..]].concat();
        let first = [chunk(b"IHDR", &header[16..]), chunk(b"tEXt", &number)].concat();
        [&header[..8], &first, &pixels, &chunk(b"IEND", b"")].concat()
    }
}

/// A JPEG whose picture is coded in two thousand passes.
fn many_passes(number: u32) -> Vec<u8> {
    let bare = photo(1_024, 1_024, &number.to_be_bytes());
    let scan = bare.windows(2).position(|pair| pair == [0xff, 0xda]).unwrap();
    let end = bare.windows(2).rposition(|pair| pair == [0xff, 0xd9]).unwrap();
    let pass = [0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0];
    [&bare[..scan], &pass.repeat(2_000), &bare[scan..end], &bare[end..]].concat()
}

async fn put_in(portal: &Portal, lang: &str, photo: &[u8]) -> Answer {
    let path = format!("{}?lang={lang}", address(photo));
    let request = portal.request(Method::PUT, &path).body(photo.to_vec());
    Answer::of(request.send().await.unwrap()).await
}

#[tokio::test]
async fn fourteen_megabytes_are_refused_with_the_limit() {
    let portal = Portal::with(take_reports).await;
    let large = photo(200, 200, &vec![0; (14 << 20) - 40_000]);
    for (lang, detail) in [
        ("zh-CN", "照片 14 MB，上限 10 MB，请换一张。文字已保留。"),
        ("en", "Your photo is 14 MB; the limit is 10 MB. Choose another. Your text is kept."),
    ] {
        let answer = put_in(&portal, lang, &large).await;
        let problem = answer.json();
        assert_eq!((answer.status, problem["code"].as_str()), (422, Some("photo_refused")));
        assert_eq!(problem["detail"].as_str(), Some(detail));
    }
    assert!(portal.photos().is_empty() && portal.uploads().is_empty());
}

#[tokio::test]
async fn what_cannot_be_used_is_refused_by_name_and_nothing_of_it_stays() {
    let portal = Portal::with(take_reports).await;
    let whole = photo(200, 150, b"");
    for (bytes, zh, en) in [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec(), "SVG", "SVG"),
        (b"GIF89a\x20\x03\x20\x03\0\0\0".to_vec(), "GIF", "GIF"),
        (b"Rar!\x1a\x07\x01\0".to_vec(), "压缩包", "archive"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".to_vec(), "兼容性最佳", "Most Compatible"),
        (png_header(65_500, 65_500), "65500 × 65500", "65500 × 65500"),
        (png_header(40, 40), "40 × 40", "40 × 40"),
        (whole[..whole.len() / 2].to_vec(), "不完整", "incomplete"),
        (many_passes(0), "超时", "too long"),
        (b"just text".to_vec(), "不是照片", "not a photo"),
    ] {
        for (lang, word) in [("zh-CN", zh), ("en", en)] {
            let answer = put_in(&portal, lang, &bytes).await;
            let problem = answer.json();
            assert_eq!((answer.status, problem["code"].as_str()), (422, Some("photo_refused")));
            let detail = problem["detail"].as_str().unwrap();
            assert!(detail.contains(word), "{detail}");
            assert_eq!(is_chinese(detail), lang == "zh-CN", "{detail}");
        }
    }
    assert!(portal.photos().is_empty() && portal.uploads().is_empty());
}

#[tokio::test]
async fn names_and_types_that_a_client_claims_are_not_asked_for() {
    let portal = Portal::with(take_reports).await;
    let photo = photo(80, 80, b"");
    let request = portal
        .request(Method::PUT, &address(&photo))
        .header("content-type", "image/svg+xml")
        .header("content-disposition", "attachment; filename=\"../../\u{202e}gpj.exe\"")
        .body(photo);
    assert_eq!(request.send().await.unwrap().status(), 200);
    let upper = "AB".repeat(32);
    for name in ["..%2f..%2fetc%2fpasswd", "short", &upper, "%00"] {
        let path = contract::paths::report_photo(name);
        let request = portal.request(Method::PUT, &path).body("x");
        assert_eq!(request.send().await.unwrap().status(), 404, "{name}");
    }
    assert_eq!(portal.photos().len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fifty_bombs_at_once_leave_the_server_answering() {
    let portal = Portal::with(take_reports).await;
    let black = black();
    let bombs = (0..50).map(|number| match number % 10 {
        0 => black(number),
        1..=5 => [png_header(65_500, 65_500), number.to_be_bytes().to_vec()].concat(),
        _ => many_passes(number),
    });
    let bombs: Vec<Vec<u8>> = bombs.collect();
    let thrown = async { join_all(bombs.iter().map(|bomb| portal.put(bomb))).await };
    let read = async {
        for _ in 0..30 {
            assert_eq!(portal.get("healthz").await.status, 200);
            assert_eq!(portal.get(contract::paths::SITE).await.status, 200);
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    let (answers, ()) = tokio::join!(thrown, read);
    for (number, answer) in answers.iter().enumerate() {
        match number % 10 {
            // Large, but a photo: taken, now or when there is a turn.
            0 => assert!([200, 503].contains(&answer.status), "{number}: {}", answer.text()),
            _ => assert!([422, 503].contains(&answer.status), "{number}: {}", answer.text()),
        }
    }
    let refused = answers.iter().filter(|answer| answer.status == 422).count();
    assert!(refused >= 25, "{refused}");
    assert_eq!(portal.put(&photo(90, 90, b"")).await.status, 200, "others' photos are taken");
}
