//! Officers and the rectification ledger: who may do what to an issue, when, and what it is refused with.

use contract::{
    officer::{
        Case,
        record::{ItemBulkOutcome, ItemCase, ItemInbox, ItemView},
    },
    paths,
    rectification::{Item, Ledger},
};
use domain::{
    rectification::{EventKind, Stage, State},
    role::Role,
};
use serde_json::json;

use crate::{
    rewards_flow::{find_true, proposal},
    support::{Colleague, Office, Portal, Told, facts, take_reports},
};

async fn portal() -> Portal {
    Portal::with(take_reports).await
}

#[tokio::test]
async fn an_issue_goes_from_being_found_to_being_closed_through_five_pairs_of_hands() {
    let portal = portal().await;
    let office = Office::of(&portal).await;
    let case = office.brings("Q4-001", "publicity").await;
    assert_eq!(case.item.line.state, State::Publicity);
    assert_eq!(case.item.course.len(), case.done_by.len());
    assert_eq!(case.done_by[5..8], ["handler 同志", "verifier 同志", "second 同志"]);
    office.days_pass(14).await;
    let closed = office.publisher.does("Q4-001", json!({ "kind": "closed" })).await;
    assert_eq!((closed.stage, closed.item.line.closed.is_some()), (Stage::Closed, true));
    let ledger: Ledger = portal.read(paths::RECTIFICATION).await;
    assert_eq!((ledger.statistics.total.all, ledger.statistics.total.closed), (1, 1));
    // Every act is in the audit log, and no name is in public.
    let auditor = Colleague::signed_in(&portal, "auditor", &[Role::Auditor]).await;
    let log = auditor.get("audit?subject=Q4-001").await;
    for action in ["item_found", "item_checked", "item_published", "item_closed"] {
        assert!(log.text().contains(action), "{action}: {}", log.text());
    }
    for path in [paths::item("Q4-001"), paths::RECTIFICATION_EVENTS.to_owned()] {
        assert!(!portal.get(&path).await.text().contains("同志"), "{path}");
    }
}

#[tokio::test]
async fn a_step_cannot_be_skipped() {
    let portal = portal().await;
    let office = Office::of(&portal).await;
    office.brings("Q4-001", "open").await;
    let rule = office.publisher.is_refused("Q4-001", json!({ "kind": "closed" })).await;
    assert!(rule.contains("不可跳过环节"), "{rule}");
    office.brings("Q4-002", "done").await;
    let early = json!({ "kind": "checked", "step": "acceptance", "passed": true, "record": "好",
        "evidence": [] });
    let answer = office.verifier.tries("Q4-002", early).await;
    assert_eq!(answer.status, 409, "{}", answer.text());
    assert!(answer.text().contains("自查"), "{}", answer.text());
    let case = office.publisher.issue("Q4-002").await;
    let of = |kind| case.offered.iter().find(|offer| offer.kind == kind).unwrap();
    assert!(of(EventKind::Closed).refusal.as_ref().unwrap().en.contains("No step"));
    assert!(of(EventKind::Progress).refusal.as_ref().unwrap().zh.contains("权限"));
}

#[tokio::test]
async fn what_has_no_evidence_is_neither_done_nor_closed() {
    let portal = portal().await;
    let office = Office::of(&portal).await;
    office.brings("Q4-001", "in_progress").await;
    let bare = json!({ "kind": "done", "result": "已修复", "evidence": [] });
    let rule = office.handler.is_refused("Q4-001", bare).await;
    assert!(rule.contains("佐证材料"), "{rule}");
    let empty = json!({ "kind": "done", "result": "", "evidence": [] });
    let answer = office.handler.tries("Q4-001", empty).await;
    assert_eq!(
        (answer.status, answer.json()["fields"][0]["field"].clone()),
        (422, json!("result"))
    );
}

