//! Reports about one problem: linked, so that each keeps its own reporter and time of arrival.

use jiff::Timestamp;
use rusqlite::{Connection, Row, params};

use crate::{Store, StoreError, View, time::timestamp, words::words};

words! {
    /// What one report is to the other.
    pub enum LinkKind {
        /// Its reporter saw the other and adds to it.
        Support = "support",
        /// An officer found it to be about the same.
        Duplicate = "duplicate",
        /// It has to do with the other.
        Related = "related",
    }
}

/// A link to be made or taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkChange {
    /// Links to the report with the id; once more changes nothing.
    Add {
        /// Id of the other report.
        other: String,
        /// What this one is to it.
        kind: LinkKind,
        /// Number of the officer; `None`: the reporter said so.
        staff: Option<i64>,
    },
    /// Takes the link between both back, whichever way it points.
    Remove {
        /// Id of the other report.
        other: String,
    },
}

/// A link in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportLink {
    /// Id of the report that was linked.
    pub report: String,
    /// Id of the report it was linked to.
    pub other: String,
    /// What the first is to the second.
    pub kind: LinkKind,
    /// When it was made.
    pub at: Timestamp,
    /// Number of the officer who made it; `None`: the reporter.
    pub staff: Option<i64>,
}

impl ReportLink {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            report: row.get("report")?,
            other: row.get("other")?,
            kind: row.get("kind")?,
            at: timestamp(row.get("at_us")?),
            staff: row.get("staff")?,
        })
    }
}

pub(super) fn change(
    db: &Connection,
    report: &str,
    changes: &[LinkChange],
    at: Timestamp,
) -> Result<(), StoreError> {
    for change in changes {
        match change {
            LinkChange::Add { other, kind, staff } => db
                .prepare_cached(
                    "insert into report_link (report, other, kind, at_us, staff)
                     values (?1, ?2, ?3, ?4, ?5)
                     on conflict (report, other) where removed_us is null do nothing",
                )?
                .execute(params![report, other, kind, at.as_microsecond(), staff])?,
            LinkChange::Remove { other } => db
                .prepare_cached(
                    "update report_link set removed_us = ?3 where removed_us is null
                     and (report = ?1 and other = ?2 or report = ?2 and other = ?1)",
                )?
                .execute(params![report, other, at.as_microsecond()])?,
        };
    }
    Ok(())
}

impl View<'_> {
    /// Links in force from and to the report, oldest first.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn report_links(&self, report: &str) -> Result<Vec<ReportLink>, StoreError> {
        let mut statement = self.db.prepare_cached(
            "select * from report_link
             where (report = ?1 or other = ?1) and removed_us is null order by id",
        )?;
        Ok(statement.query_map([report], ReportLink::from_row)?.collect::<Result<_, _>>()?)
    }
}

impl Store {
    /// Links in force from and to the report, oldest first.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn report_links(&self, report: &str) -> Result<Vec<ReportLink>, StoreError> {
        let report = report.to_owned();
        self.read(move |view| view.report_links(&report)).await
    }
}
