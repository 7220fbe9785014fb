//! One file per route.

mod air;
mod overview;
mod water;

pub(crate) use self::{air::AirPage, overview::Overview, water::WaterPage};
