use domain::{
    ledger::{Body, LedgerActor},
    report::{ActorRole, EventKind, ReportId, State},
};
use jiff::SignedDuration;
use store::{
    LinkChange, LinkKind, NewJob, NewLedgerEntry, NewMessage, NewReportPhoto, Queue, ReportChange,
    SealedContact, Seen, Sender, StoreError, Submitted,
};

use crate::{filing::*, support::*};

/// Everything that comes with a report at once.
fn full_report(number: u32) -> store::NewReport {
    let contact = SealedContact {
        recipient: "age1q".to_owned(),
        sealed: b"age-encryption.org/v1".to_vec(),
        given: now(),
    };
    let received = NewLedgerEntry {
        at: now(),
        actor: LedgerActor::Reporter,
        body: Body::Received { joint: None },
    };
    let job = NewJob {
        kind: "notify".to_owned(),
        body: "{}".to_owned(),
        key: Some(format!("notify:{number}")),
        run: now(),
    };
    store::NewReport {
        photos: vec![[1; 32], [2; 32]],
        contact: Some(contact),
        ledger: vec![received],
        jobs: vec![job],
        ..new_report(number)
    }
}

const TOUCHED: [&str; 8] = [
    "report",
    "report_event",
    "report_message",
    "report_photo",
    "reporter_contact",
    "report_link",
    "reward_ledger",
    "job",
];

#[tokio::test]
async fn a_report_sent_again_changes_nothing_and_is_answered_alike() {
    let scene = Scene::open().await;
    for number in [1, 2] {
        scene.store.add_photo(new_photo(number)).await.unwrap();
    }
    scene.file([full_report(1)]).await;
    let before = TOUCHED.map(|table| scene.rows(table));
    assert_eq!(before, [1, 1, 0, 2, 1, 0, 1, 1]);

    // The server decides anew when it is sent again; what counts is what it decided first.
    let mut later = full_report(1);
    later.public_id = public_id(99);
    later.answer = r#"{"public_id":"other"}"#.to_owned();
    let again = scene.store.submit_report(later).await.unwrap();
    assert_eq!(again, Submitted::Known { answer: full_report(1).answer });
    let known = scene.store.submitted(&id(1), new_report(1).content_hash).await.unwrap();
    assert_eq!(known, Some(again));
    assert_eq!(TOUCHED.map(|table| scene.rows(table)), before);
}

#[tokio::test]
async fn another_content_under_the_same_id_is_a_conflict() {
    let scene = Scene::open().await;
    scene.file([new_report(1)]).await;
    let mut other = new_report(1);
    other.content_hash = [0xee; 32];
    other.told.text = Some("something else".to_owned());
    assert_eq!(scene.store.submit_report(other).await.unwrap(), Submitted::Conflict);
    assert_eq!(scene.filed(1).await.told, new_report(1).told);
}

#[tokio::test]
async fn one_report_sent_from_many_tabs_at_once_is_new_once() {
    let scene = Scene::open().await;
    let tabs: Vec<_> = (0..20)
        .map(|_| {
            let store = scene.store.clone();
            tokio::spawn(async move { store.submit_report(new_report(1)).await.unwrap() })
        })
        .collect();
    let mut new = 0;
    for tab in tabs {
        match tab.await.unwrap() {
            Submitted::New => new += 1,
            other => assert!(matches!(other, Submitted::Known { .. }), "{other:?}"),
        }
    }
    assert_eq!((new, scene.rows("report"), scene.rows("report_event")), (1, 1, 1));
}

#[tokio::test]
async fn a_number_that_is_taken_is_drawn_again() {
    let scene = Scene::open().await;
    scene.file([new_report(1)]).await;
    let mut second = new_report(2);
    second.public_id = public_id(1);
    assert_eq!(scene.store.submit_report(second).await.unwrap(), Submitted::NumberTaken);
    scene.file([new_report(2)]).await;
}