#[tokio::test]
async fn nobody_checks_the_same_work_twice() {
    let portal = portal().await;
    let office = Office::of(&portal).await;
    office.brings("Q4-001", "done").await;
    let check = |step: &str| json!({ "kind": "checked", "step": step, "passed": true, "record": "无溢流", "evidence": [] });
    office.handler.does("Q4-001", check("self_check")).await;
    office.verifier.does("Q4-001", check("preliminary")).await;
    let rule = office.verifier.is_refused("Q4-001", check("acceptance")).await;
    assert!(rule.contains("同一人不能核查两次"), "{rule}");
    let case = office.verifier.issue("Q4-001").await;
    let offer = case.offered.iter().find(|offer| offer.kind == EventKind::Checked).unwrap();
    assert!(offer.refusal.as_ref().unwrap().en.contains("cannot check twice"));
    let own = Colleague::of(&portal, "own", &[Role::Verifier], Some("city_management")).await;
    own.sign_in().await;
    let rule = own.is_refused("Q4-001", check("acceptance")).await;
    assert!(rule.contains("责任单位以外"), "{rule}");
    assert_eq!(office.second.does("Q4-001", check("acceptance")).await.stage, Stage::Accepted);
}

#[tokio::test]
async fn nothing_is_closed_while_an_objection_waits_and_an_upheld_one_sends_it_back() {
    let portal = portal().await;
    let office = Office::of(&portal).await;
    office.brings("Q4-001", "publicity").await;
    let rule = office.publisher.is_refused("Q4-001", json!({ "kind": "closed" })).await;
    assert!(rule.contains("公示期至 2026-12-04"), "{rule}");
    portal.objects("Q4-001", "雨后仍有溢流，电话 13812345678").await;
    office.days_pass(14).await;
    let rule = office.publisher.is_refused("Q4-001", json!({ "kind": "closed" })).await;
    assert!(rule.contains("1 条异议"), "{rule}");
    let answer = json!({ "kind": "objection_answered", "objection": 1, "upheld": true,
        "answer": "复查属实，继续整改。" });
    let back = office.publisher.does("Q4-001", answer.clone()).await;
    assert_eq!((back.stage, back.next_check.unwrap().key()), (Stage::InProgress, "self_check"));
    assert_eq!(back.item.objections.upheld, 1);
    let again = office.publisher.tries("Q4-001", answer).await;
    assert_eq!(again.status, 409, "{}", again.text());
}

#[tokio::test]
async fn publicity_that_nobody_could_have_read_is_refused() {
    let portal = portal().await;
    let office = Office::of(&portal).await;
    office.brings("Q4-001", "accepted").await;
    let act = json!({ "seen_version": office.publisher.issue("Q4-001").await.version,
        "on": "2026-11-02",
        "body": { "kind": "published", "from": "2026-11-02", "until": "2026-11-13", "link": null } });
    let answer = office.publisher.post("record/items/Q4-001/acts", act).await;
    assert_eq!(answer.status, 422, "{}", answer.text());
    let short = json!({ "kind": "published", "from": "2026-11-23", "until": "2026-12-03",
        "link": null });
    let answer = office.publisher.tries("Q4-001", short).await;
    assert_eq!((answer.status, answer.json()["fields"][0]["field"].clone()), (422, json!("until")));
    let case = office.publisher.issue("Q4-001").await;
    assert_eq!(case.publicity_from_today.1.to_string(), "2026-12-04");
}

#[tokio::test]
async fn of_two_who_act_on_the_same_version_the_second_is_told_who_was_first() {
    let portal = portal().await;
    let office = Office::of(&portal).await;
    let case = office.brings("Q4-001", "in_progress").await;
    let report = |text: &str| json!({ "kind": "progress", "permille": 700, "text": text, "pace": null, "evidence": [] });
    let first = office.handler.tries_on("Q4-001", case.version, report("先")).await;
    assert_eq!(first.status, 200, "{}", first.text());
    let second = office.handler.tries_on("Q4-001", case.version, report("后")).await;
    let stale = second.json();
    assert_eq!((second.status, stale["stale"]["by"].as_str()), (409, Some("handler 同志")));
    assert_eq!(stale["stale"]["action"], "progress");
    assert_eq!(office.handler.issue("Q4-001").await.version, case.version + 1);
}

