//! The scorecard's statements and the pages of programmes: only ever added to, the newest counts.

use domain::scorecard::Entry;
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

use crate::{NewAudit, Store, StoreError, View, audit, time::timestamp};

/// One state of a programme's page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    /// Rises with every revision of any page.
    pub id: i64,
    /// The page's name in its address.
    pub slug: String,
    /// When.
    pub at: Timestamp,
    /// The officer's name, for colleagues; `None`: the district's profile.
    pub staff_name: Option<String>,
    /// Titles and texts, as JSON.
    pub body: String,
}

/// A state of a page that is to be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRevision {
    /// The page's name in its address.
    pub slug: String,
    /// When.
    pub at: Timestamp,
    /// Number of the officer; `None`: the district's profile.
    pub staff: Option<i64>,
    /// Titles and texts, as JSON.
    pub body: String,
}

fn newest_id(db: &Connection, sql: &str, name: &str) -> Result<i64, StoreError> {
    let found = db.prepare_cached(sql)?.query_row([name], |row| row.get(0)).optional()?;
    Ok(found.flatten().unwrap_or_default())
}

fn append(db: &Connection, entries: &[Entry], staff: Option<i64>) -> Result<(), StoreError> {
    let mut statement = db.prepare_cached(
        "insert into scorecard_entry (key, at_us, staff, body) values (?1, ?2, ?3, ?4)",
    )?;
    for entry in entries {
        let body = serde_json::to_string(entry)
            .map_err(|error| StoreError::Damaged(format!("a statement: {error}")))?;
        statement.execute(params![entry.key, entry.at.as_microsecond(), staff, body])?;
    }
    Ok(())
}

const REVISION: &str = "select id, slug, at_us, body,
    (select display_name from staff where id = programme_revision.staff) as staff_name
    from programme_revision";

fn revision(row: &rusqlite::Row<'_>) -> rusqlite::Result<Revision> {
    Ok(Revision {
        id: row.get("id")?,
        slug: row.get("slug")?,
        at: timestamp(row.get("at_us")?),
        staff_name: row.get("staff_name")?,
        body: row.get("body")?,
    })
}

impl View<'_> {
    /// Every statement of the scorecard, the oldest first.
    ///
    /// # Errors
    ///
    /// [`StoreError::Damaged`] for a row that is no statement.
    pub fn scores(&self) -> Result<Vec<Entry>, StoreError> {
        let mut statement =
            self.db.prepare_cached("select body from scorecard_entry order by id")?;
        let mut rows = statement.query([])?;
        let mut entries = Vec::new();
        while let Some(row) = rows.next()? {
            let body: String = row.get(0)?;
            let entry = serde_json::from_str(&body)
                .map_err(|error| StoreError::Damaged(format!("the scorecard: {error}")))?;
            entries.push(entry);
        }
        Ok(entries)
    }

    /// Every statement with the name of the officer who entered it, the oldest first; `None`: the district's profile.
    ///
    /// # Errors
    ///
    /// [`StoreError::Damaged`] for a row that is no statement.
    pub fn scores_by(&self) -> Result<Vec<(Entry, Option<String>)>, StoreError> {
        let mut statement = self.db.prepare_cached(
            "select (select display_name from staff where id = scorecard_entry.staff)
             from scorecard_entry order by id",
        )?;
        let names: Vec<_> = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        Ok(self.scores()?.into_iter().zip(names).collect())
    }

    /// The newest revision of every page.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn programmes(&self) -> Result<Vec<Revision>, StoreError> {
        let sql = format!(
            "{REVISION} where id in (select max(id) from programme_revision group by slug)
             order by (select min(id) from programme_revision first where first.slug = programme_revision.slug)"
        );
        let mut statement = self.db.prepare_cached(&sql)?;
        Ok(statement.query_map([], revision)?.collect::<Result<_, _>>()?)
    }

    /// Every revision of one page, the newest first.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn revisions(&self, slug: &str) -> Result<Vec<Revision>, StoreError> {
        let sql = format!("{REVISION} where slug = ?1 order by id desc");
        let mut statement = self.db.prepare_cached(&sql)?;
        Ok(statement.query_map([slug], revision)?.collect::<Result<_, _>>()?)
    }
}

