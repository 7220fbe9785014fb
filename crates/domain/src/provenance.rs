//! Where a number came from.

use serde::{Deserialize, Serialize};

use crate::Lang;

/// Where a number came from. Set by the feed it entered through, never by a payload, so that
/// simulated data cannot call itself measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Provenance {
    /// Sent by an instrument.
    Measured,
    /// Made by the demonstration's generator; labelled 演示数据 wherever it is shown.
    Simulated,
    /// Read from another publisher's record.
    Imported,
}

impl Provenance {
    /// The key in JSON.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Measured => "measured",
            Self::Simulated => "simulated",
            Self::Imported => "imported",
        }
    }

    /// The small integer in the database.
    pub const fn code(self) -> u8 {
        match self {
            Self::Measured => 0,
            Self::Simulated => 1,
            Self::Imported => 2,
        }
    }

    /// The provenance with that database code.
    pub const fn from_code(code: u8) -> Option<Self> {
        match code {
            0 => Some(Self::Measured),
            1 => Some(Self::Simulated),
            2 => Some(Self::Imported),
            _ => None,
        }
    }

    /// The word shown beside the number.
    pub const fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Measured => lang.pick("实测", "measured"),
            Self::Simulated => lang.pick("演示数据", "demonstration data"),
            Self::Imported => lang.pick("转载", "republished"),
        }
    }
}
