//! A case as a line.

use contract::{officer::CaseLine, report::Publication};
use domain::{period::beijing_day, report::PublicId};
use jiff::{SignedDuration, Timestamp, civil::Date};
use store::{InboxRow, Queue, ReportRow, Sender};

use crate::officers::names::Names;

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

/// The last day of a deadline, which is kept as the first instant after it.
pub fn last_day(due: Timestamp) -> Date {
    beijing_day(due.checked_sub(SignedDuration::from_micros(1)).unwrap_or(due))
}

/// The number as people read it.
pub fn shown_id(stored: &str) -> String {
    PublicId::parse(stored).map_or_else(|_damaged| stored.to_owned(), |id| id.to_string())
}

/// Whether it is public, as the contract names it.
pub fn publication(of: store::Publication) -> Publication {
    match of {
        store::Publication::Waiting => Publication::Waiting,
        store::Publication::Published => Publication::Published,
        store::Publication::Hidden => Publication::Hidden,
        store::Publication::HiddenByHolder => Publication::HiddenByHolder,
        store::Publication::Never => Publication::Never,
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

    #[test]
    fn the_last_day_counts_whole() {
        let due = domain::period::day_start("2026-11-26".parse().unwrap());
        assert_eq!(last_day(due).to_string(), "2026-11-25");
    }
}
