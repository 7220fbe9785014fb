//! Lists that officers bring in: looked at, every fault named, and imported whole or not at all.

use contract::{
    officer::record::{ImportState, ImportView, ItemInbox},
    paths,
    rectification::Ledger,
};
use domain::role::Role;
use jiff::SignedDuration;
use serde_json::json;

use crate::support::{Answer, Colleague, Portal, sheet, take_reports, until};

const HEADER: &str = "问题编号,来源,类型,问题,责任单位,整改时限,发现日期,状态,文号,整改成效,完成日期,整改目标,整改措施";

async fn portal() -> Portal {
    Portal::with(take_reports).await
}

fn list(rows: &[&str]) -> Vec<u8> {
    format!("{HEADER}\n{}\n", rows.join("\n")).into_bytes()
}

async fn looked(who: &Colleague<'_>, name: &str, bytes: &[u8]) -> ImportView {
    let answer = who.upload("record/import/dry-run", name, bytes).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let view: ImportView = answer.read();
    settled(who, &view.token).await
}

/// The import once nothing more happens to it.
async fn settled(who: &Colleague<'_>, token: &str) -> ImportView {
    until("the list is dealt with", || async {
        let view: ImportView = who.read(&format!("record/import/{token}")).await;
        (!view.state.is_busy()).then_some(view)
    })
    .await
}

async fn run(who: &Colleague<'_>, token: &str, skip_faults: bool) -> Answer {
    let wish = json!({ "token": token, "skip_faults": skip_faults });
    who.post("record/import/run", wish).await
}

async fn count(portal: &Portal) -> usize {
    portal.read::<Ledger>(paths::RECTIFICATION).await.items.len()
}

#[tokio::test]
async fn every_fault_is_named_and_nothing_is_imported_until_told_to_skip() {
    let portal = portal().await;
    let triage = Colleague::signed_in(&portal, "triage", &[Role::Triage]).await;
    let bytes = list(&[
        "A-1,中央督察,水,河岸垃圾,区水利局,2026-12-31,2026-01-05,已交办,,,,,",
        "A-2,中央督察,水,河岸垃圾,区水利处,2026-02-30,2026-01-05,已交办,,,,,",
        "A-1,自查自纠,大气,扬尘,,,去年,,,,,,",
        "A-4,自查自纠,大气,扬尘,,,2026-01-05,,,,,,",
    ]);
    let view = looked(&triage, "清单.csv", &bytes).await;
    assert_eq!((view.state, view.file.as_str()), (ImportState::Read, "清单.csv"));
    let found = view.dry_run.unwrap();
    assert_eq!((found.rows, found.good, found.faults_total), (4, 2, found.faults.len() as u32));
    let named: Vec<_> =
        found.faults.iter().map(|f| (f.row, f.column.as_str(), f.value.as_str())).collect();
    assert_eq!(
        named,
        [
            (3, "责任单位", "区水利处"),
            (3, "整改时限", "2026-02-30"),
            (4, "发现日期", "去年"),
            (4, "问题编号", "A-1"),
        ]
    );
    assert!(found.faults[0].reason.zh.contains("区水利局"), "the nearest unit is offered");
    assert!(found.faults.iter().all(|fault| !fault.reason.en.is_empty()));
    let csv = triage.get(&format!("record/import/{}/faults.csv?lang=zh-CN", view.token)).await;
    assert_eq!(csv.text().lines().count(), 5);
    let refused = run(&triage, &view.token, false).await;
    assert_eq!(refused.status, 409, "{}", refused.text());
    assert!(refused.text().contains("4 处错误"), "{}", refused.text());
    assert_eq!(count(&portal).await, 0);
    let done = run(&triage, &view.token, true).await;
    assert_eq!(done.status, 200, "{}", done.text());
    let view = settled(&triage, &view.token).await;
    let imported = view.imported.unwrap();
    assert_eq!((view.state, imported.items, imported.events), (ImportState::Imported, 2, 3));
    assert_eq!(count(&portal).await, 2);
    assert_eq!(run(&triage, &view.token, true).await.status, 409, "a list is imported once");
    // Once more it is looked at with what the ledger holds by now.
    let again = looked(&triage, "清单.csv", &bytes).await.dry_run.unwrap();
    assert_eq!(again.good, 0);
    let auditor = Colleague::signed_in(&portal, "auditor", &[Role::Auditor]).await;
    assert!(auditor.get("audit?action=items_imported").await.text().contains("清单.csv"));
}

