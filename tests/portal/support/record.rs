//! The district's list of issues, played as the demonstration plays it, and readers who object.

use contract::{
    paths,
    rectification::{Item, Ledger, Objection},
};
use domain::{
    period::beijing_day,
    rectification::{ActorRole, Body, ItemNumber, State},
};
use server::record::samples;
use store::{ItemChange, NewItemEvent, Seen, StoreError};

use super::{Answer, Portal, take_reports};

/// An objection without the work that one needs.
pub(crate) fn objection(text: &str) -> Objection {
    Objection { text: text.into(), sealed_contact: None, proof: None, website: String::new() }
}

impl Portal {
    /// A portal with the demonstration's list.
    pub(crate) async fn with_record() -> Self {
        let portal = Self::with(take_reports).await;
        samples::play(portal.app()).await.unwrap();
        portal
    }

    /// An issue that is shown now and was never objected to.
    pub(crate) async fn shown_issue(&self) -> String {
        let ledger: Ledger = self.read(paths::RECTIFICATION).await;
        for line in ledger.items.iter().filter(|line| line.state == State::Publicity) {
            let item: Item = self.read(&paths::item(&line.number)).await;
            if item.objections.received == 0 && item.publicity.is_some_and(|shown| shown.open) {
                return line.number.clone();
            }
        }
        panic!("the demonstration shows an issue");
    }

    /// A reader objects, with the work done.
    pub(crate) async fn object(&self, number: &str, text: &str) -> Answer {
        let mut sent = objection(text);
        sent.proof = Some(self.proof("203.0.113.7").await);
        self.post_json(&paths::objections(number), &sent).await
    }

    /// The office finds the first objection to the issue unfounded.
    pub(crate) async fn reject_objection(&self, number: &str) {
        let now = self.now();
        let event = NewItemEvent {
            at: now,
            on: beijing_day(now),
            actor: ActorRole::System,
            unit: None,
            signed: None,
            simulated: true,
            body: Body::ObjectionAnswered {
                objection: 1,
                upheld: false,
                answer: "现场复核，未见异常。".to_owned(),
            },
        };
        let number = ItemNumber::parse(number).unwrap();
        self.store()
            .act_on_item(&number, Seen::Any, move |_, _| {
                Ok::<_, StoreError>(ItemChange::of(event, "office"))
            })
            .await
            .unwrap();
    }
}
