//! Whether work keeps up with its plan, in whole thousandths and days.

use jiff::{ToSpan, civil::Date};

use super::{Milestone, Pace, Permille};

/// All of the work.
pub const WHOLE: Permille = 1_000;

/// Days after which work without an end is behind when nobody has said how it stands.
const REVIEWED_WITHIN_DAYS: i64 = 366;

/// What the pace is judged by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Schedule<'a> {
    /// The day the unit was put in charge.
    pub begun: Option<Date>,
    /// The last day; `None` for work without an end.
    pub due: Option<Date>,
    /// Ascending; empty: evenly up to the last day.
    pub plan: &'a [Milestone],
    /// The share that was last reported.
    pub permille: Permille,
    /// When it was.
    pub reported: Option<Date>,
    /// What an officer said of it then, against the plan.
    pub set: Option<Pace>,
}

impl Schedule<'_> {
    /// The pace at the end of `day`.
    ///
    /// Past the last day the work is behind, whatever was said. Otherwise what an officer set holds until the
    /// next report; without that, the share reported is compared with the share planned.
    pub fn pace(&self, day: Date) -> Pace {
        if self.due.is_some_and(|due| due < day) {
            return Pace::Behind;
        }
        if let Some(set) = self.set {
            return set;
        }
        let last = self.reported.or(self.begun);
        let unheard = last.is_some_and(|last| {
            self.due.is_none() && last.saturating_add(REVIEWED_WITHIN_DAYS.days()) < day
        });
        if unheard || self.permille < self.planned(day) { Pace::Behind } else { Pace::OnTrack }
    }

    /// The share planned for the end of `day`.
    pub fn planned(&self, day: Date) -> Permille {
        if self.plan.is_empty() {
            return self.even(day);
        }
        let reached = self.plan.iter().take_while(|milestone| milestone.day <= day);
        reached.last().map_or(0, |milestone| milestone.permille)
    }

    /// Evenly from the first to the last day, rounded down; nothing is planned for work without an end.
    fn even(&self, day: Date) -> Permille {
        let (Some(begun), Some(due)) = (self.begun, self.due) else { return 0 };
        let (gone, whole) = (days(begun, day).max(0), days(begun, due));
        if gone >= whole {
            return WHOLE;
        }
        Permille::try_from(gone * i64::from(WHOLE) / whole).unwrap_or(WHOLE)
    }
}

/// Calendar days from one day to a later one.
pub(super) fn days(from: Date, to: Date) -> i64 {
    from.duration_until(to).as_hours() / 24
}
