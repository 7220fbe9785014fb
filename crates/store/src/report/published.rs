//! What the public may read: only what was published, only the public copy.

use std::{collections::HashMap, ops::RangeInclusive};

use domain::report::{Event, EventKind, Finding, State};
use jiff::Timestamp;
use rusqlite::{OptionalExtension, Row, params_from_iter};

use super::{Page, event};
use crate::{
    Store, StoreError, View,
    filter::Filter,
    time::{day_start_us, timestamp},
    words::{some_word, word},
};

/// A square of the grid: all that is public of a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Cell {
    /// Its side in metres.
    pub level_m: u32,
    /// Its column.
    pub x: i64,
    /// Its row.
    pub y: i64,
}

impl Cell {
    pub(super) fn from_row(row: &Row<'_>) -> rusqlite::Result<Option<Self>> {
        let Some(level_m) = row.get("public_level_m")? else { return Ok(None) };
        Ok(Some(Self { level_m, x: row.get("public_x")?, y: row.get("public_y")? }))
    }
}

/// A rectangle of cells of one level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellRange {
    /// Their side in metres.
    pub level_m: u32,
    /// Columns.
    pub x: RangeInclusive<i64>,
    /// Rows.
    pub y: RangeInclusive<i64>,
}

/// Which published reports; what is empty or `None` does not narrow.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PublishedFilter {
    /// Public numbers, without the dash.
    pub public_ids: Vec<String>,
    /// In one of these states.
    pub states: Vec<State>,
    /// Keys of categories.
    pub categories: Vec<String>,
    /// Keys of groups of categories.
    pub groups: Vec<String>,
    /// Keys of streets, where naming them was allowed.
    pub streets: Vec<String>,
    /// In one of these.
    pub cells: Vec<CellRange>,
    /// Reported at or after, as published.
    pub from: Option<Timestamp>,
    /// Reported before, as published.
    pub to: Option<Timestamp>,
    /// Changed at or after, as published.
    pub changed_from: Option<Timestamp>,
    /// Changed before, as published.
    pub changed_to: Option<Timestamp>,
    /// In the public text.
    pub text: Option<String>,
    /// After the report of that moment and number, in the order of pages: reports that become
    /// public meanwhile neither move those that follow nor bring one twice.
    pub after: Option<(Timestamp, String)>,
}

/// A published report: every word of it is public.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedReport {
    /// The number people use, without the dash.
    pub public_id: String,
    /// Key of the category.
    pub category: String,
    /// Key of the category's group.
    pub category_group: String,
    /// The state.
    pub state: State,
    /// What was found; of closed ones.
    pub finding: Option<Finding>,
    /// Key of the department that handles it.
    pub department: Option<String>,
    /// The masked text; may be empty.
    pub text: String,
    /// What the authority has to say about it.
    pub note: Option<String>,
    /// Key of the street, where naming it is allowed.
    pub street: Option<String>,
    /// Where; `None`: in the district.
    pub cell: Option<Cell>,
    /// When it was reported, as coarse as the category demands.
    pub at: Timestamp,
    /// When it last changed for the public.
    pub changed: Timestamp,
    /// Number of the published report it was merged into.
    pub merged_into: Option<String>,
    /// Reports that were linked to it.
    pub followers: u32,
    /// Invented for a demonstration.
    pub simulated: bool,
    /// Its published photos, in order.
    pub photos: Vec<PublishedPhoto>,
}

/// One step of a published report's course.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedStep {
    /// The start of the day, Beijing time: nothing finer is public.
    pub at: Timestamp,
    /// What was done.
    pub kind: EventKind,
    /// What was found; of a closing.
    pub finding: Option<Finding>,
    /// Key of the department concerned.
    pub department: Option<String>,
}

/// A published photo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedPhoto {
    /// Its name in the object store and in public addresses.
    pub name: String,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
}

/// A page of published reports, and how many there are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedPage {
    /// The page's reports, the latest first.
    pub reports: Vec<PublishedReport>,
    /// Reports of all pages.
    pub total: u64,
}

impl PublishedFilter {
    fn clauses(&self) -> Filter {
        let mut filter = Filter::default();
        filter.one_of("public_id", &self.public_ids);
        filter.one_of("state", self.states.iter().map(|state| state.key()));
        filter.one_of("category", &self.categories);
        filter.one_of("category_group", &self.groups);
        filter.one_of("public_street", &self.streets);
        filter.any_of(
            "(public_level_m = ? and public_y between ? and ? and public_x between ? and ?)",
            self.cells.iter().map(CellRange::values).collect(),
        );
        filter.with_some("public_at_us >= ?", self.from.map(Timestamp::as_microsecond));
        filter.with_some("public_at_us < ?", self.to.map(Timestamp::as_microsecond));
        let (from, to) = (self.changed_from, self.changed_to);
        filter.with_some("public_changed_us >= ?", from.map(Timestamp::as_microsecond));
        filter.with_some("public_changed_us < ?", to.map(Timestamp::as_microsecond));
        if let Some((at, public_id)) = &self.after {
            let (at_us, public_id) = (at.as_microsecond(), public_id.clone());
            filter.with("public_at_us <= ?", at_us);
            filter.with_two("(public_at_us < ? or public_id < ?)", at_us, public_id);
        }
        if let Some(text) = self.text.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
            filter.containing(&["public_text"], text);
        }
        filter
    }
}

impl CellRange {
    fn values(&self) -> Vec<i64> {
        vec![
            i64::from(self.level_m),
            *self.y.start(),
            *self.y.end(),
            *self.x.start(),
            *self.x.end(),
        ]
    }
}