impl Store {
    /// Adds statements to the scorecard, by an officer or from the profile.
    ///
    /// # Errors
    ///
    /// When the database cannot be written; then nothing was.
    pub async fn add_scores(
        &self,
        entries: Vec<Entry>,
        staff: Option<i64>,
        audit: Vec<NewAudit>,
    ) -> Result<(), StoreError> {
        self.write(entries.len(), move |side| {
            append(&side.db, &entries, staff)?;
            audit::append(&side.db, &audit)
        })
        .await
    }

    /// Adds a statement after the `seen` ones of its key, by an officer.
    ///
    /// # Errors
    ///
    /// [`StoreError::Stale`] if somebody stated something of the key meanwhile.
    pub async fn state_score(
        &self,
        entry: Entry,
        seen: u32,
        staff: i64,
        audit: Vec<NewAudit>,
    ) -> Result<(), StoreError> {
        self.write(1, move |side| {
            let view = View { db: &side.db, catalogue: &side.known.catalogue };
            let stated = view.scores_by()?.into_iter().filter(|(known, _)| known.key == entry.key);
            let stated: Vec<_> = stated.collect();
            if stated.len() != usize::try_from(seen).unwrap_or(usize::MAX) {
                let (last, by) = stated.into_iter().next_back().unzip();
                return Err(StoreError::Stale {
                    by: by.flatten().unwrap_or_default(),
                    at: last.map_or(entry.at, |entry| entry.at),
                    what: "state".to_owned(),
                });
            }
            append(&side.db, &[entry], Some(staff))?;
            audit::append(&side.db, &audit)
        })
        .await
    }

    /// Every statement of the scorecard, the oldest first.
    ///
    /// # Errors
    ///
    /// [`StoreError::Damaged`] for a row that is no statement.
    pub async fn scores(&self) -> Result<Vec<Entry>, StoreError> {
        self.read(|view| view.scores()).await
    }

    /// Adds a revision of a page after the one with the id `seen`, which is 0 for a page that is new.
    ///
    /// # Errors
    ///
    /// [`StoreError::Stale`] if somebody revised the page meanwhile.
    pub async fn revise_programme(
        &self,
        new: NewRevision,
        seen: i64,
        audit: Vec<NewAudit>,
    ) -> Result<i64, StoreError> {
        self.write(1, move |side| {
            let newest = "select max(id) from programme_revision where slug = ?1";
            if newest_id(&side.db, newest, &new.slug)? != seen {
                let view = View { db: &side.db, catalogue: &side.known.catalogue };
                let last = view.revisions(&new.slug)?.into_iter().next();
                return Err(StoreError::Stale {
                    by: last.as_ref().and_then(|r| r.staff_name.clone()).unwrap_or_default(),
                    at: last.map_or(new.at, |revision| revision.at),
                    what: "revise".to_owned(),
                });
            }
            side.db
                .prepare_cached(
                    "insert into programme_revision (slug, at_us, staff, body)
                     values (?1, ?2, ?3, ?4)",
                )?
                .execute(params![new.slug, new.at.as_microsecond(), new.staff, new.body])?;
            let id = side.db.last_insert_rowid();
            audit::append(&side.db, &audit)?;
            Ok(id)
        })
        .await
    }

    /// The newest revision of every page, in the order the pages were made.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn programmes(&self) -> Result<Vec<Revision>, StoreError> {
        self.read(|view| view.programmes()).await
    }

    /// Every revision of one page, the newest first.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn revisions(&self, slug: &str) -> Result<Vec<Revision>, StoreError> {
        let slug = slug.to_owned();
        self.read(move |view| view.revisions(&slug)).await
    }
}
