//! What supervisors and operators look at.

use std::sync::atomic::Ordering;

use crate::support::*;

#[tokio::test]
async fn supervisors_are_told_whether_it_lives_and_whether_it_is_ready() {
    let portal = Portal::start().await;
    for path in ["healthz", "readyz"] {
        let answer = portal.get(path).await;
        assert_eq!(
            (answer.status, answer.text(), answer.header("cache-control")),
            (200, "ok\n", "no-store")
        );
    }
    portal.app().ready.store(false, Ordering::Release);
    let unready = portal.get("readyz").await;
    assert_eq!((unready.status, unready.header("retry-after").is_empty()), (503, false));
    assert_eq!(portal.get("healthz").await.status, 200);
}

#[tokio::test]
async fn operators_see_what_came_in_and_who_listens() {
    let portal = Portal::start().await;
    let mut feed = portal.subscribe(None).await;
    feed.snapshot().await;
    portal.push_good(hour_of(STATION, &CLEAN, "2026-11-23T13:00:00+08:00")).await;
    portal.push(vec![row(STATION, "pm2_5", -1.0, "2026-11-23T13:00:00+08:00")]).await;
    let expected = [
        ("bilan_readings_stored_total", 6.0),
        ("bilan_feed_accepted{feed=\"http\"}", 6.0),
        ("bilan_feed_refused{feed=\"http\"}", 1.0),
        ("bilan_live_subscribers", 1.0),
        ("bilan_commit_failures_total", 0.0),
    ];
    for (name, value) in expected {
        assert_eq!(portal.metric(name).await.to_string(), value.to_string(), "{name}");
    }
}
