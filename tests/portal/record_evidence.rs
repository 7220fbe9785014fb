//! What shows that an issue is mended: photos that officers send, reporters' photos, and what readers object.

use contract::{
    officer::record::{ItemCase, ItemCasePhoto, OpenObjections},
    paths,
    rectification::Item,
    report::{HolderAct, Submission, Track, TrackAct, Tracked},
};
use domain::{
    canonical::{hex, sha256},
    rectification::Phase,
    role::Role,
};
use serde_json::{Value, json};
use store::PhotoState;

use crate::support::{
    Colleague, Office, Portal,
    camera::{SECRET, photo},
    claim_code, report_id, submission, take_reports,
};

async fn portal() -> Portal {
    Portal::with(take_reports).await
}

fn evidence(sha256: &str, phase: &str) -> Value {
    json!({ "kind": "evidence_added",
        "evidence": [{ "kind": "photo", "phase": phase, "sha256": sha256, "note": "截流井" }] })
}

async fn decides(who: &Colleague<'_>, item: &str, sha256: &str, publish: bool) -> ItemCasePhoto {
    let path = format!("record/items/{item}/photos/{sha256}/publication");
    let answer = who.post(&path, json!({ "publish": publish })).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.read()
}

/// The digest of a photo that P-1's unit sent as evidence.
async fn of_the_first_issue(portal: &Portal, office: &Office<'_>) -> String {
    office.brings("P-1", "in_progress").await;
    let sent = photo(320, 240, b"plate");
    assert_eq!(portal.put(&sent).await.status, 200);
    let name = hex(&sha256(&sent));
    office.handler.does("P-1", evidence(&name, "before")).await;
    name
}

async fn shown(portal: &Portal, item: &str) -> Vec<contract::rectification::ItemPhoto> {
    portal.read::<Item>(&paths::item(item)).await.photos
}

#[tokio::test]
async fn a_photo_of_an_issue_is_public_once_somebody_looked_at_it() {
    let portal = portal().await;
    let office = Office::of(&portal).await;
    office.brings("P-1", "in_progress").await;
    let (before, after) = (photo(640, 480, b"before"), photo(640, 480, b"after"));
    let names = [&before, &after].map(|photo| hex(&sha256(photo)));
    let unknown = office.handler.tries("P-1", evidence(&names[0], "before")).await;
    assert_eq!(unknown.status, 422, "it is not here yet: {}", unknown.text());
    for sent in [&before, &after] {
        assert_eq!(portal.put(sent).await.status, 200);
    }
    office.handler.does("P-1", evidence(&names[0], "before")).await;
    let case = office.handler.does("P-1", evidence(&names[1], "after")).await;
    assert_eq!((case.photos.len(), case.evidence.len()), (2, 2));
    assert!(case.photos.iter().all(|photo| !photo.published && photo.refusal.is_none()));
    assert!(shown(&portal, "P-1").await.is_empty(), "nobody has looked at them");
    let looked = office.publisher.get(&format!("record/items/P-1/photos/{}", names[0])).await;
    assert_eq!((looked.status, looked.header("content-type")), (200, "image/jpeg"));
    assert!(!looked.body.windows(SECRET.len()).any(|part| part == SECRET.as_bytes()));
    decides(&office.publisher, "P-1", &names[0], true).await;
    // Boxes are burnt into what is public, also afterwards.
    let boxes = json!({ "boxes": [{ "x": 10, "y": 10, "width": 100, "height": 100 }] });
    let plain = shown(&portal, "P-1").await[0].href.clone();
    let path = format!("record/items/P-1/photos/{}/redaction", names[0]);
    assert_eq!(office.publisher.post(&path, boxes).await.status, 200);
    decides(&office.publisher, "P-1", &names[1], true).await;
    let public = shown(&portal, "P-1").await;
    assert_eq!(public.iter().map(|p| p.phase).collect::<Vec<_>>(), [Phase::Before, Phase::After]);
    assert_ne!(public[0].href, plain, "the copy with boxes has another name");
    assert_eq!(portal.get(&public[0].href).await.status, 200);
    decides(&office.publisher, "P-1", &names[1], false).await;
    assert_eq!(shown(&portal, "P-1").await.len(), 1);
    assert_eq!(portal.get(&public[1].href).await.status, 404);
}

