use domain::{
    canonical::{hex, sha256},
    rectification::{
        ActorRole, Audit, Body, CheckStep, Evidence, EvidenceKind, Facts, Fault, FaultKind,
        ItemNumber, Medium, Origin, Phase, Refusal, Register, Source, Stage, Term,
        audit as audited,
    },
};
use jiff::{Timestamp, ToSpan, civil::Date};
use store::{
    ItemChange, ItemFilter, ItemSort, NewItemEvent, NewObjection, NewRevision, Page, Seen, Signed,
    StoreError,
};

use crate::{filing::*, support::*};

pub(crate) fn number(text: &str) -> ItemNumber {
    ItemNumber::parse(text).unwrap()
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn event(on: &str, signed: Option<i64>, body: Body) -> NewItemEvent {
    NewItemEvent {
        at: now(),
        on: day(on),
        actor: ActorRole::Officer,
        unit: None,
        signed: signed.map(|staff| Signed { staff, salt: [7; 16] }),
        simulated: false,
        body,
    }
}

fn found() -> Body {
    Body::Found {
        facts: Facts {
            source: Source::Municipal,
            batch: String::new(),
            medium: Medium::Noise,
            title: "工地夜间施工扰民".to_owned(),
            title_en: None,
            text: "工地夜间施工噪声扰民。".to_owned(),
            origin: Origin::Recorded,
            report: None,
        },
    }
}

fn evidence() -> Vec<Evidence> {
    vec![Evidence {
        kind: EvidenceKind::Record,
        phase: Phase::After,
        sha256: None,
        note: "已复测达标".to_owned(),
    }]
}

/// The way to the last day of publicity, 2026-03-30.
pub(crate) fn course(signed: Option<i64>) -> Vec<NewItemEvent> {
    let checked = |step| Body::Checked {
        step,
        passed: true,
        record: "已核查".to_owned(),
        evidence: Vec::new(),
    };
    let assigned = Body::Assigned {
        unit: "street".to_owned(),
        lead: None,
        term: Term::Dated,
        due: Some(day("2026-06-30")),
    };
    let measures = Body::MeasuresSet {
        goal: "噪声达标".to_owned(),
        measures: "限时施工、设置隔声屏".to_owned(),
        plan: Vec::new(),
        reason: None,
    };
    let progress = Body::Progress {
        permille: 500,
        text: "隔声屏已安装".to_owned(),
        pace: None,
        evidence: Vec::new(),
    };
    let done = Body::Done { result: "已达标".to_owned(), evidence: evidence() };
    let published =
        Body::Published { from: day("2026-03-17"), until: day("2026-03-30"), link: None };
    [
        ("2026-01-05", found()),
        ("2026-01-06", assigned),
        ("2026-01-12", measures),
        ("2026-02-02", progress),
        ("2026-03-10", done),
        ("2026-03-11", checked(CheckStep::SelfCheck)),
        ("2026-03-12", checked(CheckStep::Preliminary)),
        ("2026-03-13", checked(CheckStep::Acceptance)),
        ("2026-03-17", published),
    ]
    .into_iter()
    .map(|(on, body)| event(on, signed, body))
    .collect()
}

fn of(item: &str, events: Vec<NewItemEvent>) -> Vec<(ItemNumber, NewItemEvent)> {
    events.into_iter().map(|event| (number(item), event)).collect()
}

async fn scene() -> (Scene, i64) {
    let scene = Scene::open().await;
    let li = scene.store.add_staff(new_staff("li"), audit("user_add", "li")).await.unwrap();
    let mut events = of("A-1", course(Some(li)));
    events.extend(of("B-2", course(None).into_iter().take(4).collect()));
    assert_eq!(scene.store.record_items(events, "import", Vec::new()).await.unwrap(), 2);
    (scene, li)
}

async fn held(scene: &Scene) -> Result<Audit, Fault> {
    let rows = scene.store.rectification_events(0, u32::MAX).await.unwrap();
    audited(&rows, &[])
}

async fn act(scene: &Scene, item: &str, seen: Seen, new: NewItemEvent) -> Result<u32, StoreError> {
    let decide = move |_: &store::View<'_>, _: &domain::rectification::Case| {
        Ok::<_, StoreError>(ItemChange::of(new, "李工"))
    };
    scene.store.act_on_item(&number(item), seen, decide).await.map(|row| row.version)
}