#[tokio::test]
async fn a_report_waits_for_its_photos() {
    let scene = Scene::open().await;
    scene.store.add_photo(new_photo(1)).await.unwrap();
    let missing = scene.store.submit_report(full_report(1)).await.unwrap();
    assert_eq!(missing, Submitted::PhotosMissing(vec![[2; 32]]));
    assert_eq!(scene.store.report(&id(1)).await.unwrap(), None);
    scene.store.add_photo(new_photo(2)).await.unwrap();
    scene.file([full_report(1)]).await;
    let photos = scene.store.report_photos(&id(1)).await.unwrap();
    let order: Vec<_> = photos.iter().map(|photo| photo.photo.sha256[0]).collect();
    assert_eq!(order, [1, 2]);
}

#[tokio::test]
async fn a_submission_that_fails_half_way_leaves_nothing() {
    let scene = Scene::open().await;
    for number in [1, 2] {
        scene.store.add_photo(new_photo(number)).await.unwrap();
    }
    // Report, events and photos are written by the time the link proves to lead nowhere.
    let mut report = full_report(1);
    report.links = vec![LinkChange::Add { other: id(77), kind: LinkKind::Support, staff: None }];
    scene.store.submit_report(report).await.unwrap_err();
    assert_eq!(TOUCHED.map(|table| scene.rows(table)), [0; 8]);
    scene.file([full_report(1)]).await;
}

#[tokio::test]
async fn an_action_that_fails_half_way_leaves_nothing() {
    let scene = Scene::open().await;
    scene.file([new_report(1)]).await;
    let before = (scene.filed(1).await, TOUCHED.map(|table| scene.rows(table)));
    let failed = change(&scene.store, 1, now(), |change| {
        change.standing.state = State::Accepted;
        change.events = vec![event(ActorRole::Officer, EventKind::Accepted)];
        change.messages = vec![question("几点开始的？")];
        let unknown = NewReportPhoto { sha256: [9; 32], sender: Sender::Officer, message: None };
        change.photos = vec![unknown];
    })
    .await;
    assert!(matches!(failed, Err(StoreError::NoSuch { what: "photo", .. })), "{failed:?}");
    assert_eq!((scene.filed(1).await, TOUCHED.map(|table| scene.rows(table))), before);
}

fn question(text: &str) -> NewMessage {
    NewMessage {
        at: now(),
        sender: Sender::Officer,
        kind: "question".to_owned(),
        text: text.to_owned(),
        to_reporter: true,
    }
}

#[tokio::test]
async fn who_acts_on_an_old_version_is_told_who_was_first() {
    let scene = Scene::open().await;
    scene.file([new_report(1)]).await;
    let act = async |number: u32, seen: Seen, by: &'static str, what: &'static str| {
        let decide = move |_: &store::View<'_>, report: &store::ReportRow| {
            Ok::<_, StoreError>(ReportChange::of(report, by, what, now()))
        };
        scene.store.act_on_report(&id(number), seen, decide).await
    };
    assert_eq!(act(1, Seen::Version(1), "李工", "accept").await.unwrap().version, 2);
    match act(1, Seen::Version(1), "王工", "refuse").await.unwrap_err() {
        StoreError::Stale { by, at, what } => {
            assert_eq!((by.as_str(), at, what.as_str()), ("李工", now(), "accept"));
        }
        other => panic!("{other}"),
    }
    assert_eq!(scene.filed(1).await.changed_by, "李工");
    assert_eq!(act(1, Seen::Any, "reporter", "answer").await.unwrap().version, 3);
    let unknown = act(2, Seen::Any, "李工", "accept").await;
    assert!(matches!(unknown, Err(StoreError::NoSuch { what: "report", .. })));
}

#[tokio::test]
async fn a_refusal_of_the_callers_own_leaves_nothing_and_comes_back() {
    #[derive(Debug)]
    enum Refused {
        Store,
        ByRule(State),
    }
    impl From<StoreError> for Refused {
        fn from(_: StoreError) -> Self {
            Self::Store
        }
    }
    let scene = Scene::open().await;
    scene.file([new_report(1)]).await;
    let refused = scene
        .store
        .act_on_report(&id(1), Seen::Version(1), |view, report| {
            assert_eq!(view.report_events(&report.id)?.len(), 1);
            Err(Refused::ByRule(report.standing.state))
        })
        .await;
    assert!(matches!(refused, Err(Refused::ByRule(State::Submitted))), "{refused:?}");
    assert_eq!(scene.filed(1).await.version, 1);
    let stale = scene
        .store
        .act_on_report(&id(1), Seen::Version(9), |_, _| Err(Refused::ByRule(State::Closed)))
        .await;
    assert!(matches!(stale, Err(Refused::Store)), "{stale:?}");
}

