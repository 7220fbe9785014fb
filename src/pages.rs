//! One file per route.

mod about;
mod accessibility;
mod air;
mod not_found;
mod overview;
mod section;
mod station;
mod water;

use leptos::prelude::*;

use self::{
    about::AboutPage, accessibility::AccessibilityPage, air::AirPage, section::SectionPage,
    station::StationPage, water::WaterPage,
};
pub(crate) use self::{not_found::NotFound, overview::Overview};
use ui::Chunk;

/// The pages about air: of one station, or of all without one.
#[leptos::wasm_split::wasm_split(air_pages, wasm_split_path = ::leptos::wasm_split, fallible)]
pub(crate) fn air(station: Option<String>) -> Chunk {
    Ok(match station {
        Some(code) => view! { <StationPage code=Signal::stored(code)/> }.into_any(),
        None => view! { <AirPage/> }.into_any(),
    })
}

/// The pages about water: of one section, or of all without one.
#[leptos::wasm_split::wasm_split(water_pages, wasm_split_path = ::leptos::wasm_split, fallible)]
pub(crate) fn water(section: Option<String>) -> Chunk {
    Ok(match section {
        Some(code) => view! { <SectionPage code=Signal::stored(code)/> }.into_any(),
        None => view! { <WaterPage/> }.into_any(),
    })
}

/// Methods and sources.
#[leptos::wasm_split::wasm_split(about_page, wasm_split_path = ::leptos::wasm_split, fallible)]
pub(crate) fn about() -> Chunk {
    Ok(view! { <AboutPage/> }.into_any())
}

/// The accessibility statement.
#[leptos::wasm_split::wasm_split(about_page, wasm_split_path = ::leptos::wasm_split, fallible)]
pub(crate) fn accessibility() -> Chunk {
    Ok(view! { <AccessibilityPage/> }.into_any())
}
