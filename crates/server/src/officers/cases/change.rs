//! What an officer's action changes about a case: everything, or nothing with a reason.

use contract::officer::CaseAct;
use domain::{
    canonical::hex,
    ledger::{Body, LedgerActor},
    period::day_start,
    report::{
        ActionKind, Actor, ActorRole, Deadlines, EventBody, EventKind, Finding, MergeTarget,
        MessageRef, Priority, Refusal, ReportId, State, Wish, check,
    },
    reward::{CriterionKey, Outcome},
    role::RoleSet,
};
use jiff::{Timestamp, civil::Date};
use store::{
    LinkChange, LinkKind, NewAudit, NewLedgerEntry, NewMessage, NewReportEvent, NewReportPhoto,
    PhotoEdit, PublicCopy, Publication, ReportChange, Sender,
};

use super::file::CaseFile;
use crate::{
    cases::{facts, touch},
    reports::arrived::after,
};

/// Another case that an action names.
#[derive(Debug, Clone)]
pub struct Other {
    /// Its id.
    pub id: ReportId,
    /// Its number, as stored.
    pub public_id: String,
    /// Where it stands.
    pub state: State,
}

/// An action with everything that was looked up for it.
#[derive(Clone)]
pub struct Acting {
    /// When.
    pub at: Timestamp,
    /// Number of the officer.
    pub staff: i64,
    /// Their name, as colleagues read it.
    pub by: String,
    /// Their roles.
    pub roles: RoleSet,
    /// What was sent.
    pub act: CaseAct,
    /// Whom the case is given to.
    pub assignee: Option<i64>,
    /// The other case; `None` if none was named or there is none.
    pub other: Option<Other>,
    /// Photos that are added.
    pub photos: Vec<[u8; 32]>,
    /// What was decided about photos, of a publication.
    pub photo_edits: Vec<PhotoEdit>,
    /// The public text, of a publication: masked.
    pub public_text: String,
    /// The time limits.
    pub deadlines: Deadlines,
}

impl Acting {
    fn words(&self) -> Option<&str> {
        let words = [&self.act.text, &self.act.reason];
        words.into_iter().flatten().map(|words| words.trim()).find(|words| !words.is_empty())
    }

    fn wish(&self, file: &CaseFile) -> Wish<'_> {
        let target = match (&self.other, &self.act.other) {
            (Some(other), _) if other.id.as_str() == file.report.id => Some(MergeTarget::Itself),
            (Some(other), _) => Some(MergeTarget::Other(other.state)),
            (None, Some(_)) => Some(MergeTarget::Unknown),
            (None, None) => None,
        };
        Wish {
            kind: self.act.action,
            text: self.words(),
            finding: self.act.finding,
            department: self.act.department.as_deref(),
            target,
        }
    }
}

/// What the action changes about the case as it is now.
///
/// # Errors
///
/// Why it may not be done.
pub fn of(file: &CaseFile, acting: &Acting) -> Result<ReportChange, Refusal> {
    let (facts, kind) = (facts::of(file), acting.act.action);
    check(&facts, &acting.wish(file), Actor::Officer(acting.roles), acting.at)?;
    if kind == ActionKind::AddEvidence && acting.words().is_none() && acting.photos.is_empty() {
        return Err(Refusal::NoText(kind));
    }
    let mut change = ReportChange::of(&file.report, &acting.by, kind.key(), acting.at);
    change.standing.state = facts.state.apply(kind)?;
    let body = EventBody { message: message(file, acting, &mut change), ..body(file, acting) };
    stand(file, acting, &mut change);
    touch(&mut change, EventKind::of(kind));
    change.events.push(NewReportEvent {
        at: acting.at,
        actor: ActorRole::Officer,
        staff: Some(acting.staff),
        kind: EventKind::of(kind),
        body,
    });
    change.photos.extend(acting.photos.iter().map(|sha256| NewReportPhoto {
        sha256: *sha256,
        sender: Sender::Officer,
        message: change.messages.first().map(|_| file.report.messages + 1),
    }));
    connect(acting, &mut change);
    let entries = ledger(file, acting).into_iter();
    change.ledger.extend(entries.map(|body| NewLedgerEntry {
        at: acting.at,
        actor: LedgerActor::Officer(acting.staff.to_string()),
        body,
    }));
    change.audit.push(audit(file, acting));
    Ok(change)
}

/// The words that came along, kept beside the history so that they can go.
fn message(file: &CaseFile, acting: &Acting, change: &mut ReportChange) -> Option<MessageRef> {
    let kind = match acting.act.action {
        ActionKind::Ask => "question",
        ActionKind::Note => "note",
        ActionKind::AddEvidence => "evidence",
        _ => "reason",
    };
    let told = EventKind::of(acting.act.action).is_told() && kind != "evidence";
    let new = NewMessage {
        at: acting.at,
        sender: Sender::Officer,
        kind: kind.to_owned(),
        text: acting.words()?.to_owned(),
        to_reporter: told,
    };
    let sha256 = hex(&new.sha256());
    change.messages.push(new);
    Some(MessageRef { number: file.report.messages + 1, sha256 })
}

fn body(file: &CaseFile, acting: &Acting) -> EventBody {
    let act = &acting.act;
    let names_other =
        [ActionKind::Merge, ActionKind::Link, ActionKind::Unlink].contains(&act.action);
    EventBody {
        message: None,
        finding: act.finding.filter(|_| act.action == ActionKind::Close),
        department: act.department.clone().filter(|_| act.action == ActionKind::Dispatch),
        other: acting.other.as_ref().filter(|_| names_other).map(|other| other.id.clone()),
        photos: acting.photos.iter().map(|sha256| hex(sha256)).collect(),
        priority: priority(acting),
        until: (act.action == ActionKind::Extend).then(|| close_by(file, acting, true)),
    }
}

