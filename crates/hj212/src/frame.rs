//! A frame that came, and what follows from its head.

use crate::command::{CommandKind, Interval};
use crate::data::Data;
use crate::edition::{ANSWER, Edition};
use crate::password::without_password;
use crate::segment::Segment;
use std::fmt;

/// One valid frame: the fields of table 3 and the bytes they were read from.
#[derive(Clone, PartialEq, Eq)]
pub struct Frame {
    /// The untouched bytes, from `##` to CR LF as far as it was sent; still encrypted if the data was.
    pub raw: Vec<u8>,
    /// The number of the exchange, which answers repeat: 17 digits, a local time with milliseconds. For 2005,
    /// see [`exchange`](Self::exchange).
    pub qn: Option<String>,
    /// System code (table 5); undefined ones are kept as sent. It describes the system, not the factors.
    pub st: String,
    /// Command number (table 9), see [`command`](crate::command).
    pub cn: u16,
    /// Password. Printed by neither `Debug` nor `Display`.
    pub pw: Option<String>,
    /// The device's number: opaque text of up to 64 characters, possibly empty.
    pub mn: String,
    /// Version bits, split bit D, answer bit A. `None` in the style of 2005.
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

impl Frame {
    pub(crate) fn new(raw: Vec<u8>, segment: Segment) -> Self {
        let Segment { qn, st, cn, pw, mn, flag, pnum, pno, rf, data } = segment;
        Self { raw, qn, st, cn, pw, mn, flag, pnum, pno, rf, data }
    }

    /// The content alone, to be encoded again.
    pub fn segment(&self) -> Segment {
        let Self { raw: _, qn, st, cn, pw, mn, flag, pnum, pno, rf, data } = self.clone();
        Segment { qn, st, cn, pw, mn, flag, pnum, pno, rf, data }
    }

    /// The edition the Flag names; without a Flag, 2005.
    pub fn edition(&self) -> Edition {
        Edition::of_flag(self.flag)
    }

    /// Whether this is the national surface-water protocol (now HJ 1404-2024) rather than HJ 212-2025.
    ///
    /// ST 21 with Flag 8 or 9: sent since 2020 with a station code such as `A110000_0001` as MN and four-hourly
    /// 2061. Such a Flag proves nothing about HJ 212-2025.
    pub fn is_surface_water(&self) -> bool {
        self.st == "21" && self.edition() == Edition::V2025
    }

    /// Bit A of Flag: the sender resends until it is answered.
    pub fn wants_answer(&self) -> bool {
        self.flag.is_some_and(|flag| flag & ANSWER != 0)
    }

    /// Whether this is one packet of several: PNUM and PNO are present, whatever bit D says.
    ///
    /// Packets of one report share MN, CN, DataTime and PNUM, not QN. They are cut between items, so that each
    /// can be stored at once.
    pub fn is_split(&self) -> bool {
        self.pnum.is_some() && self.pno.is_some()
    }

    /// Which part of an exchange this is, and so which answer it may get.
    pub fn kind(&self) -> CommandKind {
        CommandKind::of(self.cn, &self.data)
    }

    /// What DataTime labels, `None` for a command that carries no time series.
    pub fn interval(&self) -> Option<Interval> {
        Interval::of(self.cn)
    }

    /// The QN of this exchange: of the head, or of the data area, where 2005 puts it in answers.
    pub fn exchange(&self) -> Option<&str> {
        self.qn.as_deref().or_else(|| self.data.get("QN").filter(|qn| !qn.is_empty()))
    }

    /// [`raw`](Self::raw) with the password replaced by `***`, for quarantine and logs.
    pub fn raw_without_password(&self) -> Vec<u8> {
        without_password(&self.raw)
    }
}

/// Never prints a password, and of the raw bytes only their number.
impl fmt::Debug for Frame {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes = self.raw.len();
        f.debug_struct("Frame").field("bytes", &bytes).field("segment", &self.segment()).finish()
    }
}

/// One line for a log: `CN=2061 MN=A1 QN=20261123150000000 ST=22 Flag=5, 6 items`.
impl fmt::Display for Frame {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CN={} MN={}", self.cn, self.mn)?;
        if let Some(qn) = self.exchange() {
            write!(f, " QN={qn}")?;
        }
        write!(f, " ST={}", self.st)?;
        if let Some(flag) = self.flag {
            write!(f, " Flag={flag}")?;
        }
        if let (Some(pnum), Some(pno)) = (self.pnum, self.pno) {
            write!(f, " packet {pno}/{pnum}")?;
        }
        write!(f, ", {} items", self.data.items.len())
    }
}
