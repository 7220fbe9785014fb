//! What standards and rules say: air and water quality indices, classes, limits, validity rules;
//! reports with their states, roles and deadlines; the rectification ledger and the district's figures.
//!
//! Pure and compiled for both the server and the browser, so that a number is explained on the
//! page by the very function that produced it. No clock, no randomness, no I/O: time is an
//! argument. Published numbers never meet a binary float, see [`quantity::Quantity`].
#![warn(missing_docs)]
#![warn(clippy::cast_possible_truncation)]

#[macro_use]
mod named;

pub mod air;
pub mod calendar;
pub mod canonical;
pub mod freshness;
pub mod green_space;
pub mod item;
pub mod lang;
pub mod ledger;
pub mod period;
pub mod place;
pub mod privacy;
pub mod provenance;
pub mod quality;
pub mod quantity;
pub mod reading;
pub mod rectification;
pub mod report;
pub mod reward;
pub mod role;
pub mod scorecard;
pub mod similarity;
pub mod water;
pub mod wire;

pub use item::Item;
pub use lang::{Lang, Text};
pub use period::{Averaging, Period};
pub use provenance::Provenance;
pub use quality::{DeviceFlag, QcFlags};
pub use quantity::Quantity;
pub use reading::Reading;