fn priority(acting: &Acting) -> Option<Priority> {
    let wished = acting.act.assignee.as_deref().and_then(Priority::from_key);
    (acting.act.action == ActionKind::Prioritise).then(|| wished.unwrap_or_default())
}

/// The last day to close: counted from the acceptance, or from when it was opened again.
fn close_by(file: &CaseFile, acting: &Acting, extended: bool) -> Date {
    let opened = [EventKind::Reopened, EventKind::NotFixed];
    let newest = file.events.iter().rev().find(|event| opened.contains(&event.event.kind));
    let from = newest.map(|event| event.event.at).or(file.report.standing.accepted);
    acting.deadlines.close_by(from.unwrap_or(acting.at), extended)
}

/// Where the case stands after the action.
fn stand(file: &CaseFile, acting: &Acting, change: &mut ReportChange) {
    let (at, act) = (acting.at, &acting.act);
    let ends = |standing: &mut store::Standing| (standing.closed, standing.due) = (Some(at), None);
    let standing = &mut change.standing;
    match act.action {
        ActionKind::Accept => {
            standing.accepted = standing.accepted.or(Some(at));
            standing.closed = None;
            standing.due = Some(after(acting.deadlines.close_by(at, false)));
        }
        ActionKind::Refuse => ends(standing),
        ActionKind::Dispatch => {
            standing.department.clone_from(&act.department);
            standing.assignee = acting.assignee;
        }
        ActionKind::SendBack => (standing.department, standing.assignee) = (None, None),
        ActionKind::Start => standing.assignee = Some(acting.staff),
        ActionKind::Close => {
            ends(standing);
            standing.finding = act.finding;
        }
        ActionKind::Reopen => {
            (standing.closed, standing.finding, standing.merged_into) = (None, None, None);
            standing.reopened += 1;
            standing.due = Some(after(acting.deadlines.close_by(at, false)));
        }
        ActionKind::Merge => {
            ends(standing);
            standing.merged_into = acting.other.as_ref().map(|other| other.id.to_string());
        }
        ActionKind::Note => standing.assignee = acting.assignee.or(standing.assignee),
        ActionKind::Prioritise => {
            standing.priority = stored(priority(acting).unwrap_or_default());
        }
        ActionKind::Extend => standing.due = Some(after(close_by(file, acting, true))),
        ActionKind::Publish => {
            standing.publication = Publication::Published;
            standing.public = Some(public(file, acting));
            change.photo_edits.clone_from(&acting.photo_edits);
        }
        ActionKind::Hide => standing.publication = Publication::Hidden,
        _ => {}
    }
}

fn stored(priority: Priority) -> store::Priority {
    match priority {
        Priority::Normal => store::Priority::Normal,
        Priority::High => store::Priority::High,
        Priority::Urgent => store::Priority::Urgent,
    }
}

/// The public copy. Its cell is decided together with all others', not here.
fn public(file: &CaseFile, acting: &Acting) -> PublicCopy {
    let day = |at: Timestamp| day_start(domain::period::beijing_day(at));
    let before = file.report.standing.public.as_ref();
    PublicCopy {
        text: acting.public_text.clone(),
        note: before.and_then(|copy| copy.note.clone()),
        street: file.report.told.street.clone(),
        cell: before.and_then(|copy| copy.cell),
        at: day(file.report.received),
        changed: day(acting.at),
    }
}

fn connect(acting: &Acting, change: &mut ReportChange) {
    let Some(other) = &acting.other else { return };
    let other = other.id.to_string();
    match acting.act.action {
        ActionKind::Merge | ActionKind::Link => change.links.push(LinkChange::Add {
            other,
            kind: LinkKind::Duplicate,
            staff: Some(acting.staff),
        }),
        ActionKind::Unlink => change.links.push(LinkChange::Remove { other }),
        _ => {}
    }
}

/// What the action means for who was first with a valid report.
fn ledger(file: &CaseFile, acting: &Acting) -> Vec<Body> {
    let invalid =
        |reason| Body::Eligibility { outcome: Outcome::NotEligible, reasons: vec![reason] };
    let open = Body::Eligibility { outcome: Outcome::Undecided, reasons: Vec::new() };
    let standing = &file.report.standing;
    match (acting.act.action, &acting.other) {
        (ActionKind::Refuse, _) => vec![invalid(CriterionKey::Standing)],
        (ActionKind::Accept, _) if standing.state == State::NotAccepted => vec![open],
        (ActionKind::Close, _) if acting.act.finding == Some(Finding::Unfounded) => {
            vec![invalid(CriterionKey::Founded)]
        }
        (ActionKind::Reopen, _) if standing.finding == Some(Finding::Unfounded) => vec![open],
        (ActionKind::Merge | ActionKind::Link, Some(other)) => {
            vec![Body::Linked { to: other.public_id.clone() }]
        }
        // Of a link that points here the other report's own entry is taken back.
        (ActionKind::Unlink, Some(other)) if links_to(file, other) => vec![Body::Unlinked],
        _ => Vec::new(),
    }
}

/// Whether the link is this report's own.
pub fn links_to(file: &CaseFile, other: &Other) -> bool {
    file.links.iter().any(|link| link.report == file.report.id && link.other == other.id.as_str())
}

fn audit(file: &CaseFile, acting: &Acting) -> NewAudit {
    let facts =
        serde_json::json!({ "seq": file.report.events + 1, "state": file.report.standing.state });
    NewAudit {
        at: acting.at,
        staff: Some(acting.staff),
        action: acting.act.action.key().to_owned(),
        subject: file.report.public_id.clone(),
        version: Some(file.report.version),
        body: facts.to_string(),
    }
}