#[tokio::test]
async fn merged_cells_are_faults_of_every_row_that_they_cover() {
    let portal = portal().await;
    let triage = Colleague::signed_in(&portal, "triage", &[Role::Triage]).await;
    let head = ["问题编号", "来源", "类型", "问题", "发现日期"];
    let first = ["M-1", "中央督察", "水", "河岸垃圾", "2026-01-05"];
    let second = ["M-2", "", "水", "排口溢流", "2026-01-06"];
    let book = sheet::xlsx(&[&head, &first, &second], &["B2:B3"]);
    let view = looked(&triage, "merged.xlsx", &book).await;
    assert_eq!(view.failure, None);
    let found = view.dry_run.unwrap();
    assert_eq!((found.rows, found.good), (2, 1));
    let fault = &found.faults[0];
    assert_eq!((fault.row, fault.column.as_str()), (3, "来源"));
    assert_eq!(fault.value, "中央督察");
    assert!(fault.reason.zh.contains("合并单元格"));
}

#[tokio::test]
async fn a_file_that_is_no_list_says_what_to_do() {
    let portal = portal().await;
    let triage = Colleague::signed_in(&portal, "triage", &[Role::Triage]).await;
    for (name, bytes, word) in [
        ("list.pdf", b"%PDF".as_slice(), "另存为"),
        ("list.xlsx", b"PK\x03\x04 damaged", "损坏"),
        ("list.csv", b"a,b\n1,2\n", "表头"),
        ("list.csv", "问题编号,来源\nA-1,中央督察\n".as_bytes(), "缺少"),
    ] {
        let view = looked(&triage, name, bytes).await;
        assert_eq!(view.state, ImportState::Failed, "{name}");
        let failure = view.failure.unwrap();
        assert!(failure.zh.contains(word), "{name}: {failure:?}");
        assert_eq!(run(&triage, &view.token, true).await.status, 409);
    }
    let nothing = triage.post("record/import/dry-run", json!({})).await;
    assert_eq!(nothing.status, 415, "{}", nothing.text());
}

#[tokio::test]
async fn a_list_belongs_to_its_officer_and_is_kept_for_an_hour() {
    let portal = portal().await;
    let triage = Colleague::signed_in(&portal, "triage", &[Role::Triage]).await;
    let other = Colleague::signed_in(&portal, "other", &[Role::Triage]).await;
    let bytes = list(&["A-1,中央督察,水,河岸垃圾,,,2026-01-05,,,,,,"]);
    let view = looked(&triage, "a.csv", &bytes).await;
    assert_eq!(other.get(&format!("record/import/{}", view.token)).await.status, 404);
    assert_eq!(run(&other, &view.token, false).await.status, 404);
    let handler = Colleague::signed_in(&portal, "handler", &[Role::Handler]).await;
    assert_eq!(handler.upload("record/import/dry-run", "a.csv", &bytes).await.status, 403);
    let own = Colleague::of(&portal, "own", &[Role::Triage], Some("water")).await;
    own.sign_in().await;
    assert_eq!(own.upload("record/import/dry-run", "a.csv", &bytes).await.status, 403);
    // A new list takes the place of the officer's last one, and only a few fit beside it.
    let newer = looked(&triage, "b.csv", &bytes).await;
    assert_eq!(run(&triage, &view.token, false).await.status, 404);
    for name in ["c", "d", "e"] {
        let colleague =
            Colleague::signed_in(&portal, &format!("{name}-triage"), &[Role::Triage]).await;
        looked(&colleague, "c.csv", &bytes).await;
    }
    let crowded = other.upload("record/import/dry-run", "a.csv", &bytes).await;
    assert_eq!((crowded.status, crowded.header("retry-after")), (429, "60"));
    portal.pass(SignedDuration::from_mins(61));
    triage.sign_in().await;
    other.sign_in().await;
    assert_eq!(run(&triage, &newer.token, false).await.status, 404);
    assert_eq!(other.upload("record/import/dry-run", "a.csv", &bytes).await.status, 200);
}

