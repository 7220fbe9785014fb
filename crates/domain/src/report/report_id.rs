//! The identity of a report, made on the phone before there is a network.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A UUIDv7 (RFC 9562 §5.7) as lower-case text: the idempotency key of a submission. It carries the
/// millisecond, and is therefore never public; see [`super::PublicId`].
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ReportId(String);

/// A text that is no report id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a report id is a UUID of version 7, such as 019ac3a0-5d00-7000-8000-000000000000")]
pub struct ReportIdError;

impl ReportId {
    /// From Unix milliseconds, of which the lowest 48 bits are taken, and ten random bytes, of which 74
    /// bits are.
    pub fn new(ms: u64, random: [u8; 10]) -> Self {
        let mut bytes = [0; 16];
        bytes[..6].copy_from_slice(&ms.to_be_bytes()[2..]);
        bytes[6..].copy_from_slice(&random);
        bytes[6] = 0x70 | bytes[6] & 0x0F;
        bytes[8] = 0x80 | bytes[8] & 0x3F;
        let hex = crate::canonical::hex(&bytes);
        let groups = [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]];
        Self(groups.join("-"))
    }

    /// Reads a UUIDv7; capitals become small letters.
    ///
    /// # Errors
    ///
    /// [`ReportIdError`] for any other shape, version or variant.
    pub fn parse(text: &str) -> Result<Self, ReportIdError> {
        let fits = |(at, byte): (usize, u8)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            14 => byte == b'7',
            19 => matches!(byte, b'8' | b'9' | b'a' | b'b' | b'A' | b'B'),
            _ => byte.is_ascii_hexdigit(),
        };
        if text.len() == 36 && text.bytes().enumerate().all(fits) {
            Ok(Self(text.to_ascii_lowercase()))
        } else {
            Err(ReportIdError)
        }
    }

    /// The text, lower case with dashes.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The Unix millisecond that it was made in, by the phone's clock.
    pub fn made_at_ms(&self) -> u64 {
        let digits = self.0.chars().filter_map(|c| c.to_digit(16)).take(12);
        digits.fold(0, |ms, digit| ms << 4 | u64::from(digit))
    }
}

impl fmt::Display for ReportId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl TryFrom<String> for ReportId {
    type Error = ReportIdError;

    fn try_from(text: String) -> Result<Self, ReportIdError> {
        Self::parse(&text)
    }
}

impl From<ReportId> for String {
    fn from(id: ReportId) -> Self {
        id.0
    }
}

impl std::str::FromStr for ReportId {
    type Err = ReportIdError;

    fn from_str(text: &str) -> Result<Self, ReportIdError> {
        Self::parse(text)
    }
}
