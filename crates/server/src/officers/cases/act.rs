//! An officer acts on a case.

use contract::{
    officer::{Case, CaseAct},
    problem::Code,
};
use domain::{
    Lang, Text,
    ledger::{Body, LedgerActor},
    privacy::mask,
    report::{ActionKind, Refusal, ReportId, wording},
};
use jiff::Timestamp;
use store::{NewJob, NewLedgerEntry, ReportRow, Seen, StoreError};

use super::{
    change::{self, Acting, Other},
    file::{self, CaseFile},
    pictures, publication, view,
};
use crate::{
    app::App,
    officers::{names::Names, session::Officer, stale, webhooks},
    problem::Problem,
    reports::{cells, submit::photos_are_free},
};

/// Photos of one action at most, as of one report.
const MOST_PHOTOS: usize = 4;

/// Why an action was not carried out.
#[derive(Debug, thiserror::Error)]
enum ActError {
    #[error(transparent)]
    Refused(#[from] Refusal),
    #[error("{}", .0.en)]
    NotPublic(Text),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Carries the action out; the case as it then is.
pub async fn act(
    app: &App,
    officer: &Officer,
    public_id: &str,
    act: CaseAct,
) -> Result<Case, Problem> {
    let report = file::found(app, officer, public_id).await?;
    let seen = u32::try_from(act.seen_version).unwrap_or(u32::MAX);
    carry_out(app, officer, &report, act, seen).await?;
    view::case(app, officer, public_id).await
}

/// Carries the action out on the version that was seen.
pub async fn carry_out(
    app: &App,
    officer: &Officer,
    report: &ReportRow,
    act: CaseAct,
    seen: u32,
) -> Result<(), Problem> {
    permitted(officer, act.action)?;
    worded(&act)?;
    let photos = match act.action {
        ActionKind::Publish => pictures::published(app, report, &act.public_photos).await?,
        _ => pictures::Decided::default(),
    };
    let edits = photos.edits.clone();
    let acting = Acting { photo_edits: edits, ..prepared(app, officer, report, act).await? };
    let (hooks, unlinked) = (app.config.reports.webhooks.clone(), acting.clone());
    let decide = move |view: &store::View<'_>, report: &ReportRow| -> Result<_, ActError> {
        let case = CaseFile::read(view, report)?;
        let mut change = change::of(&case, &acting)?;
        if acting.act.action == ActionKind::Publish {
            publication::objection(report).map_or(Ok(()), |text| Err(ActError::NotPublic(text)))?;
            change.jobs.push(cells(acting.at));
        }
        change.jobs.extend(webhooks::jobs(&hooks, report, &change));
        Ok(change)
    };
    let acted = app.store.act_on_report(&report.id, Seen::Version(seen), decide).await;
    drop(photos);
    acted.map_err(|error| match error {
        ActError::Refused(refusal) => refused(refusal),
        ActError::NotPublic(text) => Problem::new(Code::Conflict).with(text),
        ActError::Store(error) => stale::problem(error, u64::from(report.version)),
    })?;
    release(app, report, &unlinked).await
}

/// What an officer may never do is refused before anything is looked up, whatever version was seen.
fn permitted(officer: &Officer, action: ActionKind) -> Result<(), Problem> {
    let needed = action.permissions();
    if needed.is_empty() {
        return Err(refused(Refusal::OnlyReporter));
    }
    let may = needed.iter().any(|permission| officer.roles.may(*permission));
    if may { Ok(()) } else { Err(refused(Refusal::NoPermission(needed))) }
}

/// The job that decides in which cells reports are shown, all of them together.
fn cells(at: Timestamp) -> NewJob {
    NewJob { kind: cells::KIND.to_owned(), body: "{}".to_owned(), key: None, run: at }
}

/// Everything that the action needs and that is not part of the case.
async fn prepared(
    app: &App,
    officer: &Officer,
    report: &ReportRow,
    act: CaseAct,
) -> Result<Acting, Problem> {
    let names = Names::of(app);
    if let Some(key) = act.department.as_deref()
        && names.department(key).is_none()
    {
        return Err(fault(
            "department",
            Text::new("没有这个部门。", "There is no such department."),
        ));
    }
    let original = act.public_text.clone().or_else(|| report.told.text.clone());
    Ok(Acting {
        at: app.clock.now(),
        staff: officer.staff.id,
        by: officer.staff.display_name.clone(),
        roles: officer.roles,
        assignee: assignee(app, &act).await?,
        other: other(app, officer, &act).await?,
        photos: photos(app, report, &act.photos).await?,
        photo_edits: Vec::new(),
        // Masked again, whoever wrote it: a person overlooks the second number in a long text.
        public_text: mask(original.as_deref().unwrap_or_default()),
        deadlines: names.deadlines,
        act,
    })
}

/// Texts without control characters and tricks, and not too long.
fn worded(act: &CaseAct) -> Result<(), Problem> {
    let texts = [
        ("reason", &act.reason, wording::PARAGRAPH),
        ("text", &act.text, wording::DESCRIPTION),
        ("public_text", &act.public_text, wording::DESCRIPTION),
    ];
    let faults = texts.into_iter().filter_map(|(field, text, limit)| {
        let fault = wording::paragraph(text.as_deref()?.trim(), limit).err()?;
        let empty = text.as_deref().is_some_and(|text| text.trim().is_empty());
        let sentence = Text::new(fault.sentence(Lang::Zh), fault.sentence(Lang::En));
        (!empty).then(|| (field.to_owned(), sentence))
    });
    let faults: Vec<_> = faults.collect();
    if faults.is_empty() { Ok(()) } else { Err(Problem::fields(faults)) }
}

async fn assignee(app: &App, act: &CaseAct) -> Result<Option<i64>, Problem> {
    let gives = [ActionKind::Dispatch, ActionKind::Note].contains(&act.action);
    let Some(name) = act.assignee.as_deref().filter(|name| gives && !name.is_empty()) else {
        return Ok(None);
    };
    let staff = app.store.staff_by_name(name).await?.filter(|staff| staff.active);
    let no_such = || {
        fault(
            "assignee",
            Text::new("没有这个账户，或已停用。", "There is no such account, or it is not active."),
        )
    };
    Ok(Some(staff.ok_or_else(no_such)?.id))
}

/// The case that is named, if the officer may see it; another is as unknown as one that does not exist.
async fn other(app: &App, officer: &Officer, act: &CaseAct) -> Result<Option<Other>, Problem> {
    let Some(number) = act.other.as_deref() else { return Ok(None) };
    let Ok(stored) = file::stored_id(number) else { return Ok(None) };
    let report = app.store.report_by_public_id(&stored).await?;
    let Some(report) = report.filter(|report| file::sees(officer, report)) else { return Ok(None) };
    let id = ReportId::parse(&report.id).map_err(Problem::internal)?;
    Ok(Some(Other { id, public_id: report.public_id, state: report.standing.state }))
}

async fn photos(app: &App, report: &ReportRow, names: &[String]) -> Result<Vec<[u8; 32]>, Problem> {
    if names.len() > MOST_PHOTOS {
        let text = Text::new(
            format!("一次最多 {MOST_PHOTOS} 张照片。"),
            format!("At most {MOST_PHOTOS} photos at a time."),
        );
        return Err(fault("photos", text));
    }
    let mut found = Vec::new();
    for (at, name) in names.iter().enumerate() {
        let missing = || {
            let text =
                Text::new("没有这张照片，请重新上传。", "This photo is not here; upload it again.");
            fault(&format!("photos.{at}"), text)
        };
        let sha256 = pictures::digest(name).ok_or_else(missing)?;
        app.store.photo(sha256).await?.filter(|photo| photo.name.is_some()).ok_or_else(missing)?;
        found.push(sha256);
    }
    photos_are_free(app, &report.id, &found).await?;
    Ok(found)
}

/// The other report's own ledger entry, of a link that it had made.
async fn release(app: &App, report: &ReportRow, acting: &Acting) -> Result<(), Problem> {
    let (ActionKind::Unlink, Some(other)) = (acting.act.action, &acting.other) else {
        return Ok(());
    };
    let entries = app.store.ledger_of(other.id.as_str()).await?;
    let linked =
        entries.iter().rev().find(|entry| ["linked", "unlinked"].contains(&entry.kind.as_str()));
    let to_this = serde_json::json!(report.public_id).to_string();
    if linked.is_some_and(|entry| entry.kind == "linked" && entry.body.contains(&to_this)) {
        let actor = LedgerActor::Officer(acting.staff.to_string());
        let entry = NewLedgerEntry { at: acting.at, actor, body: Body::Unlinked };
        app.store.append_ledger(other.id.as_str(), vec![entry]).await?;
    }
    Ok(())
}

/// A refusal by the rules, as a problem: never allowed, something missing from what was sent, or not now.
pub fn refused(refusal: Refusal) -> Problem {
    if refusal.is_forbidden() {
        return Problem::new(Code::NotPermitted).with(refusal.text());
    }
    if refusal.is_incomplete() {
        let field = match refusal {
            Refusal::NoFinding => "finding",
            Refusal::NoText(ActionKind::Ask | ActionKind::Note | ActionKind::AddEvidence) => "text",
            Refusal::NoText(_) => "reason",
            _ => "other",
        };
        return fault(field, refusal.text());
    }
    Problem::new(Code::Conflict).with(refusal.text())
}

fn fault(field: &str, text: Text) -> Problem {
    Problem::fields(vec![(field.to_owned(), text)])
}
