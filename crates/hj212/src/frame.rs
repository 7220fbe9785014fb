//! A frame that came, and what follows from its head.

use crate::command::{CommandKind, Interval};
use crate::edition::{ANSWER, Edition};
use crate::error::printable;
use crate::password::without_password;
use crate::segment::Segment;
use std::fmt;
use std::ops::Deref;

/// One valid frame: what it says, and the bytes it was read from.
///
/// The fields of table 3 are those of its [`Segment`]: `frame.mn`, `frame.cn`, `frame.data`. For the QN of edition
/// 2005, see [`exchange`](Self::exchange).
#[derive(Clone, PartialEq, Eq)]
pub struct Frame {
    /// The untouched bytes, from `##` to CR LF as far as it was sent; still encrypted if the data was.
    pub raw: Vec<u8>,
    segment: Segment,
}

impl Deref for Frame {
    type Target = Segment;

    fn deref(&self) -> &Segment {
        &self.segment
    }
}

impl Frame {
    pub(crate) fn new(raw: Vec<u8>, segment: Segment) -> Self {
        Self { raw, segment }
    }

    /// The content alone, to be encoded again.
    pub fn segment(&self) -> Segment {
        self.segment.clone()
    }

    /// The edition the Flag names; without a Flag, 2005.
    pub fn edition(&self) -> Edition {
        Edition::of_flag(self.flag)
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
        f.debug_struct("Frame").field("bytes", &bytes).field("segment", &self.segment).finish()
    }
}

/// One line for a log: `CN=2061 MN=A1 QN=20261123150000000 ST=22 Flag=5, 6 items`.
impl fmt::Display for Frame {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CN={} MN={}", self.cn, printable(&self.mn))?;
        if let Some(qn) = self.exchange() {
            write!(f, " QN={}", printable(qn))?;
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
