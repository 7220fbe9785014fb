//! How the national hourly feed writes that there is nothing.

/// True for the feed's ways of saying that there is no value.
pub fn is_missing(text: &str) -> bool {
    matches!(text.trim(), "" | "-" | "—" | "&mdash;" | "_" | "NA")
}
