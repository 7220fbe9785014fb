//! What enters, and what does not: tables, recorded data, real sockets.

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
