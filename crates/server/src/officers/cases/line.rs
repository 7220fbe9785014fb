//! A case as a line.

use contract::officer::CaseLine;
use domain::period::beijing_day;
use jiff::Timestamp;
use store::{InboxRow, Queue, ReportRow, Sender};

use crate::{
    cases::{last_day, publication, shown_id},
    officers::names::Names,
};

/// Characters of the text that a line shows.
const EXCERPT: usize = 60;

/// What a line shows beside the report itself.
#[derive(Debug, Clone, Default)]
pub struct Beside {
    /// Display name of the officer it is given to.
    pub assignee: Option<String>,
    /// Photos.
    pub photos: u32,
    /// Links in force.
    pub linked: u32,
    /// The holder of the code wrote last.
    pub unanswered: bool,
}

/// The line of an inbox row.
pub fn of(names: &Names, row: &InboxRow, now: Timestamp) -> CaseLine {
    let beside = Beside {
        assignee: row.assignee_name.clone(),
        photos: row.photos,
        linked: row.links,
        unanswered: row.last_sender == Some(Sender::Reporter)
            && row.report.standing.state.is_open(),
    };
    with(names, &row.report, beside, now)
}

/// The line of `report`.
pub fn with(names: &Names, report: &ReportRow, beside: Beside, now: Timestamp) -> CaseLine {
    let standing = &report.standing;
    let due = standing.due.map(last_day);
    let queue = match standing.queue {
        Queue::Delayed => Queue::Delayed.key(),
        Queue::Normal => standing.priority.key(),
    };
    CaseLine {
        public_id: shown_id(&report.public_id),
        version: u64::from(report.version),
        category: report.category.clone(),
        category_name: names.category(&report.category),
        excerpt: excerpt(report.told.text.as_deref().unwrap_or_default()),
        state: standing.state,
        finding: standing.finding,
        received: report.received,
        due,
        working_days_left: due
            .map(|due| names.calendar.working_days_between(beijing_day(now), due)),
        department: standing.department.clone(),
        assignee: beside.assignee,
        street: report.told.street.clone(),
        queue: queue.to_owned(),
        publication: publication(standing.publication),
        photos: beside.photos,
        linked: beside.linked,
        unanswered: beside.unanswered,
        simulated: report.simulated,
    }
}

fn excerpt(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= EXCERPT {
        return line;
    }
    line.chars().take(EXCERPT).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excerpt_is_one_line_and_short() {
        assert_eq!(excerpt("桃花溪边\n\n有气味"), "桃花溪边 有气味");
        assert_eq!(excerpt(&"气".repeat(61)).chars().count(), 61);
        assert!(excerpt(&"气".repeat(61)).ends_with('…'));
    }
}