async fn object(scene: &Scene, text: &str, told: &str) -> Result<u32, StoreError> {
    let salt = [7; 16];
    let hash = sha256(&[&salt, text.as_bytes()].concat());
    let body = Body::Objected { objection: 1, sha256: hex(&hash) };
    let mut change = ItemChange::of(event("2026-03-18", None, body), "public");
    change.objection = Some(NewObjection { salt, text: told.to_owned(), contact: None });
    let decide =
        move |_: &store::View<'_>, _: &domain::rectification::Case| Ok::<_, StoreError>(change);
    scene.store.act_on_item(&number("A-1"), Seen::Any, decide).await.map(|row| row.version)
}

#[tokio::test]
async fn issues_are_one_chain_and_lists_say_what_their_events_say() {
    let (scene, li) = scene().await;
    let held = held(&scene).await.unwrap();
    assert_eq!(held.head, scene.store.rectification_head().await.unwrap());
    assert_eq!((held.head.count, held.cases.len()), (13, 2));
    for row in scene.store.items().await.unwrap() {
        assert_eq!(row.differs(&held.cases[&number(&row.number)]), None, "{}", row.number);
    }
    let row = scene.store.item("A-1").await.unwrap().unwrap();
    assert_eq!((row.stage, row.until, row.version), (Stage::Publicity, Some(day("2026-03-30")), 9));
    let events = scene.store.item_events("A-1").await.unwrap();
    assert_eq!((events[0].staff, events[0].staff_name.as_deref()), (Some(li), Some("LI")));
    assert!(!events[0].bytes.contains("LI"), "nobody is named in what is published");
    assert_eq!(
        scene.store.case_of_item("A-1").await.unwrap().as_ref(),
        held.cases.get(&number("A-1"))
    );
    assert_eq!(scene.store.case_of_item("C-3").await.unwrap(), None);
}

#[tokio::test]
async fn whoever_acts_on_an_older_page_is_told_who_was_first() {
    let (scene, _) = scene().await;
    let evidence = || event("2026-03-18", None, Body::EvidenceAdded { evidence: evidence() });
    assert_eq!(act(&scene, "A-1", Seen::Version(9), evidence()).await.unwrap(), 10);
    match act(&scene, "A-1", Seen::Version(9), evidence()).await.unwrap_err() {
        StoreError::Stale { by, what, .. } => {
            assert_eq!((by.as_str(), what.as_str()), ("李工", "evidence_added"))
        }
        other => panic!("{other}"),
    }
    let missing = act(&scene, "C-3", Seen::Any, evidence()).await.unwrap_err();
    assert!(matches!(missing, StoreError::NoSuch { what: "issue", .. }));
}

#[tokio::test]
async fn the_store_chains_nothing_unlawful_whatever_it_is_given() {
    let (scene, _) = scene().await;
    let before = scene.store.rectification_head().await.unwrap();
    let early = act(&scene, "A-1", Seen::Any, event("2026-03-30", None, Body::Closed)).await;
    let until = day("2026-03-30");
    assert!(
        matches!(early, Err(StoreError::Unlawful(Refusal::WindowRuns { until: u })) if u == until)
    );
    // One bad event takes the whole import along.
    let mut events = of("C-3", course(None));
    events.push((number("C-3"), event("2026-03-20", None, Body::Closed)));
    scene.store.record_items(events, "import", Vec::new()).await.unwrap_err();
    let again = scene.store.record_items(of("A-1", course(None)), "import", Vec::new()).await;
    assert!(matches!(again, Err(StoreError::ItemNumberInUse(n)) if n == "A-1"));
    assert_eq!(scene.store.rectification_head().await.unwrap(), before);
    assert_eq!(scene.store.items().await.unwrap().len(), 2);
}