#[tokio::test]
async fn a_reporters_photo_belongs_to_its_report_and_is_published_with_it_alone() {
    let portal = portal().await;
    let office = Office::of(&portal).await;
    office.brings("P-1", "in_progress").await;
    let sent = photo(320, 240, b"reporter");
    assert_eq!(portal.put(&sent).await.status, 200);
    let (digest, name) = (sha256(&sent), hex(&sha256(&sent)));
    let told = Submission { photos: vec![name.clone()], ..submission(1) };
    let report = portal.file(1, &told).await.public_id;
    let stranger = office.handler.tries("P-1", evidence(&name, "before")).await;
    assert_eq!(stranger.status, 422, "{}", stranger.text());
    let link = json!({ "kind": "linked", "link": { "report": report } });
    office.triage.does("P-1", link).await;
    let case: ItemCase = office.handler.does("P-1", evidence(&name, "before")).await;
    assert!(case.photos[0].refusal.as_ref().unwrap().en.contains("with the report"));
    let path = format!("record/items/P-1/photos/{name}/publication");
    let refused = office.publisher.post(&path, json!({ "publish": true })).await;
    assert_eq!(refused.status, 409, "{}", refused.text());
    assert_eq!(portal.store().photo(digest).await.unwrap().unwrap().state, PhotoState::Pending);
    assert!(shown(&portal, "P-1").await.is_empty());
    // Published with its report it is seen here too, and goes when the report is taken down.
    office.triage.act(&report, "accept", json!({})).await;
    let public = json!({ "public_text": "晚上有橡胶味", "public_photos": [name] });
    office.publisher.act(&report, "publish", public).await;
    let item: Item = portal.read(&paths::item("P-1")).await;
    assert_eq!((item.photos.len(), item.reports.len()), (1, 1));
    let href = &item.photos[0].href;
    assert_eq!(portal.get(href).await.status, 200);
    office.publisher.act(&report, "hide", json!({ "reason": "涉及个人" })).await;
    assert_eq!(portal.get(href).await.status, 404);
    let item: Item = portal.read(&paths::item("P-1")).await;
    assert_eq!((item.photos.len(), item.reports.len()), (0, 0), "{:?}", item.photos);
}

#[tokio::test]
async fn a_department_cannot_look_at_another_ones_photo_by_its_published_digest() {
    let portal = portal().await;
    let office = Office::of(&portal).await;
    let name = of_the_first_issue(&portal, &office).await;
    // The digest is in the published ledger, the photo is not.
    let events = portal.get(paths::RECTIFICATION_EVENTS).await;
    assert!(events.text().contains(&name) && shown(&portal, "P-1").await.is_empty());

    office.brings("P-2", "open").await;
    let assigned = json!({ "kind": "assigned", "unit": "ecology", "lead": null, "term": "dated",
        "due": "2026-12-31" });
    office.triage.does("P-2", assigned).await;
    let other = Colleague::of(&portal, "other", &[Role::Handler], Some("ecology")).await;
    other.sign_in().await;
    let refused = other.tries("P-2", evidence(&name, "before")).await;
    assert_eq!(refused.status, 422, "{}", refused.text());
    assert!(refused.text().contains("其他部门"), "{}", refused.text());
    let looked = other.get(&format!("record/items/P-2/photos/{name}")).await;
    assert_eq!(looked.status, 404);
    // Who sees both issues may say that a photo shows both, and either of them goes on naming it.
    office.triage.does("P-2", evidence(&name, "before")).await;
    office.handler.does("P-1", evidence(&name, "after")).await;
}

