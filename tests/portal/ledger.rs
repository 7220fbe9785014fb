//! The ledger holds, is shown with its head, and a change in the database's file does not go unnoticed.

use contract::officer::LedgerView;
use domain::role::Role;
use serde_json::json;

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
