//! What is counted of a group of issues at the end of a day.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Medium, Ratio, Source, State};
use crate::Quantity;

/// Counts of a group of issues. Each rate names its two counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Tally {
    /// Issues in the list.
    pub all: u32,
    /// Struck off.
    pub closed: u32,
    /// Done, accepted, shown or closed.
    pub finished: u32,
    /// Whose last day has come.
    pub due: u32,
    /// Of these, finished.
    pub due_finished: u32,
    /// With a unit and a deadline, and the work not declared done.
    pub running: u32,
    /// Of these, reported to be on schedule.
    pub on_track: u32,
    /// Of these, behind schedule.
    pub behind: u32,
    /// Running past the last day.
    pub overdue: u32,
    /// Running, the last day near.
    pub soon: u32,
    /// Closed at least once.
    pub closed_ever: u32,
    /// Of these, opened again at least once. Counted apart, never hidden in a rate.
    pub reopened: u32,
    /// Sent back by an objection at least once.
    pub returned: u32,
    /// Finished before this ledger began.
    pub carried: u32,
    /// The median of calendar days from finding to the last closing, of those closed; halves occur.
    pub days_to_close: Option<Quantity>,
}

impl Tally {
    /// 销号率: closed of all in the list.
    pub const fn closure(&self) -> Ratio {
        Ratio { part: self.closed, whole: self.all }
    }

    /// 整改完成率: finished of those whose last day has come.
    pub const fn completion(&self) -> Ratio {
        Ratio { part: self.due_finished, whole: self.due }
    }

    /// 达到序时进度: on schedule of those running. Work that nobody has reported on is in the whole alone.
    pub const fn on_schedule(&self) -> Ratio {
        Ratio { part: self.on_track, whole: self.running }
    }

    /// Opened again of those that were ever closed.
    pub const fn reopening(&self) -> Ratio {
        Ratio { part: self.reopened, whole: self.closed_ever }
    }
}

/// A group by its key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group<K> {
    /// Which.
    pub key: K,
    /// Its counts.
    pub tally: Tally,
}

/// All figures of the ledger at the end of one day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statistics {
    /// The day, Beijing; it counts whole.
    #[serde(deserialize_with = "crate::wire::day")]
    pub as_of: Date,
    /// The whole list.
    pub total: Tally,
    /// By where they come from; groups without an issue are absent.
    pub by_source: Vec<Group<Source>>,
    /// By what they concern.
    pub by_medium: Vec<Group<Medium>>,
    /// By the responsible unit's key; those without a unit are absent.
    pub by_unit: Vec<Group<String>>,
    /// Issues by state, in the order of the closed loop.
    pub by_state: Vec<StateCount>,
}

/// Issues in one state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct StateCount {
    /// Which.
    pub state: State,
    /// How many.
    pub count: u32,
}

/// The whole list at the end of one of several days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Point {
    /// The day.
    #[serde(deserialize_with = "crate::wire::day")]
    pub day: Date,
    /// Its counts.
    pub tally: Tally,
}

/// The middle of the values, or the mean of the two in the middle; `None` of none.
pub(super) fn median(days: &mut [i64]) -> Option<Quantity> {
    days.sort_unstable();
    let middle = days.len() / 2;
    let upper = *days.get(middle)?;
    let lower = if days.len().is_multiple_of(2) { days[middle - 1] } else { upper };
    Some(Quantity::from_millionths((lower + upper) * 500_000))
}
