//! The rectification ledger of a district: 1,818 issues with their whole courses.

use std::{path::Path, time::Instant};

use domain::rectification::{
    ActorRole, Body, CheckStep, Evidence, EvidenceKind, Facts, ItemNumber, Medium, Origin, Phase,
    Register, Source, Term, month_ends,
};
use jiff::{ToSpan, civil::Date};
use store::{NewItemEvent, Options, Store};

use crate::{air::NOW, table::Table};

const ISSUES: i32 = 1_818;

pub(crate) async fn measure(folder: &Path, table: &mut Table) {
    let store = Store::open(Options::at(folder.join("record.sqlite"))).await.unwrap();
    let events: Vec<_> = (0..ISSUES).flat_map(course).collect();
    let count = events.len();
    let started = Instant::now();
    store.record_items(events, "import", Vec::new()).await.unwrap();
    table.line(
        &format!("{ISSUES} issues, {count} events, imported"),
        format!("{:.2} s", started.elapsed().as_secs_f64()),
        "",
    );

    let started = Instant::now();
    let rows = store.rectification_events(0, u32::MAX).await.unwrap();
    let mut register = Register::new(30);
    rows.iter().filter_map(|row| row.event.as_ref()).for_each(|event| register.learn(event));
    table.line("register learnt from the start", ms(started), "");

    let today: Date = "2026-11-23".parse().unwrap();
    let started = Instant::now();
    let statistics = register.statistics(today, None);
    table.line("all figures as of a day", ms(started), "≤ 10 ms");
    assert_eq!(statistics.total.all, ISSUES.unsigned_abs());
    let started = Instant::now();
    let months = month_ends(today - 5.years(), today);
    assert_eq!(register.timeline(&months).len(), months.len());
    table.line("five years by month", ms(started), "≤ 10 ms");
    let started = Instant::now();
    assert_eq!(store.items().await.unwrap().len(), ISSUES.unsigned_abs() as usize);
    table.line("the whole list", ms(started), "≤ 10 ms");
    let started = Instant::now();
    let audit = domain::rectification::audit(&rows, &[]).unwrap();
    table.line("audit of the chain and every rule", ms(started), "");
    assert_eq!(audit.head.count as usize, count);
    store.close().await.unwrap();
}

fn ms(started: Instant) -> String {
    format!("{:.2} ms", started.elapsed().as_secs_f64() * 1_000.0)
}

fn course(issue: i32) -> Vec<(ItemNumber, NewItemEvent)> {
    let number = ItemNumber::parse(&format!("L-{issue:04}")).unwrap();
    let begun: Date = "2021-11-01".parse::<Date>().unwrap() + (issue % 1_400).days();
    let evidence = vec![Evidence {
        kind: EvidenceKind::Record,
        phase: Phase::After,
        sha256: None,
        note: "现场核查已整治到位，周边群众表示满意。".to_owned(),
    }];
    let text = "沿线部分雨污管网错接混接，雨天污水溢流入河，影响河流水质与周边环境。".repeat(3);
    let checked =
        |step| Body::Checked { step, passed: true, record: text.clone(), evidence: vec![] };
    let from = begun + 101.days();
    let found = Body::Found {
        facts: Facts {
            source: Source::ALL[issue as usize % Source::ALL.len()],
            batch: "第二轮".to_owned(),
            medium: Medium::ALL[issue as usize % Medium::ALL.len()],
            title: "雨污管网错接混接".to_owned(),
            title_en: None,
            text: text.clone(),
            origin: Origin::Simulated,
            report: None,
        },
    };
    let steps = [
        (0, found),
        (3, assigned(issue, begun + 120.days())),
        (
            10,
            Body::MeasuresSet {
                goal: text.clone(),
                measures: text.clone(),
                plan: vec![],
                reason: None,
            },
        ),
        (40, Body::Progress { permille: 400, text: text.clone(), pace: None, evidence: vec![] }),
        (90, Body::Done { result: text.clone(), evidence }),
        (92, checked(CheckStep::SelfCheck)),
        (94, checked(CheckStep::Preliminary)),
        (97, checked(CheckStep::Acceptance)),
        (101, Body::Published { from, until: from + 14.days(), link: None }),
        (116, Body::Closed),
    ];
    // A few in a hundred stay open.
    let told = if issue % 40 == 0 { 4 } else { steps.len() };
    let event = |(after, body): (i32, Body)| NewItemEvent {
        at: NOW,
        on: begun + after.days(),
        actor: ActorRole::System,
        unit: None,
        signed: None,
        simulated: true,
        body,
    };
    steps.into_iter().take(told).map(|step| (number.clone(), event(step))).collect()
}

fn assigned(issue: i32, due: Date) -> Body {
    let unit = format!("unit-{}", issue % 24);
    Body::Assigned { unit, lead: None, term: Term::Dated, due: Some(due) }
}