#[tokio::test]
async fn a_department_sees_and_does_only_what_is_its_own() {
    let portal = portal().await;
    let office = Office::of(&portal).await;
    office.brings("Q4-001", "assigned").await;
    office.brings("Q4-002", "open").await;
    let other =
        Colleague::of(&portal, "other", &[Role::Handler, Role::Triage], Some("water")).await;
    other.sign_in().await;
    for path in ["record/items/Q4-001", "record/items/Q4-002", "record/items/Q4-404"] {
        assert_eq!(other.get(path).await.status, 404, "{path}");
    }
    let own: ItemInbox = office.handler.read("record/items").await;
    assert_eq!(own.rows.iter().map(|row| row.line.number.as_str()).collect::<Vec<_>>(), ["Q4-001"]);
    let none: ItemInbox = other.read("record/items?unit=city_management").await;
    assert_eq!((none.total, none.rows.len()), (0, 0));
    assert_eq!(other.get("record/items.csv").await.text().lines().count(), 1);
    let new = json!({ "number": "Q4-003", "on": "2026-11-02", "facts": facts() });
    assert_eq!(other.post("record/items", new).await.status, 403);
    let stolen = other
        .tries_on(
            "Q4-001",
            2,
            json!({ "kind": "measures_set", "goal": "a",
        "measures": "b", "plan": [], "reason": null }),
        )
        .await;
    assert_eq!(stolen.status, 404, "{}", stolen.text());
}

#[tokio::test]
async fn the_list_is_filtered_counted_and_exported() {
    let portal = portal().await;
    let office = Office::of(&portal).await;
    for (number, stage) in [("A-1", "open"), ("A-2", "in_progress"), ("B-3", "publicity")] {
        office.brings(number, stage).await;
    }
    portal.objects("B-3", "还有溢流").await;
    let all: ItemInbox = office.triage.read("record/items").await;
    assert_eq!((all.total, all.rows.len(), all.page), (3, 3, 1));
    let view = |inbox: &ItemInbox, view| inbox.by_view.iter().find(|(v, _)| *v == view).unwrap().1;
    assert_eq!((view(&all, ItemView::Objected), view(&all, ItemView::Overdue)), (1, 0));
    for (query, expected) in [
        ("stage=open,in_progress", 2),
        ("view=objected", 1),
        ("view=closable", 0),
        ("q=b-3", 1),
        ("source=central", 0),
        ("medium=water&unit=city_management", 2),
    ] {
        let found: ItemInbox = office.triage.read(&format!("record/items?{query}")).await;
        assert_eq!((found.total, found.rows.len()), (expected, expected as usize), "{query}");
    }
    let wrong = office.triage.get("record/items?view=late").await;
    assert_eq!((wrong.status, wrong.json()["parameter"].clone()), (400, json!("view")));
    office.days_pass(60).await;
    let late: ItemInbox = office.triage.read("record/items?view=overdue").await;
    assert_eq!((late.total, late.rows[0].line.overdue), (1, true));
    let closable = async || office.triage.read::<ItemInbox>("record/items?view=closable").await;
    assert_eq!(closable().await.total, 0, "an objection waits for its answer");
    let answer = json!({ "kind": "objection_answered", "objection": 1, "upheld": false,
        "answer": "复查未发现溢流。" });
    office.publisher.does("B-3", answer).await;
    assert_eq!(closable().await.rows[0].line.number, "B-3");
    let csv = office.triage.get("record/items.csv?view=overdue&lang=zh-CN").await;
    assert_eq!(csv.text().lines().count(), 2);
    assert!(csv.text().contains("A-2") && csv.text().contains("区城市管理局"));
}

#[tokio::test]
async fn a_cell_of_the_export_is_no_formula() {
    let portal = portal().await;
    let office = Office::of(&portal).await;
    let mut facts = facts();
    facts["title"] = json!("=HYPERLINK(\"http://x\")");
    facts["batch"] = json!("@batch");
    let new = json!({ "number": "X-1", "on": "2026-11-02", "facts": facts });
    assert_eq!(office.triage.post("record/items", new).await.status, 201);
    let csv = office.triage.get("record/items.csv").await;
    assert!(csv.text().contains("\"'=HYPERLINK") && csv.text().contains(",'@batch,"));
}

