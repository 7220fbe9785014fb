//! The ledger holds, is shown with its head, and a change in the database's file does not go unnoticed.

use contract::{officer::LedgerView, paths};
use domain::{
    ledger::{Head, Row, verify},
    role::Role,
};
use jiff::SignedDuration;
use serde_json::json;
use server::jobs;

use crate::support::{Colleague, Portal, Told, take_reports};

#[tokio::test]
async fn the_ledger_is_checked_as_it_is_read() {
    let portal = Portal::with(take_reports).await;
    let triage = Colleague::signed_in(&portal, "triage", &[Role::Triage]).await;
    let auditor = Colleague::signed_in(&portal, "auditor", &[Role::Auditor]).await;
    let empty: LedgerView = auditor.read("ledger").await;
    assert_eq!((empty.entries.len(), empty.head.as_str()), (0, "0".repeat(64).as_str()));
    for text in ["一", "二", "三"] {
        let id = portal.report(Told::of(text)).await;
        triage.act(&id, "refuse", json!({ "reason": "无具体对象" })).await;
    }
    let ledger: LedgerView = auditor.read("ledger").await;
    assert_eq!((ledger.entries.len(), ledger.broken), (6, None));
    assert!(ledger.entries.iter().enumerate().all(|(at, entry)| entry.seq == at as u64 + 1));
    assert_eq!(ledger.head, ledger.entries[5].hash);
    let body: serde_json::Value = serde_json::from_str(&ledger.entries[1].body).unwrap();
    assert_eq!(body["kind"], "eligibility");
    assert!(!ledger.entries[1].body.contains("无具体对象"));
}

/// The heads in the published text, with the lines that name their days.
async fn roots(portal: &Portal) -> (Vec<String>, Vec<Head>) {
    let answer = portal.get(paths::LEDGER_ROOTS).await;
    assert_eq!((answer.status, answer.header("content-type")), (200, "text/plain; charset=utf-8"));
    let (days, lines): (Vec<_>, Vec<_>) =
        answer.text().lines().map(str::to_owned).partition(|line| line.starts_with('#'));
    let head = |line: &String| {
        let (count, hash) = line.split_once(' ').unwrap();
        let byte = |at| u8::from_str_radix(&hash[at..at + 2], 16).unwrap();
        let hash: Vec<u8> = (0..64).step_by(2).map(byte).collect();
        Head { count: count.parse().unwrap(), hash: hash.try_into().unwrap() }
    };
    (days, lines.iter().map(head).collect())
}

#[tokio::test]
async fn where_the_ledger_ended_is_published_every_day_and_holds_later() {
    let portal = Portal::with(take_reports).await;
    jobs::look_after_reports(portal.app()).await;
    assert_eq!(roots(&portal).await, (Vec::new(), Vec::new()), "an empty ledger has no end");
    for text in ["一", "二"] {
        portal.report(Told::of(text)).await;
    }
    jobs::look_after_reports(portal.app()).await;
    assert_eq!(roots(&portal).await.1, [], "today is not over");
    let first = portal.store().ledger_head().await.unwrap();
    portal.pass(SignedDuration::from_hours(10));
    portal.report(Told::of("后半夜")).await;
    for _ in 0..2 {
        jobs::look_after_reports(portal.app()).await;
        assert_eq!(roots(&portal).await, (vec!["# 2026-11-23".to_owned()], vec![first]));
    }
    let second = portal.store().ledger_head().await.unwrap();
    portal.pass(SignedDuration::from_hours(24));
    jobs::look_after_reports(portal.app()).await;
    let (days, heads) = roots(&portal).await;
    assert_eq!((days[1].as_str(), heads.as_slice()), ("# 2026-11-24", [first, second].as_slice()));
    assert_eq!((first.count, second.count), (2, 3));
    let rows = portal.store().ledger(0, 100).await.unwrap().into_iter().map(Row::from);
    assert_eq!(verify(rows, &heads), Ok(second));
}
