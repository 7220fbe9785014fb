//! Where data enters: HJ 212 over TCP, HTTP batches, national feeds, CSV, the demonstration.
//!
//! Sources share a channel, not a trait: a socket, a poller and a file have nothing in common but
//! their output, a [`Delivery`].
#![warn(missing_docs)]

mod delivery;

pub use delivery::{Delivery, Intake, NotStored, Stored};
