//! From stored rows to what the contract shows. Nothing here reads the clock or the database.

pub mod air;
pub mod feed;
pub mod series;
pub mod station;
pub mod summary;
pub mod water;
