//! Somebody acts on a report: on what is there now, or not at all.

use domain::report::{Finding, State};
use jiff::Timestamp;
use rusqlite::{Connection, named_params, params};

use super::{
    Cell, LinkChange, NewMessage, NewReportEvent, ReportRow, SealedContact, Standing, contact,
    event, link, load, message,
};
use crate::{
    NewAudit, NewJob, NewLedgerEntry, NewReportPhoto, PhotoEdit, Reward, Store, StoreError, View,
    audit, job, ledger, photo, reward, time::some_us,
};

/// What the person who acts has in front of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    /// That version; a later one is [`StoreError::Stale`].
    Version(u32),
    /// Whatever there is: what the reporter or the portal does holds all the same.
    Any,
}

/// What acting changes, all of it or nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportChange {
    /// When.
    pub at: Timestamp,
    /// Who, as colleagues may read it when theirs is stale.
    pub by: String,
    /// Key of what was done.
    pub what: String,
    /// Where the report stands after it.
    pub standing: Standing,
    /// What happened; the first gets the number after [`ReportRow::events`].
    pub events: Vec<NewReportEvent>,
    /// Texts; the first gets the number after [`ReportRow::messages`].
    pub messages: Vec<NewMessage>,
    /// Photos that are added.
    pub photos: Vec<NewReportPhoto>,
    /// What was decided about photos.
    pub photo_edits: Vec<PhotoEdit>,
    /// Links made and taken back.
    pub links: Vec<LinkChange>,
    /// A contact given now.
    pub contact: Option<SealedContact>,
    /// The award as it stands after it.
    pub reward: Option<Reward>,
    /// What the reward ledger has to know.
    pub ledger: Vec<NewLedgerEntry>,
    /// What the audit log has to know.
    pub audit: Vec<NewAudit>,
    /// What is to be done about it.
    pub jobs: Vec<NewJob>,
}

impl ReportChange {
    /// A change that leaves everything about `report` as it is, to be filled in.
    pub fn of(report: &ReportRow, by: &str, what: &str, at: Timestamp) -> Self {
        Self {
            at,
            by: by.to_owned(),
            what: what.to_owned(),
            standing: report.standing.clone(),
            events: Vec::new(),
            messages: Vec::new(),
            photos: Vec::new(),
            photo_edits: Vec::new(),
            links: Vec::new(),
            contact: None,
            reward: None,
            ledger: Vec::new(),
            audit: Vec::new(),
            jobs: Vec::new(),
        }
    }
}

