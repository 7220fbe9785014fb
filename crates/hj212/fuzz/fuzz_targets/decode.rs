//! No bytes make the decoder panic or stand still, and what it accepts survives a round trip.

#![no_main]

use hj212::{Decoder, Key, KeyRing, decode_with};
use libfuzzer_sys::fuzz_target;

const KEY: Key = [0x30; 16];

fuzz_target!(|input: &[u8]| {
    let mut rest = input;
    loop {
        match decode_with(rest, &|_| Some(KEY)) {
            Ok(Some((frame, consumed))) => {
                if let Ok(wire) = frame.segment().encode() {
                    let again = decode_with(&wire, &|_| None);
                    let (again, _) = again.expect("valid").expect("complete");
                    assert_eq!(again.segment(), frame.segment());
                }
                rest = &rest[consumed..];
            }
            Ok(None) => break,
            Err(error) => {
                assert!(error.consumed() > 0);
                let _ = (error.to_string(), format!("{error:?}"));
                rest = &rest[error.consumed()..];
            }
        }
    }
    let size = usize::from(input.first().copied().unwrap_or(1)).max(1);
    let mut decoder = Decoder::with_keys(KeyRing::default());
    for chunk in input.chunks(size) {
        if decoder.push(chunk).is_err() {
            return;
        }
        decoder.by_ref().for_each(drop);
    }
    decoder.idle();
    decoder.for_each(drop);
});
