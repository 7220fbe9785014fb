//! When a number counts as fresh, late or silent; the same words on page, badge, embed and API.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::Lang;

/// How recent the newest value of a series or station is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Freshness {
    /// Within twice the expected interval.
    Fresh,
    /// Older than twice the expected interval: shown with its age, never as current.
    Stale,
    /// Older than twelve expected intervals or one day, whichever is longer.
    Silent,
    /// Nothing has ever arrived.
    Never,
}

impl Freshness {
    /// Judges a value whose period ended at `ended`, `None` if there is none, as of `now`;
    /// `expected_interval_s` is the seconds between two values when all is well.
    pub fn of(ended: Option<Timestamp>, expected_interval_s: u32, now: Timestamp) -> Self {
        let Some(ended) = ended else { return Self::Never };
        let age_s = now.as_second().saturating_sub(ended.as_second());
        let interval = i64::from(expected_interval_s);
        if age_s <= 2 * interval {
            Self::Fresh
        } else if age_s <= (12 * interval).max(86_400) {
            Self::Stale
        } else {
            Self::Silent
        }
    }

    /// The word shown beside the age.
    pub const fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Fresh => lang.pick("最新", "up to date"),
            Self::Stale => lang.pick("数据过期", "out of date"),
            Self::Silent => lang.pick("长时间无数据", "silent"),
            Self::Never => lang.pick("无数据", "no data"),
        }
    }
}
