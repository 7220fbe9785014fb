//! The paths of the native API, relative to the base path and without a leading slash.

/// All stations and sections.
pub const STATIONS: &str = "api/v1/stations";
/// The district's air now.
pub const AIR_SUMMARY: &str = "api/v1/air/summary";
/// All surface-water sections with their newest evaluation.
pub const WATER_SECTIONS: &str = "api/v1/water/sections";
/// Every feed's health.
pub const FEEDS: &str = "api/v1/feeds";
/// Readings pushed by instruments and gateways.
pub const READINGS: &str = "api/v1/readings";
/// Live events (SSE).
pub const LIVE: &str = "api/v1/live";
/// Names and facts of the district and the site.
pub const SITE: &str = "api/v1/site";
/// The description of this API.
pub const OPENAPI: &str = "api/v1/openapi.json";
/// Shapes for the map: rivers, lakes, boundary where one may be shown.
pub const MAP: &str = "api/v1/map";

/// One station.
pub fn station(code: &str) -> String {
    format!("{STATIONS}/{code}")
}

/// One station's newest figures.
pub fn latest(code: &str) -> String {
    format!("{STATIONS}/{code}/latest")
}

/// One station's history; parameters `item`, `from`, `to`, `step`, `edition`, `width`.
pub fn series(code: &str) -> String {
    format!("{STATIONS}/{code}/series")
}

/// One station's days by level; parameters `year`, `edition`.
pub fn days(code: &str) -> String {
    format!("{STATIONS}/{code}/days")
}

/// What was changed of one station's published data; parameters `from`, `to`.
pub fn corrections(code: &str) -> String {
    format!("{STATIONS}/{code}/corrections")
}

/// One surface-water section.
pub fn section(code: &str) -> String {
    format!("{WATER_SECTIONS}/{code}")
}
