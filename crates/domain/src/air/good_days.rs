//! 优良天数: days with an AQI of at most 100.

use serde::{Deserialize, Serialize};

use super::AqiEdition;

/// Days counted under one edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct DayCount {
    /// AQI at most 100: 优 or 良.
    pub good: u32,
    /// AQI above 100.
    pub polluted: u32,
    /// No AQI (`NA`): neither good nor bad, shown apart.
    pub not_available: u32,
}

impl DayCount {
    /// Days that have an AQI, the base of a share.
    pub const fn judged(self) -> u32 {
        self.good + self.polluted
    }
}

/// Days by the edition that judged them. The two counts are never added up: PM₂.₅ of 61–75 and
/// PM₁₀ of 121–150 µg/m³ were good under 2012 and are not under 2026.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct GoodDays {
    /// Under HJ 633-2012.
    pub hj633_2012: DayCount,
    /// Under HJ 633-2026.
    pub hj633_2026: DayCount,
}

/// Counts days by the edition that judged them; an AQI of `None` is a day without one.
pub fn good_days(days: impl IntoIterator<Item = (AqiEdition, Option<u16>)>) -> GoodDays {
    let mut counts = GoodDays::default();
    for (edition, aqi) in days {
        let count = match edition {
            AqiEdition::Hj633_2012 => &mut counts.hj633_2012,
            AqiEdition::Hj633_2026 => &mut counts.hj633_2026,
        };
        match aqi {
            Some(0..=100) => count.good += 1,
            Some(_) => count.polluted += 1,
            None => count.not_available += 1,
        }
    }
    counts
}
