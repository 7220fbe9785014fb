//! How the national hourly feed writes primary pollutants.

use crate::{Averaging, Item};

/// A primary pollutant's name that the feed is not known to use.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not a primary pollutant's name the national feed is known to use")]
pub struct UnknownPollutant(pub String);

/// True for the feed's ways of saying that there is no value.
pub fn is_missing(text: &str) -> bool {
    matches!(text.trim(), "" | "-" | "—" | "&mdash;" | "_" | "NA")
}

/// The feed's name of a primary pollutant; `averaging` tells the two ozone values apart.
/// `None` for items the index does not know.
pub const fn name(item: Item, averaging: Averaging) -> Option<&'static str> {
    Some(match (item, averaging) {
        (Item::Pm10, _) => "颗粒物(PM10)",
        (Item::Pm25, _) => "细颗粒物(PM2.5)",
        (Item::O3, Averaging::EightHour) => "臭氧8小时",
        (Item::O3, _) => "臭氧1小时",
        (Item::No2, _) => "二氧化氮",
        (Item::So2, _) => "二氧化硫",
        (Item::Co, _) => "一氧化碳",
        _ => return None,
    })
}

/// The primary pollutants of a feed's text; ties are joined by a comma, none is a dash or
/// nothing.
///
/// # Errors
///
/// [`UnknownPollutant`] naming the first part that is not known.
pub fn primary_pollutants(text: &str) -> Result<Vec<Item>, UnknownPollutant> {
    if is_missing(text) {
        return Ok(Vec::new());
    }
    text.split([',', '，', '、'])
        .map(str::trim)
        .map(|part| match part {
            "臭氧" | "臭氧1小时" | "臭氧8小时" => Ok(Item::O3),
            "可吸入颗粒物" | "颗粒物(PM10)" => Ok(Item::Pm10),
            "细颗粒物" | "细颗粒物(PM2.5)" => Ok(Item::Pm25),
            "二氧化氮" => Ok(Item::No2),
            "二氧化硫" => Ok(Item::So2),
            "一氧化碳" => Ok(Item::Co),
            _ => Err(UnknownPollutant(part.to_owned())),
        })
        .collect()
}
