//! The national air feed's settings.

use serde::Deserialize;

use super::OzoneFields;

/// The national air feed, `[ingest.cnemc_air]`. Off until an operator agrees its use with the
/// bureau.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Whether to ask at all. Default: false.
    pub enabled: bool,
    /// The address, without query. Default: the publisher's own.
    pub url: String,
    /// The city as the feed names it. No default.
    pub city: String,
    /// Stations to take, by national code; empty takes all of the city's. Default: empty.
    pub stations: Vec<String>,
    /// Which ozone field holds the hour: `swapped`, `plain` or `auto`. Default: `auto`.
    pub ozone: OzoneFields,
    /// The operator's e-mail address or page, sent with each request. No default.
    pub contact: String,
    /// Seconds between two requests, instead of 12 minutes past the hour and every 15 minutes;
    /// never less than 600 except for a server on this machine. Default: none.
    pub interval_s: Option<u32>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            enabled: false,
            url: "https://air.cnemc.cn:18007/CityData/GetAQIDataPublishLive".to_owned(),
            city: String::new(),
            stations: Vec::new(),
            ozone: OzoneFields::Auto,
            contact: String::new(),
            interval_s: None,
        }
    }
}
