//! From a segment to the bytes of a frame.

use crate::crc::crc16;
use crate::edition::{Edition, SPLIT};
use crate::encryption::{Key, encrypt};
use crate::parse_data::{factor_and_suffix, is_data_value};
use crate::parse_head::{MAX_MN, MAX_PW, is_qn, is_st};
use thiserror::Error;

pub use crate::segment::Segment;

/// The most a segment may have when sent, in bytes (table 2). Receivers accept more.
pub const MAX_SEGMENT: usize = 1024;
/// The most a data area may have when sent, in bytes (table 3).
pub const MAX_DATA: usize = 950;

/// Why a segment cannot be sent.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum EncodeError {
    /// Longer than the standard lets one packet be.
    #[error("{what} has {length} bytes; HJ 212 allows {limit} in one packet")]
    TooLong {
        /// What is too long: the segment, its data area or one item.
        what: String,
        /// Its length in bytes.
        length: usize,
        /// The limit in bytes.
        limit: usize,
    },
    /// More parts than PNUM and PNO can number.
    #[error("the report needs {count} packets; PNUM allows 9999")]
    TooManyPackets {
        /// Packets needed.
        count: usize,
    },
    /// A name or value that could not be read back.
    #[error("{name} cannot be sent as {text:?}: it should be {wanted}")]
    Field {
        /// The field or item.
        name: String,
        /// Its value, `***` for a password.
        text: String,
        /// What can be sent.
        wanted: &'static str,
    },
}

impl Segment {
    /// The frame: `##`, length in bytes, segment with its fields in the order of table 3, CRC in upper case, CR LF.
    ///
    /// [`decode`](crate::decode) gives the same segment back.
    ///
    /// # Errors
    ///
    /// [`EncodeError::TooLong`] above 1024 bytes, or 950 of data; [`EncodeError::Field`] for a name or value with
    /// a separator in it, or a head that no decoder would accept.
    pub fn encode(&self) -> Result<Vec<u8>, EncodeError> {
        let segment = self.checked()?;
        Ok(frame(segment.len(), segment.as_bytes(), crc16(segment.as_bytes())))
    }

    /// The same with the data area encrypted (HJ 212-2025, 6.4). Length and CRC are those before encryption, as in
    /// the examples of A.2.
    ///
    /// # Errors
    ///
    /// As [`encode`](Self::encode).
    pub fn encode_encrypted(&self, key: &Key) -> Result<Vec<u8>, EncodeError> {
        let plain = self.checked()?;
        let data = encrypt(self.data.to_string().as_bytes(), key);
        let segment = [self.head().as_bytes(), b"CP=&&", &data, b"&&"].concat();
        Ok(frame(plain.len(), &segment, crc16(plain.as_bytes())))
    }

    fn checked(&self) -> Result<String, EncodeError> {
        self.check_head()?;
        self.check_data()?;
        let segment = self.text();
        let lengths = [
            ("the segment", segment.len(), MAX_SEGMENT),
            ("the data area", self.data.to_string().len(), MAX_DATA),
        ];
        match lengths.into_iter().find(|(_, length, limit)| length > limit) {
            Some((what, length, limit)) => {
                Err(EncodeError::TooLong { what: what.into(), length, limit })
            }
            None => Ok(segment),
        }
    }

    /// The segment as sent, unchecked.
    pub(crate) fn text(&self) -> String {
        format!("{}CP=&&{}&&", self.head(), self.data)
    }

    fn head(&self) -> String {
        let fields = [
            ("QN", self.qn.clone()),
            ("ST", Some(self.st.clone())),
            ("CN", Some(self.cn.to_string())),
            ("PW", self.pw.clone()),
            ("MN", Some(self.mn.clone())),
            ("Flag", self.flag.map(|flag| flag.to_string())),
            ("PNUM", self.pnum.map(|count| count.to_string())),
            ("PNO", self.pno.map(|number| number.to_string())),
            ("RF", self.rf.then(|| "1".to_owned())),
        ];
        let present = fields.into_iter().filter_map(|(name, value)| Some((name, value?)));
        present.map(|(name, value)| format!("{name}={value};")).collect()
    }

    fn check_head(&self) -> Result<(), EncodeError> {
        let (qn, pw) = (self.qn.as_deref(), self.pw.as_deref());
        let split = self.flag.is_some_and(|flag| flag & SPLIT != 0)
            && Edition::of_flag(self.flag) > Edition::V2005;
        let numbered = self.pnum.is_some() && self.pno.is_some();
        let rules = [
            (qn.is_none_or(|qn| !qn.is_empty() && is_qn(qn)), "QN", qn, "17 digits"),
            (
                !self.st.is_empty() && is_st(&self.st),
                "ST",
                Some(&*self.st),
                "two letters or digits",
            ),
            ((1000..=9999).contains(&self.cn), "CN", None, "four digits"),
            (pw.is_none_or(is_password), "PW", Some("***"), "1 to 32 characters, no separator"),
            (is_mn(&self.mn), "MN", Some(&*self.mn), "at most 64 characters, no separator"),
            (!split || numbered, "Flag", None, "without split bit, or with PNUM and PNO"),
        ];
        for (holds, name, text, wanted) in rules {
            if !holds {
                return Err(refused(name, text.unwrap_or_default(), wanted));
            }
        }
        Ok(())
    }

    fn check_data(&self) -> Result<(), EncodeError> {
        const NAME: &str = "a name without separator, blank or brace";
        const VALUE: &str = "text without separator, or a log text between // and //";
        for (name, value) in &self.data.fields {
            let plain = is_name(name) && factor_and_suffix(name).is_none();
            plain.then_some(()).ok_or_else(|| refused("a field", name, NAME))?;
            is_data_value(value).then_some(()).ok_or_else(|| refused(name, value, VALUE))?;
        }
        for item in &self.data.items {
            let written = is_name(&item.factor) && !item.values.is_empty();
            written
                .then_some(())
                .ok_or_else(|| refused("a factor with its values", &item.factor, NAME))?;
            for (suffix, value) in &item.values {
                let name = is_name(suffix) && !suffix.contains('-');
                name.then_some(()).ok_or_else(|| refused(&item.factor, suffix, NAME))?;
                is_data_value(value)
                    .then_some(())
                    .ok_or_else(|| refused(&format!("{}-{suffix}", item.factor), value, VALUE))?;
            }
        }
        Ok(())
    }
}

fn frame(length: usize, segment: &[u8], crc: u16) -> Vec<u8> {
    let mut frame = format!("##{length:04}").into_bytes();
    frame.extend_from_slice(segment);
    frame.extend_from_slice(format!("{crc:04X}\r\n").as_bytes());
    frame
}

fn refused(name: &str, text: &str, wanted: &'static str) -> EncodeError {
    let text = if name == "NewPW" || name == "NewSK" { "***" } else { text };
    EncodeError::Field { name: name.into(), text: text.into(), wanted }
}

fn is_password(text: &str) -> bool {
    !text.is_empty() && text.chars().count() <= MAX_PW && is_head_value(text)
}

fn is_mn(text: &str) -> bool {
    text.chars().count() <= MAX_MN && is_head_value(text)
}

fn is_head_value(text: &str) -> bool {
    text.trim() == text && !text.contains(|c: char| c.is_control() || ";,&".contains(c))
}

fn is_name(text: &str) -> bool {
    let separates = |c: char| c.is_control() || c.is_whitespace() || "=,;&{".contains(c);
    !text.is_empty() && !text.contains(separates)
}