#[tokio::test]
async fn a_history_is_numbered_chained_and_believed_by_the_domain() {
    let scene = Scene::open().await;
    let officer = scene.store.add_staff(new_staff("li"), audit("add", "li")).await.unwrap();
    scene.file([new_report(1), new_report(2)]).await;
    change(&scene.store, 1, now(), move |change| {
        let mut accepted = event(ActorRole::Officer, EventKind::Accepted);
        accepted.staff = Some(officer);
        change.standing.state = State::Accepted;
        change.events = vec![accepted, event(ActorRole::System, EventKind::Prioritised)];
    })
    .await
    .unwrap();
    let events = scene.store.report_events(&id(1)).await.unwrap();
    let names: Vec<_> = events.iter().map(|event| event.staff_name.as_deref()).collect();
    assert_eq!(names, [None, Some("LI"), None]);
    let report = ReportId::parse(&id(1)).unwrap();
    let chained = events.iter().map(|row| (&row.event, row.hash));
    let head = domain::report::verify(&report, chained).unwrap();
    assert_eq!(head, events[2].hash);
    let state = domain::report::replay(events.iter().map(|row| &row.event)).unwrap();
    assert_eq!(state, scene.filed(1).await.standing.state);
    // The other report has a chain of its own.
    let other = scene.store.report_events(&id(2)).await.unwrap();
    assert_eq!((other.len(), other[0].event.seq), (1, 1));
    assert_ne!(other[0].hash, events[0].hash);
}

#[tokio::test]
async fn the_database_refuses_to_rewrite_a_history() {
    let scene = Scene::open().await;
    scene.file([new_report(1)]).await;
    let copied = "insert into report_event select report, 1, at_us, actor, kind, body, staff,
                      prev_hash, zeroblob(32) from report_event";
    let skipped = copied.replace("report, 1,", "report, 3,");
    let unchained = copied.replace("report, 1,", "report, 2,");
    for sql in [
        "update report_event set kind = 'accepted'",
        "delete from report_event",
        copied,
        &skipped,
        &unchained,
    ] {
        scene.tamper(sql).unwrap_err();
    }
    assert_eq!(scene.store.report_events(&id(1)).await.unwrap().len(), 1);
}

#[tokio::test]
async fn texts_are_numbered_and_named_by_their_hash() {
    let scene = Scene::open().await;
    scene.file([new_report(1)]).await;
    let first = question("几点开始的？");
    let hash = first.sha256();
    let row = change(&scene.store, 1, now(), move |change| change.messages = vec![first]).await;
    assert_eq!(row.unwrap().messages, 1);
    change(&scene.store, 1, now(), |change| {
        change.messages = vec![NewMessage { sender: Sender::Reporter, ..question("十点") }];
    })
    .await
    .unwrap();
    let messages = scene.store.report_messages(&id(1)).await.unwrap();
    assert_eq!(messages.iter().map(|text| text.number).collect::<Vec<_>>(), [1, 2]);
    assert_eq!((messages[0].sha256, messages[1].text.as_deref()), (hash, Some("十点")));
}

#[tokio::test]
async fn a_contact_is_handed_out_only_to_who_is_written_down() {
    let scene = Scene::open().await;
    for number in [1, 2] {
        scene.store.add_photo(new_photo(number)).await.unwrap();
    }
    scene.file([full_report(1), new_report(2)]).await;
    let entry = audit("unseal", &public_id(1));
    assert!(scene.store.has_contact(&id(1)).await.unwrap());
    let contact = scene.store.take_contact(&id(1), entry.clone()).await.unwrap().unwrap();
    assert_eq!(contact.sealed, b"age-encryption.org/v1");
    assert_eq!(scene.rows("audit_log"), 1);
    assert_eq!(scene.store.take_contact(&id(2), entry).await.unwrap(), None);
    assert_eq!(scene.rows("audit_log"), 1, "nothing was handed out");
    assert!(!format!("{contact:?}").contains("age-encryption"));
}

