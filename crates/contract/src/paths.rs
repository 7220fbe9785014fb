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

/// What the report form needs.
pub const REPORT_FORM: &str = "api/v1/report/form";
/// A proof of work to be solved.
pub const REPORT_CHALLENGE: &str = "api/v1/report/challenge";
/// Keys that receipts are verified with.
pub const RECEIPT_KEYS: &str = "api/v1/report/receipt-keys";
/// Published reports.
pub const REPORTS: &str = "api/v1/reports";
/// Published reports near a place; parameters `lon`, `lat`, `category`.
pub const REPORTS_NEARBY: &str = "api/v1/reports/nearby";
/// Published reports as GeoJSON.
pub const REPORTS_GEOJSON: &str = "api/v1/reports.geojson";
/// Published reports as CSV.
pub const REPORTS_CSV: &str = "api/v1/reports.csv";
/// Published reports as an Atom feed; parameters `category`, `street`.
pub const REPORTS_ATOM: &str = "feeds/reports.atom";
/// Where the ledger of rewards ended on each day, for whoever wants to check it later.
pub const LEDGER_ROOTS: &str = "api/v1/ledger-roots.txt";
/// A report's state by its claim code.
pub const TRACK: &str = "api/v1/track";
/// What the holder of a claim code does.
pub const TRACK_ACT: &str = "api/v1/track/act";
/// The rectification ledger; parameter `as_of`.
pub const RECTIFICATION: &str = "api/v1/rectification";
/// Its issues as CSV; parameter `as_of`.
pub const RECTIFICATION_CSV: &str = "api/v1/rectification.csv";
/// Its events, one canonical JSON text a line with its hash; parameter `after`.
pub const RECTIFICATION_EVENTS: &str = "api/v1/rectification/events.jsonl";
/// Where it ended, day by day.
pub const RECTIFICATION_HEADS: &str = "api/v1/rectification/heads";
/// Green space.
pub const GREEN: &str = "api/v1/green";
/// The scorecard.
pub const SCORECARD: &str = "api/v1/scorecard";
/// The scorecard as CSV.
pub const SCORECARD_CSV: &str = "api/v1/scorecard.csv";
/// Pages of programmes.
pub const PROGRAMMES: &str = "api/v1/programmes";
/// The staff console's API.
pub const CONSOLE: &str = "console/api/v1";

/// The address a report is sent to, by the id made on the phone; below [`REPORTS`] only for sending.
pub fn report(id: &str) -> String {
    format!("{REPORTS}/{id}")
}

/// The address a photo is sent to, by the SHA-256 of its bytes.
pub fn report_photo(sha256: &str) -> String {
    format!("api/v1/report/photos/{sha256}")
}

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

/// One issue of the rectification ledger.
pub fn item(number: &str) -> String {
    format!("{RECTIFICATION}/{number}")
}

/// Where objections to an issue are sent.
pub fn objections(number: &str) -> String {
    format!("{RECTIFICATION}/{number}/objections")
}

/// One page of a programme.
pub fn programme(slug: &str) -> String {
    format!("{PROGRAMMES}/{slug}")
}
