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
    about::AboutPage, accessibility::AccessibilityPage, air::AirPage, not_found::NotFound,
    overview::Overview, section::SectionPage, station::StationPage, water::WaterPage,
};
