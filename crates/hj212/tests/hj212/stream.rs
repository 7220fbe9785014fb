//! A connection: pieces, noise, pauses, silence.

use crate::{ANNEX_A, frame, framed, refusal, verdicts};
use hj212::{Decoder, FrameError, Malformed, StreamError, crc16, modbus_crc16};
use rstest::rstest;

fn crc(text: &str) -> (u16, u16) {
    (crc16(text.as_bytes()), modbus_crc16(text.as_bytes()))
}

// HJ 212-2017 annex A, HJ 212-2025 A.1; the MODBUS column is what a Modbus library gives.
#[rstest]
#[case::check_digits("123456789", (0x2F80, 0x4B37))]
#[case::annex_a_2017("QN=20160801085857223;ST=32;CN=1062;PW=100000;MN=010000A8900016F000169DC0;Flag=5;CP=&&RtdInterval=30&&", (0x1C80, 0x0759))]
#[case::annex_a_2025("QN=20240601085857223;ST=32;CN=1011;PW=123456;MN=010000A8900016F000169DC0;Flag=9;CP=&&&&", (0x2200, 0xCCF4))]
#[case::empty("", (0xFFFF, 0xFFFF))]
fn the_checksum_is_that_of_annex_a(#[case] text: &str, #[case] expected: (u16, u16)) {
    assert_eq!(crc(text), expected);
}

#[test]
fn a_modbus_checksum_is_refused_and_named() {
    let frame = String::from_utf8_lossy(ANNEX_A).replace("1C80", "0759");
    let error = refusal(frame.as_bytes());
    assert!(matches!(
        error,
        FrameError::Crc { stated: 0x0759, computed: 0x1C80, modbus: true, .. }
    ));
    assert_eq!(error.code(), "crc_modbus");
    assert!(error.to_string().starts_with("CRC says 0759, data computes to 1C80"), "{error}");
}

#[test]
fn noise_before_a_frame_is_passed_over() {
    for noise in ["\r\n", "AT+CIPSEND\r\n", "#", "##01x2", "##", "##12##", "\0\u{FF}"] {
        let bytes = [noise.as_bytes(), ANNEX_A].concat();
        let (frame, consumed) = hj212::decode(&bytes).expect("no error").expect("complete");
        assert_eq!((frame.raw.as_slice(), consumed), (ANNEX_A, bytes.len()), "{noise:?}");
    }
}

#[test]
fn frames_without_line_end_are_parted_by_the_next_one_and_by_a_pause() {
    let bare = ANNEX_A.trim_ascii_end();
    let mut decoder = Decoder::new();
    decoder.push(&[bare, bare].concat()).expect("accepted");
    assert_eq!(decoder.next().expect("the first").expect("valid").raw, bare);
    assert_eq!(decoder.next(), None, "the second may still get its CR LF");
    decoder.idle();
    assert_eq!(decoder.next().expect("the second").expect("valid").raw, bare);
    decoder.push(b"\r\n").expect("accepted");
    decoder.push(ANNEX_A).expect("accepted");
    assert_eq!(decoder.next().expect("the third").expect("valid").raw, ANNEX_A);
}

#[test]
fn a_pause_amid_a_frame_changes_nothing() {
    let mut decoder = Decoder::new();
    for byte in ANNEX_A {
        assert_eq!(decoder.next(), None);
        decoder.push(&[*byte]).expect("accepted");
        // The one pause that completes a frame is the one before CR LF.
        if !matches!(byte, b'0' | b'\r') {
            decoder.idle();
        }
    }
    assert_eq!(decoder.next().expect("complete").expect("valid").raw, ANNEX_A);
}

#[rstest]
#[case::too_long("##0102")]
#[case::far_too_long("##9101")]
#[case::too_short("##0100")]
#[case::zero("##0000")]
fn a_wrong_length_hides_no_later_frame(#[case] header: &str) {
    let wrong = [header.as_bytes(), &ANNEX_A[6..]].concat();
    let found = verdicts(&[&wrong, ANNEX_A, ANNEX_A].concat());
    let actual = match &found[0] {
        Err(FrameError::Length { actual, crc_matches: true, .. }) => *actual,
        other => panic!("{other:?}"),
    };
    assert_eq!(actual, 101);
    assert_eq!(found[1..].iter().flatten().count(), 2, "{found:?}");
}

#[test]
fn a_frame_that_breaks_off_costs_only_itself() {
    let found = verdicts(&[&ANNEX_A[..60], ANNEX_A].concat());
    let broken = Malformed::BreaksOff { declared: 101, arrived: 54 };
    assert!(matches!(&found[0], Err(FrameError::Malformed { what, .. }) if *what == broken));
    assert_eq!(found[1].as_ref().expect("valid").raw, ANNEX_A);
    assert_eq!(found.len(), 2);
}

#[test]
fn an_error_consumes_the_first_mark_only() {
    let bytes = [b"noise", &ANNEX_A[..107], b"0000\r\n", ANNEX_A].concat();
    let error = hj212::decode(&bytes).expect_err("the CRC is wrong");
    assert_eq!(error.consumed(), "noise#".len());
    let (frame, _) =
        hj212::decode(&bytes[error.consumed()..]).expect("no error").expect("complete");
    assert_eq!(frame.raw, ANNEX_A);
}

