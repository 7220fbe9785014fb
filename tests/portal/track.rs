//! The way back by claim code: for its holder alone, and without telling guessers anything.

use std::time::{Duration, Instant};

use contract::{
    paths,
    problem::{Code, Problem},
    report::{HolderAct, Publication, Track, TrackAct, Tracked},
};
use domain::report::{ActionKind, ClaimCode, State};

use crate::support::*;

async fn tracked(portal: &Portal, code: &str) -> Answer {
    portal.post_json(paths::TRACK, &Track { code: code.to_owned() }).await
}

async fn acted(portal: &Portal, n: u64, version: u64, act_id: u64, act: HolderAct) -> Answer {
    let (code, act_id) = (claim_code(n), report_id(act_id));
    portal.post_json(paths::TRACK_ACT, &TrackAct { code, version, act_id, act }).await
}

fn says(text: &str) -> HolderAct {
    HolderAct::Answer { text: text.to_owned(), photos: Vec::new() }
}

#[tokio::test]
async fn the_code_opens_its_report_in_any_spelling_and_no_other() {
    let portal = Portal::with(take_reports).await;
    let receipt = portal.file(1, &submission(1)).await;
    portal.file(2, &submission(2)).await;
    let spelled = claim_code(1).to_lowercase().replace('-', " ");
    let answer = tracked(&portal, &spelled).await;
    let found: Tracked = answer.read();
    assert_eq!((found.public_id, found.state), (receipt.public_id, State::Submitted));
    assert_eq!(found.due, Some(receipt.accept_by));
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(answer.header("referrer-policy"), "no-referrer");
}

#[tokio::test]
async fn a_slip_is_pointed_out_and_codes_that_open_nothing_are_answered_alike() {
    let portal = Portal::with(take_reports).await;
    portal.file(1, &submission(1)).await;
    let good = claim_code(1);
    let slip = tracked(&portal, &format!("{}0", &good[..good.len() - 1])).await;
    let slipped = slip.status == 422 || good.ends_with('0');
    assert!(slipped, "{}", slip.text());
    // One that is looked for among a report's, and one that is looked for among none.
    let guesses = [crowded(&portal).await, claim_code(99)];
    let mut answers = Vec::new();
    for guess in &guesses {
        let answer = tracked(&portal, guess).await;
        answers.push((answer.status, answer.body.clone()));
    }
    assert_eq!(answers[0], answers[1]);
    assert_eq!(answers[0].0, 404);
}

/// A code that opens nothing, though a report has the locator that it is looked for by.
async fn crowded(portal: &Portal) -> String {
    let claims = &portal.app().reports.secrets.as_ref().unwrap().claims;
    let code = |n| ClaimCode::parse(&claim_code(n), "JLP").unwrap();
    let hash = claims.hash(code(98).secret().to_owned()).await.unwrap();
    let claim = store::Claim { locator: claims.locator(&code(97)), hash };
    portal.report(Told { claim: Some(claim), ..Told::of("桃花溪边有油花") }).await;
    claim_code(97)
}

#[tokio::test]
async fn a_code_with_a_known_locator_takes_no_longer_than_one_without() {
    let portal = Portal::with(|config| {
        take_reports(config);
        config.reports.rates.wrong_codes_per_client = 10_000;
    })
    .await;
    portal.file(1, &submission(1)).await;
    let codes = [crowded(&portal).await, claim_code(99)];
    let mut ratios = Vec::new();
    // A machine that is busy with something else blurs a round; a difference in the server shows in every one.
    for _ in 0..5 {
        ratios.push(ratio_of_medians(&portal, &codes).await);
        if (0.7..1.43).contains(&ratios[ratios.len() - 1]) {
            println!("known locator ÷ unknown locator, medians of 40, by round: {ratios:.2?}");
            return;
        }
    }
    panic!("known locator ÷ unknown locator in every round: {ratios:.2?}");
}

/// How much longer the first code's refusal takes than the second's, asked in turns.
async fn ratio_of_medians(portal: &Portal, codes: &[String; 2]) -> f64 {
    let mut times: [Vec<Duration>; 2] = Default::default();
    for _ in 0..40 {
        for (code, times) in codes.iter().zip(&mut times) {
            let began = Instant::now();
            assert_eq!(tracked(portal, code).await.status, 404);
            times.push(began.elapsed());
        }
    }
    let [known, unknown] = times.map(|mut times| {
        times.sort();
        times[times.len() / 2].as_secs_f64()
    });
    known / unknown
}

