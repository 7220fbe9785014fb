//! What goes of a report when its time is over, as the table in `domain::privacy` has it; its
//! history stays.

use domain::{
    privacy::retention::Kept,
    report::{ActorRole, EventBody, EventKind},
};
use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, OptionalExtension, params};

use crate::{
    NewReportEvent, Store, StoreError, backup, photo, rectification, report,
    sqlite::off_the_runtime, time::before_us,
};

/// How long an answer to a request that may be sent again is remembered.
pub const ANSWERS_KEPT: SignedDuration = SignedDuration::from_hours(7 * 24);

/// How long a job that is done is kept: until then its key counts.
pub const JOBS_KEPT: SignedDuration = SignedDuration::from_hours(30 * 24);

/// What one expiry removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ExpiredReports {
    /// Contacts whose sealed bytes went.
    pub contacts: usize,
    /// Reports whose words, places and claim codes went.
    pub anonymised: usize,
    /// Photos that were refused; tombstones stay.
    pub photos: usize,
    /// Photos that no report named.
    pub unlinked: usize,
    /// Spent challenges.
    pub challenges: usize,
    /// Remembered answers.
    pub answers: usize,
    /// Sessions that had ended.
    pub sessions: usize,
    /// Jobs that were done.
    pub jobs: usize,
    /// Objections whose words and contacts went.
    pub objections: usize,
}

/// Rows of each kind in one transaction: nobody's report should wait for more.
const AT_ONCE: usize = 200;

impl Store {
    /// Removes what is due at `now`; what goes of a report is an event of its own. To be called
    /// every hour or so: what is due twice goes once, and no byte of it stays in the file. A report whose reward can still be claimed
    /// keeps its claim code and its words.
    ///
    /// # Errors
    ///
    /// When the database cannot be written; what is left follows the next time.
    pub async fn expire_reports(&self, now: Timestamp) -> Result<ExpiredReports, StoreError> {
        let mut total = ExpiredReports::default();
        loop {
            let step = self.write(AT_ONCE, move |side| expire_some(&side.db, now)).await?;
            if step == ExpiredReports::default() {
                break;
            }
            total.contacts += step.contacts;
            total.anonymised += step.anonymised;
            total.photos += step.photos;
            total.unlinked += step.unlinked;
            total.challenges += step.challenges;
            total.answers += step.answers;
            total.sessions += step.sessions;
            total.jobs += step.jobs;
            total.objections += step.objections;
        }
        if total != ExpiredReports::default() {
            // Until it is folded the log holds the pages as they were.
            let path = self.path();
            off_the_runtime(move || backup::fold_log(&path)).await?;
        }
        Ok(total)
    }
}

fn expire_some(db: &Connection, now: Timestamp) -> Result<ExpiredReports, StoreError> {
    Ok(ExpiredReports {
        contacts: forget_contacts(db, now)?,
        anonymised: anonymise(db, now)?,
        photos: forget_refused_photos(db, now)?,
        unlinked: forget_unlinked_photos(db, now)?,
        challenges: delete(
            db,
            "delete from spent_challenge where id in (select id from spent_challenge
             where expires_us <= ?1 order by expires_us limit ?2)",
            before_us(now, Kept::SpentChallenge.keep_for()),
        )?,
        answers: delete(
            db,
            "delete from idempotency where key in (select key from idempotency
             where at_us <= ?1 order by at_us limit ?2)",
            before_us(now, ANSWERS_KEPT),
        )?,
        sessions: delete(
            db,
            "delete from session where token_hash in (select token_hash from session
             where expires_us <= ?1 order by expires_us limit ?2)",
            now.as_microsecond(),
        )?,
        jobs: delete(
            db,
            "delete from job where id in (select id from job
             where done_us <= ?1 order by done_us limit ?2)",
            before_us(now, JOBS_KEPT),
        )?,
        objections: rectification::forget_objections(db, now, AT_ONCE)?,
    })
}

fn delete(db: &Connection, sql: &str, before_us: i64) -> Result<usize, StoreError> {
    Ok(db.prepare_cached(sql)?.execute(params![before_us, AT_ONCE])?)
}

/// Reports that closed long enough ago.
fn due(db: &Connection, sql: &str, before_us: i64) -> Result<Vec<String>, StoreError> {
    let mut statement = db.prepare_cached(sql)?;
    let ids = statement.query_map(params![before_us, AT_ONCE], |row| row.get(0))?;
    Ok(ids.collect::<Result<_, _>>()?)
}

