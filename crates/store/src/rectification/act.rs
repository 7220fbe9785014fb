//! Somebody acts on an issue: on what is there now, or not at all. And many issues at once, as an import brings them.

use std::collections::BTreeMap;

use domain::rectification::{Case, ItemNumber, Phase};
use jiff::Timestamp;
use rusqlite::Connection;

use super::{Changed, ItemRow, NewItemEvent, NewObjection, event, fold, load, objection, photo};
use crate::{NewAudit, NewJob, Seen, Store, StoreError, View, audit, job};

/// A photo that comes with an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemPhoto {
    /// Of the bytes that were sent.
    pub sha256: [u8; 32],
    /// Before, during or after the work.
    pub phase: Phase,
    /// What it shows.
    pub note: String,
}

/// What acting changes, all of it or nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemChange {
    /// When.
    pub at: Timestamp,
    /// Who, as colleagues may read it when theirs is stale.
    pub by: String,
    /// What happened, at least one event.
    pub events: Vec<NewItemEvent>,
    /// Photos of the first event.
    pub photos: Vec<ItemPhoto>,
    /// The text of an objection that the first event names.
    pub objection: Option<NewObjection>,
    /// What the audit log has to know.
    pub audit: Vec<NewAudit>,
    /// What is to be done about it.
    pub jobs: Vec<NewJob>,
}

impl ItemChange {
    /// One event and nothing else, to be filled in.
    pub fn of(event: NewItemEvent, by: &str) -> Self {
        Self {
            at: event.at,
            by: by.to_owned(),
            events: vec![event],
            photos: Vec::new(),
            objection: None,
            audit: Vec::new(),
            jobs: Vec::new(),
        }
    }
}

impl Store {
    /// Acts on the issue with that number. `decide` sees it as it is, inside the transaction, and everything else
    /// through the view; what it refuses leaves nothing behind. Answers the issue as it then is. The version is the
    /// number of its events.
    ///
    /// # Errors
    ///
    /// What `decide` answers; [`StoreError::Stale`] if somebody acted after `seen`, before `decide` is asked;
    /// [`StoreError::NoSuch`] for an unknown issue or photo; [`StoreError::Unlawful`] for an event that breaks a rule.
    pub async fn act_on_item<E, F>(
        &self,
        number: &ItemNumber,
        seen: Seen,
        decide: F,
    ) -> Result<ItemRow, E>
    where
        E: From<StoreError> + Send + 'static,
        F: FnOnce(&View<'_>, &Case) -> Result<ItemChange, E> + Send + 'static,
    {
        let number = number.clone();
        let acted = self.write(10, move |side| {
            let view = View { db: &side.db, catalogue: &side.known.catalogue };
            let decided = fresh(&side.db, &number, seen)
                .map_err(E::from)
                .and_then(|case| Ok((decide(&view, &case)?, case)));
            match decided {
                Ok((change, case)) => apply(&side.db, case, &change).map(Ok),
                // Nothing has been written, so that committing changes nothing.
                Err(refusal) => Ok(Err(refusal)),
            }
        });
        acted.await.map_err(E::from)?
    }

    /// Appends events of many issues, in this order, and opens those that are new: all of it or nothing.
    ///
    /// # Errors
    ///
    /// [`StoreError::ItemNumberInUse`] for a second beginning of a number; [`StoreError::Unlawful`] for an event that
    /// breaks a rule.
    pub async fn record_items(
        &self,
        events: Vec<(ItemNumber, NewItemEvent)>,
        by: &str,
        audit: Vec<NewAudit>,
    ) -> Result<usize, StoreError> {
        self.record_many(events, by, audit, || {}).await
    }

    /// The same, telling of every event and of every issue as it is written; they count once all of them are.
    ///
    /// # Errors
    ///
    /// As [`Self::record_items`].
    pub async fn record_many(
        &self,
        events: Vec<(ItemNumber, NewItemEvent)>,
        by: &str,
        audit: Vec<NewAudit>,
        written: impl Fn() + Send + 'static,
    ) -> Result<usize, StoreError> {
        let by = by.to_owned();
        self.write(events.len(), move |side| {
            let opened = record(&side.db, &events, &by, &written)?;
            audit::append(&side.db, &audit)?;
            Ok(opened)
        })
        .await
    }
}

fn fresh(db: &Connection, number: &ItemNumber, seen: Seen) -> Result<Case, StoreError> {
    let missing = || StoreError::NoSuch { what: "issue", name: number.to_string() };
    let row = load(db, number.as_str())?.ok_or_else(missing)?;
    match seen {
        Seen::Version(version) if version != row.version => {
            Err(StoreError::Stale { by: row.changed_by, at: row.changed, what: row.changed_what })
        }
        _ => event::case(db, number.as_str())?.ok_or_else(missing),
    }
}

fn apply(db: &Connection, case: Case, change: &ItemChange) -> Result<ItemRow, StoreError> {
    let number = case.item.clone();
    let first = case.seq + 1;
    let mut head = event::head(db)?;
    let mut case = Some(case);
    for new in &change.events {
        event::append(db, &mut head, &number, &mut case, new)?;
    }
    let missing = || StoreError::NoSuch { what: "issue", name: number.to_string() };
    let case = case.ok_or_else(missing)?;
    let what = change.events.last().map_or("", |new| new.body.kind().key());
    let simulated = change.events.iter().any(|new| new.simulated);
    let changed = Changed { at: change.at, by: &change.by, what };
    fold(db, &case, simulated, &changed)?;
    photo::link(db, number.as_str(), first, &change.photos)?;
    objection::settle(db, number.as_str(), change)?;
    audit::append(db, &change.audit)?;
    job::enqueue(db, &change.jobs)?;
    load(db, number.as_str())?.ok_or_else(missing)
}

fn record(
    db: &Connection,
    events: &[(ItemNumber, NewItemEvent)],
    by: &str,
    written: &impl Fn(),
) -> Result<usize, StoreError> {
    let mut head = event::head(db)?;
    let mut cases: BTreeMap<&ItemNumber, (Option<Case>, bool, &NewItemEvent)> = BTreeMap::new();
    let mut opened = 0;
    for (number, new) in events {
        let known = match cases.remove(number) {
            Some((case, simulated, _)) => (case, simulated),
            // A number that is in use is refused by its first event, not continued.
            None if matches!(new.body, domain::rectification::Body::Found { .. }) => (None, false),
            None => (event::case(db, number.as_str())?, false),
        };
        let (mut case, simulated) = known;
        opened += usize::from(case.is_none());
        event::append(db, &mut head, number, &mut case, new)?;
        objection::note(db, number.as_str(), new)?;
        cases.insert(number, (case, simulated || new.simulated, new));
        written();
    }
    for (case, simulated, last) in cases.into_values() {
        if let Some(case) = case {
            let changed = Changed { at: last.at, by, what: last.body.kind().key() };
            fold(db, &case, simulated, &changed)?;
        }
        written();
    }
    Ok(opened)
}
