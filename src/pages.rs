//! One file per route.

mod about;
mod accessibility;
mod air;
mod not_found;
mod overview;
mod section;
mod station;
mod water;

pub(crate) use self::{
    about::about, accessibility::accessibility, air::air, not_found::NotFound, overview::Overview,
    section::section, station::station, water::water,
};
