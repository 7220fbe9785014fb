//! Every frame of the collection gets the verdict written beside it.

use crate::{frame, refusal};
use hj212::{Edition, FrameError, Malformed};

const FRAMES: &str = include_str!("../fixtures/hj212_frames.txt");

pub(crate) struct Record {
    name: &'static str,
    edition: &'static str,
    verdict: &'static str,
    pub(crate) wire: Vec<u8>,
}

impl Record {
    pub(crate) fn is_good(&self) -> bool {
        self.verdict == "good"
    }
}

pub(crate) fn records() -> Vec<Record> {
    let read = |block: &'static str| {
        let line = |key: &str| block.lines().find_map(|line| line.strip_prefix(key));
        Record {
            name: block.lines().next().expect("a name"),
            edition: line("EDITION: ").expect("an edition"),
            verdict: line("VERDICT: ").expect("a verdict"),
            wire: format!("{}\r\n", line("FRAME: ").expect("a frame")).into_bytes(),
        }
    };
    FRAMES.split("\n## ").skip(1).map(read).collect()
}

#[test]
fn the_collection_is_whole() {
    let count = |verdict| records().iter().filter(|record| record.verdict == verdict).count();
    assert_eq!(records().len(), 41);
    assert_eq!([count("good"), count("bad-crc"), count("malformed")], [31, 7, 1]);
    assert_eq!([count("bad-length"), count("bad-length+bad-crc")], [1, 1]);
}

#[test]
fn good_frames_are_read_in_their_edition_with_their_bytes_untouched() {
    for record in records().iter().filter(|record| record.is_good()) {
        let frame = frame(&record.wire);
        let edition = match frame.edition() {
            Edition::V2025 if frame.st == "21" => "surface-water (Flag version bits 2)",
            Edition::V2005 => "2005",
            Edition::V2017 => "2017",
            Edition::V2025 => "2025",
        };
        assert_eq!(edition, record.edition, "{}", record.name);
        assert_eq!(frame.raw, record.wire, "{}", record.name);
    }
}

#[test]
fn good_frames_are_encoded_again_to_the_bytes_they_were_or_to_the_same_content() {
    let good = records().into_iter().filter(Record::is_good).map(|record| record.wire);
    let (mut same, mut tidied) = (0, 0);
    for wire in good {
        let content = frame(&wire).segment();
        let sent = content.encode().expect("encodes");
        if sent == wire {
            same += 1
        } else {
            tidied += 1
        }
        assert_eq!(frame(&sent).segment(), content);
    }
    // Tidied: PNO before PNUM (3), lower-case CRC (4).
    assert_eq!((same, tidied), (24, 7));
}

#[test]
fn refused_frames_are_refused_for_the_reason_written_beside_them() {
    for record in records().iter().filter(|record| !record.is_good()) {
        let error = refusal(&record.wire);
        let verdict = match &error {
            FrameError::Crc { .. } => "bad-crc",
            FrameError::Length { crc_matches: true, .. } => "bad-length",
            FrameError::Length { crc_matches: false, .. } => "bad-length+bad-crc",
            FrameError::Malformed { what: Malformed::Unclosed, .. } => "malformed",
            other => panic!("{}: {other}", record.name),
        };
        assert_eq!(verdict, record.verdict, "{}", record.name);
        assert!(error.refused().mn.is_some(), "{}", record.name);
    }
}

#[test]
fn every_prefix_of_a_good_frame_asks_for_more() {
    for record in records().iter().filter(|record| record.is_good()) {
        for cut in 0..record.wire.len() {
            let verdict = hj212::decode(&record.wire[..cut]);
            assert_eq!(verdict, Ok(None), "{} cut at byte {cut}", record.name);
        }
    }
}

#[test]
fn neither_frames_nor_refusals_print_a_password() {
    for record in records() {
        let text = String::from_utf8_lossy(&record.wire).into_owned();
        let password = text.split("PW=").nth(1).and_then(|rest| rest.split(';').next());
        let password = password.expect("a password");
        let printed = match hj212::decode(&record.wire) {
            Ok(Some((frame, _))) => {
                let raw = String::from_utf8_lossy(&frame.raw_without_password()).into_owned();
                format!("{frame} {frame:?} {:?} {raw}", frame.segment())
            }
            Ok(None) => continue,
            Err(error) => format!("{error} {error:?}"),
        };
        let printed = printed.replace(&format!("MN={password}"), "");
        assert!(!printed.contains(&format!("PW={password}")), "{printed}");
        assert!(!printed.contains(&format!("{password:?}")), "{printed}");
    }
}
