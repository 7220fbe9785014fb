//! HJ 212 as a specification: frames in, frames out.

mod answers;
mod commands;
mod encoding;
mod encryption;
mod fixtures;
mod laws;
mod marks;
mod stream;
mod tolerances;

use hj212::{Decoder, Frame, FrameError, crc16};

/// The example printed in annex A, with CR LF.
pub(crate) const ANNEX_A: &[u8] = b"##0101QN=20160801085857223;ST=32;CN=1062;PW=100000;\
    MN=010000A8900016F000169DC0;Flag=5;CP=&&RtdInterval=30&&1C80\r\n";

/// A frame around `segment`, length in bytes, CRC right.
pub(crate) fn framed(segment: &str) -> Vec<u8> {
    format!("##{:04}{segment}{:04X}\r\n", segment.len(), crc16(segment.as_bytes())).into_bytes()
}

/// The verdict over everything in `bytes` when nothing more comes.
pub(crate) fn verdicts(bytes: &[u8]) -> Vec<Result<Frame, FrameError>> {
    let mut decoder = Decoder::new();
    decoder.push(bytes).expect("fewer than 64 KiB");
    decoder.idle();
    decoder.collect()
}

/// The only frame in `bytes`.
pub(crate) fn frame(bytes: &[u8]) -> Frame {
    let mut verdicts = verdicts(bytes);
    assert_eq!(verdicts.len(), 1, "{verdicts:?}");
    verdicts.remove(0).expect("a valid frame")
}

/// The only reason to refuse `bytes`.
pub(crate) fn refusal(bytes: &[u8]) -> FrameError {
    let mut verdicts = verdicts(bytes);
    assert_eq!(verdicts.len(), 1, "{verdicts:?}");
    verdicts.remove(0).expect_err("a refusal")
}
