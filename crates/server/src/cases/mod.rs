//! A report as its rules see it: the same facts, award and days for officers and for the holder of its claim code.

pub mod facts;
pub mod file;
pub mod reward;

use contract::report::Publication;
use domain::{
    period::{beijing_day, day_start},
    report::{EventKind, PublicId},
};
use jiff::{SignedDuration, Timestamp, civil::Date};
use store::ReportChange;

pub use self::file::File;

/// The last day of a deadline, of which the store keeps the first instant after it.
pub fn last_day(due: Timestamp) -> Date {
    beijing_day(due.checked_sub(SignedDuration::from_micros(1)).unwrap_or(due))
}

/// The number as people read it: `R7K3M-9QXD`.
pub fn shown_id(stored: &str) -> String {
    PublicId::parse(stored).map_or_else(|_damaged| stored.to_owned(), |id| id.to_string())
}

/// Whether it is public, as the contract names it.
pub const fn publication(of: store::Publication) -> Publication {
    match of {
        store::Publication::Waiting => Publication::Waiting,
        store::Publication::Published => Publication::Published,
        store::Publication::Hidden => Publication::Hidden,
        store::Publication::HiddenByHolder => Publication::HiddenByHolder,
        store::Publication::Never => Publication::Never,
    }
}

/// Notes on the public copy that the report has changed, if `kind` is among what is told: by the day, for every reader.
pub fn touch(change: &mut ReportChange, kind: EventKind) {
    if let Some(public) = &mut change.standing.public
        && kind.is_told()
    {
        public.changed = day_start(beijing_day(change.at));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_day_counts_whole() {
        let due = day_start("2026-11-26".parse().unwrap());
        assert_eq!(last_day(due).to_string(), "2026-11-25");
    }
}
