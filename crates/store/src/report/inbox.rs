//! The officers' queue: filtered, counted, a page at a time.

use domain::{report::State, reward::RewardState};
use jiff::Timestamp;
use rusqlite::{ToSql, params_from_iter};

use super::{COLUMNS, Priority, Publication, Queue, ReportRow, Sender};
use crate::{
    Store, StoreError, View,
    filter::Filter,
    words::{some_word, word},
};

/// Whose reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Assignee {
    /// Nobody's yet.
    Nobody,
    /// The officer's with that number.
    Officer(i64),
}

/// Which reports; what is empty or `None` does not narrow.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct InboxFilter {
    /// In one of these states.
    pub states: Vec<State>,
    /// Keys of categories.
    pub categories: Vec<String>,
    /// Keys of groups of categories.
    pub groups: Vec<String>,
    /// Keys of departments.
    pub departments: Vec<String>,
    /// Keys of streets.
    pub streets: Vec<String>,
    /// Whose reward is in one of these states.
    pub reward_states: Vec<RewardState>,
    /// Whose.
    pub assignee: Option<Assignee>,
    /// In the queue or waiting for it.
    pub queue: Option<Queue>,
    /// How urgent.
    pub priority: Option<Priority>,
    /// Public, kept back, or not looked at.
    pub publication: Option<Publication>,
    /// Those whose deadline is before this instant.
    pub overdue_at: Option<Timestamp>,
    /// Arrived at or after.
    pub from: Option<Timestamp>,
    /// Arrived before.
    pub to: Option<Timestamp>,
    /// In the reporter's text, the place in words, the outfall or the public number.
    pub text: Option<String>,
}

/// In which order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum InboxSort {
    /// Newest arrivals first.
    #[default]
    Newest,
    /// Oldest arrivals first.
    Oldest,
    /// The nearest deadline first; without one last.
    Deadline,
    /// The latest change first.
    Changed,
}

/// Which part of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// From 0.
    pub number: u32,
    /// Rows of one page.
    pub size: u32,
}

impl Page {
    /// Everything in one.
    pub const ALL: Self = Self { number: 0, size: u32::MAX };

    pub(crate) fn offset(self) -> i64 {
        i64::from(self.number) * i64::from(self.size)
    }
}

/// One line of the queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InboxRow {
    /// The report.
    pub report: ReportRow,
    /// The name of the officer who handles it.
    pub assignee_name: Option<String>,
    /// Photos it has.
    pub photos: u32,
    /// Links in force, from it and to it.
    pub links: u32,
    /// Who wrote the newest text that both sides see; the reporter waits for an answer to theirs.
    pub last_sender: Option<Sender>,
    /// The reward's state, once there is one.
    pub reward_state: Option<RewardState>,
}

/// A page of the queue, and how much there is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inbox {
    /// The page's rows.
    pub rows: Vec<InboxRow>,
    /// Rows of all pages.
    pub total: u64,
    /// Rows by state, whichever states were asked for.
    pub by_state: Vec<(State, u64)>,
    /// Of these, in whichever state, those past their deadline.
    pub overdue: u64,
}

impl InboxFilter {
    fn clauses(&self, with_states: bool) -> Filter {
        let mut filter = Filter::default();
        if with_states {
            filter.one_of("state", self.states.iter().map(|state| state.key()));
        }
        filter.one_of("category", &self.categories);
        filter.one_of("category_group", &self.groups);
        filter.one_of("department", &self.departments);
        filter.one_of("street", &self.streets);
        match self.assignee {
            Some(Assignee::Officer(number)) => filter.with("assignee = ?", number),
            Some(Assignee::Nobody) => filter.bare("assignee is null"),
            None => {}
        }
        filter.with_some("queue = ?", self.queue);
        filter.with_some("priority = ?", self.priority);
        filter.with_some("publication = ?", self.publication);
        filter.with_some("due_us < ?", self.overdue_at.map(Timestamp::as_microsecond));
        filter.with_some("received_us >= ?", self.from.map(Timestamp::as_microsecond));
        filter.with_some("received_us < ?", self.to.map(Timestamp::as_microsecond));
        let reward_states = self.reward_states.iter().map(|state| state.key());
        filter.one_of("(select state from reward where report = report.id)", reward_states);
        if let Some(text) = self.text.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
            filter.containing(&["text", "place_text", "outfall", "public_id"], text);
        }
        filter
    }
}

