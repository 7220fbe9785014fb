//! Encrypted data areas: without a key, with the key, with another one.

use crate::{frame, refusal};
use hj212::{Decoder, Frame, FrameError, Key, KeyRing, Malformed, decode_with};
use rstest::rstest;

const MN: &str = "010000A8900016F000169DC0";
const KEY: Key = [0x30; 16];
const PLAIN: &str = "##0124QN=20240601085857223;ST=22;CN=2011;PW=123456;MN=010000A8900016F000169DC0;Flag=9;CP=&&DataTime=20240601085857;a34004-Rtd=36&&3FC0\r\n";
const SEALED_DATA: &str = "{0x51,0xD4,0x5D,0x46,0x1A,0x00,0xCD,0x12,0x20,0x8E,0x58,0xCB,0x32,0xCB,0x3A,0xDC,0xB3,0x0A,0xE4,0x17,0x0F,0x40,0xC2,0x54,0x7E,0xFD,0x2A,0x93,0x0F,0xAD,0x8A,0xB9}td=36";

/// The frame as sent, with `length` in its length field.
fn sealed(length: &str) -> Vec<u8> {
    let wire = PLAIN.replace("DataTime=20240601085857;a34004-Rtd=36", SEALED_DATA);
    wire.replacen("0124", length, 1).into_bytes()
}

fn open(wire: &[u8], key: Key) -> Result<Option<(Frame, usize)>, FrameError> {
    decode_with(wire, &|mn| (mn == MN).then_some(key))
}

#[test]
fn the_length_sent_is_253() {
    assert_eq!(sealed("0124").len(), 6 + 253 + 4 + 2);
}

#[rstest]
#[case::as_in_the_printed_examples("0124")]
#[case::as_sent("0253")]
fn with_the_key_the_frame_reads_as_if_plain(#[case] length: &str) {
    let wire = sealed(length);
    let (frame, consumed) = open(&wire, KEY).expect("no error").expect("complete");
    assert_eq!(frame.segment(), crate::frame(PLAIN.as_bytes()).segment());
    assert_eq!((consumed, frame.raw), (wire.len(), wire));
}

#[rstest]
#[case("0124")]
#[case("0253")]
fn every_prefix_asks_for_more(#[case] length: &str) {
    let wire = sealed(length);
    for cut in 0..wire.len() {
        assert_eq!(open(&wire[..cut], KEY), Ok(None), "cut at byte {cut}");
    }
}

#[test]
fn the_encoder_sends_the_plain_length_and_checksum() {
    let segment = frame(PLAIN.as_bytes()).segment();
    assert_eq!(segment.encode_encrypted(&KEY).expect("encodes"), sealed("0124"));
    assert_eq!(segment.encode().expect("encodes"), PLAIN.as_bytes());
}

#[rstest]
#[case("0124")]
#[case("0253")]
fn without_a_key_the_refusal_says_what_to_do(#[case] length: &str) {
    let error = refusal(&sealed(length));
    assert!(matches!(&error, FrameError::Encrypted { mn, .. } if mn == MN));
    assert_eq!(
        error.to_string(),
        "CP is SM4-encrypted; configure a key for this MN (010000A8900016F000169DC0) \
         or switch encryption off in the logger"
    );
}

#[test]
fn another_key_is_told_from_damage() {
    let error = open(&sealed("0124"), [0x31; 16]).expect_err("the wrong key");
    assert!(matches!(error, FrameError::WrongKey { stated: 0x3FC0, .. }), "{error}");
}

#[test]
fn a_length_that_is_neither_is_refused() {
    let error = open(&sealed("0125"), KEY).expect_err("a wrong length");
    let FrameError::Length { declared, actual, crc_matches, .. } = error else { panic!("{error}") };
    assert_eq!((declared, actual, crc_matches), (125, 124, true));
}

#[test]
fn a_list_that_is_not_whole_blocks_is_refused() {
    let wire = String::from_utf8(sealed("0124")).expect("ASCII").replace(",0xB9}", "}");
    let error = open(wire.as_bytes(), KEY).expect_err("31 bytes");
    assert!(matches!(error, FrameError::Malformed { what: Malformed::Cipher, .. }), "{error}");
}

#[test]
fn a_connection_opens_what_its_key_ring_knows() {
    let mut keys = KeyRing::default();
    keys.insert(MN, KEY);
    assert_eq!(format!("{keys:?}"), "KeyRing(1 keys)");
    let mut decoder = Decoder::with_keys(keys);
    for piece in [sealed("0124"), sealed("0253"), PLAIN.into()].concat().chunks(7) {
        decoder.push(piece).expect("accepted");
    }
    let found: Vec<_> = decoder.map(|found| found.expect("valid").segment()).collect();
    assert_eq!(found, vec![frame(PLAIN.as_bytes()).segment(); 3]);
}
