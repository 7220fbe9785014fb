//! By when a report must be answered.

use jiff::{Timestamp, ToSpan, civil::Date};
use serde::{Deserialize, Serialize};

use crate::{Lang, calendar::WorkCalendar, period::beijing_day};

/// Calendar days in which the reporter may say that it is not fixed; the day of closing does not count.
pub const NOT_FIXED_DAYS: i64 = 14;

/// The last day, Beijing, on which a closing may be contested.
pub fn not_fixed_until(closed_at: Timestamp) -> Date {
    beijing_day(closed_at).saturating_add(NOT_FIXED_DAYS.days())
}

/// The time limits of the district. They are its own service commitment where no rule sets them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Deadlines {
    /// Working days in which the reporter is told whether the report is accepted.
    pub accept_working_days: u32,
    /// Calendar days from acceptance to closing; 60 elsewhere (令第15号 as repeated by 福建, 2015).
    pub close_days: u16,
    /// Calendar days of the one extension, whose reason is told; at most 30 in the same source.
    pub extension_days: u16,
    /// Months from the notice of a reward to its forfeit; 6 in 镇江.
    pub claim_months: u8,
}

impl Default for Deadlines {
    fn default() -> Self {
        Self { accept_working_days: 3, close_days: 60, extension_days: 30, claim_months: 6 }
    }
}

/// A last day, and whether the calendar is sure of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    /// The last day, Beijing; it counts whole.
    pub day: Date,
    /// False when the holidays of that year are not announced yet: the day may move.
    pub announced: bool,
}

impl Deadlines {
    /// By when the reporter is told whether the report is accepted.
    pub fn accept_by(self, received_at: Timestamp, calendar: &WorkCalendar) -> Due {
        let received = beijing_day(received_at);
        let day = calendar.add_working_days(received, self.accept_working_days);
        Due { day, announced: calendar.is_announced(received) && calendar.is_announced(day) }
    }

    /// By when an accepted report is closed.
    pub fn close_by(self, accepted_at: Timestamp, extended: bool) -> Date {
        let extension = if extended { self.extension_days } else { 0 };
        let days = i64::from(self.close_days) + i64::from(extension);
        beijing_day(accepted_at).saturating_add(days.days())
    }

    /// By when a reward is claimed; the last day of a shorter month stands for a missing one.
    pub fn claim_until(self, noticed_at: Timestamp) -> Date {
        beijing_day(noticed_at).saturating_add(i64::from(self.claim_months).months())
    }
}

/// How a deadline stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "standing", rename_all = "snake_case")]
pub enum Standing {
    /// That many calendar days are left, at least one.
    InTime {
        /// Until the last day.
        days: u32,
    },
    /// This is the last day.
    Today,
    /// The last day has passed.
    Overdue {
        /// Since the last day.
        days: u32,
    },
}

impl Standing {
    /// How `due` stands on `today`, both Beijing days.
    pub fn of(due: Date, today: Date) -> Self {
        let days = today.duration_until(due).as_hours() / 24;
        let size = u32::try_from(days.unsigned_abs()).unwrap_or(u32::MAX);
        match days {
            0 => Self::Today,
            1.. => Self::InTime { days: size },
            _ => Self::Overdue { days: size },
        }
    }

    /// In words.
    pub fn sentence(self, lang: Lang) -> String {
        match (self, lang) {
            (Self::InTime { days }, Lang::Zh) => format!("还剩 {days} 天"),
            (Self::InTime { days: 1 }, Lang::En) => "1 day left".to_owned(),
            (Self::InTime { days }, Lang::En) => format!("{days} days left"),
            (Self::Today, Lang::Zh) => "今天到期".to_owned(),
            (Self::Today, Lang::En) => "due today".to_owned(),
            (Self::Overdue { days }, Lang::Zh) => format!("已超期 {days} 天"),
            (Self::Overdue { days: 1 }, Lang::En) => "1 day overdue".to_owned(),
            (Self::Overdue { days }, Lang::En) => format!("{days} days overdue"),
        }
    }
}
