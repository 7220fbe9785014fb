//! What must not become public: personal data in texts, places of reporters, and data kept for too long.

pub mod cells;
mod detect;
pub mod retention;

pub use detect::{Found, PersonalData, find, mask};
