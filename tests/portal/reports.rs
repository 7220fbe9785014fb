//! Reports arrive once, whole, and with everything that is wrong said at once.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use contract::{
    paths,
    problem::{Code, Problem},
    public::Place,
    report::{Challenge, Receipt, ReceiptKeys, ReportForm},
};
use ed25519_dalek::{Signature, Verifier, VerifyingKey};
use store::{Priority, Queue};

use crate::support::*;

#[tokio::test]
async fn the_form_is_closed_until_a_handler_is_named_and_says_where_to_go() {
    let portal = Portal::with(|config| config.reports.enabled = true).await;
    let form: ReportForm = portal.read(paths::REPORT_FORM).await;
    assert!(form.closed.is_some() && form.reward.official_channels.len() >= 4);
    let refused = portal.send_report(&report_id(1), &submission(1)).await;
    assert_eq!((refused.status, refused.read::<Problem>().code), (503, Code::FormClosed));
    assert_eq!(portal.get(paths::REPORT_CHALLENGE).await.status, 503);
}

#[tokio::test]
async fn a_report_sent_again_is_answered_as_it_was_and_another_under_its_id_is_refused() {
    let portal = Portal::with(take_reports).await;
    let receipt = portal.file(1, &submission(1)).await;
    let again = portal.send_report(&report_id(1), &submission(1)).await;
    assert_eq!((again.status, again.read::<Receipt>()), (200, receipt.clone()));
    let mut solved = submission(1);
    solved.proof = Some(portal.proof("").await);
    assert_eq!(portal.send_report(&report_id(1), &solved).await.read::<Receipt>(), receipt);
    let other = portal.send_report(&report_id(1), &submission(2)).await;
    assert_eq!((other.status, other.read::<Problem>().code), (409, Code::OtherReport));
    for header in ["no-store", "no-referrer"] {
        let found = [again.header("cache-control"), again.header("referrer-policy")];
        assert!(found.contains(&header), "{header}");
    }
}

#[tokio::test]
async fn anyone_can_verify_a_receipt_and_it_tells_nothing_of_the_content() {
    let portal = Portal::with(take_reports).await;
    let receipt = portal.file(1, &submission(1)).await;
    let keys: ReceiptKeys = portal.read(paths::RECEIPT_KEYS).await;
    let key = keys.keys.iter().find(|key| key.key_id == receipt.signed.key_id).unwrap();
    let bytes = |text: &str| BASE64_URL_SAFE_NO_PAD.decode(text).unwrap();
    let key = VerifyingKey::from_bytes(&bytes(&key.public_key).try_into().unwrap()).unwrap();
    let signature = Signature::from_slice(&bytes(&receipt.signed.signature)).unwrap();
    assert!(key.verify(receipt.signed.text.as_bytes(), &signature).is_ok());
    assert!(receipt.signed.text.contains(&receipt.public_id));
    assert!(!receipt.signed.text.contains("橡胶"));
}

#[tokio::test]
async fn everything_that_is_wrong_is_said_beside_its_field_in_the_readers_language() {
    let portal = Portal::with(take_reports).await;
    let mut wrong = submission(1);
    wrong.category = "nothing".into();
    wrong.text = "x".repeat(5_000);
    wrong.location.place = Some(Place { lon: 121.47, lat: 31.23 });
    wrong.claim_code = "JLP-0000".into();
    wrong.photos = vec!["ab".repeat(32)];
    for (lang, chinese) in [("zh-CN", true), ("en", false)] {
        let path = format!("{}?lang={lang}", paths::report(&report_id(1)));
        let request = portal.request(reqwest::Method::PUT, &path).json(&wrong);
        let answer = Answer::of(request.send().await.unwrap()).await;
        let problem: Problem = answer.read();
        assert_eq!((answer.status, problem.code), (422, Code::BadForm));
        let fields: Vec<_> = problem.fields.iter().map(|fault| fault.field.as_str()).collect();
        assert_eq!(fields, ["category", "text", "location.place", "claim_code"]);
        assert!(problem.fields.iter().all(|fault| is_chinese(&fault.message) == chinese));
    }
    let mut photo = submission(1);
    photo.photos = vec!["ab".repeat(32)];
    let problem: Problem = portal.send_report(&report_id(1), &photo).await.read();
    assert_eq!(problem.fields[0].field, "photos.0");
}

#[tokio::test]
async fn a_body_that_is_no_report_is_refused_as_a_whole() {
    let portal = Portal::with(take_reports).await;
    let put = |path: String, media_type: &'static str, body: Vec<u8>| {
        let request = portal.request(reqwest::Method::PUT, &path);
        async move {
            let request = request.header("content-type", media_type).body(body);
            let answer = Answer::of(request.send().await.unwrap()).await;
            (answer.status, answer.read::<Problem>().code)
        }
    };
    let path = paths::report(&report_id(1));
    let json = "application/json";
    assert_eq!(put(path.clone(), json, b"{".to_vec()).await, (400, Code::BadBody));
    assert_eq!(
        put(path.clone(), "text/plain", b"{}".to_vec()).await,
        (415, Code::UnsupportedMedia)
    );
    let large = vec![b' '; 100_000];
    assert_eq!(put(path, json, large).await, (413, Code::TooLarge));
    let whole = serde_json::to_vec(&submission(1)).unwrap();
    let wrong = put(paths::report("7"), json, whole).await;
    assert_eq!(wrong, (400, Code::BadParameter));
}

#[tokio::test]
async fn a_proof_counts_once_and_what_a_program_sends_waits_without_being_refused() {
    let portal = Portal::with(take_reports).await;
    let mut proved = submission(1);
    proved.proof = Some(portal.proof("").await);
    let first = portal.file(1, &proved).await;
    let mut trapped = submission(2);
    trapped.website = "http://spam.example".into();
    let second = portal.file(2, &trapped).await;
    let mut hurried = submission(3);
    hurried.written_ms = Some(500);
    let third = portal.file(3, &hurried).await;
    assert_eq!([first.delayed, second.delayed, third.delayed], [false, true, true]);
    let standing = |row: &store::ReportRow| (row.standing.queue, row.standing.priority);
    let first = portal.kept(&first.public_id).await;
    assert_eq!(standing(&first), (Queue::Normal, Priority::Normal));
    let second = portal.kept(&second.public_id).await;
    assert_eq!(standing(&second), (Queue::Delayed, Priority::Low));
    // The unproved ones of one client: five an hour; a proof sent twice is none.
    let mut delayed = Vec::new();
    for n in 10..18 {
        let mut again = submission(n);
        again.proof.clone_from(&proved.proof);
        delayed.push(portal.file(n, &again).await.delayed);
    }
    assert_eq!(delayed.iter().filter(|delayed| !**delayed).count(), 5);
}

#[tokio::test]
async fn each_challenge_is_anothers_and_asks_for_more_work_of_who_asks_often() {
    let portal = Portal::with(|config| {
        take_reports(config);
        config.reports.rates.challenges_per_client = 5;
    })
    .await;
    let mut asked = Vec::new();
    for _ in 0..16 {
        let challenge: Challenge = portal.read(paths::REPORT_CHALLENGE).await;
        asked.push(challenge);
    }
    assert_ne!(asked[0].salt, asked[1].salt);
    assert!(asked[15].max_number >= 4 * asked[0].max_number);
}
