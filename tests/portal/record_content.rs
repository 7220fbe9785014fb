//! The scorecard and the pages of programmes, as their editors change them.

use contract::{
    officer::record::{ProgrammeHistory, Statements},
    paths,
    programme::Programme,
    scorecard::Scorecard,
};
use domain::{Text, role::Role};
use reqwest::Method;
use serde_json::{Value, json};
use server::record::samples;

use crate::support::{Answer, Colleague, Portal, take_reports};

async fn played() -> Portal {
    let portal = Portal::with(take_reports).await;
    samples::play(portal.app()).await.unwrap();
    portal
}

async fn puts(who: &Colleague<'_>, path: &str, body: Value) -> Answer {
    who.send(Method::PUT, path, Some(body)).await
}

fn statement(seen: u32) -> Value {
    json!({ "seen": seen, "name": { "zh": "优良天数", "en": "Good days" }, "value": "325",
        "unit": "day", "year": 2025, "sign": "≥", "quote": "空气质量优良天数不低于325天",
        "source": "区政府工作报告，2026 年", "note": { "zh": "", "en": "" }, "publish": true })
}

async fn line(portal: &Portal, key: &str) -> contract::scorecard::ScoreLine {
    let card: Scorecard = portal.read(paths::SCORECARD).await;
    let mut lines = card.groups.into_iter().flat_map(|group| group.lines);
    lines.find(|line| line.key == key).unwrap()
}

#[tokio::test]
async fn a_changed_figure_needs_its_source_and_keeps_the_old_value() {
    let portal = played().await;
    let editor = Colleague::signed_in(&portal, "editor", &[Role::Publisher]).await;
    let all: Statements = editor.read("record/scorecard").await;
    let hidden: Vec<_> = all.statements.iter().filter(|one| !one.entry.publish).collect();
    assert_eq!(hidden.len(), 1, "what is not shown stands here, with its reason");
    assert!(!hidden[0].entry.note.is_empty() && hidden[0].by.is_empty());
    let key = "air.good_days";
    let seen = all.statements.iter().filter(|one| one.entry.key == key).count() as u32;
    let before = line(&portal, key).await;
    let path = format!("record/scorecard/{key}");
    for (field, value) in [
        ("source", json!("")),
        ("quote", json!(" ")),
        ("value", json!("")),
        ("year", json!(1066)),
        ("name", json!({ "zh": "优良天数", "en": "" })),
        ("note", json!({ "zh": "只有中文", "en": "" })),
    ] {
        let mut edit = statement(seen);
        edit[field] = value;
        let answer = puts(&editor, &path, edit).await;
        assert_eq!(answer.status, 422, "{field}: {}", answer.text());
        assert_eq!(answer.json()["fields"][0]["field"], field);
    }
    let mut unsaid = statement(seen);
    unsaid["publish"] = json!(false);
    let answer = puts(&editor, &path, unsaid).await;
    assert_eq!(answer.json()["fields"][0]["field"], "note", "why is it hidden?");
    let stranger = puts(&editor, "record/scorecard/nothing.known", statement(0)).await;
    assert_eq!(stranger.json()["fields"][0]["field"], "key");
    let year = before.now.year;
    let mut edit = statement(seen);
    edit["year"] = json!(year);
    let after: Statements = puts(&editor, &path, edit.clone()).await.read();
    let last = after.statements.last().unwrap();
    assert_eq!((last.by.as_str(), last.replaced), ("editor 同志", false));
    let now = line(&portal, key).await;
    assert_eq!(now.now.quote, "空气质量优良天数不低于325天");
    assert!(now.replaced.iter().any(|one| one.quote == before.now.quote), "the old one stays");
    edit["seen"] = json!(seen + 1);
    edit["name"] = json!({ "zh": "=1+1", "en": "=1+1" });
    edit["unit"] = json!("@day");
    assert_eq!(puts(&editor, &path, edit.clone()).await.status, 200);
    let file = portal.get(paths::SCORECARD_CSV).await;
    let file = file.text();
    assert!(file.contains(",'=1+1,") && file.contains(",'@day,"), "no formula: {file}");
    let stale = puts(&editor, &path, edit).await;
    assert_eq!((stale.status, stale.json()["stale"]["by"].clone()), (409, json!("editor 同志")));
    let handler = Colleague::signed_in(&portal, "handler", &[Role::Handler]).await;
    assert_eq!(puts(&handler, &path, statement(0)).await.status, 403);
    assert_eq!(handler.get("record/scorecard").await.status, 403);
}

#[tokio::test]
async fn a_page_is_revised_on_its_newest_state_and_nothing_written_becomes_an_element() {
    let portal = played().await;
    let editor = Colleague::signed_in(&portal, "editor", &[Role::Publisher]).await;
    let path = "record/programmes/digital-brain";
    let page: ProgrammeHistory = editor.read(path).await;
    let mut text = page.revisions[0].text.clone();
    text.body.zh = "## 新的一节\n<script>alert(1)</script>\n[坏](javascript:x)".to_owned();
    let edit = json!({ "seen_version": page.version, "text": text });
    let revised = puts(&editor, path, edit.clone()).await;
    assert_eq!(revised.status, 200, "{}", revised.text());
    let revised: ProgrammeHistory = revised.read();
    assert_eq!((revised.revisions.len(), revised.revisions[0].by.as_str()), (2, "editor 同志"));
    let public: Programme = portal.read(&paths::programme("digital-brain")).await;
    assert!(public.html.zh.contains("新的一节") && !public.html.zh.contains("<script>"));
    assert!(!public.html.zh.contains("javascript:"));
    let preview: Text = editor.post("record/markdown", json!(text.body)).await.read();
    assert_eq!(preview.zh, public.html.zh);
    let stale = puts(&editor, path, edit).await;
    assert_eq!((stale.status, stale.json()["stale"]["by"].clone()), (409, json!("editor 同志")));
    for (field, value) in [
        ("figures", json!(["air.nothing"])),
        ("stations", json!(["NOWHERE"])),
        ("items", json!(["NO-1"])),
        ("title", json!({ "zh": "只有中文", "en": "" })),
    ] {
        let mut wrong = serde_json::to_value(&text).unwrap();
        wrong[field] = value;
        let edit = json!({ "seen_version": revised.version, "text": wrong });
        let answer = puts(&editor, path, edit).await;
        assert_eq!(answer.status, 422, "{field}: {}", answer.text());
        assert_eq!(answer.json()["fields"][0]["field"], field);
    }
    // A new page begins at 0, and long pages fit.
    let mut long = text.clone();
    long.body.en = "words ".repeat(6_000);
    let edit = json!({ "seen_version": 0, "text": long });
    assert_eq!(editor.get("record/programmes/new-page").await.status, 404);
    let made = puts(&editor, "record/programmes/new-page", edit).await;
    assert_eq!(made.status, 200, "{}", made.text());
    portal.read::<Programme>(&paths::programme("new-page")).await;
    let triage = Colleague::signed_in(&portal, "triage", &[Role::Triage]).await;
    assert_eq!(triage.get(path).await.status, 403);
}
