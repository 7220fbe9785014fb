//! From stored rows to what the contract shows. Nothing here reads the clock or the database.

pub(crate) mod air;
pub(crate) mod feed;
pub(crate) mod series;
pub(crate) mod station;
pub(crate) mod summary;
pub(crate) mod water;
