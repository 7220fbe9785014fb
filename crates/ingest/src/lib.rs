//! Where data enters: HJ 212 over TCP, HTTP batches, national feeds, CSV, the demonstration.
//!
//! Sources share a channel, not a trait: a socket, a poller and a file have nothing in common but
//! their output, a [`Delivery`].
#![warn(missing_docs)]

mod clock;
pub mod cnemc_air;
pub mod csv_file;
mod delivery;
pub mod demonstration;
pub mod health;
pub mod hj212_tcp;
mod http_client;
pub mod http_push;
pub mod import;
pub mod polling;
pub mod quality;
mod reason;
mod secret;
pub mod surface_water;
mod units;
pub mod wiring;

pub use clock::Clock;
pub use delivery::{Delivery, Intake, NotStored, Stored};
pub use health::FeedHealth;
pub use http_client::http_client;
pub use http_push::PushedRow;
pub use quality::QualityControl;
pub use reason::Reason;
pub use secret::Secret;
pub use wiring::{Parcel, Wiring};