#[test]
fn anything_else_after_the_checksum_is_no_end() {
    let bytes = [ANNEX_A.trim_ascii_end(), b" \r\n"].concat();
    let expected = Malformed::NoCrc { found: "C80 ".into() };
    assert!(matches!(refusal(&bytes), FrameError::Malformed { what, .. } if what == expected));
}

#[test]
fn a_length_in_characters_is_accepted_after_one_in_bytes() {
    let segment = "QN=20160801085857334;ST=32;CN=3020;PW=123456;MN=A1;Flag=4;\
        CP=&&PolId=w01018;i11001-Info=//清洗管路//&&";
    let characters = segment.chars().count();
    let wire = format!("##{characters:04}{segment}{:04X}\r\n", crc16(segment.as_bytes()));
    assert_eq!(frame(wire.as_bytes()).segment(), frame(&framed(segment)).segment());
    for cut in 0..wire.len() {
        assert_eq!(hj212::decode(&wire.as_bytes()[..cut]), Ok(None), "cut at byte {cut}");
    }
}

#[test]
fn a_line_without_end_is_given_up_after_16_kib() {
    let endless = [&b"##0010QN="[..], &[b'x'; 17_000]].concat();
    let mut decoder = Decoder::new();
    decoder.push(&endless).expect("below 64 KiB");
    let error = decoder.next().expect("a verdict").expect_err("a refusal");
    assert!(matches!(error, FrameError::Endless { limit: 16_384, .. }), "{error}");
    decoder.push(b"\r\n").expect("below 64 KiB");
    decoder.push(ANNEX_A).expect("below 64 KiB");
    assert_eq!(decoder.next().expect("complete").expect("valid").raw, ANNEX_A);
}

#[rstest]
#[case::a_web_browser(b"GET / HTTP/1.1\r\n")]
#[case::zeros(&[0; 16])]
#[case::marks_only(b"################")]
#[case::empty_frames(b"##0000##0000")]
#[case::wrong_checksums(b"##0003abc0000\r\n")]
fn a_connection_without_a_frame_is_given_up_after_64_kib(#[case] noise: &[u8]) {
    let mut decoder = Decoder::new();
    let mut pushed = 0;
    let given_up = loop {
        pushed += noise.len();
        match decoder.push(noise) {
            Ok(()) => decoder.by_ref().for_each(|found| assert!(found.is_err())),
            Err(error) => break error,
        }
    };
    assert!((65_536..65_536 + noise.len()).contains(&pushed), "{pushed}");
    let StreamError::NoFrame { bytes } = given_up;
    assert!((65_536..=pushed).contains(&bytes), "{bytes} of {pushed}");
    assert_eq!(decoder.push(ANNEX_A), Err(given_up), "it stays given up");
}

#[test]
fn a_busy_connection_is_never_given_up() {
    let mut decoder = Decoder::new();
    let hundred = ANNEX_A.repeat(100);
    for _ in 0..20 {
        decoder.push(&hundred).expect("full of frames");
        assert_eq!(decoder.by_ref().flatten().count(), 100);
    }
}

// Work bounds, by count: a candidate is judged up to the next header and no further.
#[test]
fn many_headers_in_one_line_are_each_judged_to_the_next() {
    let fields: String = (0..1_636).map(|n| format!("##0000{n:02}=;")).collect();
    let found = verdicts(format!("{fields}CP=&&{{0x&&0000\r\n").as_bytes());
    assert_eq!(found.len(), 1_636);
    for verdict in &found[..1_635] {
        let Err(FrameError::Malformed { what: Malformed::BreaksOff { arrived, .. }, .. }) = verdict
        else {
            panic!("{verdict:?}")
        };
        assert!(*arrived <= 6, "{arrived} bytes judged");
    }
}

#[test]
fn headers_that_all_claim_the_same_bytes_end_the_connection() {
    // Each length leads to the one checksum at the end, so each is a candidate of its own.
    let count = 1_600;
    let headers: String =
        (1..=count).rev().map(|left| format!("##{:04}", (left - 1) * 6)).collect();
    let mut decoder = Decoder::new();
    decoder.push(format!("{headers}0000\r\n").as_bytes()).expect("short");
    let judged: Vec<_> = decoder.by_ref().collect();
    assert!(judged.iter().all(|found| matches!(found, Err(FrameError::Crc { .. }))), "{judged:?}");
    assert!(judged.len() < 64, "{} of {count} were judged", judged.len());
    assert!(matches!(decoder.push(ANNEX_A), Err(StreamError::NoFrame { .. })));
    assert_eq!(decoder.next(), None);
}

#[test]
fn as_many_damaged_frames_as_fit_are_all_named_before_the_connection_is_given_up() {
    let mut decoder = Decoder::new();
    let damaged = String::from_utf8_lossy(ANNEX_A).replace("1C80", "1C81");
    for _ in 0..500 {
        decoder.push(damaged.as_bytes()).expect("below 64 KiB");
    }
    assert_eq!(decoder.by_ref().filter(Result::is_err).count(), 500);
    decoder.push(ANNEX_A).expect("below 64 KiB");
    assert_eq!(decoder.next().expect("complete").expect("valid").raw, ANNEX_A);
}