impl Store {
    /// Acts on the report with that id. `decide` sees it as it is, inside the transaction, and
    /// everything else through the view; what it refuses leaves nothing behind. Answers the
    /// report as it then is.
    ///
    /// # Errors
    ///
    /// What `decide` answers; [`StoreError::Stale`] if somebody acted after `seen`, before
    /// `decide` is asked; [`StoreError::NoSuch`] for an unknown report or photo.
    pub async fn act_on_report<E, F>(&self, id: &str, seen: Seen, decide: F) -> Result<ReportRow, E>
    where
        E: From<StoreError> + Send + 'static,
        F: FnOnce(&View<'_>, &ReportRow) -> Result<ReportChange, E> + Send + 'static,
    {
        let id = id.to_owned();
        let acted = self.write(10, move |side| {
            let view = View { db: &side.db, catalogue: &side.known.catalogue };
            let decided =
                fresh(&side.db, &id, seen).map_err(E::from).and_then(|now| decide(&view, &now));
            match decided {
                Ok(change) => apply(&side.db, &id, &change).map(Ok),
                // Nothing has been written, so that committing changes nothing.
                Err(refusal) => Ok(Err(refusal)),
            }
        });
        acted.await.map_err(E::from)?
    }

    /// Lets up to `most` delayed reports into the queue, the oldest first, and last those that something spoke
    /// against; `jobs` says what is to be done about each. Answers how many.
    ///
    /// # Errors
    ///
    /// When the database cannot be written; then none was let in.
    pub async fn release_delayed<F>(&self, most: usize, jobs: F) -> Result<usize, StoreError>
    where
        F: Fn(&ReportRow) -> Vec<NewJob> + Send + 'static,
    {
        self.write(most, move |side| {
            let ids: Vec<String> = side
                .db
                .prepare_cached(
                    "update report set queue = 'normal' where id in
                         (select id from report where queue = 'delayed'
                          order by priority = 'low', received_us, id limit ?1)
                     returning id",
                )?
                .query_map([most], |row| row.get(0))?
                .collect::<Result<_, _>>()?;
            for id in &ids {
                if let Some(report) = load(&side.db, id)? {
                    job::enqueue(&side.db, &jobs(&report))?;
                }
            }
            Ok(ids.len())
        })
        .await
    }
}

fn fresh(db: &Connection, id: &str, seen: Seen) -> Result<ReportRow, StoreError> {
    let report =
        load(db, id)?.ok_or_else(|| StoreError::NoSuch { what: "report", name: id.to_owned() })?;
    match seen {
        Seen::Version(version) if version != report.version => Err(StoreError::Stale {
            by: report.changed_by,
            at: report.changed,
            what: report.changed_what,
        }),
        _ => Ok(report),
    }
}

fn apply(db: &Connection, id: &str, change: &ReportChange) -> Result<ReportRow, StoreError> {
    fold(db, id, &settled(&change.standing, change.at))?;
    db.prepare_cached(
        "update report set version = version + 1, changed_us = ?2, changed_by = ?3,
             changed_what = ?4 where id = ?1",
    )?
    .execute(params![id, change.at.as_microsecond(), change.by, change.what])?;
    event::append(db, id, &change.events)?;
    message::add(db, id, &change.messages)?;
    photo::link(db, id, &change.photos, change.at)?;
    photo::edit(db, &change.photo_edits, change.at)?;
    link::change(db, id, &change.links, change.at)?;
    if let Some(contact) = &change.contact {
        contact::keep(db, id, contact)?;
    }
    if let Some(reward) = &change.reward {
        reward::set(db, id, reward, change.at)?;
    }
    ledger::append(db, id, &change.ledger)?;
    audit::append(db, &change.audit)?;
    job::enqueue(db, &change.jobs)?;
    load(db, id)?.ok_or_else(|| StoreError::NoSuch { what: "report", name: id.to_owned() })
}

/// When a report ended follows from its state, and what retention does follows from that: it is
/// not left to the caller.
fn settled(standing: &Standing, at: Timestamp) -> Standing {
    let mut standing = standing.clone();
    standing.closed = match standing.state.is_open() {
        true => None,
        false => standing.closed.or(Some(at)),
    };
    if standing.state != State::Merged {
        standing.merged_into = None;
    }
    standing
}

/// Writes where the report stands.
pub(super) fn fold(db: &Connection, id: &str, standing: &Standing) -> Result<(), StoreError> {
    let public = standing.public.as_ref();
    let cell = public.and_then(|copy| copy.cell);
    db.prepare_cached(
        "update report set queue = :queue, priority = :priority, state = :state,
             finding = :finding, department = :department, assignee = :assignee,
             merged_into = :merged_into, due_us = :due, accepted_us = :accepted,
             closed_us = :closed, reopened = :reopened, publication = :publication,
             public_text = :text, public_note = :note, public_street = :street,
             public_level_m = :level, public_x = :x, public_y = :y, public_at_us = :at,
             public_changed_us = :changed
         where id = :id",
    )?
    .execute(named_params! {
        ":id": id, ":queue": standing.queue, ":priority": standing.priority,
        ":state": standing.state.key(), ":finding": standing.finding.map(Finding::key),
        ":department": standing.department, ":assignee": standing.assignee,
        ":merged_into": standing.merged_into, ":due": some_us(standing.due),
        ":accepted": some_us(standing.accepted), ":closed": some_us(standing.closed),
        ":reopened": standing.reopened, ":publication": standing.publication,
        ":text": public.map(|copy| &copy.text),
        ":note": public.and_then(|copy| copy.note.as_ref()),
        ":street": public.and_then(|copy| copy.street.as_ref()),
        ":level": cell.map(|cell: Cell| cell.level_m), ":x": cell.map(|cell| cell.x),
        ":y": cell.map(|cell| cell.y), ":at": public.map(|copy| copy.at.as_microsecond()),
        ":changed": public.map(|copy| copy.changed.as_microsecond()),
    })?;
    Ok(())
}
