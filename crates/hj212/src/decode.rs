//! From bytes to a frame, or to the reason why not.

use crate::crc::{crc16, modbus_crc16};
use crate::encryption::{Key, decrypt, is_encrypted};
use crate::error::{FrameError, Malformed, Refused};
use crate::frame::Frame;
use crate::framing::{Extent, HEADER, Header, Line, MAX_BUFFER, extent, find_header, hexadecimal};
use crate::segment::{Areas, Segment};

/// The first frame in `buffer` and how many bytes to drop with it, or `None` while it is still arriving.
///
/// Bytes before `##` and four digits are passed over and count as consumed. A frame without CR LF is complete when
/// the next `##` follows; for one before a pause, use [`Decoder::idle`](crate::Decoder::idle).
///
/// # Errors
///
/// [`FrameError`] says what is wrong and, by [`FrameError::consumed`], where to search on.
///
/// # Example
///
/// ```
/// let buffer = b"##0094QN=20160801085857223;ST=91;CN=9011;PW=123456;\
///     MN=010000A8900016F000169DC0;Flag=4;CP=&&QnRtn=1&&1B00\r\n";
/// let (frame, consumed) = hj212::decode(buffer)?.ok_or("incomplete")?;
/// assert_eq!((frame.cn, frame.data.get("QnRtn"), consumed), (9011, Some("1"), buffer.len()));
/// assert_eq!(hj212::decode(&buffer[..40])?, None);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn decode(buffer: &[u8]) -> Result<Option<(Frame, usize)>, FrameError> {
    decode_with(buffer, &|_| None)
}

/// [`decode`], with the SM4 key of each MN that has one (HJ 212-2025, 6.4).
///
/// # Errors
///
/// As [`decode`]; [`FrameError::Encrypted`] only if `key_of` has no key, [`FrameError::WrongKey`] if it is not the
/// sender's.
pub fn decode_with(
    buffer: &[u8],
    key_of: &dyn Fn(&str) -> Option<Key>,
) -> Result<Option<(Frame, usize)>, FrameError> {
    decode_on(buffer, Line::Busy, key_of)
}

pub(crate) fn decode_on(
    buffer: &[u8],
    line: Line,
    key_of: &dyn Fn(&str) -> Option<Key>,
) -> Result<Option<(Frame, usize)>, FrameError> {
    let Header::At { at, declared } = find_header(buffer) else { return Ok(None) };
    let body = &buffer[at + HEADER..];
    let Some(extent) = extent(body, declared, line) else { return Ok(None) };
    let judged = extent.line().len();
    let candidate = Candidate { frame: &buffer[at..], at, declared, judged, key_of };
    match extent {
        Extent::Stated { segment, crc, end } => {
            let segment = candidate.read(&body[segment], crc)?;
            let end = at + HEADER + end;
            Ok(Some((Frame::new(buffer[at..end].to_vec(), segment), end)))
        }
        Extent::ToLineEnd { line } => {
            let end = buffer.len().min(at + HEADER + line.end + 2);
            let segment = candidate.read_line(&body[line])?;
            Ok(Some((Frame::new(buffer[at..end].to_vec(), segment), end)))
        }
        Extent::ToNextHeader { line } => {
            let arrived = line.end;
            Err(candidate.malformed(Malformed::BreaksOff { declared, arrived }))
        }
        Extent::Endless => {
            Err(FrameError::Endless { limit: MAX_BUFFER, refused: candidate.refused() })
        }
    }
}

/// A `##` with four digits and what is needed to judge what follows.
struct Candidate<'a> {
    /// From `##` to the end of the buffer.
    frame: &'a [u8],
    at: usize,
    declared: usize,
    /// How many bytes it takes to judge it.
    judged: usize,
    key_of: &'a dyn Fn(&str) -> Option<Key>,
}

impl Candidate<'_> {
    /// A segment whose length is as stated.
    fn read(&self, segment: &[u8], stated: u16) -> Result<Segment, FrameError> {
        if is_encrypted(segment) {
            return self.read_encrypted(segment, stated);
        }
        let computed = crc16(segment);
        if computed != stated {
            let modbus = modbus_crc16(segment) == stated;
            return Err(FrameError::Crc { stated, computed, modbus, refused: self.refused() });
        }
        Segment::parse(segment).map_err(|what| self.malformed(what))
    }

    /// A line whose length is not as stated: valid only if encryption made it longer.
    fn read_line(&self, line: &[u8]) -> Result<Segment, FrameError> {
        let ending = line.split_last_chunk::<4>();
        let sealed = ending.and_then(|(segment, crc)| Some((segment, hexadecimal(crc)?)));
        if let Some((segment, stated)) = sealed.filter(|(segment, _)| is_encrypted(segment)) {
            return self.read_encrypted(segment, stated);
        }
        let Some((segment, stated)) = sealed else {
            let found = String::from_utf8_lossy(ending.map_or(line, |(_, crc)| crc)).into_owned();
            return Err(self.malformed(Malformed::NoCrc { found }));
        };
        Areas::of(segment).map_err(|what| self.malformed(what))?;
        Err(self.wrong_length(segment.len(), crc16(segment) == stated))
    }

    /// The CRC was computed before encryption. So is the length in the printed examples; some senders state the
    /// length they send.
    fn read_encrypted(&self, segment: &[u8], stated: u16) -> Result<Segment, FrameError> {
        let areas = Areas::of(segment).map_err(|what| self.malformed(what))?;
        let mn = areas.head().map_err(|what| self.malformed(what))?.mn;
        let Some(key) = (self.key_of)(&mn) else {
            return Err(FrameError::Encrypted { mn, refused: self.refused() });
        };
        let data = decrypt(areas.data, &key).ok_or_else(|| self.malformed(Malformed::Cipher))?;
        let plain = [areas.before, &data, areas.after].concat();
        let computed = crc16(&plain);
        if computed != stated {
            let refused = self.refused();
            return Err(FrameError::WrongKey { mn, stated, computed, refused });
        }
        let characters = String::from_utf8_lossy(&plain).chars().count();
        if ![plain.len(), characters, segment.len()].contains(&self.declared) {
            return Err(self.wrong_length(plain.len(), true));
        }
        Segment::parse(&plain).map_err(|what| self.malformed(what))
    }

    fn malformed(&self, what: Malformed) -> FrameError {
        FrameError::Malformed { what, refused: self.refused() }
    }

    fn wrong_length(&self, actual: usize, crc_matches: bool) -> FrameError {
        let declared = self.declared;
        FrameError::Length { declared, actual, crc_matches, refused: self.refused() }
    }

    fn refused(&self) -> Box<Refused> {
        Box::new(Refused::new(self.frame, self.at + 1, self.judged))
    }
}