impl PublishedReport {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            public_id: row.get("public_id")?,
            category: row.get("category")?,
            category_group: row.get("category_group")?,
            state: word(row, "state", State::from_key)?,
            finding: some_word(row, "finding", Finding::from_key)?,
            department: row.get("department")?,
            text: row.get("public_text")?,
            note: row.get("public_note")?,
            street: row.get("public_street")?,
            cell: Cell::from_row(row)?,
            at: timestamp(row.get("public_at_us")?),
            changed: timestamp(row.get("public_changed_us")?),
            merged_into: row.get("merged_into")?,
            followers: row.get("followers")?,
            simulated: row.get("simulated")?,
            photos: Vec::new(),
        })
    }
}

impl PublishedStep {
    fn of(event: Event) -> Self {
        Self {
            at: timestamp(day_start_us(event.at.as_microsecond())),
            kind: event.kind,
            finding: event.body.finding,
            department: event.body.department,
        }
    }
}

impl View<'_> {
    /// A page of the published reports that `filter` lets through, the latest first; of one
    /// moment in the order of their public numbers, which says nothing of their arrival.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn published_reports(
        &self,
        filter: &PublishedFilter,
        page: Page,
    ) -> Result<PublishedPage, StoreError> {
        let clauses = filter.clauses();
        let sql = format!("select count(*) from published_report {}", clauses.sql());
        let total = self
            .db
            .prepare(&sql)?
            .query_row(params_from_iter(clauses.values()), |row| row.get(0))?;
        let sql = format!(
            "select * from published_report {} order by public_at_us desc, public_id desc
             limit {} offset {}",
            clauses.sql(),
            page.size,
            page.offset()
        );
        let mut statement = self.db.prepare(&sql)?;
        let mut reports = statement
            .query_map(params_from_iter(clauses.values()), PublishedReport::from_row)?
            .collect::<Result<Vec<_>, _>>()?;
        for report in &mut reports {
            report.photos = self.published_photos(&report.public_id)?;
        }
        Ok(PublishedPage { reports, total })
    }

    fn published_photos(&self, public_id: &str) -> Result<Vec<PublishedPhoto>, StoreError> {
        let mut statement = self.db.prepare_cached(
            "select public_name, width, height from published_photo
             where public_id = ?1 order by position",
        )?;
        let photos = statement.query_map([public_id], |row| {
            Ok(PublishedPhoto { name: row.get(0)?, width: row.get(1)?, height: row.get(2)? })
        })?;
        Ok(photos.collect::<Result<_, _>>()?)
    }

    /// The published report with that public number, written without the dash.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn published_report(&self, public_id: &str) -> Result<Option<PublishedReport>, StoreError> {
        let filter = PublishedFilter {
            public_ids: vec![public_id.to_owned()],
            ..PublishedFilter::default()
        };
        Ok(self.published_reports(&filter, Page::ALL)?.reports.pop())
    }
}

impl Store {
    /// A page of the published reports that `filter` lets through, the latest first.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn published_reports(
        &self,
        filter: PublishedFilter,
        page: Page,
    ) -> Result<PublishedPage, StoreError> {
        self.read(move |view| view.published_reports(&filter, page)).await
    }

    /// The published report with that public number, written without the dash.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn published_report(
        &self,
        public_id: &str,
    ) -> Result<Option<PublishedReport>, StoreError> {
        let public_id = public_id.to_owned();
        self.read(move |view| view.published_report(&public_id)).await
    }

    /// The course of a published report as its reporter is told it, oldest first; empty for any
    /// other.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn published_course(
        &self,
        public_id: &str,
    ) -> Result<Vec<PublishedStep>, StoreError> {
        let public_id = public_id.to_owned();
        self.read(move |view| {
            let mut statement = view.db.prepare_cached(
                "select body from report_event join report on report.id = report_event.report
                 where public_id = ?1 and publication = 'published' order by seq",
            )?;
            let mut rows = statement.query([public_id])?;
            let mut steps = Vec::new();
            while let Some(row) = rows.next()? {
                let event = event::parsed(&row.get::<_, String>(0)?)?;
                if event.kind.is_told() {
                    steps.push(PublishedStep::of(event));
                }
            }
            Ok(steps)
        })
        .await
    }

    /// What was answered to the questions of published reports, as JSON, by public number. What
    /// of it may be shown is for the caller to choose: the keys of choices, nothing written.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn published_answers(
        &self,
        public_ids: Vec<String>,
    ) -> Result<HashMap<String, String>, StoreError> {
        self.read(move |view| {
            let mut statement = view.db.prepare_cached(
                "select public_id, answers from report
                 where publication = 'published' and answers is not null
                     and public_id in (select value from json_each(?1))",
            )?;
            let wanted = serde_json::Value::from(public_ids).to_string();
            let rows = statement.query_map([wanted], |row| Ok((row.get(0)?, row.get(1)?)))?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
        .await
    }

    /// Whether a photo of that name may be handed to anybody: it is published, and so is a
    /// report it belongs to, or it belongs to an issue of the rectification ledger.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn is_published_photo(&self, name: &str) -> Result<bool, StoreError> {
        let name = name.to_owned();
        self.read(move |view| {
            let mut statement = view.db.prepare_cached(
                "select 1 from published_photo where public_name = ?1
                 union all
                 select 1 from rectification_photo join photo on sha256 = photo
                 where state = 'published' and public_name = ?1
                     and not exists (select 1 from report_photo r where r.photo = sha256) limit 1",
            )?;
            Ok(statement.query_row([name], |_| Ok(())).optional()?.is_some())
        })
        .await
    }
}
