//! A report that has been looked at and is to be stored, with everything that belongs to it.

use contract::report::Receipt;
use domain::{
    ledger::{Body, LedgerActor},
    period::day_start,
    report::{ActorRole, EventBody, EventKind, PublicId, ReportId},
    similarity::SimHash,
};
use jiff::{Timestamp, ToSpan, civil::Date};
use store::{
    Claim, LinkChange, LinkKind, NewLedgerEntry, NewReport, NewReportEvent, Point, Priority,
    Publication, ReportRow, SealedContact, Standing, Submitted, Told,
};

use super::{
    Secrets,
    admission::{Placement, Queue},
    challenge::hex,
    check::Checked,
    content,
    receipt::Filed,
    submit::{Arrival, Filing, answered},
};
use crate::{app::App, keys::random, officers::webhooks, problem::Problem};

/// Numbers drawn before giving up: of 40 bits, one is hardly ever taken.
const DRAWS: usize = 8;

/// A report that will be stored.
pub(super) struct Arrived<'a> {
    pub(super) arrival: Arrival<'a>,
    pub(super) checked: &'a Checked<'a>,
    pub(super) content_hash: [u8; 32],
    pub(super) received: Timestamp,
    pub(super) placement: Placement,
    pub(super) claim: Claim,
    /// The published report it adds to.
    pub(super) follows: Option<ReportRow>,
}

/// The first instant after a last day: what the store keeps of a deadline.
pub fn after(day: Date) -> Timestamp {
    day_start(day.saturating_add(1.days()))
}

impl Arrived<'_> {
    /// Stores it under a number that nobody has.
    pub(super) async fn store(self, app: &App, secrets: &Secrets) -> Result<Filing, Problem> {
        for _ in 0..DRAWS {
            let bytes: [u8; 8] = random().map_err(Problem::internal)?;
            let number = PublicId::new(u64::from_be_bytes(bytes));
            let receipt = self.receipt(app, secrets, &number);
            let stored = app.store.submit_report(self.report(app, &number, &receipt)?).await?;
            return match stored {
                Submitted::NumberTaken => continue,
                Submitted::New => Ok(Filing { receipt, new: true }),
                other => answered(other, &self.checked.photos),
            };
        }
        Err(Problem::internal(anyhow::anyhow!("every number drawn for a report was taken")))
    }

    fn accept_by(&self, app: &App) -> Date {
        app.reports.deadlines.accept_by(self.received, &app.reports.calendar).day
    }

    fn receipt(&self, app: &App, secrets: &Secrets, number: &PublicId) -> Receipt {
        let public_id = number.to_string();
        let signed = secrets.receipts.sign(&Filed {
            public_id: &public_id,
            received: self.received,
            content: content::digest(self.arrival.submission),
            category: &self.checked.category.key,
        });
        Receipt {
            public_id,
            received: self.received,
            delayed: self.placement.queue == Queue::Delayed,
            accept_by: self.accept_by(app),
            signed,
            simulated: app.demonstration,
        }
    }

    fn report(
        &self,
        app: &App,
        number: &PublicId,
        receipt: &Receipt,
    ) -> Result<NewReport, Problem> {
        let (submission, category) = (self.arrival.submission, self.checked.category);
        let mut report = NewReport {
            id: self.arrival.id.to_string(),
            public_id: number.as_str().to_owned(),
            content_hash: self.content_hash,
            answer: serde_json::to_string(receipt).map_err(Problem::internal)?,
            received: self.received,
            channel: self.arrival.channel.to_owned(),
            lang: self.checked.lang.tag().to_owned(),
            simulated: app.demonstration,
            category: category.key.clone(),
            category_group: category.group.key().to_owned(),
            from_home: category.from_home,
            told: self.told()?,
            claim: Some(self.claim.clone()),
            standing: self.standing(app),
            events: self.events()?,
            messages: Vec::new(),
            photos: self.checked.photos.clone(),
            links: self.links(),
            contact: submission.sealed_contact.as_ref().map(|sealed| SealedContact {
                recipient: app.config.reports.identity_recipient.trim().to_owned(),
                sealed: sealed.clone().into_bytes(),
                given: self.received,
            }),
            ledger: self.ledger(),
            jobs: Vec::new(),
        };
        report.jobs = webhooks::arrived(&app.config.reports.webhooks, &report);
        Ok(report)
    }

    fn told(&self) -> Result<Told, Problem> {
        let (submission, location) = (self.arrival.submission, &self.arrival.submission.location);
        let given = |text: &Option<String>| text.clone().filter(|text| !text.trim().is_empty());
        let place = self.checked.point.map(|point| Point {
            lon_micro: i64::from(point.lon),
            lat_micro: i64::from(point.lat),
        });
        Ok(Told {
            text: Some(submission.text.clone()),
            answers: Some(serde_json::to_string(&submission.answers).map_err(Problem::internal)?),
            simhash: Some(SimHash::of(&submission.text).0),
            place,
            place_text: given(&location.address),
            street: given(&location.street),
            outfall: given(&location.outfall),
            extra: self.arrival.partner.map(|partner| partner.extra.to_owned()),
            ..Told::default()
        })
    }

    fn standing(&self, app: &App) -> Standing {
        let queue = match self.placement.queue {
            Queue::Normal => store::Queue::Normal,
            Queue::Delayed => store::Queue::Delayed,
        };
        let public = self.checked.category.is_public();
        Standing {
            queue,
            priority: if self.placement.low { Priority::Low } else { Priority::Normal },
            due: Some(after(self.accept_by(app))),
            publication: if public { Publication::Waiting } else { Publication::Never },
            ..Standing::submitted()
        }
    }

    fn events(&self) -> Result<Vec<NewReportEvent>, Problem> {
        let event = |kind, body| NewReportEvent {
            at: self.received,
            actor: ActorRole::Reporter,
            staff: None,
            kind,
            body,
        };
        let photos = self.checked.photos.iter().map(|photo| hex(photo)).collect();
        let mut events =
            vec![event(EventKind::Received, EventBody { photos, ..EventBody::default() })];
        if let Some(other) = &self.follows {
            let other = Some(ReportId::parse(&other.id).map_err(Problem::internal)?);
            events.push(event(EventKind::Linked, EventBody { other, ..EventBody::default() }));
        }
        Ok(events)
    }

    fn links(&self) -> Vec<LinkChange> {
        let link = |other: &ReportRow| LinkChange::Add {
            other: other.id.clone(),
            kind: LinkKind::Support,
            staff: None,
        };
        self.follows.iter().map(link).collect()
    }

    fn ledger(&self) -> Vec<NewLedgerEntry> {
        let entry = |body| NewLedgerEntry { at: self.received, actor: LedgerActor::Reporter, body };
        let linked = self.follows.iter().map(|other| Body::Linked { to: other.public_id.clone() });
        std::iter::once(Body::Received { joint: None }).chain(linked).map(entry).collect()
    }
}