#[tokio::test]
async fn an_issues_photo_is_not_had_or_taken_by_naming_its_digest_in_a_report() {
    let portal = portal().await;
    let office = Office::of(&portal).await;
    let name = of_the_first_issue(&portal, &office).await;
    decides(&office.publisher, "P-1", &name, true).await;

    let told = Submission { photos: vec![name.clone()], ..submission(1) };
    let refused = portal.send_report(&report_id(2), &told).await;
    assert_eq!(refused.status, 422, "{}", refused.text());
    assert!(refused.text().contains("整改问题的佐证"), "{}", refused.text());
    let report = portal.file(1, &submission(1)).await.public_id;
    office.triage.act(&report, "accept", json!({})).await;
    let noted = json!({ "photos": [name.clone()], "text": "看看" });
    let looked = office.triage.try_act(&report, "note", noted).await;
    assert_eq!(looked.status, 422, "{}", looked.text());
    let code = claim_code(1);
    let mine: Tracked = portal.post_json(paths::TRACK, &Track { code: code.clone() }).await.read();
    let act = HolderAct::Answer { text: "看看".to_owned(), photos: vec![name.clone()] };
    let told = TrackAct { code, version: mine.version, act_id: report_id(9), act };
    let told = portal.post_json(paths::TRACK_ACT, &told).await;
    assert_eq!(told.status, 422, "{}", told.text());
    assert!(told.text().contains("整改问题的佐证"), "{}", told.text());
    // It stays the issue's, and public.
    let public = shown(&portal, "P-1").await;
    assert_eq!(portal.get(&public[0].href).await.status, 200);
    decides(&office.publisher, "P-1", &name, true).await;
}

#[tokio::test]
async fn where_else_an_issue_is_shown_stands_on_its_page() {
    let portal = portal().await;
    let office = Office::of(&portal).await;
    for (number, place) in
        [("P-1", "https://www.example.gov.cn/gs/9"), ("P-2", " javascript:alert(1) ")]
    {
        office.brings(number, "accepted").await;
        let today = domain::period::beijing_day(portal.now());
        let rules = portal.app().profile.record.rules;
        let window = rules.window(today, &portal.app().reports.calendar);
        let published = json!({ "kind": "published", "from": window.from, "until": window.until,
            "link": place });
        office.publisher.does(number, published).await;
        let item: Item = portal.read(&paths::item(number)).await;
        assert_eq!(item.publicity.unwrap().elsewhere.as_deref(), Some(place.trim()));
    }
    let page = portal.get("rectification/P-1").await;
    assert!(
        page.text().contains("<a href=\"https://www.example.gov.cn/gs/9\">"),
        "{}",
        page.text()
    );
    let words = portal.get("rectification/P-2").await;
    let words = words.text();
    assert!(words.contains("javascript:alert(1)") && !words.contains("href=\"javascript"));
}

#[tokio::test]
async fn an_objection_is_read_masked_by_most_and_whole_by_those_who_answer_it() {
    let portal = portal().await;
    let office = Office::of(&portal).await;
    office.brings("P-1", "publicity").await;
    let taken = portal.objects("P-1", "雨后仍有溢流，电话 13812345678").await;
    assert_eq!(taken.objection, 1);
    let open: OpenObjections = office.publisher.read("record/objections").await;
    let (text, masked) = (open.objections[0].text.clone(), open.objections[0].masked.clone());
    assert!(text.unwrap().contains("13812345678"));
    assert!(!masked.unwrap().contains("13812345678"));
    assert_eq!(office.handler.get("record/objections").await.status, 403);
    let seen = office.handler.issue("P-1").await.objections;
    assert_eq!((seen[0].text.clone(), seen[0].has_contact), (None, false));
    let path = "record/items/P-1/objections/1/identity";
    let nothing = office.verifier.post(path, json!({ "reason": "回访" })).await;
    assert_eq!(nothing.status, 404, "no contact was left");
    assert_eq!(office.handler.post(path, json!({ "reason": "回访" })).await.status, 403);
    // An answered one no longer waits.
    let answer = json!({ "kind": "objection_answered", "objection": 1, "upheld": false,
        "answer": "复查未发现溢流。" });
    office.publisher.does("P-1", answer).await;
    let open: OpenObjections = office.publisher.read("record/objections").await;
    assert!(open.objections.is_empty());
    let auditor = Colleague::signed_in(&portal, "auditor", &[Role::Auditor]).await;
    assert_eq!(auditor.get("record/objections").await.status, 200);
}