/// Asks again and again until nothing more happens; while something does, that is seen every few seconds.
async fn watched(who: &Colleague<'_>, mut view: ImportView) -> ImportView {
    let path = format!("record/import/{}", view.token);
    let mut shown = 0;
    while view.state.is_busy() {
        let before = (view.state, view.of);
        let next = view.done + view.of / 20;
        view = until("the import goes on", || async {
            let now: ImportView = who.read(&path).await;
            let goes_on = (now.state, now.of) != before || now.done > next;
            goes_on.then_some(now)
        })
        .await;
        assert!(view.done <= view.of, "{} of {}", view.done, view.of);
        shown += u32::from(view.done > 0 && view.done < view.of);
    }
    println!("{shown} times its progress was shown");
    view
}

#[tokio::test]
async fn fifty_thousand_rows_are_looked_at_and_imported_with_their_progress_shown() {
    const ROWS: u32 = 50_000;
    let portal = portal().await;
    let triage = Colleague::signed_in(&portal, "triage", &[Role::Triage]).await;
    let row = |n: u32| format!("L-{n:05},自查自纠,水,第 {n} 处河岸垃圾,,,2026-01-05,,,,,,");
    let rows: Vec<_> = (1..=ROWS).map(row).collect();
    let bytes = list(&rows.iter().map(String::as_str).collect::<Vec<_>>());
    let sent = triage.upload("record/import/dry-run", "many.csv", &bytes).await;
    let view = watched(&triage, sent.read()).await;
    let found = view.dry_run.clone().unwrap();
    assert_eq!((found.rows, found.good, found.faults_total), (ROWS, ROWS, 0));
    assert_eq!((view.done, view.of), (ROWS, ROWS));
    let running = run(&triage, &view.token, false).await;
    let view = watched(&triage, running.read()).await;
    assert_eq!(view.imported.unwrap().items, ROWS);
    let inbox: ItemInbox = triage.read("record/items").await;
    assert_eq!((inbox.total, inbox.rows.len()), (u64::from(ROWS), 50));
}

#[tokio::test]
async fn closed_issues_are_imported_by_somebody_who_may_strike_off() {
    let portal = portal().await;
    let row = "OLD-1,中央督察,水,河岸垃圾,区水利局,2018-06-30,2017-04-26,已销号,九环督〔2018〕12号,已清理,2018-06-01,清理,清运";
    let triage = Colleague::signed_in(&portal, "triage", &[Role::Triage]).await;
    let view = looked(&triage, "old.csv", &list(&[row])).await;
    assert_eq!(view.dry_run.as_ref().map(|found| found.good), Some(1), "{view:?}");
    run(&triage, &view.token, false).await;
    let refused = settled(&triage, &view.token).await;
    assert!(refused.failure.unwrap().zh.contains("销号权限"));
    assert_eq!(count(&portal).await, 0);
    let both = Colleague::signed_in(&portal, "both", &[Role::Triage, Role::Publisher]).await;
    let view = looked(&both, "old.csv", &list(&[row])).await;
    run(&both, &view.token, false).await;
    assert_eq!(settled(&both, &view.token).await.failure, None);
    assert_eq!(count(&portal).await, 1);
}
