use domain::report::State;
use store::Submitted;

use crate::{filing::*, support::*};

#[tokio::test]
async fn a_report_sent_twice_is_stored_once_and_answered_alike() {
    let scene = Scene::open().await;
    let report = new_report(1);
    assert_eq!(scene.store.submit_report(report.clone()).await.unwrap(), Submitted::New);
    let again = scene.store.submit_report(report.clone()).await.unwrap();
    assert_eq!(again, Submitted::Known { answer: report.answer.clone() });
    let found = scene.store.report(&report.id).await.unwrap().unwrap();
    assert_eq!((found.version, found.events, found.standing.state), (1, 1, State::Submitted));
}
