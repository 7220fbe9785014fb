//! Why bytes are not a frame, in words for the technician at the data logger.

use crate::password::text_without_password;
use thiserror::Error;

/// The longest excerpt an error carries, in bytes of the frame.
const EXCERPT: usize = 160;
/// The longest value an error prints, in characters.
const SHOWN: usize = 64;

/// Why the bytes after a `##` and four digits are refused. The refused frame has no effect and gets no answer;
/// its sender resends it after its own timeout (table 2).
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum FrameError {
    /// Length and ends are right, the content is not what was sent.
    #[error(
        "CRC says {stated:04X}, data computes to {computed:04X}; {}",
        if *modbus { "the sender uses CRC-16/MODBUS: set it to the CRC of HJ 212 annex A" }
        else { "the frame was damaged in transit, or the sender computes another checksum" }
    )]
    Crc {
        /// The CRC in the frame.
        stated: u16,
        /// The CRC of annex A over the segment that came.
        computed: u16,
        /// The stated CRC is the CRC-16/MODBUS of the segment: a setting of the sender, not damage.
        modbus: bool,
        /// What was refused.
        refused: Box<Refused>,
    },
    /// The segment is not as long as the frame says.
    #[error(
        "the length field says {declared}, the segment has {actual} bytes; {}",
        if *crc_matches { "its CRC is right: the sender counts wrongly" }
        else { "its CRC is wrong too: bytes were lost, or the sender counts wrongly" }
    )]
    Length {
        /// The four digits.
        declared: usize,
        /// Bytes between them and the CRC.
        actual: usize,
        /// The CRC fits the bytes that came.
        crc_matches: bool,
        /// What was refused.
        refused: Box<Refused>,
    },
    /// Not in the form of table 3 and 6.3.3.
    #[error("{what}")]
    Malformed {
        /// What is wrong with it.
        what: Malformed,
        /// What was refused.
        refused: Box<Refused>,
    },
    /// No end within the 16 KiB that are kept for one frame.
    #[error("no CR LF within {limit} bytes after ##; the length field or the line end is wrong")]
    Endless {
        /// The most that is kept for one frame, in bytes.
        limit: usize,
        /// What was refused.
        refused: Box<Refused>,
    },
    /// The data area is encrypted (HJ 212-2025, 6.4) and there is no key for this MN.
    #[error(
        "CP is SM4-encrypted; configure a key for this MN ({}) or switch encryption off in the logger",
        printable(mn)
    )]
    Encrypted {
        /// The device that needs a key.
        mn: String,
        /// What was refused.
        refused: Box<Refused>,
    },
    /// The data area was decrypted, but the frame's CRC does not fit the result.
    #[error(
        "CRC says {stated:04X}, the decrypted frame computes to {computed:04X}; \
         the key of MN {} is probably not the one in the logger (keys change within 90 days)",
        printable(mn)
    )]
    WrongKey {
        /// The device whose key does not fit.
        mn: String,
        /// The CRC in the frame.
        stated: u16,
        /// The CRC over the decrypted frame.
        computed: u16,
        /// What was refused.
        refused: Box<Refused>,
    },
}

impl FrameError {
    /// A short stable name, for counting failures by cause.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Crc { modbus: true, .. } => "crc_modbus",
            Self::Crc { .. } => "crc",
            Self::Length { .. } => "length",
            Self::Malformed { .. } => "malformed",
            Self::Endless { .. } => "endless",
            Self::Encrypted { .. } => "encrypted",
            Self::WrongKey { .. } => "wrong_key",
        }
    }

    /// What was refused.
    pub fn refused(&self) -> &Refused {
        match self {
            Self::Crc { refused, .. }
            | Self::Length { refused, .. }
            | Self::Malformed { refused, .. }
            | Self::Endless { refused, .. }
            | Self::Encrypted { refused, .. }
            | Self::WrongKey { refused, .. } => refused,
        }
    }

    /// Bytes of the buffer to drop before searching again: up to and with the first `#` of the refused frame,
    /// never the length it claimed, which may be wrong and hide the next frame.
    pub fn consumed(&self) -> usize {
        self.refused().consumed
    }
}

