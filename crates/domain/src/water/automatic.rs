//! Automatic stations: what the national platform's class is made of, and how it writes it.

use super::WaterClass;
use crate::{Item, Lang};

/// The items the class of an automatic station is made of; total nitrogen never enters.
pub const FIVE: [Item; 5] =
    [Item::Ph, Item::DissolvedOxygen, Item::CodMn, Item::Nh3N, Item::TotalPhosphorus];

/// The label of a class that is not the statutory monthly one; the two never share a series.
pub const fn label(lang: Lang) -> &'static str {
    lang.pick("自动站五项", "automatic station, five items")
}

/// A text that is no class.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not a water class; Ⅰ to Ⅴ, I to V, 劣Ⅴ or a dash were expected")]
pub struct UnknownClass(pub String);

/// The class in a cell of the national platform: Ⅰ–Ⅴ (U+2160–2164) or I–V, 劣Ⅴ or 劣V, with or
/// without 类; `None` for an empty cell, `-`, `--` and `*`.
///
/// # Errors
///
/// [`UnknownClass`] with the text.
pub fn parse_class(text: &str) -> Result<Option<WaterClass>, UnknownClass> {
    let text = text.trim();
    Ok(Some(match text.strip_suffix('类').unwrap_or(text) {
        "" | "-" | "--" | "—" | "*" => return Ok(None),
        "Ⅰ" | "I" => WaterClass::I,
        "Ⅱ" | "II" => WaterClass::II,
        "Ⅲ" | "III" => WaterClass::III,
        "Ⅳ" | "IV" => WaterClass::IV,
        "Ⅴ" | "V" => WaterClass::V,
        "劣Ⅴ" | "劣V" => WaterClass::BelowV,
        _ => return Err(UnknownClass(text.to_owned())),
    }))
}
