//! The national surface-water feed's settings.

use serde::Deserialize;

use super::Row;

/// The national surface-water feed, `[ingest.surface_water]`. Off until an operator agrees its
/// use with the bureau.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Whether to ask at all. Default: false.
    pub enabled: bool,
    /// The address, without query. Default: the publisher's own.
    pub url: String,
    /// Six-digit code of the province asked for. No default.
    pub area: String,
    /// The sections to take. Default: none.
    pub sections: Vec<Section>,
    /// The operator's e-mail address or page, sent with each request. No default.
    pub contact: String,
    /// Seconds between two requests, instead of once an hour, 12 minutes past; never less than
    /// 600 except for a server on this machine. Default: none.
    pub interval_s: Option<u32>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            enabled: false,
            url: "https://szzdjc.cnemc.cn:8070/GJZ/Ajax/Publish.ashx".to_owned(),
            area: String::new(),
            sections: Vec::new(),
            contact: String::new(),
            interval_s: None,
        }
    }
}

/// A section, `[[ingest.surface_water.sections]]`. The feed has no codes: province and name
/// together tell a section, and the same name occurs in two provinces.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Section {
    /// The province as the feed writes it. No default.
    pub province: String,
    /// The section's name as the feed writes it. No default.
    pub name: String,
    /// Our code of it. No default.
    pub code: String,
}

impl Config {
    /// Our code of a row's section; `None` if it is none of ours.
    pub(super) fn code_of(&self, row: &Row) -> Option<&str> {
        self.sections
            .iter()
            .find(|section| section.province == row.province && section.name == row.section)
            .map(|section| section.code.as_str())
    }
}
