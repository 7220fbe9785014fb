//! The officers' list of issues: filtered, counted, a page at a time.

use domain::rectification::{Medium, Source, Stage};
use jiff::{ToSpan, civil::Date};
use rusqlite::{ToSql, params_from_iter};

use super::ItemRow;
use crate::{Page, Store, StoreError, View, filter::Filter, words::word};

/// Which issues; what is empty or `None` does not narrow.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ItemFilter {
    /// At one of these stages.
    pub stages: Vec<Stage>,
    /// From one of these.
    pub sources: Vec<Source>,
    /// About one of these.
    pub media: Vec<Medium>,
    /// Of these units, by key.
    pub units: Vec<String>,
    /// Running past the last day on that day.
    pub overdue_on: Option<Date>,
    /// Running, the last day within so many days of that day.
    pub soon: Option<(Date, i32)>,
    /// With objections that wait for an answer.
    pub objected: bool,
    /// Whose days of publicity were over before that day, and that no objection keeps open.
    pub closable_on: Option<Date>,
    /// In the number, the title or the batch.
    pub text: Option<String>,
}

/// In which order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ItemSort {
    /// By number.
    #[default]
    Number,
    /// The nearest deadline first; without one last.
    Due,
    /// The latest change first.
    Changed,
}

/// A page of issues, and how much there is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemInbox {
    /// The page's rows.
    pub rows: Vec<ItemRow>,
    /// Rows of all pages.
    pub total: u64,
    /// Rows by stage, whichever stages were asked for.
    pub by_stage: Vec<(Stage, u64)>,
}

const RUNNING: &str = "stage in ('assigned', 'measures_set', 'in_progress', 'phase_done')";

impl ItemFilter {
    fn clauses(&self, with_stages: bool) -> Filter {
        let mut filter = Filter::default();
        if with_stages {
            filter.one_of("stage", self.stages.iter().map(|stage| stage.key()));
        }
        filter.one_of("source", self.sources.iter().map(|source| source.key()));
        filter.one_of("medium", self.media.iter().map(|medium| medium.key()));
        filter.one_of("unit", &self.units);
        if let Some(day) = self.overdue_on {
            filter.with(&format!("{RUNNING} and due_on < ?"), day.to_string());
        }
        if let Some((day, days)) = self.soon {
            let last = day.saturating_add(days.days());
            filter.with_two(
                &format!("{RUNNING} and due_on between ? and ?"),
                day.to_string(),
                last.to_string(),
            );
        }
        if self.objected {
            filter.bare("open_objections > 0");
        }
        filter.with_some(
            "stage = 'publicity' and open_objections = 0 and until_on < ?",
            self.closable_on.map(|day| day.to_string()),
        );
        if let Some(text) = self.text.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
            filter.containing(&["number", "title", "batch"], text);
        }
        filter
    }
}

impl ItemSort {
    const fn order(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Due => "due_on nulls last, number",
            Self::Changed => "changed_us desc, number",
        }
    }
}

impl View<'_> {
    /// A page of the issues that `filter` lets through, in the order asked for.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn item_inbox(
        &self,
        filter: &ItemFilter,
        sort: ItemSort,
        page: Page,
    ) -> Result<ItemInbox, StoreError> {
        let clauses = filter.clauses(false);
        let sql = format!(
            "select stage, count(*) from rectification_item {} group by stage",
            clauses.sql()
        );
        let mut statement = self.db.prepare(&sql)?;
        let counted = statement.query_map(params_from_iter(clauses.values()), |row| {
            Ok((word(row, "stage", Stage::from_key)?, row.get(1)?))
        })?;
        let mut by_stage = counted.collect::<Result<Vec<(Stage, u64)>, _>>()?;
        by_stage.sort_unstable();
        let asked = |stage: &Stage| filter.stages.is_empty() || filter.stages.contains(stage);
        let total = by_stage.iter().filter(|(stage, _)| asked(stage)).map(|(_, n)| n).sum();

        let clauses = filter.clauses(true);
        let sql = format!(
            "select * from rectification_item {} order by {} limit ? offset ?",
            clauses.sql(),
            sort.order()
        );
        let mut statement = self.db.prepare(&sql)?;
        let (size, offset) = (page.size, page.offset());
        let limits: [&dyn ToSql; 2] = [&size, &offset];
        let values = clauses.values().chain(limits);
        let rows = statement.query_map(params_from_iter(values), ItemRow::from_row)?;
        Ok(ItemInbox { rows: rows.collect::<Result<_, _>>()?, total, by_stage })
    }
}

impl Store {
    /// A page of the issues that `filter` lets through, in the order asked for.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn item_inbox(
        &self,
        filter: ItemFilter,
        sort: ItemSort,
        page: Page,
    ) -> Result<ItemInbox, StoreError> {
        self.read(move |view| view.item_inbox(&filter, sort, page)).await
    }
}
