//! Who did what: appended, never changed.

use jiff::Timestamp;
use rusqlite::{Connection, Row, params, params_from_iter};

use crate::{Page, Store, StoreError, filter::Filter, time::timestamp};

/// Something an officer or the server did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAudit {
    /// When.
    pub at: Timestamp,
    /// Number of the officer; `None`: the server, or nobody known.
    pub staff: Option<i64>,
    /// Key of what was done.
    pub action: String,
    /// To what: a report's public number, a colleague's name, …
    pub subject: String,
    /// The version of it that was seen.
    pub version: Option<u32>,
    /// The rest, as JSON; neither a secret nor an identity.
    pub body: String,
}

/// One line of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEntry {
    /// Rises in the order of commits.
    pub id: i64,
    /// What was done.
    pub entry: NewAudit,
    /// The officer's name to sign in with.
    pub staff_name: Option<String>,
}

/// Which lines; what is `None` does not narrow.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AuditFilter {
    /// The officer's name to sign in with.
    pub staff_name: Option<String>,
    /// Key of what was done.
    pub action: Option<String>,
    /// To what.
    pub subject: Option<String>,
    /// At or after.
    pub from: Option<Timestamp>,
    /// Before.
    pub to: Option<Timestamp>,
}

/// A page of the log, and how much there is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditPage {
    /// The page's lines, newest first.
    pub entries: Vec<AuditEntry>,
    /// Lines of all pages.
    pub total: u64,
}

pub(crate) fn append(db: &Connection, entries: &[NewAudit]) -> Result<(), StoreError> {
    let mut statement = db.prepare_cached(
        "insert into audit_log (at_us, staff, action, subject, version, body)
         values (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    for entry in entries {
        statement.execute(params![
            entry.at.as_microsecond(),
            entry.staff,
            entry.action,
            entry.subject,
            entry.version,
            entry.body
        ])?;
    }
    Ok(())
}

impl AuditEntry {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        let entry = NewAudit {
            at: timestamp(row.get("at_us")?),
            staff: row.get("staff")?,
            action: row.get("action")?,
            subject: row.get("subject")?,
            version: row.get("version")?,
            body: row.get("body")?,
        };
        Ok(Self { id: row.get("id")?, entry, staff_name: row.get("staff_name")? })
    }
}

impl Store {
    /// Writes a line that belongs to no other change.
    ///
    /// # Errors
    ///
    /// When the database cannot be written.
    pub async fn audit(&self, entry: NewAudit) -> Result<(), StoreError> {
        self.write(1, move |side| append(&side.db, &[entry])).await
    }

    /// A page of the lines that `filter` lets through, newest first.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn audit_entries(
        &self,
        asked: AuditFilter,
        page: Page,
    ) -> Result<AuditPage, StoreError> {
        let mut filter = Filter::default();
        filter.with_some("staff = (select id from staff where name = ?)", asked.staff_name);
        filter.with_some("action = ?", asked.action);
        filter.with_some("subject = ?", asked.subject);
        filter.with_some("at_us >= ?", asked.from.map(Timestamp::as_microsecond));
        filter.with_some("at_us < ?", asked.to.map(Timestamp::as_microsecond));
        self.read(move |view| {
            let sql = format!("select count(*) from audit_log {}", filter.sql());
            let total = view
                .db
                .prepare(&sql)?
                .query_row(params_from_iter(filter.values()), |row| row.get(0))?;
            let sql = format!(
                "select audit_log.*, (select name from staff where id = audit_log.staff) as staff_name
                 from audit_log {} order by id desc limit {} offset {}",
                filter.sql(),
                page.size,
                page.offset()
            );
            let mut statement = view.db.prepare(&sql)?;
            let rows =
                statement.query_map(params_from_iter(filter.values()), AuditEntry::from_row)?;
            Ok(AuditPage { entries: rows.collect::<Result<_, _>>()?, total })
        })
        .await
    }
}
