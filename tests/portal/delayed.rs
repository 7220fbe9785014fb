//! Reports that came too fast: they get their turn by themselves, and take nobody's place.

use jiff::SignedDuration;
use server::jobs;
use store::Queue;

use crate::support::*;

#[tokio::test]
async fn what_waits_gets_its_turn_by_itself_and_takes_nobodys_place() {
    let portal = Portal::with(|config| {
        take_reports(config);
        config.reports.rates.unproved_per_hour = 4;
        config.reports.rates.unproved_per_client = 100;
    })
    .await;
    let mut numbers = Vec::new();
    for n in 0..8 {
        let mut sent = smoke(n);
        // Something speaks against the fifth, the oldest of those that will wait.
        sent.website = if n == 4 { "http://spam.example".into() } else { String::new() };
        let receipt = portal.file(n, &sent).await;
        assert_eq!(receipt.delayed, n >= 4, "{n}");
        numbers.push(receipt.public_id);
    }
    let waiting = async || {
        let mut waiting = Vec::new();
        for (n, number) in numbers.iter().enumerate() {
            if portal.kept(number).await.standing.queue == Queue::Delayed {
                waiting.push(n);
            }
        }
        waiting
    };
    // The hour's four leak one by one; two of their places stay free for who comes next.
    portal.pass(SignedDuration::from_mins(30));
    jobs::look_after_reports(portal.app()).await;
    assert_eq!(waiting().await, [4, 5, 6, 7], "the places are for new ones");
    portal.pass(SignedDuration::from_mins(31));
    jobs::look_after_reports(portal.app()).await;
    jobs::look_after_reports(portal.app()).await;
    assert_eq!(waiting().await, [4, 7], "the oldest two, and the doubtful one not yet");
    assert!(!portal.file(20, &smoke(20)).await.delayed, "there is room for who comes now");
    portal.pass(SignedDuration::from_hours(2));
    jobs::look_after_reports(portal.app()).await;
    assert!(waiting().await.is_empty());
}
