//! A report arrives: once, however often it is sent.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, named_params};

use super::{
    Claim, LinkChange, NewMessage, NewReportEvent, SealedContact, Standing, Told, contact, event,
    link, message,
};
use crate::{NewJob, NewLedgerEntry, NewReportPhoto, Store, StoreError, job, ledger, photo};

/// A report as it arrives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewReport {
    /// UUIDv7 made on the phone.
    pub id: String,
    /// The number people will use, without the dash.
    pub public_id: String,
    /// SHA-256 of the canonical submission.
    pub content_hash: [u8; 32],
    /// What is answered now and whenever the same is sent again; JSON.
    pub answer: String,
    /// When it arrived.
    pub received: Timestamp,
    /// How it came: `app`, `form`, `open311`, …
    pub channel: String,
    /// The reporter's language.
    pub lang: String,
    /// Invented for a demonstration.
    pub simulated: bool,
    /// Key of the category.
    pub category: String,
    /// Key of the category's group.
    pub category_group: String,
    /// Whether the place may be the reporter's home.
    pub from_home: bool,
    /// What the reporter told.
    pub told: Told,
    /// What is kept of the claim code; `None`: there is no way back.
    pub claim: Option<Claim>,
    /// Where it stands at first: [`Standing::submitted`] with queue, priority and deadline.
    pub standing: Standing,
    /// The `received` event, and whatever else happened at once.
    pub events: Vec<NewReportEvent>,
    /// Texts beside the report's own.
    pub messages: Vec<NewMessage>,
    /// SHA-256 of its photos, as the phone sent them, in order.
    pub photos: Vec<[u8; 32]>,
    /// Reports that it adds to.
    pub links: Vec<LinkChange>,
    /// The reporter's contact, if given.
    pub contact: Option<SealedContact>,
    /// What the reward ledger has to know.
    pub ledger: Vec<NewLedgerEntry>,
    /// What is to be done about it.
    pub jobs: Vec<NewJob>,
}

/// What became of a submission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Submitted {
    /// It was stored, with everything that belongs to it.
    New,
    /// The same was stored before; nothing changed.
    Known {
        /// What was answered then.
        answer: String,
    },
    /// Something else was stored under that id; nothing changed.
    Conflict,
    /// The public number belongs to another report: draw another. Nothing changed.
    NumberTaken,
    /// These photos are not here, or no longer: send them again first. Nothing changed.
    PhotosMissing(Vec<[u8; 32]>),
    /// These photos are evidence of issues of the ledger: leave them out. Nothing changed.
    PhotosOfIssues(Vec<[u8; 32]>),
}

impl Store {
    /// Stores a report with its first events, photos, contact, jobs and ledger entries, all of
    /// them or nothing. Sent again it changes nothing and is answered as it was the first time.
    ///
    /// # Errors
    ///
    /// When the database cannot be written; then nothing was.
    pub async fn submit_report(&self, report: NewReport) -> Result<Submitted, StoreError> {
        self.write(10, move |side| submit(&side.db, &report)).await
    }

    /// What [`Store::submit_report`] would answer to a report with that id and content without
    /// storing anything; `None` if the id is new.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn submitted(
        &self,
        id: &str,
        content_hash: [u8; 32],
    ) -> Result<Option<Submitted>, StoreError> {
        let id = id.to_owned();
        self.read(move |view| known(view.db, &id, content_hash)).await
    }
}

fn submit(db: &Connection, report: &NewReport) -> Result<Submitted, StoreError> {
    if let Some(earlier) = earlier(db, report)? {
        return Ok(earlier);
    }
    let missing = photo::missing(db, &report.photos)?;
    if !missing.is_empty() {
        return Ok(Submitted::PhotosMissing(missing));
    }
    let taken = photo::of_issues(db, &report.id, &report.photos)?;
    if !taken.is_empty() {
        return Ok(Submitted::PhotosOfIssues(taken));
    }
    insert(db, report)?;
    super::act::fold(db, &report.id, &report.standing)?;
    event::append(db, &report.id, &report.events)?;
    message::add(db, &report.id, &report.messages)?;
    let photos: Vec<_> = report.photos.iter().map(NewReportPhoto::of_reporter).collect();
    photo::link(db, &report.id, &photos, report.received)?;
    link::change(db, &report.id, &report.links, report.received)?;
    if let Some(contact) = &report.contact {
        contact::keep(db, &report.id, contact)?;
    }
    ledger::append(db, &report.id, &report.ledger)?;
    job::enqueue(db, &report.jobs)?;
    Ok(Submitted::New)
}

fn earlier(db: &Connection, report: &NewReport) -> Result<Option<Submitted>, StoreError> {
    if let Some(known) = known(db, &report.id, report.content_hash)? {
        return Ok(Some(known));
    }
    let taken: bool = db
        .prepare_cached("select exists (select 1 from report where public_id = ?1)")?
        .query_row([&report.public_id], |row| row.get(0))?;
    Ok(taken.then_some(Submitted::NumberTaken))
}

fn known(
    db: &Connection,
    id: &str,
    content_hash: [u8; 32],
) -> Result<Option<Submitted>, StoreError> {
    let found = db
        .prepare_cached("select content_hash, answer from report where id = ?1")?
        .query_row([id], |row| Ok((row.get::<_, [u8; 32]>(0)?, row.get(1)?)))
        .optional()?;
    Ok(found.map(|(hash, answer)| match hash == content_hash {
        true => Submitted::Known { answer },
        false => Submitted::Conflict,
    }))
}

fn insert(db: &Connection, report: &NewReport) -> Result<(), StoreError> {
    let claim = report.claim.as_ref();
    let told = &report.told;
    db.prepare_cached(
        "insert into report (id, public_id, content_hash, answer, received_us, channel, lang,
             simulated, category, category_group, from_home, text, answers, text_simhash, lon_micro,
             lat_micro, accuracy_m, place_text, street, outfall, extra, locator,
             claim_hash,
             queue, priority, state, changed_us, changed_by, changed_what)
         values (:id, :public_id, :content_hash, :answer, :received, :channel, :lang,
             :simulated, :category, :category_group, :from_home, :text, :answers, :simhash, :lon,
             :lat, :accuracy, :place_text, :street, :outfall, :extra, :locator,
             :claim,
             'normal', 'normal', 'submitted', :received, 'reporter', 'received')",
    )?
    .execute(named_params! {
        ":id": report.id, ":public_id": report.public_id, ":content_hash": report.content_hash,
        ":answer": report.answer, ":received": report.received.as_microsecond(),
        ":channel": report.channel, ":lang": report.lang, ":simulated": report.simulated, ":category": report.category,
        ":category_group": report.category_group, ":from_home": report.from_home,
        ":text": told.text, ":answers": told.answers,
        ":simhash": told.simhash.map(u64::cast_signed),
        ":lon": told.place.map(|place| place.lon_micro),
        ":lat": told.place.map(|place| place.lat_micro),
        ":accuracy": told.accuracy_m, ":place_text": told.place_text, ":street": told.street,
        ":outfall": told.outfall, ":extra": told.extra, ":locator": claim.map(|claim| &claim.locator),
        ":claim": claim.map(|claim| &claim.hash),
    })?;
    Ok(())
}
