//! Where a frame begins and ends: `##`, length, segment, CRC, CR LF (table 2).

use std::ops::Range;

/// The most that is kept while waiting for the end of one frame, in bytes.
pub(crate) const MAX_BUFFER: usize = 16 * 1024;
/// `##` and four digits.
pub(crate) const HEADER: usize = 6;
const MAX_BODY: usize = MAX_BUFFER - HEADER;

/// Whether more may still come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Line {
    Busy,
    /// The sender has paused: what looks complete is complete.
    Idle,
}

/// The first `##` followed by four digits.
pub(crate) enum Header {
    /// None yet; the first `garbage` bytes can never be part of one.
    Awaited {
        garbage: usize,
    },
    At {
        at: usize,
        declared: usize,
    },
}

pub(crate) fn find_header(buffer: &[u8]) -> Header {
    let mut from = 0;
    while let Some(at) = find(&buffer[from..], b"##").map(|offset| from + offset) {
        let digits = &buffer[at + 2..buffer.len().min(at + HEADER)];
        if !digits.iter().all(u8::is_ascii_digit) {
            from = at + 1;
        } else if digits.len() < 4 {
            return Header::Awaited { garbage: at };
        } else {
            let declared = digits.iter().fold(0, |sum, d| sum * 10 + usize::from(d - b'0'));
            return Header::At { at, declared };
        }
    }
    Header::Awaited { garbage: buffer.len() - usize::from(buffer.ends_with(b"#")) }
}

/// A frame's extent, counted from the byte after its header.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Extent {
    /// The segment ends where the length field says: a CRC and an end follow.
    Stated { segment: Range<usize>, crc: u16, end: usize },
    /// It does not; this is all up to the next CR LF.
    ToLineEnd { line: Range<usize> },
    /// It does not, and the next header stands here before any CR LF.
    ToNextHeader { line: Range<usize> },
    /// No end within [`MAX_BUFFER`].
    Endless,
}

/// The extent of the frame whose body begins `body`; `None` while it is still arriving.
///
/// The length counts bytes; if it does not lead to a CRC, it may have counted characters (6.3: "ASCII 字符数",
/// unclear for Chinese text). Only then the line's end decides: encrypted frames may state the length they had
/// before encryption, and for all others the difference is worth reporting.
pub(crate) fn extent(body: &[u8], declared: usize, line: Line) -> Option<Extent> {
    let full = body.len() >= MAX_BODY;
    let body = &body[..body.len().min(MAX_BODY)];
    match end_after(body, declared, line) {
        End::Here { crc, end } => {
            return Some(Extent::Stated { segment: 0..declared, crc, end });
        }
        End::Awaited if line == Line::Busy => return None,
        End::Awaited => return line_end(body),
        End::Elsewhere => {}
    }
    let line_end = line_end(body);
    let text = line_end.as_ref().map_or(body, |extent| &body[extent.line()]);
    if let Some(at) = after_characters(text, declared) {
        match end_after(body, at, line) {
            End::Here { crc, end } => {
                return Some(Extent::Stated { segment: 0..at, crc, end });
            }
            End::Awaited if !full && line_end.is_none() => return None,
            End::Awaited | End::Elsewhere => {}
        }
    }
    match (line_end, line) {
        (Some(ended), _) => Some(ended),
        (None, _) if full => Some(Extent::Endless),
        (None, Line::Idle) => Some(Extent::ToLineEnd { line: 0..body.len() }),
        (None, Line::Busy) => None,
    }
}

impl Extent {
    /// The bytes it takes in, without CRC and ends where these are known.
    pub(crate) fn line(&self) -> Range<usize> {
        match self {
            Self::Stated { segment, .. } => segment.clone(),
            Self::ToLineEnd { line } | Self::ToNextHeader { line } => line.clone(),
            Self::Endless => 0..MAX_BODY,
        }
    }
}