#[tokio::test]
async fn many_issues_are_assigned_at_once_and_each_refusal_is_named() {
    let portal = portal().await;
    let office = Office::of(&portal).await;
    office.brings("A-1", "open").await;
    office.brings("A-2", "open").await;
    office.brings("A-3", "assigned").await;
    let assigned = json!({ "kind": "assigned", "unit": "water", "lead": null, "term": "dated",
        "due": "2027-01-31" });
    let bulk =
        json!({ "items": [["A-1", 1], ["A-2", 9], ["A-3", 2], ["A-9", 1]], "body": assigned });
    let answer = office.triage.post("record/items/bulk", bulk).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let outcome: ItemBulkOutcome = answer.read();
    let refused: Vec<_> = outcome.refused.iter().map(|(number, _)| number.as_str()).collect();
    assert_eq!((outcome.done, refused), (1, vec!["A-2", "A-3", "A-9"]));
    assert!(outcome.refused[1].1.zh.contains("不能进行"), "{:?}", outcome.refused);
    let check = json!({ "items": [["A-3", 2]], "body": { "kind": "checked", "step": "acceptance",
        "passed": true, "record": "好", "evidence": [] } });
    assert_eq!(office.verifier.post("record/items/bulk", check).await.status, 403);
}

#[tokio::test]
async fn an_issue_is_opened_from_a_report_and_each_names_the_other() {
    let portal = portal().await;
    let office = Office::of(&portal).await;
    let report = portal.report(Told::of("排口有油花")).await;
    let mut from = facts();
    from["report"] = json!("JLP-NOTHING");
    let new = json!({ "number": "R-1", "on": "2026-11-23", "facts": from });
    let answer = office.triage.post("record/items", new).await;
    assert_eq!(
        (answer.status, answer.json()["fields"][0]["field"].clone()),
        (422, json!("report"))
    );
    from["report"] = json!(report);
    let new = json!({ "number": "R-1", "on": "2026-11-23", "facts": from });
    let opened = office.triage.post("record/items", new.clone()).await;
    assert_eq!(opened.status, 201, "{}", opened.text());
    let opened: ItemCase = opened.read();
    assert_eq!(opened.reports.len(), 1);
    assert!(opened.reports[0].state.is_some() && !opened.reports[0].published);
    let again = office.triage.post("record/items", new).await;
    assert_eq!((again.status, again.json()["fields"][0]["field"].clone()), (422, json!("number")));
    // A second issue of the same report, linked later.
    office.brings("R-2", "open").await;
    let link = json!({ "kind": "linked", "link": { "report": report } });
    office.triage.does("R-2", link.clone()).await;
    assert_eq!(office.triage.tries("R-2", link).await.status, 409);
    let case: Case = office.triage.case(&report).await;
    let items: Vec<_> = case.items.iter().map(|item| item.number.as_str()).collect();
    assert_eq!(items, ["R-1", "R-2"]);
    let unlink = json!({ "kind": "unlinked", "link": { "report": report } });
    office.triage.does("R-2", unlink).await;
    assert_eq!(office.triage.case(&report).await.items.len(), 1);
    // What is not published is not named to the public.
    let public: Item = portal.read(&paths::item("R-1")).await;
    assert!(public.reports.is_empty());
    let nowhere = json!({ "kind": "linked", "link": { "station": "NOWHERE" } });
    assert_eq!(office.triage.tries("R-1", nowhere).await.status, 422);
}

#[tokio::test]
async fn a_report_becomes_an_issue_is_closed_and_earns_its_reward() {
    let portal = portal().await;
    let office = Office::of(&portal).await;
    let report = portal.report(Told::of("排口有油花")).await;
    office.brings("R-1", "open").await;
    let link = json!({ "kind": "linked", "link": { "report": report } });
    office.triage.does("R-1", link).await;
    office.goes_on("R-1", "publicity").await;
    office.days_pass(14).await;
    office.publisher.does("R-1", json!({ "kind": "closed" })).await;
    let case = office.triage.case(&report).await;
    assert_eq!((case.items[0].number.as_str(), case.items[0].stage), ("R-1", Stage::Closed));
    find_true(&portal, &report).await;
    office.verifier.reward(&report, "propose", proposal()).await;
    office.second.reward(&report, "approve", json!({})).await;
    let issue = office.triage.issue("R-1").await;
    assert_eq!(issue.reports[0].state.unwrap().key(), "closed");
}

#[tokio::test]
async fn an_official_text_with_a_persons_number_is_refused_at_its_field() {
    let portal = portal().await;
    let office = Office::of(&portal).await;
    office.brings("Q4-001", "in_progress").await;
    let body = json!({ "kind": "progress", "permille": 700, "text": "联系人 13812345678",
        "pace": null, "evidence": [] });
    let answer = office.handler.tries("Q4-001", body).await;
    assert_eq!((answer.status, answer.json()["fields"][0]["field"].clone()), (422, json!("text")));
}
