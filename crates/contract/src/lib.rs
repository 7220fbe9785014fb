//! What travels between `bilan` and those who read it: JSON bodies, live events, error codes and
//! paths. No behaviour.
//!
//! Conventions: instants are RFC 3339 in UTC; columns of instants are Unix seconds in fields that
//! end in `_s`; numbers are JSON numbers in the unit named beside them; a missing value is `null`,
//! never 0; unknown fields are to be ignored by readers, so that fields can be added.
#![warn(missing_docs)]

pub mod green;
pub mod live;
pub mod officer;
pub mod paths;
pub mod problem;
pub mod programme;
pub mod public;
pub mod push;
pub mod rectification;
pub mod report;
#[cfg(feature = "openapi")]
pub mod schema;
pub mod scorecard;
