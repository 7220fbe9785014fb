//! What is kept for a while goes when its time is over, by the server's own work and without anybody's doing.

use std::collections::BTreeSet;

use domain::{canonical::sha256, privacy::retention::Kept, report::ActionKind};
use jiff::{SignedDuration, Timestamp};
use server::jobs;
use store::{PhotoEdit, PhotoState};

use crate::support::{Portal, Told, camera::photo, smoke};

/// One thing of each kind.
struct Scene {
    portal: Portal,
    /// Closed at the beginning; it has a photo that was refused.
    report: String,
    /// Closed at the beginning; its reporter left a contact.
    named: String,
    refused: String,
    unlinked: String,
    challenge: Vec<u8>,
    /// Somebody objected to it and was answered at the beginning.
    issue: String,
}

impl Scene {
    async fn begin() -> Self {
        let portal = Portal::with_record().await;
        let issue = portal.shown_issue().await;
        assert_eq!(portal.object(&issue, "雨后仍有异味").await.status, 201);
        portal.reject_objection(&issue).await;
        let [refused, unlinked] = [photo(100, 90, b""), photo(90, 100, b"")];
        for photo in [&refused, &unlinked] {
            assert_eq!(portal.put(photo).await.status, 200);
        }
        let picture = async |photo: &[u8]| {
            portal.store().photo(sha256(photo)).await.unwrap().unwrap().name.unwrap()
        };
        let names = [picture(&refused).await, picture(&unlinked).await];
        let mut sent = smoke(1);
        sent.photos = vec![domain::canonical::hex(&sha256(&refused))];
        let report = portal.file(1, &sent).await.public_id;
        let contact = Some("sealed".to_owned());
        let named = portal.report(Told { contact, ..Told::of("桃花溪边有油花") }).await;
        let edit = PhotoEdit {
            sha256: sha256(&refused),
            state: PhotoState::Refused,
            redactions: None,
            public_name: None,
        };
        portal.officer_does(&named, ActionKind::Refuse, |_| {}).await;
        portal
            .officer_does(&report, ActionKind::Refuse, |change| change.photo_edits = vec![edit])
            .await;
        let challenge = b"a solved one".to_vec();
        assert!(portal.store().spend_challenge(challenge.clone(), portal.now()).await.unwrap());
        let [refused, unlinked] = names;
        Self { portal, report, named, refused, unlinked, challenge, issue }
    }

    /// Whether it is still there.
    async fn has(&self, kept: Kept) -> bool {
        let (portal, store) = (&self.portal, self.portal.store());
        let picture = |name: &str| portal.photos().iter().any(|(file, _)| file.contains(name));
        match kept {
            Kept::Contact => {
                let id = portal.kept(&self.named).await.id;
                store.look(move |view| view.has_contact(&id)).await.unwrap()
            }
            Kept::ReportText => {
                let told = portal.kept(&self.report).await.told;
                assert_eq!(told.text.is_some(), told.place.is_some(), "both or neither");
                told.text.is_some()
            }
            Kept::NetworkHash => portal.app().reports.admission.clients() > 0,
            Kept::RefusedPhoto => picture(&self.refused),
            Kept::UnlinkedPhoto => picture(&self.unlinked),
            Kept::SpentChallenge => {
                !store.spend_challenge(self.challenge.clone(), portal.now()).await.unwrap()
            }
            Kept::Objection => {
                let objections = store.objections(&self.issue).await.unwrap();
                objections.first().unwrap().text.is_some()
            }
        }
    }

    /// All that a running server does in an hour, at that time.
    async fn work_at(&self, at: Timestamp) {
        self.portal.pass(at.duration_since(self.portal.now()));
        jobs::housekeep(self.portal.app()).await;
        jobs::look_after_reports(self.portal.app()).await;
    }
}

#[tokio::test]
async fn everything_that_is_kept_for_a_while_goes_when_its_time_is_over() {
    let scene = Scene::begin().await;
    let began = scene.portal.now();
    let terms: BTreeSet<_> = Kept::ALL.iter().map(|kept| kept.keep_for()).collect();
    for term in terms {
        let kinds: Vec<_> = Kept::ALL.iter().filter(|kept| kept.keep_for() == term).collect();
        for kept in &kinds {
            assert!(scene.has(**kept).await, "{kept:?} is there at first");
        }
        let due = began + term;
        // The key of the hashes is thrown away at midnight, and an idle client is forgotten before.
        let until_then = kinds.iter().filter(|kept| ***kept != Kept::NetworkHash);
        if term > SignedDuration::ZERO {
            scene.work_at(due - SignedDuration::from_mins(2)).await;
            for kept in until_then {
                assert!(scene.has(**kept).await, "{kept:?} is kept until {due}");
            }
        }
        scene.work_at(due + SignedDuration::from_mins(1)).await;
        for kept in kinds {
            assert!(!scene.has(*kept).await, "{kept:?} is gone after {due}");
        }
    }
}
