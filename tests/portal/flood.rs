//! A flood: what programs send waits, people get through, and nobody is refused.

use std::time::Instant;

use contract::report::{Receipt, Submission};
use futures_util::{StreamExt, stream};

use crate::support::*;

/// Submissions of programs in an hour.
const SCRIPTED: u64 = 10_000;
/// People behind one address of a mobile network.
const PEOPLE: u64 = 50;
/// Sent at once.
const AT_ONCE: usize = 32;
/// The address they share.
const SHARED: &str = "203.0.113.77";

/// What program number `n` sends, and from where.
fn scripted(n: u64, spent: &Submission) -> (String, Submission) {
    let address = format!("198.18.{}.{}", n / 250 % 250, n % 250);
    let mut sent = submission(1_000_000 + n);
    sent.written_ms = n.is_multiple_of(3).then_some(200);
    match n % 10 {
        // Programs fill in what they find, use a solution again, or forge one.
        0 => sent.website = "http://spam.example".into(),
        1 => sent.proof.clone_from(&spent.proof),
        2 => {
            sent.proof.clone_from(&spent.proof);
            if let Some(proof) = &mut sent.proof {
                proof.number += n;
            }
        }
        3 => sent.text = "http://a http://b http://c".into(),
        _ => {}
    }
    // A tenth comes from the very address that the people share.
    (if n.is_multiple_of(10) { SHARED.to_owned() } else { address }, sent)
}

#[tokio::test(flavor = "multi_thread")]
async fn of_ten_thousand_scripted_submissions_few_reach_the_queue_and_fifty_people_do() {
    let portal = Portal::with(|config| {
        take_reports(config);
        config.server.trusted_proxies = vec!["127.0.0.1".parse().unwrap()];
    })
    .await;
    let rates = portal.app().config.reports.rates.clone();
    let mut spent = submission(1);
    spent.proof = Some(portal.proof("192.0.2.1").await);
    assert_eq!(portal.send_from("192.0.2.1", &report_id(1), &spent).await.status, 201);
    let began = Instant::now();
    let programs = stream::iter(0..SCRIPTED).map(|n| {
        let (portal, (address, sent)) = (&portal, scripted(n, &spent));
        async move { portal.send_from(&address, &report_id(1_000_000 + n), &sent).await }
    });
    let people = stream::iter(0..PEOPLE).map(|n| {
        let portal = &portal;
        async move {
            let mut sent = submission(2_000_000 + n);
            sent.proof = Some(portal.proof(SHARED).await);
            portal.send_from(SHARED, &report_id(2_000_000 + n), &sent).await
        }
    });
    let (programs, people) = tokio::join!(
        programs.buffer_unordered(AT_ONCE).collect::<Vec<_>>(),
        people.buffer_unordered(4).collect::<Vec<_>>(),
    );
    let taken = |answers: &[Answer]| {
        answers.iter().inspect(|answer| assert_eq!(answer.status, 201, "{}", answer.text())).count()
    };
    let queued = |answers: &[Answer]| {
        answers.iter().filter(|answer| !answer.read::<Receipt>().delayed).count()
    };
    assert_eq!((taken(&programs), taken(&people)), (10_000, 50), "nobody is refused");
    println!(
        "flood: {} of {SCRIPTED} scripted submissions in the normal queue (at most {}), \
         {} of {PEOPLE} people behind one address; {:.0} s",
        queued(&programs),
        rates.unproved_per_hour,
        queued(&people),
        began.elapsed().as_secs_f32()
    );
    // What leaks from the bucket while the flood lasts is room again.
    let leaked = u64::from(rates.unproved_per_hour) * began.elapsed().as_secs() / 3_600;
    assert!(queued(&programs) as u64 <= u64::from(rates.unproved_per_hour) + leaked);
    assert_eq!(queued(&people), 50);
}