impl InboxSort {
    const fn order(self) -> &'static str {
        match self {
            Self::Newest => "received_us desc, id desc",
            Self::Oldest => "received_us, id",
            Self::Deadline => "due_us nulls last, received_us, id",
            Self::Changed => "changed_us desc, id desc",
        }
    }
}

impl View<'_> {
    /// A page of the reports that `filter` lets through, in the order asked for.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn inbox(
        &self,
        filter: &InboxFilter,
        sort: InboxSort,
        page: Page,
        now: Timestamp,
    ) -> Result<Inbox, StoreError> {
        let by_state = self.counted(filter)?;
        let asked = |state: &State| filter.states.is_empty() || filter.states.contains(state);
        let total = by_state.iter().filter(|(state, _)| asked(state)).map(|(_, n)| n).sum();
        let overdue = self.overdue(filter, now)?;
        Ok(Inbox { rows: self.page(filter, sort, page)?, total, by_state, overdue })
    }

    fn overdue(&self, filter: &InboxFilter, now: Timestamp) -> Result<u64, StoreError> {
        let mut clauses = filter.clauses(false);
        clauses.with("due_us < ?", now.as_microsecond());
        let sql = format!("select count(*) from report {}", clauses.sql());
        let mut statement = self.db.prepare(&sql)?;
        Ok(statement.query_row(params_from_iter(clauses.values()), |row| row.get(0))?)
    }

    fn counted(&self, filter: &InboxFilter) -> Result<Vec<(State, u64)>, StoreError> {
        let clauses = filter.clauses(false);
        let sql = format!(
            "select state, count(*) from report {} group by state order by state",
            clauses.sql()
        );
        let mut statement = self.db.prepare(&sql)?;
        let rows = statement.query_map(params_from_iter(clauses.values()), |row| {
            Ok((word(row, "state", State::from_key)?, row.get(1)?))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn page(
        &self,
        filter: &InboxFilter,
        sort: InboxSort,
        page: Page,
    ) -> Result<Vec<InboxRow>, StoreError> {
        let clauses = filter.clauses(true);
        // The page is found by its ids alone, so that the rest is read of its rows only.
        let sql = format!(
            "with asked as (select id as asked_id from report {} order by {} limit ? offset ?)
             select {COLUMNS},
                 (select display_name from staff where id = report.assignee) as assignee_name,
                 (select count(*) from report_photo where report = report.id) as photos,
                 (select count(*) from report_link where report_link.report = report.id
                      and removed_us is null)
                   + (select count(*) from report_link where other = report.id
                      and removed_us is null) as links,
                 (select sender from report_message where report_message.report = report.id
                      and to_reporter = 1 order by number desc limit 1) as last_sender,
                 (select state from reward where reward.report = report.id) as reward_state
             from asked join report on report.id = asked_id order by {}",
            clauses.sql(),
            sort.order(),
            sort.order(),
        );
        let mut statement = self.db.prepare(&sql)?;
        let (size, offset) = (page.size, page.offset());
        let limits: [&dyn ToSql; 2] = [&size, &offset];
        let values = clauses.values().chain(limits);
        let rows = statement.query_map(params_from_iter(values), |row| {
            Ok(InboxRow {
                report: ReportRow::from_row(row)?,
                assignee_name: row.get("assignee_name")?,
                photos: row.get("photos")?,
                links: row.get("links")?,
                last_sender: row.get("last_sender")?,
                reward_state: some_word(row, "reward_state", RewardState::from_key)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Store {
    /// A page of the reports that `filter` lets through, in the order asked for.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn inbox(
        &self,
        filter: InboxFilter,
        sort: InboxSort,
        page: Page,
        now: Timestamp,
    ) -> Result<Inbox, StoreError> {
        self.read(move |view| view.inbox(&filter, sort, page, now)).await
    }
}
