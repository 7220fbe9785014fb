//! One issue as the public reads it.

use contract::rectification::{Item, ItemLine, ItemPhoto, ItemStep, ObjectionCounts, Publicity};
use domain::{
    canonical::hex,
    period::beijing_day,
    rectification::{Answered, Body, Case, Event, ItemNumber, Link, Origin},
};
use jiff::civil::Date;
use store::{ItemEvent, PhotoOfItem};

use super::unit_name;
use crate::{app::App, problem::Problem, reports::published::address};

/// The issue with that number, as it stands today.
///
/// # Errors
///
/// When the store cannot answer.
pub async fn one(app: &App, number: &ItemNumber) -> Result<Option<Item>, Problem> {
    let name = number.as_str().to_owned();
    let looked = app.store.look(move |view| {
        Ok((view.case_of_item(&name)?, view.item_events(&name)?, view.photos_of_item(&name)?))
    });
    let (Some(case), events, photos) = looked.await? else { return Ok(None) };
    let reports = published_reports(app, &case).await?;
    Ok(Some(shown(app, &case, &events, photos, reports)))
}

/// Reports that belong to it, of those that are published alone.
async fn published_reports(app: &App, case: &Case) -> Result<Vec<String>, Problem> {
    let mut published = Vec::new();
    for link in &case.links {
        if let Link::Report(number) = link
            && app.store.published_report(number).await?.is_some()
        {
            published.push(number.clone());
        }
    }
    Ok(published)
}

fn shown(
    app: &App,
    case: &Case,
    events: &[ItemEvent],
    photos: Vec<PhotoOfItem>,
    reports: Vec<String>,
) -> Item {
    let today = beijing_day(app.clock.now());
    let given = |text: &String| (!text.is_empty()).then(|| text.clone());
    let simulated = events.iter().any(|row| row.event.simulated);
    let planned = case.due.is_some() || !case.plan.is_empty();
    let stations = case.links.iter().filter_map(|link| match link {
        Link::Station(code) => Some(code.clone()),
        Link::Report(_) => None,
    });
    Item {
        meta: app.meta(simulated),
        line: line(case, today),
        term: case.term,
        unit: case.unit.as_deref().map(|key| unit_name(&app.profile, key)),
        lead: case.lead.clone(),
        task: case.facts.text.clone(),
        goal: given(&case.goal),
        measures: given(&case.measures),
        result: given(&case.result),
        percent: u32::from(case.permille) / 10,
        planned_percent: planned.then(|| u32::from(case.schedule().planned(today)) / 10),
        course: events.iter().map(|row| step(app, row)).collect(),
        publicity: publicity(app, case, today),
        objections: counts(case),
        photos: photos.into_iter().filter_map(photo).collect(),
        reports,
        stations: stations.collect(),
        first_event: events.first().map_or(0, |row| row.event.number),
        publisher: app.profile.record.publisher.clone(),
        days_simulated: simulated && case.facts.origin == Origin::Quoted,
    }
}

/// The issue in a list, from its own events.
pub fn line(case: &Case, today: Date) -> ItemLine {
    ItemLine {
        number: case.item.to_string(),
        title: case.facts.title.clone(),
        title_en: case.facts.title_en.clone(),
        source: case.facts.source,
        batch: case.facts.batch.clone(),
        medium: case.facts.medium,
        unit: case.unit.clone(),
        state: case.state(today),
        found: case.found,
        due: case.due,
        closed: case.closed,
        overdue: case.is_overdue(today),
        origin: case.facts.origin,
    }
}

fn publicity(app: &App, case: &Case, today: Date) -> Option<Publicity> {
    let window = case.window?;
    let calendar = &app.reports.calendar;
    let shown = case.stage == domain::rectification::Stage::Publicity;
    let left = calendar.working_days_between(today.max(window.from), window.until);
    Some(Publicity {
        from: window.from,
        until: window.until,
        open: shown && (window.from..=window.until).contains(&today),
        working_days_left: u32::try_from(left).unwrap_or_default(),
        announced: calendar.is_announced(window.from) && calendar.is_announced(window.until),
        elsewhere: case.elsewhere.clone(),
    })
}

fn counts(case: &Case) -> ObjectionCounts {
    let of = |wanted: Answered| {
        let found = case.objections.iter().filter(|answered| **answered == wanted).count();
        u32::try_from(found).unwrap_or(u32::MAX)
    };
    ObjectionCounts {
        received: u32::try_from(case.objections.len()).unwrap_or(u32::MAX),
        open: of(Answered::Open),
        rejected: of(Answered::Rejected),
        upheld: of(Answered::Upheld),
    }
}

/// A photo that was looked at and redacted, and whose report is not taken down; no other leaves the server.
fn photo(found: PhotoOfItem) -> Option<ItemPhoto> {
    let name = found.photo.public_name.filter(|_| found.public)?;
    Some(ItemPhoto {
        href: address(&name),
        phase: found.phase,
        note: found.note,
        width: found.photo.width,
        height: found.photo.height,
    })
}

fn step(app: &App, row: &ItemEvent) -> ItemStep {
    let Event { body, .. } = &row.event;
    let mut told = ItemStep {
        event: row.event.number,
        on: row.event.on,
        at: row.event.at,
        kind: body.kind(),
        unit: row.event.unit.as_deref().map(|key| unit_name(&app.profile, key)),
        text: None,
        step: None,
        passed: None,
        percent: None,
        cause: None,
        document: None,
        hash: hex(&row.hash),
    };
    match body {
        Body::Assigned { unit, .. } => told.unit = Some(unit_name(&app.profile, unit)),
        Body::Reassigned { unit, reason, .. } => {
            told.unit = Some(unit_name(&app.profile, unit));
            told.text = Some(reason.clone());
        }
        Body::Amended { reason, .. } | Body::DeadlineChanged { reason, .. } => {
            told.text = Some(reason.clone());
        }
        Body::MeasuresSet { measures, reason, .. } => {
            told.text = Some(reason.clone().unwrap_or_else(|| measures.clone()));
        }
        Body::Progress { permille, text, .. } => {
            told.percent = Some(u32::from(*permille) / 10);
            told.text = Some(text.clone());
        }
        Body::PhaseDone { result, .. } | Body::Done { result, .. } => {
            told.text = Some(result.clone());
        }
        Body::Checked { step, passed, record, .. } => {
            (told.step, told.passed) = (Some(*step), Some(*passed));
            told.text = Some(record.clone());
        }
        Body::ObjectionAnswered { upheld, answer, .. } => {
            (told.passed, told.text) = (Some(*upheld), Some(answer.clone()));
        }
        Body::Reopened { cause, reason, .. } => {
            (told.cause, told.text) = (Some(*cause), Some(reason.clone()));
        }
        Body::CarriedOver { document, result, .. } => {
            (told.document, told.text) = (Some(document.clone()), Some(result.clone()));
        }
        Body::Found { .. }
        | Body::Published { .. }
        | Body::Objected { .. }
        | Body::Closed
        | Body::EvidenceAdded { .. }
        | Body::Linked { .. }
        | Body::Unlinked { .. } => {}
    }
    told
}
