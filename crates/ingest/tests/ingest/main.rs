//! What enters, and what does not: tables, recorded data, real sockets.
#![expect(clippy::unwrap_used, reason = "the helpers of tests fail by panicking, as tests do")]
#![expect(clippy::print_stdout, reason = "the counts of recorded data are part of the result")]

mod collector;
mod factors;
mod played;
mod pollers;
mod properties;
mod pushed;
mod quality;
mod recorded;
mod schedule;
mod support;