/// The end of a line whose length is not as stated: CR LF or the next header, whichever comes first.
///
/// Without the header, many of them before one CR LF would each be searched to its end.
fn line_end(body: &[u8]) -> Option<Extent> {
    let starts_header = |rest: &[u8]| {
        let digits = rest.strip_prefix(b"##").and_then(|rest| rest.first_chunk::<4>());
        digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_digit))
    };
    (0..body.len()).find_map(|at| match body[at] {
        b'\r' if body[at..].starts_with(b"\r\n") => Some(Extent::ToLineEnd { line: 0..at }),
        b'#' if starts_header(&body[at..]) => Some(Extent::ToNextHeader { line: 0..at }),
        _ => None,
    })
}

enum End {
    Here { crc: u16, end: usize },
    Awaited,
    Elsewhere,
}

/// Whether CRC and end of frame stand at `at`. A missing CR LF is tolerated before the next `##` or a pause.
fn end_after(body: &[u8], at: usize, line: Line) -> End {
    let Some((crc, rest)) = body.get(at..).and_then(|rest| rest.split_first_chunk::<4>()) else {
        return End::Awaited;
    };
    let Some(crc) = hexadecimal(crc) else { return End::Elsewhere };
    match rest {
        [b'\r', b'\n', ..] => End::Here { crc, end: at + 6 },
        [b'#', b'#', ..] => End::Here { crc, end: at + 4 },
        [] | [b'\r'] | [b'#'] if line == Line::Idle => End::Here { crc, end: at + 4 },
        [] | [b'\r'] | [b'#'] => End::Awaited,
        _ => End::Elsewhere,
    }
}

/// The index after `count` characters of UTF-8, if that differs from `count` bytes and is already there.
fn after_characters(text: &[u8], count: usize) -> Option<usize> {
    let starts = text.iter().enumerate().filter(|(_, byte)| *byte & 0xC0 != 0x80);
    starts.map(|(index, _)| index).nth(count).filter(|&index| index != count)
}

/// The value of four hexadecimal digits of either case.
pub(crate) fn hexadecimal(digits: &[u8; 4]) -> Option<u16> {
    digits.iter().try_fold(0, |value: u16, &digit| {
        let digit = char::from(digit).to_digit(16)?;
        Some(value << 4 | u16::try_from(digit).ok()?)
    })
}

/// The first place of `needle`.
pub(crate) fn find(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    bytes.windows(needle.len()).position(|window| window == needle)
}

/// The last place of `needle`.
pub(crate) fn find_last(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    bytes.windows(needle.len()).rposition(|window| window == needle)
}

#[cfg(test)]
mod tests {
    use super::{Extent, HEADER, Header, Line, extent, find_header};

    // A work bound: what all candidates of a buffer are searched for together is at most the buffer.
    #[test]
    fn candidates_before_one_line_end_are_each_searched_to_the_next_only() {
        for candidate in ["##0000", "##0000aa=;", "##0099CP=&&{0x&&;"] {
            let bytes = [candidate.repeat(1_000), "0000\r\n".into()].concat().into_bytes();
            let (mut from, mut candidates, mut searched) = (0, 0, 0);
            while let Header::At { at, declared } = find_header(&bytes[from..]) {
                let body = &bytes[from + at + HEADER..];
                searched +=
                    extent(body, declared, Line::Busy).map_or(0, |extent| extent.line().len());
                from += at + 1;
                candidates += 1;
            }
            assert_eq!(candidates, 1_000);
            assert!(searched <= bytes.len(), "{candidate}: {searched} of {}", bytes.len());
        }
    }

    #[test]
    fn a_line_ends_at_the_next_header_or_at_cr_lf() {
        let of = |body: &[u8]| extent(body, 9, Line::Idle);
        assert_eq!(of(b"ab##0101QN\r\n..."), Some(Extent::ToNextHeader { line: 0..2 }));
        assert_eq!(of(b"ab##x101QN\r\n..."), Some(Extent::ToLineEnd { line: 0..10 }));
    }
}