#[tokio::test]
async fn who_tries_many_codes_is_asked_to_wait() {
    let portal = Portal::with(|config| {
        take_reports(config);
        config.reports.rates.wrong_codes_per_client = 3;
    })
    .await;
    portal.file(1, &submission(1)).await;
    let mut statuses = Vec::new();
    for n in 90..95 {
        statuses.push(tracked(&portal, &claim_code(n)).await.status);
    }
    assert_eq!(statuses, [404, 404, 404, 429, 429]);
    assert_eq!(tracked(&portal, &claim_code(1)).await.status, 429, "no oracle");
}

#[tokio::test]
async fn an_act_sent_again_is_done_once_and_one_on_an_older_version_not_at_all() {
    let portal = Portal::with(take_reports).await;
    portal.file(1, &submission(1)).await;
    let first: Tracked = tracked(&portal, &claim_code(1)).await.read();
    let once: Tracked = acted(&portal, 1, first.version, 500, says("还有烟")).await.read();
    let twice: Tracked = acted(&portal, 1, first.version, 500, says("还有烟")).await.read();
    assert_eq!((once.messages.len(), twice.messages.len()), (1, 1));
    assert_eq!((once.version, twice.version), (first.version + 1, first.version + 1));
    let stale = acted(&portal, 1, first.version, 501, says("又来了")).await;
    assert_eq!((stale.status, stale.read::<Problem>().code), (409, Code::Conflict));
    assert!(stale.read::<Problem>().stale.is_none(), "nobody of the office is named");
    let reused = acted(&portal, 1, once.version, 500, HolderAct::Withdraw).await;
    assert_eq!(reused.status, 409);
}

#[tokio::test]
async fn a_withdrawn_report_is_hidden_and_nothing_more_can_be_done_to_it() {
    let portal = Portal::with(take_reports).await;
    let receipt = portal.file(1, &smoke(1)).await;
    portal.publish(&receipt.public_id, "烟").await;
    let found: Tracked = tracked(&portal, &claim_code(1)).await.read();
    let gone: Tracked = acted(&portal, 1, found.version, 500, HolderAct::Withdraw).await.read();
    assert_eq!((gone.state, gone.publication), (State::Withdrawn, Publication::HiddenByHolder));
    assert_eq!(portal.get(&paths::report(&receipt.public_id)).await.status, 404);
    let more = acted(&portal, 1, gone.version, 501, says("再补充")).await;
    assert_eq!((more.status, more.read::<Problem>().code), (403, Code::NotPermitted));
    assert!(gone.actions.iter().all(|action| action.refusal.is_some()), "{:?}", gone.actions);
}

#[tokio::test]
async fn a_closing_can_be_contested_and_opens_the_report_again() {
    let portal = Portal::with(take_reports).await;
    let receipt = portal.file(1, &smoke(1)).await;
    let number = receipt.public_id.as_str();
    portal.officer_does(number, ActionKind::Accept, |_| {}).await;
    portal.officer_does(number, ActionKind::Dispatch, |_| {}).await;
    portal.officer_does(number, ActionKind::Start, |_| {}).await;
    let now = portal.now();
    portal
        .officer_does(number, ActionKind::Close, move |change| {
            change.standing.closed = Some(now);
            change.standing.finding = Some(domain::report::Finding::Founded);
        })
        .await;
    let closed: Tracked = tracked(&portal, &claim_code(1)).await.read();
    assert_eq!(closed.contest_until, Some("2026-12-07".parse().unwrap()));
    let not_fixed = |text: &str| HolderAct::NotFixed { text: text.to_owned(), photos: Vec::new() };
    let silent = acted(&portal, 1, closed.version, 500, not_fixed(" ")).await;
    assert_eq!(silent.read::<Problem>().fields[0].field, "text");
    let open: Tracked = acted(&portal, 1, closed.version, 501, not_fixed("还在冒烟")).await.read();
    assert_eq!((open.state, open.finding), (State::Reopened, None));
    assert!(open.due.is_some());
}