/// What a refused frame looked like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// See [`FrameError::consumed`].
    pub consumed: usize,
    /// The MN it seems to carry. Unproven: use it to count, not to trust.
    pub mn: Option<String>,
    /// Its first 160 bytes as text, password replaced by `***`.
    pub excerpt: String,
    /// Bytes that had to be looked at to refuse it.
    pub(crate) judged: usize,
}

impl Refused {
    /// `frame` from its `##` on.
    pub(crate) fn new(frame: &[u8], consumed: usize, judged: usize) -> Self {
        let start = &frame[..frame.len().min(EXCERPT)];
        let line = start.split(|&byte| byte == b'\r').next().unwrap_or(start);
        let head = String::from_utf8_lossy(line);
        let seen = |text: &str| text.replace(|letter: char| letter.is_control(), "\u{FFFD}");
        let mn = head.split([';', ',']).find_map(|field| field.trim().strip_prefix("MN="));
        let mn = mn.map(str::trim).filter(|mn| !mn.is_empty());
        let mn = mn.map(|mn| seen(mn).chars().take(SHOWN).collect());
        Self { consumed, mn, excerpt: seen(&text_without_password(&head)), judged }
    }
}

/// Text from the wire as one may print it in a log line: what would break the line or hide in it is escaped, and
/// after 64 characters it is cut.
pub(crate) fn printable(text: &str) -> String {
    let start: String = text.chars().take(SHOWN).collect();
    let rest = if start.len() < text.len() { "…" } else { "" };
    format!("{}{rest}", start.escape_debug())
}

/// What is wrong with the form of a frame.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Malformed {
    /// The line does not end with a CRC.
    #[error(
        "\"{}\" stands where the four hexadecimal digits of the CRC should be",
        printable(found)
    )]
    NoCrc {
        /// The last four characters before the line's end.
        found: String,
    },
    /// The next frame begins before this one is complete.
    #[error("the frame breaks off: {arrived} of {declared} bytes came, then the next frame began")]
    BreaksOff {
        /// The four digits of the length field.
        declared: usize,
        /// Bytes before the next `##`.
        arrived: usize,
    },
    /// No data area.
    #[error("the segment has no CP=&&")]
    NoData,
    /// A data area without its end.
    #[error("the data area is not closed by &&")]
    Unclosed,
    /// A piece of head or data that is not `name=value`.
    #[error("\"{}\" is not of the form name=value", printable(text))]
    NotAPair {
        /// The piece, passwords replaced.
        text: String,
    },
    /// A field no frame can do without.
    #[error("the field {name} is missing")]
    Missing {
        /// ST, CN or MN.
        name: &'static str,
    },
    /// A field of the head that stands twice.
    #[error("the field {} stands twice", printable(name))]
    Repeated {
        /// Its name.
        name: String,
    },
    /// A field whose value cannot be.
    #[error("{name}={} should be {wanted}", printable(text))]
    Field {
        /// The field of table 3.
        name: &'static str,
        /// Its value, `***` for a password.
        text: String,
        /// What the standard, or the tolerance for what is sent in practice, allows.
        wanted: &'static str,
    },
    /// More before `CP=&&` than any head has.
    #[error(
        "the head before CP=&& has {bytes} bytes; at most 512 bytes and 32 fields are read, \
         the nine of HJ 212 need fewer than 256"
    )]
    LongHead {
        /// Its length.
        bytes: usize,
    },
    /// A character in the head that cannot be printed.
    #[error("\"{}\" has a control character in it; correct the logger's settings", printable(text))]
    Control {
        /// The field.
        text: String,
    },
    /// The split bit without packet numbers, from 2017 on.
    #[error("Flag={flag} announces one packet of several, but PNUM or PNO is missing")]
    NoPacketNumber {
        /// The Flag sent.
        flag: u8,
    },
    /// A `{0x…}` list that is not whole blocks of 16 bytes.
    #[error("the encrypted data is not a list {{0xHH,…}} of whole 16-byte blocks")]
    Cipher,
}

/// Why a connection should be closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum StreamError {
    /// Nothing that came is a frame.
    #[error(
        "{bytes} bytes came without one valid HJ 212 frame; \
         check that the device speaks HJ 212 and is meant for this port"
    )]
    NoFrame {
        /// Bytes since the last valid frame, or since the connection began.
        bytes: usize,
    },
}
