//! A report too long for one packet, cut between items (PNUM and PNO of table 3, annex C).

use crate::edition::{SPLIT, version_bits};
use crate::encode::{EncodeError, MAX_DATA, MAX_SEGMENT};
use crate::local_time::next_qn;
use crate::segment::Segment;

/// The largest PNUM and PNO that table 3 has room for.
const MAX_PACKETS: u16 = 9999;

impl Segment {
    /// The packets to send: the segment itself if it fits, else parts with PNUM and PNO.
    ///
    /// As in the printed example each part repeats the plain fields (DataTime above all) and has a QN of its own, one
    /// millisecond after the part before; the split bit of Flag is set from 2017 on. No item is divided.
    ///
    /// # Errors
    ///
    /// [`EncodeError::TooLong`] if the plain fields or a single item do not fit a packet; [`EncodeError::Field`] as
    /// [`encode`](Segment::encode).
    pub fn split(&self) -> Result<Vec<Self>, EncodeError> {
        match self.encode() {
            Ok(_) => return Ok(vec![self.clone()]),
            Err(EncodeError::TooLong { .. }) => {}
            Err(other) => return Err(other),
        }
        let mut parts = self.parts()?;
        let count = u16::try_from(parts.len()).ok().filter(|&count| count <= MAX_PACKETS);
        let count = count.ok_or(EncodeError::TooManyPackets { count: parts.len() })?;
        let mut qn = self.qn.clone();
        for (part, number) in parts.iter_mut().zip(1..=count) {
            part.pnum = Some(count);
            part.pno = Some(number);
            part.qn.clone_from(&qn);
            qn = qn.map(|qn| next_qn(&qn).unwrap_or(qn));
        }
        Ok(parts)
    }

    fn parts(&self) -> Result<Vec<Self>, EncodeError> {
        let mut empty = self.clone();
        empty.data.items.clear();
        (empty.pnum, empty.pno) = (Some(MAX_PACKETS), Some(MAX_PACKETS));
        empty.flag =
            empty.flag.map(|flag| if version_bits(flag) == 0 { flag } else { flag | SPLIT });
        empty.encode()?;
        let room = (MAX_SEGMENT - empty.text().len()).min(MAX_DATA - empty.data.to_string().len());
        // A `;` stands before an item only where something else does.
        let after_fields = if empty.data.is_empty() { 0 } else { ";".len() };
        let mut parts = Vec::new();
        let (mut part, mut used) = (empty.clone(), 0);
        for item in &self.data.items {
            let length = item.to_string().len();
            if after_fields + length > room {
                let what = format!("the item {}", item.factor);
                let limit = room.saturating_sub(after_fields);
                return Err(EncodeError::TooLong { what, length, limit });
            }
            let mut separator = if used == 0 { after_fields } else { ";".len() };
            if used + separator + length > room {
                parts.push(std::mem::replace(&mut part, empty.clone()));
                (used, separator) = (0, after_fields);
            }
            part.data.items.push(item.clone());
            used += separator + length;
        }
        parts.push(part);
        Ok(parts)
    }
}
