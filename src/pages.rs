//! One file per route.

mod about;
mod accessibility;
mod air;
mod green;
mod item;
mod not_found;
mod overview;
mod programmes;
mod record;
mod rectification;
mod report;
mod reports;
mod scorecard;
mod section;
mod station;
mod track;
mod water;

use leptos::prelude::*;

use self::track::course;
use self::{
    about::AboutPage,
    accessibility::AccessibilityPage,
    air::AirPage,
    green::GreenPage,
    item::ItemPage,
    programmes::{ProgrammePage, ProgrammesPage},
    rectification::RectificationPage,
    report::ReportPage,
    reports::{OneReport, ReportsPage},
    scorecard::ScorecardPage,
    section::SectionPage,
    station::StationPage,
    track::TrackPage,
    water::WaterPage,
};
pub(crate) use self::{not_found::NotFound, overview::Overview};
use ui::{Chunk, in_turn};

/// The pages about air: of one station, or of all without one.
#[leptos::wasm_split::wasm_split(air_pages, wasm_split_path = ::leptos::wasm_split, fallible)]
pub(crate) fn air(station: Option<String>) -> Chunk {
    Ok(match station {
        Some(code) => {
            in_turn(move || view! { <StationPage code=Signal::stored(code)/> }.into_any())
        }
        None => in_turn(|| view! { <AirPage/> }.into_any()),
    })
}

/// The pages about water: of one section, or of all without one.
#[leptos::wasm_split::wasm_split(water_pages, wasm_split_path = ::leptos::wasm_split, fallible)]
pub(crate) fn water(section: Option<String>) -> Chunk {
    Ok(match section {
        Some(code) => {
            in_turn(move || view! { <SectionPage code=Signal::stored(code)/> }.into_any())
        }
        None => in_turn(|| view! { <WaterPage/> }.into_any()),
    })
}

/// The report form.
#[leptos::wasm_split::wasm_split(report_form, wasm_split_path = ::leptos::wasm_split, fallible)]
pub(crate) fn report() -> Chunk {
    Ok(in_turn(|| view! { <ReportPage/> }.into_any()))
}

/// Published reports: one, or all without one.
#[leptos::wasm_split::wasm_split(reports, wasm_split_path = ::leptos::wasm_split, fallible)]
pub(crate) fn reports(number: Option<String>) -> Chunk {
    Ok(match number {
        Some(number) => {
            in_turn(move || view! { <OneReport number=Signal::stored(number)/> }.into_any())
        }
        None => in_turn(|| view! { <ReportsPage/> }.into_any()),
    })
}

/// The rectification ledger.
#[leptos::wasm_split::wasm_split(ledger, wasm_split_path = ::leptos::wasm_split, fallible)]
pub(crate) fn ledger() -> Chunk {
    Ok(in_turn(|| view! { <RectificationPage/> }.into_any()))
}

/// One issue of the rectification ledger.
#[leptos::wasm_split::wasm_split(item, wasm_split_path = ::leptos::wasm_split, fallible)]
pub(crate) fn item(number: String) -> Chunk {
    Ok(in_turn(move || view! { <ItemPage number=Signal::stored(number)/> }.into_any()))
}

/// Green space.
#[leptos::wasm_split::wasm_split(green, wasm_split_path = ::leptos::wasm_split, fallible)]
pub(crate) fn green() -> Chunk {
    Ok(in_turn(|| view! { <GreenPage/> }.into_any()))
}

/// The scorecard.
#[leptos::wasm_split::wasm_split(scorecard, wasm_split_path = ::leptos::wasm_split, fallible)]
pub(crate) fn scorecard() -> Chunk {
    Ok(in_turn(|| view! { <ScorecardPage/> }.into_any()))
}

/// Programmes: one, or all without one.
#[leptos::wasm_split::wasm_split(programmes, wasm_split_path = ::leptos::wasm_split, fallible)]
pub(crate) fn programmes(slug: Option<String>) -> Chunk {
    Ok(match slug {
        Some(slug) => {
            in_turn(move || view! { <ProgrammePage slug=Signal::stored(slug)/> }.into_any())
        }
        None => in_turn(|| view! { <ProgrammesPage/> }.into_any()),
    })
}

/// The way back to a report.
#[leptos::wasm_split::wasm_split(track, wasm_split_path = ::leptos::wasm_split, fallible, preload(
    /// Fetches the page, so that it is there without a connection.
    prepare_track
))]
pub(crate) fn track() -> Chunk {
    Ok(in_turn(|| view! { <TrackPage/> }.into_any()))
}

/// Methods and sources.
#[leptos::wasm_split::wasm_split(about_page, wasm_split_path = ::leptos::wasm_split, fallible)]
pub(crate) fn about() -> Chunk {
    Ok(in_turn(|| view! { <AboutPage/> }.into_any()))
}

/// The accessibility statement.
#[leptos::wasm_split::wasm_split(about_page, wasm_split_path = ::leptos::wasm_split, fallible)]
pub(crate) fn accessibility() -> Chunk {
    Ok(in_turn(|| view! { <AccessibilityPage/> }.into_any()))
}
