use domain::{
    privacy::retention::Kept,
    report::{EventKind, State},
    reward::RewardState,
};
use jiff::{SignedDuration, Timestamp};
use store::{
    ExpiredReports, NewJob, NewMessage, NewSession, PHOTO_GONE, PhotoEdit, PhotoState,
    ReportChange, Reward, SealedContact, Sender,
};

use crate::{filing::*, support::*};

const SECOND: SignedDuration = SignedDuration::from_secs(1);

fn when(kept: Kept) -> Timestamp {
    now() + kept.keep_for()
}

/// Two reports with a contact, a text and a photo each; the first closed at [`now`].
async fn two() -> Scene {
    let scene = Scene::open().await;
    for number in [1, 2] {
        let photo = u8::try_from(number).unwrap();
        scene.store.add_photo(new_photo(photo)).await.unwrap();
        let mut report = new_report(number);
        report.photos = vec![[photo; 32]];
        report.contact = Some(SealedContact {
            recipient: "age1q".to_owned(),
            sealed: vec![1, 2, 3],
            given: now(),
        });
        report.messages = vec![NewMessage {
            at: now(),
            sender: Sender::Reporter,
            kind: "answer".to_owned(),
            text: "我住三楼".to_owned(),
            to_reporter: true,
        }];
        scene.file([report]).await;
    }
    scene.publish(1).await;
    scene.bring(1, State::Closed, now()).await;
    scene
}

async fn expire(scene: &Scene, at: Timestamp) -> ExpiredReports {
    let expired = scene.store.expire_reports(at).await.unwrap();
    let again = scene.store.expire_reports(at).await.unwrap();
    assert_eq!(again, ExpiredReports::default(), "what is due goes once");
    expired
}

fn only() -> ExpiredReports {
    ExpiredReports::default()
}

#[tokio::test]
async fn a_contact_goes_ninety_days_after_closing_and_leaves_a_tombstone() {
    let scene = two().await;
    assert_eq!(expire(&scene, when(Kept::Contact) - SECOND).await, only());
    let expected = ExpiredReports { contacts: 1, ..only() };
    assert_eq!(expire(&scene, when(Kept::Contact)).await, expected);
    assert!(!scene.store.has_contact(&id(1)).await.unwrap());
    assert!(scene.store.has_contact(&id(2)).await.unwrap(), "its report is open");
    assert_eq!(scene.rows("reporter_contact where deleted_us is not null"), 1);
    let events = scene.store.report_events(&id(1)).await.unwrap();
    assert_eq!(events.last().unwrap().event.kind, EventKind::Expired);
    // A contact given anew, after a reopening, is a contact again.
    change(&scene.store, 1, now(), |change| {
        change.contact =
            Some(SealedContact { recipient: "age1r".to_owned(), sealed: vec![9], given: now() });
    })
    .await
    .unwrap();
    assert!(scene.store.has_contact(&id(1)).await.unwrap());
}

#[tokio::test]
async fn after_a_year_a_closed_report_has_no_words_no_place_and_no_code() {
    let scene = two().await;
    let open = scene.filed(2).await;
    expire(&scene, when(Kept::ReportText) - SECOND).await;
    assert_eq!(scene.filed(1).await.told, new_report(1).told);
    let expired = expire(&scene, when(Kept::ReportText)).await;
    assert_eq!(expired, ExpiredReports { anonymised: 1, ..only() });

    let report = scene.filed(1).await;
    let street = store::Told { street: new_report(1).told.street, ..store::Told::default() };
    assert_eq!((report.told, report.anonymised), (street, Some(when(Kept::ReportText))));
    let message = scene.store.report_messages(&id(1)).await.unwrap().remove(0);
    assert_eq!((message.text, message.number), (None, 1));
    assert_eq!(scene.store.reports_by_locator("7K3M").await.unwrap().len(), 1);
    let photo = scene.store.photo([1; 32]).await.unwrap().unwrap();
    assert_eq!((photo.state, photo.name), (PhotoState::Deleted, None));
    // The one that is still open keeps everything.
    assert_eq!(scene.filed(2).await, open);
    // What was made for the public, and the history, stay.
    let public = scene.store.published_report(&public_id(1)).await.unwrap().unwrap();
    assert_eq!(public.text, public_copy().text);
    let events = scene.store.report_events(&id(1)).await.unwrap();
    let report = domain::report::ReportId::parse(&id(1)).unwrap();
    domain::report::verify(&report, events.iter().map(|row| (&row.event, row.hash))).unwrap();
}

#[tokio::test]
async fn no_byte_of_what_expired_is_left_in_the_file_or_its_log() {
    let scene = two().await;
    scene.bring(2, State::Withdrawn, now()).await;
    // Pages split and overflow as they do when there are many reports.
    let mut long = new_report(3);
    long.told.text = Some("夜里施工，桩机很响。".repeat(400));
    scene.file([long].into_iter().chain((4..60).map(new_report))).await;
    for number in 3..60 {
        scene.bring(number, State::Closed, now()).await;
    }
    let left = |word: &str| {
        let log = scene.path().with_file_name("portal.sqlite-wal");
        let files = [scene.path(), log].map(|path| std::fs::read(path).unwrap());
        let found = |file: &Vec<u8>| file.windows(word.len()).any(|part| part == word.as_bytes());
        files.iter().any(found)
    };
    let words = ["桩机很响", "我住三楼", "3 栋楼下", "$argon2id$4"];
    assert!(words.iter().all(|word| left(word)));
    scene.store.expire_reports(when(Kept::ReportText)).await.unwrap();
    for word in words {
        assert!(!left(word), "{word} is still in the file or its log");
    }
}

