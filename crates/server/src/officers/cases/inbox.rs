//! The inbox: what is asked for in the address, and the lines of the answer.

use contract::officer::Inbox;
use domain::{Text, report::State};
use jiff::Timestamp;
use serde::Deserialize;
use store::{Assignee, InboxFilter, InboxSort, Page, Priority, Publication, Queue};

use super::line;
use crate::{app::App, officers::session::Officer, problem::Problem, query::unknown};

/// Lines of a page.
const PAGE: u32 = 50;
/// A longer text is looked for by nobody.
const LONGEST: usize = 100;

/// The parameters of the inbox; several values of one stand between commas.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct InboxParams {
    state: String,
    category: String,
    department: String,
    street: String,
    assignee: String,
    overdue: String,
    q: String,
    queue: String,
    publication: String,
    sort: String,
    page: String,
}

impl InboxParams {
    /// The page asked for, from 0.
    pub fn page(&self) -> Result<u32, Problem> {
        Ok(number(&self.page)? - 1)
    }
}

/// Which part of which list, in which order.
#[derive(Debug)]
pub struct Asked {
    filter: InboxFilter,
    sort: InboxSort,
    page: Page,
}

/// What the parameters ask for, within what `officer` may see.
pub async fn asked(app: &App, officer: &Officer, params: &InboxParams) -> Result<Asked, Problem> {
    let now = app.clock.now();
    let mut filter = InboxFilter {
        states: keys(&params.state, "state", State::from_key, || names(State::ALL, State::key))?,
        categories: listed(&params.category),
        departments: listed(&params.department),
        streets: listed(&params.street),
        assignee: assignee(app, officer, &params.assignee).await?,
        overdue_at: matches!(params.overdue.as_str(), "1" | "true").then_some(now),
        text: Some(number_or_text(params.q.chars().take(LONGEST).collect()))
            .filter(|q| !q.is_empty()),
        ..InboxFilter::default()
    };
    queued(&mut filter, &params.queue)?;
    filter.publication = one(
        &params.publication,
        "publication",
        Publication::from_key,
        &["waiting", "published", "hidden", "hidden_by_holder", "never"],
    )?;
    if let Some(own) = &officer.staff.department {
        filter.departments = vec![own.clone()];
    }
    let page = Page { number: params.page()?, size: PAGE };
    Ok(Asked { filter, sort: sort(&params.sort)?, page })
}

/// What waits for a look before it may be public, the oldest first.
pub fn moderation(officer: &Officer, page: u32) -> Asked {
    let filter = InboxFilter {
        publication: Some(Publication::Waiting),
        departments: officer.staff.department.iter().cloned().collect(),
        states: State::ALL.iter().copied().filter(|state| *state != State::Withdrawn).collect(),
        ..InboxFilter::default()
    };
    Asked { filter, sort: InboxSort::Oldest, page: Page { number: page, size: PAGE } }
}

/// The page that was asked for.
pub async fn answered(app: &App, asked: Asked) -> Result<Inbox, Problem> {
    let now = app.clock.now();
    let inbox = app.store.inbox(asked.filter, asked.sort, asked.page, now).await?;
    let names = crate::officers::names::Names::of(app);
    Ok(Inbox {
        server_time: now,
        total: inbox.total,
        page: asked.page.number + 1,
        page_size: PAGE,
        by_state: inbox.by_state.into_iter().collect(),
        overdue: inbox.overdue,
        cases: inbox.rows.iter().map(|row| line::of(&names, row, now)).collect(),
    })
}

async fn assignee(app: &App, officer: &Officer, name: &str) -> Result<Option<Assignee>, Problem> {
    match name {
        "" => Ok(None),
        "none" => Ok(Some(Assignee::Nobody)),
        "me" => Ok(Some(Assignee::Officer(officer.staff.id))),
        name => {
            let staff = app.store.staff_by_name(name).await?;
            let staff = staff.ok_or_else(|| {
                Problem::parameter("assignee", unknown(name), vec!["me".into(), "none".into()])
            })?;
            Ok(Some(Assignee::Officer(staff.id)))
        }
    }
}

/// One word says both how urgent a case is and whether it waits for room.
fn queued(filter: &mut InboxFilter, key: &str) -> Result<(), Problem> {
    if key == Queue::Delayed.key() {
        filter.queue = Some(Queue::Delayed);
        return Ok(());
    }
    filter.priority =
        one(key, "queue", Priority::from_key, &["low", "normal", "high", "urgent", "delayed"])?;
    if filter.priority.is_some() {
        filter.queue = Some(Queue::Normal);
    }
    Ok(())
}

fn sort(key: &str) -> Result<InboxSort, Problem> {
    match key {
        "" | "newest" => Ok(InboxSort::Newest),
        "oldest" => Ok(InboxSort::Oldest),
        "due" => Ok(InboxSort::Deadline),
        "changed" => Ok(InboxSort::Changed),
        other => {
            let allowed = ["newest", "oldest", "due", "changed"].map(str::to_owned).to_vec();
            Err(Problem::parameter("sort", unknown(other), allowed))
        }
    }
}

/// A tracking number in any spelling as it is stored; anything else as it is.
pub fn number_or_text(text: String) -> String {
    domain::report::PublicId::parse(&text).map_or(text, |id| id.as_str().to_owned())
}

/// A page's number, from 1.
pub fn number(text: &str) -> Result<u32, Problem> {
    if text.is_empty() {
        return Ok(1);
    }
    text.parse().ok().filter(|page| *page > 0).ok_or_else(|| {
        let text = Text::new("页码从 1 开始", "pages are numbered from 1");
        Problem::parameter("page", text, Vec::new())
    })
}

/// An instant of a day's beginning, or of the first after it.
pub fn day(name: &'static str, text: &str, end: bool) -> Result<Option<Timestamp>, Problem> {
    if text.is_empty() {
        return Ok(None);
    }
    crate::query::instant(name, text, end).map(Some)
}

/// The values between commas.
pub fn listed(text: &str) -> Vec<String> {
    text.split(',').map(str::trim).filter(|key| !key.is_empty()).map(str::to_owned).collect()
}

/// The words between commas; an unknown one is refused with those that there are.
pub fn keys<T>(
    text: &str,
    name: &'static str,
    from_key: impl Fn(&str) -> Option<T>,
    allowed: impl Fn() -> Vec<String>,
) -> Result<Vec<T>, Problem> {
    let known = |key: &String| {
        from_key(key).ok_or_else(|| Problem::parameter(name, unknown(key), allowed()))
    };
    listed(text).iter().map(known).collect()
}

/// One word, or none.
pub fn one<T>(
    key: &str,
    name: &'static str,
    from_key: impl Fn(&str) -> Option<T>,
    allowed: &[&str],
) -> Result<Option<T>, Problem> {
    if key.is_empty() {
        return Ok(None);
    }
    let allowed = || allowed.iter().map(|key| (*key).to_owned()).collect();
    from_key(key).map(Some).ok_or_else(|| Problem::parameter(name, unknown(key), allowed()))
}

fn names<T: Copy>(all: &[T], key: fn(T) -> &'static str) -> Vec<String> {
    all.iter().map(|one| key(*one).to_owned()).collect()
}
