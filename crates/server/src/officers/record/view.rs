//! An issue as officers see it.

use contract::officer::record::{EvidenceLine, ItemCase, OfferedEvent, ReportOfItem};
use domain::{
    Text,
    period::beijing_day,
    rectification::{Actor, Case, EventKind, ItemNumber, Link, may},
};
use jiff::civil::Date;
use store::{ItemEvent, Objection, PhotoOfItem, StoreError, View};

use super::{actor, objections, photos, sees};
use crate::{
    app::App,
    officers::{
        cases::file::{self},
        hands,
        session::Officer,
    },
    problem::Problem,
    record::item,
};

/// Everything that is kept of one issue, on one snapshot of the database.
struct ItemFile {
    case: Case,
    events: Vec<ItemEvent>,
    photos: Vec<PhotoOfItem>,
    objections: Vec<Objection>,
    reports: Vec<ReportOfItem>,
    /// Accounts of earlier steps that count as the officer.
    doubles: Vec<i64>,
}

impl ItemFile {
    fn read(view: &View<'_>, number: &str, officer: &Officer) -> Result<Option<Self>, StoreError> {
        let Some(case) = view.case_of_item(number)? else { return Ok(None) };
        let people = case.checks.iter().filter_map(|passed| passed.staff).chain(case.declared_by);
        let doubles = hands::doubles(view, officer.staff.id, people)?;
        Ok(Some(Self {
            events: view.item_events(number)?,
            photos: photos::listed(view, number)?,
            objections: view.objections(number)?,
            reports: reports(view, &case, officer)?,
            doubles,
            case,
        }))
    }
}

/// The issue with that number if the officer may see it.
pub async fn one(app: &App, officer: &Officer, number: &ItemNumber) -> Result<ItemCase, Problem> {
    super::seen(officer, app.store.item(number.as_str()).await?)?;
    shown(app, officer, number).await
}

/// The issue with that number, also after the officer's own act took it out of their sight.
pub(super) async fn shown(
    app: &App,
    officer: &Officer,
    number: &ItemNumber,
) -> Result<ItemCase, Problem> {
    let no_such = || Problem::new(contract::problem::Code::NotFound);
    let item = item::one(app, number).await?.ok_or_else(no_such)?;
    let (name, who) = (number.as_str().to_owned(), officer.clone());
    let file = app.store.look(move |view| ItemFile::read(view, &name, &who)).await?;
    let file = file.ok_or_else(no_such)?;
    let today = beijing_day(app.clock.now());
    let window = app.profile.record.rules.window(today, &app.reports.calendar);
    let shown_objection = |one| objections::shown(officer, one);
    Ok(ItemCase {
        item,
        version: file.case.seq,
        stage: file.case.stage,
        facts: file.case.facts.clone(),
        plan: file.case.plan.clone(),
        next_check: file.case.next_check(),
        done_by: file
            .events
            .iter()
            .map(|event| event.staff_name.clone().unwrap_or_default())
            .collect(),
        evidence: file.events.iter().flat_map(evidence).collect(),
        photos: file.photos.iter().map(photos::shown).collect(),
        reports: file.reports,
        offered: offered(&file.case, officer, &file.doubles, today),
        objections: file.objections.into_iter().map(shown_objection).collect(),
        publicity_from_today: (window.from, window.until),
    })
}

fn evidence(row: &ItemEvent) -> impl Iterator<Item = EvidenceLine> {
    let (event, with) = (row.event.number, row.event.body.kind());
    row.event.body.evidence().iter().map(move |one| EvidenceLine {
        event,
        with,
        kind: one.kind,
        phase: one.phase,
        sha256: one.sha256.clone(),
        note: one.note.clone(),
    })
}

fn reports(
    view: &View<'_>,
    case: &Case,
    officer: &Officer,
) -> Result<Vec<ReportOfItem>, StoreError> {
    let mut found = Vec::new();
    for link in &case.links {
        let Link::Report(number) = link else { continue };
        let report = view.report_by_public_id(number)?;
        let state = report
            .as_ref()
            .filter(|report| file::sees(officer, report))
            .map(|report| report.standing.state);
        let published =
            report.is_some_and(|r| r.standing.publication == store::Publication::Published);
        found.push(ReportOfItem { public_id: number.clone(), state, published });
    }
    Ok(found)
}

/// Every event of officers, with the reason where it may not be done.
fn offered(case: &Case, officer: &Officer, doubles: &[i64], today: Date) -> Vec<OfferedEvent> {
    let own = actor(officer);
    let unseen = !sees(officer, case.unit.as_deref());
    let offer = |kind: EventKind| {
        let refusal = may(case, kind, &own, today).err().map(domain::rectification::Refusal::text);
        let double = || {
            let as_other = |staff| Actor::Officer {
                roles: officer.roles,
                staff,
                unit: officer.staff.department.clone(),
            };
            let refused = |staff: &i64| may(case, kind, &as_other(*staff), today).is_err();
            doubles.iter().any(refused).then(hands::one_person)
        };
        let elsewhere = || unseen.then(other_unit);
        OfferedEvent { kind, refusal: refusal.or_else(double).or_else(elsewhere) }
    };
    let kinds = EventKind::ALL.iter().copied();
    kinds.filter(|kind| is_officers(*kind)).map(offer).collect()
}

/// What officers do to an issue that is there: not its beginning, an import's part or the public's.
const fn is_officers(kind: EventKind) -> bool {
    !matches!(kind, EventKind::Found | EventKind::Objected | EventKind::CarriedOver)
}

fn other_unit() -> Text {
    Text::new("本问题已转由其他单位办理。", "This issue is another unit's now.")
}
