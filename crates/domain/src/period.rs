//! When a value was measured: a start and a length, never a bare hour.

use jiff::{Timestamp, civil::Date, tz};
use serde::{Deserialize, Serialize};

/// Beijing time is the fixed offset +08:00; there is no daylight saving to look up.
pub const BEIJING: tz::Offset = tz::Offset::constant(8);

/// The calendar day of `at` in Beijing time.
pub fn beijing_day(at: Timestamp) -> Date {
    BEIJING.to_datetime(at).date()
}

/// Midnight at the start of `day` in Beijing time; the ends of the calendar saturate.
pub fn day_start(day: Date) -> Timestamp {
    let end = if day.year() < 0 { Timestamp::MIN } else { Timestamp::MAX };
    BEIJING.to_timestamp(day.at(0, 0, 0, 0)).unwrap_or(end)
}

/// How a value was averaged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Averaging {
    /// One sampling, not averaged: HJ 212 command 2011, four-hourly river analysers.
    Instant,
    /// Mean of some minutes; HJ 212 command 2051.
    Minute,
    /// Mean of one hour.
    Hour,
    /// Mean of eight consecutive hourly means (ozone).
    EightHour,
    /// Mean of a natural day in Beijing time.
    Day,
    /// Mean of the daily means of a calendar month.
    Month,
    /// Mean of the daily means of a calendar year.
    Year,
}

impl Averaging {
    /// What an instrument or gateway may send; longer means are ours to compute.
    pub const SENT: [Self; 4] = [Self::Instant, Self::Minute, Self::Hour, Self::Day];

    /// The key in JSON, URLs and the database.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Instant => "instant",
            Self::Minute => "minute",
            Self::Hour => "hour",
            Self::EightHour => "eight_hour",
            Self::Day => "day",
            Self::Month => "month",
            Self::Year => "year",
        }
    }

    /// The averaging with that key.
    pub fn from_key(key: &str) -> Option<Self> {
        [
            Self::Instant,
            Self::Minute,
            Self::Hour,
            Self::EightHour,
            Self::Day,
            Self::Month,
            Self::Year,
        ]
        .into_iter()
        .find(|averaging| averaging.key() == key)
    }
}

/// A stretch of time, UTC: `start` included, `start + length_s` excluded.
///
/// HJ 212 labels an hour by its start, the national air feed by its end; each source converts
/// in its own module and nothing else ever sees a label. An instant has length 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Period {
    /// The first instant of the stretch.
    #[serde(deserialize_with = "crate::wire::instant")]
    pub start: Timestamp,
    /// Its length in seconds; 0 for an instant.
    pub length_s: u32,
}

impl Period {
    /// The hour that begins at `start`.
    pub const fn hour(start: Timestamp) -> Self {
        Self { start, length_s: 3_600 }
    }

    /// The moment of one sampling.
    pub const fn instant(at: Timestamp) -> Self {
        Self { start: at, length_s: 0 }
    }

    /// The natural day `day` in Beijing time.
    pub fn day(day: Date) -> Self {
        Self { start: day_start(day), length_s: 86_400 }
    }

    /// The first instant after the stretch; saturates at the end of the calendar.
    pub fn end(self) -> Timestamp {
        self.start
            .checked_add(jiff::SignedDuration::from_secs(i64::from(self.length_s)))
            .unwrap_or(Timestamp::MAX)
    }

    /// The Beijing day that the stretch begins in, which decides the edition of the standard.
    pub fn beijing_day(self) -> Date {
        beijing_day(self.start)
    }
}
