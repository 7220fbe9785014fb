//! The rulers an air reading can be held against.

use jiff::civil::{Date, date};
use serde::{Deserialize, Serialize};

/// An edition of HJ 633 《环境空气质量指数（AQI）技术规定》.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum AqiEdition {
    /// HJ 633-2012, in force 2016-01-01 to 2026-02-28.
    #[serde(rename = "hj633-2012")]
    Hj633_2012,
    /// HJ 633-2026, in force from 2026-03-01.
    #[serde(rename = "hj633-2026")]
    Hj633_2026,
}

impl AqiEdition {
    /// The edition in force on the day of the observation (Beijing time), not today's; before 2016
    /// that of 2012, see [`AqiEdition::in_force_on`].
    pub fn on(day: Date) -> Self {
        if day < date(2026, 3, 1) { Self::Hj633_2012 } else { Self::Hj633_2026 }
    }

    /// As [`AqiEdition::on`]; `None` before 2016-01-01, when HJ 633 was not in force yet. An index of
    /// such a day, by the edition of 2012, is ours and none that was published.
    pub fn in_force_on(day: Date) -> Option<Self> {
        (day >= date(2016, 1, 1)).then(|| Self::on(day))
    }

    /// The key in JSON, URLs and the database, as of [`IndexStandard::key`].
    pub const fn key(self) -> &'static str {
        match self {
            Self::Hj633_2012 => "hj633-2012",
            Self::Hj633_2026 => "hj633-2026",
        }
    }

    /// The edition with that key.
    pub fn from_key(key: &str) -> Option<Self> {
        [Self::Hj633_2012, Self::Hj633_2026].into_iter().find(|edition| edition.key() == key)
    }
}

/// A ruler a reader can choose; only the editions of HJ 633 are law here, and only by date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum IndexStandard {
    /// HJ 633-2012.
    #[serde(rename = "hj633-2012")]
    Hj633_2012,
    /// HJ 633-2026.
    #[serde(rename = "hj633-2026")]
    Hj633_2026,
    /// US EPA AQI, EPA-454/B-24-002, May 2024.
    #[serde(rename = "epa-2024")]
    Epa2024,
    /// European Air Quality Index, 2024 revision.
    #[serde(rename = "eaqi-2024")]
    Eaqi2024,
    /// WHO global air quality guidelines 2021: no index, a distance to the guideline.
    #[serde(rename = "who-2021")]
    Who2021,
}

impl IndexStandard {
    /// Every ruler, the law in force first.
    pub const ALL: [Self; 5] =
        [Self::Hj633_2026, Self::Hj633_2012, Self::Epa2024, Self::Eaqi2024, Self::Who2021];

    /// The key in JSON, URLs and on the command line.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Hj633_2012 => "hj633-2012",
            Self::Hj633_2026 => "hj633-2026",
            Self::Epa2024 => "epa-2024",
            Self::Eaqi2024 => "eaqi-2024",
            Self::Who2021 => "who-2021",
        }
    }

    /// The ruler with that key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|standard| standard.key() == key)
    }

    /// The title printed beside a number; the same in both languages.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Hj633_2012 => "HJ 633-2012",
            Self::Hj633_2026 => "HJ 633-2026",
            Self::Epa2024 => "US EPA AQI 2024",
            Self::Eaqi2024 => "EAQI 2024",
            Self::Who2021 => "WHO AQG 2021",
        }
    }

    /// The edition of HJ 633 that this ruler is; `None` for those of other authorities.
    ///
    /// ```
    /// # use domain::air::{AqiEdition, IndexStandard};
    /// assert_eq!(IndexStandard::Hj633_2026.edition(), Some(AqiEdition::Hj633_2026));
    /// assert_eq!(IndexStandard::Epa2024.edition(), None);
    /// ```
    pub const fn edition(self) -> Option<AqiEdition> {
        match self {
            Self::Hj633_2012 => Some(AqiEdition::Hj633_2012),
            Self::Hj633_2026 => Some(AqiEdition::Hj633_2026),
            Self::Epa2024 | Self::Eaqi2024 | Self::Who2021 => None,
        }
    }
}

impl From<AqiEdition> for IndexStandard {
    fn from(edition: AqiEdition) -> Self {
        match edition {
            AqiEdition::Hj633_2012 => Self::Hj633_2012,
            AqiEdition::Hj633_2026 => Self::Hj633_2026,
        }
    }
}