#[tokio::test]
async fn the_database_refuses_to_rewrite_the_record() {
    let (scene, _) = scene().await;
    scene.store.publish_head(day("2026-11-23")).await.unwrap();
    let entry = domain::scorecard::Entry {
        key: "air.good_days".to_owned(),
        zh: "优良天数".to_owned(),
        en: "Good days".to_owned(),
        value: domain::scorecard::Figure::read("325"),
        unit: "day".to_owned(),
        year: Some(2023),
        sign: domain::scorecard::Sign::Exactly,
        quote: "优良天数325天".to_owned(),
        source: "公开报道".to_owned(),
        note: domain::Text::default(),
        publish: true,
        at: now(),
    };
    scene.store.add_scores(vec![entry.clone()], None, Vec::new()).await.unwrap();
    let page = |body: &str| NewRevision {
        slug: "brain".to_owned(),
        at: now(),
        staff: None,
        body: body.to_owned(),
    };
    let first = scene.store.revise_programme(page("{}"), 0, Vec::new()).await.unwrap();
    let before = held(&scene).await.unwrap();
    let copied = "insert into rectification_event
        select 14, item, 10, at_us, on_day, kind, body, staff, salt, prev_hash, zeroblob(32)
        from rectification_event where number = 9";
    for sql in [
        "update rectification_event set at_us = 0 where number = 5",
        "delete from rectification_event where number = 13",
        "insert or replace into rectification_event select * from rectification_event where number = 5",
        copied,
        "update rectification_head set count = 1",
        "delete from rectification_head",
        "update scorecard_entry set key = 'x'",
        "delete from scorecard_entry",
        "update programme_revision set slug = 'x'",
        "delete from programme_revision",
    ] {
        scene.tamper(sql).unwrap_err();
    }
    assert_eq!(held(&scene).await.unwrap(), before);
    assert_eq!(scene.store.scores().await.unwrap(), [entry]);
    let stale = scene.store.revise_programme(page("{\"a\":1}"), 0, Vec::new()).await;
    assert!(matches!(stale, Err(StoreError::Stale { .. })));
    let second = scene.store.revise_programme(page("{\"a\":1}"), first, Vec::new()).await.unwrap();
    assert_eq!(scene.store.programmes().await.unwrap()[0].id, second);
    assert_eq!(scene.store.revisions("brain").await.unwrap().len(), 2);
}

#[tokio::test]
async fn whoever_gets_round_the_triggers_is_found_at_the_event() {
    let free = "drop trigger rectification_event_keeps_history;
                drop trigger rectification_event_keeps_rows;";
    for (column, value) in [
        ("body", "replace(body, '2026', '2025')"),
        ("body", "body || ' '"),
        ("item", "'B-2', seq = seq + 200"),
        ("seq", "seq + 100"),
        ("at_us", "at_us + 1"),
        ("on_day", "'2020-01-01'"),
        ("kind", "'other'"),
        ("salt", "zeroblob(16)"),
        ("hash", "zeroblob(32)"),
        ("prev_hash", "randomblob(32)"),
    ] {
        for at in [1, 5, 9] {
            let (scene, _) = scene().await;
            let sql =
                format!("update rectification_event set {column} = {value} where number = {at}");
            scene.tamper(&format!("{free} {sql}")).unwrap();
            assert_eq!(held(&scene).await.unwrap_err().number, at, "{sql}");
        }
    }
    let (scene, _) = scene().await;
    scene.tamper(&format!("{free} delete from rectification_event where number = 6")).unwrap();
    let fault = held(&scene).await.unwrap_err();
    assert_eq!((fault.number, fault.item.as_deref()), (6, Some("A-1")));
    assert!(matches!(fault.why, FaultKind::Chain(_)));
}

#[tokio::test]
async fn a_list_that_was_altered_differs_from_its_events() {
    let (scene, _) = scene().await;
    scene.tamper("update rectification_item set title = '别的' where number = 'A-1'").unwrap();
    let case = scene.store.case_of_item("A-1").await.unwrap().unwrap();
    assert_eq!(scene.store.item("A-1").await.unwrap().unwrap().differs(&case), Some("title"));
}

#[tokio::test]
async fn an_objection_lies_beside_the_ledger_and_goes_when_its_time_is_over() {
    let (scene, _) = scene().await;
    object(&scene, "还有噪声", "别的文字").await.unwrap_err();
    object(&scene, "还有噪声", "还有噪声").await.unwrap();
    assert_eq!(scene.store.item("A-1").await.unwrap().unwrap().open_objections, 1);
    assert_eq!(scene.store.open_objections().await.unwrap().len(), 1);
    let answer =
        Body::ObjectionAnswered { objection: 1, upheld: false, answer: "已复测".to_owned() };
    act(&scene, "A-1", Seen::Any, event("2026-03-19", None, answer)).await.unwrap();
    let kept = |at: Timestamp| {
        let scene = &scene;
        async move {
            scene.store.expire_reports(at).await.unwrap();
            scene.store.objections("A-1").await.unwrap().remove(0)
        }
    };
    assert_eq!(kept(now() + (89 * 24).hours()).await.text.as_deref(), Some("还有噪声"));
    let gone = kept(now() + (90 * 24).hours()).await;
    assert_eq!((gone.text, gone.upheld), (None, Some(false)));
    assert!(held(&scene).await.is_ok(), "the ledger stands without the text");
    let rows = scene.store.rectification_events(0, u32::MAX).await.unwrap();
    assert!(rows.iter().all(|row| !row.bytes.contains("还有噪声")));
}

