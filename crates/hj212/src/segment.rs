//! The content of a frame: head and data, without length, checksum and ends (table 3).

use crate::data::Data;
use crate::edition::{Edition, SPLIT};
use crate::error::Malformed;
use crate::framing::{find, find_last};
use crate::parse_data::parse_data;
use crate::parse_head::parse_head;
use std::fmt;

/// Everything a frame says, to be [encoded](Segment::encode). A [`Frame`](crate::Frame) is one with the
/// bytes it came as.
///
/// ```
/// # use hj212::{Segment, Data, Item, command};
/// let hour = Segment {
///     qn: Some("20261123150000000".into()),
///     pw: Some("123456".into()),
///     flag: Some(5),
///     data: Data {
///         items: vec![Item::new("a34004", &[("Avg", "35.1"), ("Flag", "N")])],
///         ..Data::of_fields(&[("DataTime", "20261123140000")])
///     },
///     ..Segment::new("22", command::HOUR, "010000A8900016F000169DC0")
/// };
/// assert!(hour.encode()?.starts_with(b"##0140QN=20261123150000000;ST=22;CN=2061;PW=123456;"));
/// # Ok::<(), hj212::EncodeError>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Segment {
    /// The number of the exchange: 17 digits, a local time with milliseconds.
    pub qn: Option<String>,
    /// System code (table 5), `22` for ambient air. Not restricted to known codes.
    pub st: String,
    /// Command number (table 9), see [`command`](crate::command).
    pub cn: u16,
    /// Password, usually 6 characters, up to 32.
    pub pw: Option<String>,
    /// The device's number. Opaque, up to 64 characters, empty where a device has none.
    pub mn: String,
    /// Version bits, split bit, answer bit. `None` in the style of 2005.
    pub flag: Option<u8>,
    /// Number of packets of a split report.
    pub pnum: Option<u16>,
    /// Number of this packet, from 1.
    pub pno: Option<u16>,
    /// `RF=1`: a report filled in later (2025).
    pub rf: bool,
    /// The data area.
    pub data: Data,
}

impl Segment {
    /// A segment with these three, which no frame can do without, and nothing else.
    pub fn new(st: &str, cn: u16, mn: &str) -> Self {
        Self {
            qn: None,
            st: st.into(),
            cn,
            pw: None,
            mn: mn.into(),
            flag: None,
            pnum: None,
            pno: None,
            rf: false,
            data: Data::default(),
        }
    }

    pub(crate) fn parse(bytes: &[u8]) -> Result<Self, Malformed> {
        let areas = Areas::of(bytes)?;
        let data = parse_data(&String::from_utf8_lossy(areas.data))?;
        let segment = Self { data, ..areas.head()? };
        segment.check_packet_numbers()?;
        Ok(segment)
    }

    /// Examples of 2005 send Flag=3 without packet numbers; later editions may not.
    fn check_packet_numbers(&self) -> Result<(), Malformed> {
        match self.flag {
            Some(flag)
                if flag & SPLIT != 0
                    && Edition::of_flag(self.flag) > Edition::V2005
                    && (self.pnum.is_none() || self.pno.is_none()) =>
            {
                Err(Malformed::NoPacketNumber { flag })
            }
            _ => Ok(()),
        }
    }

    /// The password as it may be shown.
    pub(crate) fn hidden_password(&self) -> Option<&'static str> {
        self.pw.as_ref().map(|_| "***")
    }
}

/// Never prints the password.
impl fmt::Debug for Segment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Segment")
            .field("qn", &self.qn)
            .field("st", &self.st)
            .field("cn", &self.cn)
            .field("pw", &self.hidden_password())
            .field("mn", &self.mn)
            .field("flag", &self.flag)
            .field("pnum", &self.pnum)
            .field("pno", &self.pno)
            .field("rf", &self.rf)
            .field("data", &self.data)
            .finish()
    }
}

/// The two parts of a segment and what stands around them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Areas<'a> {
    /// Up to the first `CP=&&`.
    head: &'a [u8],
    /// With `CP=&&` and blanks: everything before the data.
    pub(crate) before: &'a [u8],
    pub(crate) data: &'a [u8],
    /// From the last `&&` on.
    pub(crate) after: &'a [u8],
}

impl<'a> Areas<'a> {
    pub(crate) fn of(segment: &'a [u8]) -> Result<Self, Malformed> {
        let (head, start) = data_start(segment).ok_or(Malformed::NoData)?;
        let rest = &segment[start..];
        let blanks = rest.iter().take_while(|byte| **byte == b' ').count();
        let end = find_last(rest, b"&&").ok_or(Malformed::Unclosed)?;
        let (before, rest) = segment.split_at(start + blanks.min(end));
        let (data, after) = rest.split_at(end - blanks.min(end));
        Ok(Self { head: &segment[..head], before, data, after })
    }

    pub(crate) fn head(&self) -> Result<Segment, Malformed> {
        parse_head(&String::from_utf8_lossy(self.head))
    }
}

/// Where the head ends and where the data begins: around the first `CP=&&`, blanks after `=` tolerated.
fn data_start(segment: &[u8]) -> Option<(usize, usize)> {
    let mut from = 0;
    while let Some(at) = find(&segment[from..], b"CP=").map(|offset| from + offset) {
        let rest = &segment[at + 3..];
        let blanks = rest.iter().take_while(|byte| **byte == b' ').count();
        if rest[blanks..].starts_with(b"&&") {
            return Some((at, at + 3 + blanks + 2));
        }
        from = at + 3;
    }
    None
}
