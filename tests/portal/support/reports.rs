//! Reports as they lie in the store when officers begin to work.

use domain::{
    ledger::{Body, LedgerActor},
    period::beijing_day,
    report::{ActorRole, EventBody, EventKind, PublicId, ReportId},
    similarity::SimHash,
};
use server::reports::arrived::after;
use store::{NewLedgerEntry, NewReport, NewReportEvent, Point, SealedContact, Standing, Submitted};

use super::Portal;

/// What a report tells.
#[derive(Clone)]
pub(crate) struct Told {
    pub(crate) text: String,
    pub(crate) category: String,
    pub(crate) street: String,
    pub(crate) place: Point,
    /// What is sealed of a contact; the store takes any bytes.
    pub(crate) contact: Option<String>,
    /// What is kept of its claim code.
    pub(crate) claim: Option<store::Claim>,
}

impl Told {
    /// About a pipe by a stream.
    pub(crate) fn of(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            category: "outfall_discharge".to_owned(),
            street: "huayan".to_owned(),
            place: Point { lon_micro: 106_495_300, lat_micro: 29_502_100 },
            contact: None,
            claim: None,
        }
    }
}

impl Portal {
    /// A report that has just arrived; its number.
    pub(crate) async fn report(&self, told: Told) -> String {
        let now = self.now();
        let random = server::keys::random::<10>().unwrap();
        let id = ReportId::new(u64::try_from(now.as_millisecond()).unwrap(), random);
        let number = u64::from_le_bytes(random[..8].try_into().unwrap()) & 0xff_ffff_ffff;
        let public_id = PublicId::new(number);
        let reports = &self.app().reports;
        let due = reports.deadlines.accept_by(now, &reports.calendar).day;
        let category = self.app().profile.reports.category(&told.category).expect(&told.category);
        let event = NewReportEvent {
            at: now,
            actor: ActorRole::Reporter,
            staff: None,
            kind: EventKind::Received,
            body: EventBody::default(),
        };
        let received = NewLedgerEntry {
            at: now,
            actor: LedgerActor::Reporter,
            body: Body::Received { joint: None },
        };
        let new = NewReport {
            id: id.to_string(),
            public_id: public_id.as_str().to_owned(),
            content_hash: [7; 32],
            answer: "{}".to_owned(),
            received: now,
            channel: "portal".to_owned(),
            lang: "zh-CN".to_owned(),
            simulated: false,
            category: category.key.clone(),
            category_group: category.group.key().to_owned(),
            from_home: category.from_home,
            told: store::Told {
                simhash: Some(SimHash::of(&told.text).0),
                text: Some(told.text),
                place: Some(told.place),
                street: Some(told.street),
                ..store::Told::default()
            },
            claim: told.claim,
            standing: Standing { due: Some(after(due)), ..Standing::submitted() },
            events: vec![event],
            messages: Vec::new(),
            photos: Vec::new(),
            links: Vec::new(),
            contact: told.contact.map(|sealed| SealedContact {
                recipient: "age1".to_owned(),
                sealed: sealed.into_bytes(),
                given: now,
            }),
            ledger: vec![received],
            jobs: Vec::new(),
        };
        assert_eq!(self.store().submit_report(new).await.unwrap(), Submitted::New);
        assert!(beijing_day(now) <= due);
        public_id.to_string()
    }
}