#[tokio::test]
async fn heads_are_published_once_a_day() {
    let (scene, _) = scene().await;
    let first = scene.store.publish_head(day("2026-11-23")).await.unwrap();
    let more = event("2026-03-18", None, Body::EvidenceAdded { evidence: evidence() });
    act(&scene, "A-1", Seen::Any, more).await.unwrap();
    scene.store.publish_head(day("2026-11-23")).await.unwrap();
    let second = scene.store.publish_head(day("2026-11-24")).await.unwrap();
    let heads = scene.store.published_heads().await.unwrap();
    assert_eq!(heads, [(day("2026-11-23"), first), (day("2026-11-24"), second)]);
    let rows = scene.store.rectification_events(0, u32::MAX).await.unwrap();
    assert!(audited(&rows, &[first, second]).is_ok());
    assert_eq!(audited(&rows[..12], &[first]).unwrap_err().number, 13);
}

#[tokio::test]
async fn officers_find_what_is_overdue_soon_due_objected_and_ready_to_close() {
    let (scene, _) = scene().await;
    let all = Page { number: 0, size: 10 };
    let total = |filter: ItemFilter| {
        let scene = &scene;
        async move { scene.store.item_inbox(filter, ItemSort::Due, all).await.unwrap().total }
    };
    let none = ItemFilter::default;
    assert_eq!(total(none()).await, 2);
    assert_eq!(total(ItemFilter { overdue_on: Some(day("2026-06-30")), ..none() }).await, 0);
    assert_eq!(total(ItemFilter { overdue_on: Some(day("2026-07-01")), ..none() }).await, 1);
    assert_eq!(total(ItemFilter { soon: Some((day("2026-06-01"), 30)), ..none() }).await, 1);
    assert_eq!(total(ItemFilter { soon: Some((day("2026-05-01"), 30)), ..none() }).await, 0);
    assert_eq!(total(ItemFilter { closable_on: Some(day("2026-03-30")), ..none() }).await, 0);
    assert_eq!(total(ItemFilter { closable_on: Some(day("2026-03-31")), ..none() }).await, 1);
    assert_eq!(total(ItemFilter { objected: true, ..none() }).await, 0);
    assert_eq!(total(ItemFilter { text: Some("夜间".to_owned()), ..none() }).await, 2);
    assert_eq!(total(ItemFilter { stages: vec![Stage::InProgress], ..none() }).await, 1);
    let inbox = scene.store.item_inbox(none(), ItemSort::Changed, all).await.unwrap();
    assert_eq!(inbox.by_stage, [(Stage::InProgress, 1), (Stage::Publicity, 1)]);
    object(&scene, "还有噪声", "还有噪声").await.unwrap();
    assert_eq!(total(ItemFilter { objected: true, ..none() }).await, 1);
    let closable = ItemFilter { closable_on: Some(day("2026-03-31")), ..none() };
    assert_eq!(total(closable).await, 0, "an objection waits for its answer");
}

#[tokio::test]
async fn a_photo_of_an_issue_is_no_photo_without_a_report() {
    let (scene, _) = scene().await;
    let photo = new_photo(1);
    scene.store.add_photo(photo.clone()).await.unwrap();
    let mut change = ItemChange::of(
        event("2026-03-18", None, Body::EvidenceAdded { evidence: evidence() }),
        "李工",
    );
    change.photos = vec![store::ItemPhoto {
        sha256: photo.sha256,
        phase: Phase::After,
        note: "整改后".to_owned(),
    }];
    let decide =
        move |_: &store::View<'_>, _: &domain::rectification::Case| Ok::<_, StoreError>(change);
    scene.store.act_on_item(&number("A-1"), Seen::Any, decide).await.unwrap();
    scene.store.expire_reports(now() + (30 * 24).hours()).await.unwrap();
    let photos = scene.store.photos_of_item("A-1").await.unwrap();
    assert_eq!((photos.len(), photos[0].phase, photos[0].seq), (1, Phase::After, 10));
    assert!(photos[0].photo.name.is_some());
}

#[tokio::test]
async fn a_list_of_1818_issues_comes_in_one_transaction() {
    let scene = Scene::open().await;
    let mut events = Vec::new();
    for item in 0..1_818 {
        events.extend(of(&format!("L-{item:04}"), course(None)));
    }
    assert_eq!(scene.store.record_items(events, "import", Vec::new()).await.unwrap(), 1_818);
    let mut register = Register::new(30);
    let rows = scene.store.rectification_events(0, u32::MAX).await.unwrap();
    rows.iter().filter_map(|row| row.event.as_ref()).for_each(|event| register.learn(event));
    let statistics = register.statistics(day("2026-03-20"), None);
    assert_eq!((statistics.total.all, statistics.by_state[0].count), (1_818, 1_818));
    assert!(audited(&rows, &[]).is_ok());
}
