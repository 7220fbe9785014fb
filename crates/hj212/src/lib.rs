//! HJ 212 bytes to frames to fields and back, editions 2005, 2017 and 2025; no sockets.
//!
//! HJ 212 is how field devices (现场机) report to a host (上位机) over TCP: `##`, four digits, a segment, a
//! checksum, CR LF. This crate reads ([`Decoder`], [`decode`]) and writes ([`Segment`], [`answers`]) such frames. It
//! waits for nothing and knows no clock, station, pollutant or unit: it yields `a34004`, `Avg`, `35.1`, `N` as text.
//!
//! Clauses and tables cited are those of HJ 212-2017 unless another edition is named. What is said of the 2025
//! edition comes from public code quoting it. The decoder is tolerant where devices in service deviate from the text,
//! and nowhere else; a frame with a wrong checksum or length is refused.
//!
//! ```
//! use hj212::{Decoder, Interval, Mark, mark};
//!
//! let mut decoder = Decoder::new();
//! decoder.push(b"##0143QN=20261123080000003;ST=22;CN=2061;PW=123456;MN=5001070000000000000000A1;\
//!     Flag=9;RF=1;CP=&&DataTime=20261122230000;a34004-Avg=41,a34004-Flag=N&&1F40\r\n")?;
//! for frame in &mut decoder {
//!     let frame = frame?;
//!     assert_eq!(frame.interval(), Some(Interval::Hour));
//!     for item in &frame.data.items {
//!         assert_eq!((&*item.factor, item.get("Avg")), ("a34004", Some("41")));
//!         assert_eq!(mark(frame.edition(), item.get("Flag")), Mark::Normal);
//!     }
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
#![warn(missing_docs)]

pub mod answers;
pub mod command;
mod crc;
mod data;
mod decode;
mod decoder;
mod edition;
pub mod encode;
mod encryption;
mod error;
mod frame;
mod framing;
mod local_time;
mod mark;
mod parse_data;
mod parse_head;
mod password;
mod segment;
mod split;

pub use answers::{ExeRtn, QnRtn};
pub use command::{CommandKind, Interval};
pub use crc::{crc16, modbus_crc16};
pub use data::{Data, Item};
pub use decode::{decode, decode_with};
pub use decoder::Decoder;
pub use edition::Edition;
pub use encode::EncodeError;
pub use encryption::{Key, KeyRing};
pub use error::{FrameError, Malformed, Refused, StreamError};
pub use frame::Frame;
pub use local_time::LocalTime;
pub use mark::{Mark, mark};
pub use password::without_password;
pub use segment::Segment;