#[tokio::test]
async fn reports_that_share_a_locator_are_all_tried() {
    let scene = Scene::open().await;
    scene.file([new_report(1), new_report(2)]).await;
    let rows = scene.store.reports_by_locator("7K3M").await.unwrap();
    let hashes: Vec<_> = rows.iter().map(|row| row.hash.as_str()).collect();
    assert_eq!(hashes, ["$argon2id$1", "$argon2id$2"]);
    assert!(scene.store.reports_by_locator("7K3N").await.unwrap().is_empty());
}

#[tokio::test]
async fn a_link_is_made_once_and_taken_back_from_either_side() {
    let scene = Scene::open().await;
    scene.file([new_report(1), new_report(2)]).await;
    let add = || LinkChange::Add { other: id(1), kind: LinkKind::Duplicate, staff: None };
    change(&scene.store, 2, now(), move |change| change.links = vec![add(), add()]).await.unwrap();
    for number in [1, 2] {
        let links = scene.store.report_links(&id(number)).await.unwrap();
        assert_eq!((links.len(), links[0].report.clone()), (1, id(2)));
    }
    let remove = LinkChange::Remove { other: id(2) };
    change(&scene.store, 1, now(), |change| change.links = vec![remove]).await.unwrap();
    assert!(scene.store.report_links(&id(2)).await.unwrap().is_empty());
    change(&scene.store, 2, now(), move |change| change.links = vec![add()]).await.unwrap();
    assert_eq!(scene.store.report_links(&id(1)).await.unwrap().len(), 1);
}

#[tokio::test]
async fn delayed_reports_enter_the_queue_oldest_first_as_there_is_room() {
    let scene = Scene::open().await;
    for number in 1..=5 {
        let mut report = new_report(number);
        report.received = now() - SignedDuration::from_mins(i64::from(number));
        let queue = if number > 1 { Queue::Delayed } else { Queue::Normal };
        report.standing.queue = queue;
        scene.file([report]).await;
    }
    let hour_before = now() - SignedDuration::from_hours(1);
    let size = scene.store.queue_size(hour_before).await.unwrap();
    assert_eq!((size.arrived, size.delayed), (1, 4));
    assert_eq!(scene.store.release_delayed(2, |_| Vec::new()).await.unwrap(), 2);
    for (number, queue) in [(5, Queue::Normal), (4, Queue::Normal), (3, Queue::Delayed)] {
        assert_eq!(scene.filed(number).await.standing.queue, queue, "{number}");
    }
    assert_eq!(scene.store.release_delayed(9, |_| Vec::new()).await.unwrap(), 2);
    assert_eq!(scene.store.queue_size(hour_before).await.unwrap().delayed, 0);
}

#[tokio::test]
async fn a_report_that_ends_knows_since_when_and_forgets_it_when_opened_again() {
    let scene = Scene::open().await;
    scene.file([new_report(1)]).await;
    let later = now() + SignedDuration::from_hours(5);
    assert_eq!(scene.bring(1, State::Closed, now()).await.standing.closed, Some(now()));
    assert_eq!(scene.bring(1, State::Closed, later).await.standing.closed, Some(now()));
    assert_eq!(scene.bring(1, State::Reopened, later).await.standing.closed, None);
    assert_eq!(scene.bring(1, State::Withdrawn, later).await.standing.closed, Some(later));
}

#[tokio::test]
async fn a_challenge_and_a_request_count_once() {
    let scene = Scene::open().await;
    let spend = || scene.store.spend_challenge(b"salt".to_vec(), now());
    assert!(spend().await.unwrap());
    assert!(!spend().await.unwrap());

    let (store, answer) = (&scene.store, r#"{"version":2}"#.to_owned());
    assert_eq!(store.answer_of("act:1", [1; 32]).await.unwrap(), None);
    let first = store.remember_answer("act:1", [1; 32], answer.clone(), now()).await.unwrap();
    assert_eq!(first, None);
    let same = store.remember_answer("act:1", [1; 32], "{}".to_owned(), now()).await.unwrap();
    assert_eq!(same, Some(store::Remembered::Same(answer)));
    let other = store.answer_of("act:1", [2; 32]).await.unwrap();
    assert_eq!(other, Some(store::Remembered::Other));
}
