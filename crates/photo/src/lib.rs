//! Reporters' photos: what is accepted, how it is cleaned, and how the result is checked.
//!
//! A photo is cleaned twice by this crate. The phone draws it on a canvas and [`encode_rgba`]s the pixels before
//! anything is sent; the server trusts nothing and `clean`s what arrives, with decoders of its own
//! (feature `decode`). Both write JPEG with the same encoder, which knows no metadata, and both end in
//! [`check`], which reads the written file again and lets pass only what a picture needs.
//!
//! Whatever goes wrong ends in a [`Refusal`]: what is wrong with the photo, and what to do, in both languages.
//! No step falls back to the original.
//!
//! # Example: pixels of a canvas
//!
//! ```
//! let grey = [128_u8; 64 * 64 * 4];
//! let jpeg = photo::encode_rgba(64, 64, &grey)?;
//! assert_eq!(photo::sniff(&jpeg), photo::Kind::Jpeg);
//! assert_eq!(photo::check(&jpeg).expect("nothing but the picture"), (64, 64));
//! # Ok::<(), photo::Refusal>(())
//! ```

mod bytes;
mod check;
#[cfg(feature = "decode")]
mod clean;
#[cfg(feature = "decode")]
mod colour;
mod encode;
#[cfg(feature = "gps")]
mod gps;
#[cfg(feature = "decode")]
mod hash;
mod header;
mod heif;
mod jpeg;
mod kind;
pub mod limits;
#[cfg(feature = "decode")]
mod png;
#[cfg(feature = "decode")]
mod redact;
mod refusal;
mod shrink;

pub use check::{Unexpected, check};
#[cfg(feature = "decode")]
pub use clean::{Clean, clean, redacted};
pub use encode::encode_rgba;
#[cfg(feature = "gps")]
pub use gps::{Position, gps};
#[cfg(feature = "decode")]
pub use hash::difference;
pub use header::{Header, inspect, inspect_original};
pub use kind::{Kind, sniff};
#[cfg(feature = "decode")]
pub use redact::Rectangle;
pub use refusal::{Refusal, Sentence};
