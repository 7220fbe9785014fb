//! The wall clock: the only place of the server that reads it.

use jiff::Timestamp;

/// Now, UTC.
pub fn now() -> Timestamp {
    Timestamp::now()
}