#[tokio::test]
async fn a_reward_that_can_still_be_claimed_keeps_its_claim_code() {
    let scene = two().await;
    let reward = |state| Reward {
        state,
        amount_fen: Some(50_000),
        edition: "2025".to_owned(),
        tier: None,
        proposer: None,
        approver: None,
        payer: None,
        voucher: None,
        claim_due: None,
        body: "{}".to_owned(),
    };
    for state in [
        RewardState::Proposed,
        RewardState::Approved,
        RewardState::AwaitingClaim,
        RewardState::Claimed,
    ] {
        let award = reward(state);
        change(&scene.store, 1, now(), |change| change.reward = Some(award)).await.unwrap();
        assert_eq!(expire(&scene, when(Kept::ReportText)).await, only(), "{state:?}");
    }
    change(&scene.store, 1, now(), move |change| change.reward = Some(reward(RewardState::Paid)))
        .await
        .unwrap();
    let expired = expire(&scene, when(Kept::ReportText)).await;
    assert_eq!(expired, ExpiredReports { contacts: 1, anonymised: 1, ..only() });
}

#[tokio::test]
async fn a_refused_photo_goes_after_a_week_and_a_hidden_one_does_not() {
    let scene = two().await;
    for (number, state) in [(1, PhotoState::Refused), (2, PhotoState::Hidden)] {
        let edit = PhotoEdit { sha256: [number; 32], state, redactions: None, public_name: None };
        scene.store.edit_photo(edit, audit("redact", "photo")).await.unwrap();
    }
    assert_eq!(expire(&scene, when(Kept::RefusedPhoto) - SECOND).await, only());
    let expired = expire(&scene, when(Kept::RefusedPhoto)).await;
    assert_eq!(expired, ExpiredReports { photos: 1, ..only() });
    let photos = scene.store.report_photos(&id(1)).await.unwrap();
    assert_eq!(photos[0].photo.state, PhotoState::Deleted, "the tombstone stays");
    let lease = SignedDuration::from_mins(1);
    let at = when(Kept::RefusedPhoto);
    let gone = scene.store.claim_job(&[PHOTO_GONE], at, lease).await.unwrap().unwrap();
    assert_eq!(gone.body, r#"{"name":"001.jpg"}"#);
    // Sent again it is a photo again.
    assert_eq!(scene.store.add_photo(new_photo(1)).await.unwrap().state, PhotoState::Pending);
}

#[tokio::test]
async fn an_upload_that_no_report_names_goes_after_a_day() {
    let scene = two().await;
    scene.store.add_photo(new_photo(3)).await.unwrap();
    let unlinked = scene.store.unlinked_photos(now() + SECOND).await.unwrap();
    assert_eq!(unlinked.iter().map(|photo| photo.sha256).collect::<Vec<_>>(), [[3; 32]]);
    assert_eq!(expire(&scene, when(Kept::UnlinkedPhoto) - SECOND).await, only());
    let expired = expire(&scene, when(Kept::UnlinkedPhoto)).await;
    assert_eq!(expired, ExpiredReports { unlinked: 1, ..only() });
    assert_eq!(scene.store.photo([3; 32]).await.unwrap(), None);
    assert_eq!(scene.rows("photo"), 2);
}

#[tokio::test]
async fn challenges_answers_sessions_and_jobs_go_when_they_are_of_no_use() {
    let scene = Scene::open().await;
    let store = &scene.store;
    let li = store.add_staff(new_staff("li"), audit("add", "li")).await.unwrap();
    store.spend_challenge(b"salt".to_vec(), now()).await.unwrap();
    store.remember_answer("act:1", [1; 32], "{}".to_owned(), now()).await.unwrap();
    let session = NewSession { token_hash: [1; 32], staff: li, created: now(), expires: now() };
    store.open_session(session).await.unwrap();
    let job = |key: &str| NewJob {
        kind: "notify".to_owned(),
        body: "{}".to_owned(),
        key: Some(key.to_owned()),
        run: now(),
    };
    store.add_jobs(vec![job("done"), job("waiting")]).await.unwrap();
    let claimed = store.claim_job(&["notify"], now(), SECOND).await.unwrap().unwrap();
    store.finish_job(&claimed, now()).await.unwrap();

    assert_eq!(expire(&scene, now() - SECOND).await, only());
    let expired = expire(&scene, now()).await;
    assert_eq!(expired, ExpiredReports { challenges: 1, sessions: 1, ..only() });
    let expired = expire(&scene, now() + store::ANSWERS_KEPT).await;
    assert_eq!(expired, ExpiredReports { answers: 1, ..only() });
    let expired = expire(&scene, now() + store::JOBS_KEPT).await;
    assert_eq!(expired, ExpiredReports { jobs: 1, ..only() });
    assert_eq!(scene.rows("job"), 1, "one was never done");
}

#[tokio::test]
async fn many_reports_expire_in_one_call() {
    let scene = Scene::open().await;
    let filing: Vec<_> = (0..450)
        .map(|number| {
            let store = scene.store.clone();
            tokio::spawn(async move {
                store.submit_report(new_report(number)).await.unwrap();
                let close = |change: &mut ReportChange| change.standing.state = State::Closed;
                change(&store, number, now(), close).await.unwrap();
            })
        })
        .collect();
    for filed in filing {
        filed.await.unwrap();
    }
    let expired = expire(&scene, when(Kept::ReportText)).await;
    assert_eq!(expired, ExpiredReports { anonymised: 450, ..only() });
}