/// The tombstone says that there was a contact and since when there is none.
fn forget_contacts(db: &Connection, now: Timestamp) -> Result<usize, StoreError> {
    let reports = due(
        db,
        "select report from reporter_contact join report on report.id = reporter_contact.report
         where sealed is not null and closed_us <= ?1
               and not exists (select 1 from reward where reward.report = report.id
                               and state in ('proposed', 'approved', 'awaiting_claim', 'claimed'))
         limit ?2",
        before_us(now, Kept::Contact.keep_for()),
    )?;
    for id in &reports {
        db.prepare_cached(
            "update reporter_contact set sealed = null, deleted_us = ?2 where report = ?1",
        )?
        .execute(params![id, now.as_microsecond()])?;
        note(db, id, now)?;
    }
    Ok(reports.len())
}

/// Takes the words, the place and the claim code out of reports, and the pictures that are not
/// public; the public copy was made to stay.
fn anonymise(db: &Connection, now: Timestamp) -> Result<usize, StoreError> {
    let reports = due(
        db,
        "select id from report where anonymised_us is null and closed_us <= ?1
             and not exists (select 1 from reward where reward.report = report.id
                             and state in ('proposed', 'approved', 'awaiting_claim', 'claimed'))
         order by closed_us limit ?2",
        before_us(now, Kept::ReportText.keep_for()),
    )?;
    for id in &reports {
        db.prepare_cached(
            "update report set text = null, answers = null, text_simhash = null,
                 lon_micro = null, lat_micro = null, accuracy_m = null, place_text = null,
                 outfall = null, extra = null, locator = null, claim_hash = null,
                 anonymised_us = ?2
             where id = ?1",
        )?
        .execute(params![id, now.as_microsecond()])?;
        db.prepare_cached(
            "update report_message set text = null, deleted_us = ?2
             where report = ?1 and text is not null",
        )?
        .execute(params![id, now.as_microsecond()])?;
        note(db, id, now)?;
        let pictures = photos(
            db,
            "select sha256 from photo join report_photo on photo = sha256
             where report = ?1 and state <> 'published' and name is not null",
            params![id],
        )?;
        for sha256 in pictures {
            forget_picture(db, sha256, now)?;
        }
    }
    Ok(reports.len())
}

fn note(db: &Connection, report: &str, now: Timestamp) -> Result<(), StoreError> {
    let expired = NewReportEvent {
        at: now,
        actor: ActorRole::System,
        staff: None,
        kind: EventKind::Expired,
        body: EventBody::default(),
    };
    report::append_event(db, report, expired)
}

/// Refused long enough ago. What is only hidden from the public stays evidence until its report is
/// anonymised.
fn forget_refused_photos(db: &Connection, now: Timestamp) -> Result<usize, StoreError> {
    let pictures = photos(
        db,
        "select sha256 from photo where state = 'refused' and changed_us <= ?1 limit ?2",
        params![before_us(now, Kept::RefusedPhoto.keep_for()), AT_ONCE],
    )?;
    for sha256 in &pictures {
        forget_picture(db, *sha256, now)?;
    }
    Ok(pictures.len())
}

/// Has the picture taken out of the object store; the row stays as its tombstone.
fn forget_picture(db: &Connection, sha256: [u8; 32], now: Timestamp) -> Result<(), StoreError> {
    let name: Option<String> = db
        .prepare_cached("select name from photo where sha256 = ?1")?
        .query_row([sha256], |row| row.get(0))?;
    db.prepare_cached(
        "update photo set state = 'deleted', name = null, public_name = null, redactions = '[]',
             changed_us = ?2 where sha256 = ?1",
    )?
    .execute(params![sha256, now.as_microsecond()])?;
    name.map_or(Ok(()), |name| photo::give_up(db, &name, now))
}

/// No report ever named them: not even a tombstone stays.
fn forget_unlinked_photos(db: &Connection, now: Timestamp) -> Result<usize, StoreError> {
    let pictures = photos(
        db,
        "select sha256 from photo where received_us <= ?1
             and not exists (select 1 from report_photo where photo = sha256)
             and not exists (select 1 from rectification_photo where photo = sha256)
         order by received_us limit ?2",
        params![before_us(now, Kept::UnlinkedPhoto.keep_for()), AT_ONCE],
    )?;
    for sha256 in &pictures {
        let name: Option<Option<String>> = db
            .prepare_cached("delete from photo where sha256 = ?1 returning name")?
            .query_row([sha256], |row| row.get(0))
            .optional()?;
        if let Some(name) = name.flatten() {
            photo::give_up(db, &name, now)?;
        }
    }
    Ok(pictures.len())
}

fn photos(
    db: &Connection,
    sql: &str,
    params: impl rusqlite::Params,
) -> Result<Vec<[u8; 32]>, StoreError> {
    let mut statement = db.prepare_cached(sql)?;
    let found = statement.query_map(params, |row| row.get(0))?;
    Ok(found.collect::<Result<_, _>>()?)
}
