//! One step of a sample's course, by the rules that officers and reporters act by.

use anyhow::{Context, Result};
use domain::{
    canonical::hex,
    period::{beijing_day, day_start},
    privacy::mask,
    report::{
        ActionKind, Actor, ActorRole, EventBody, EventKind, MergeTarget, MessageRef, ReportId,
        Wish, check,
    },
    role::RoleSet,
};
use jiff::Timestamp;
use store::{
    LinkChange, LinkKind, NewMessage, NewReportEvent, PublicCopy, Publication, ReportChange,
    ReportRow, Seen, Sender, StoreError,
};

use super::{Step, id};
use crate::{
    app::App,
    cases::{File, facts},
    reports::{arrived::after, cells},
};

/// As colleagues read who did it.
const BY: &str = "demonstration";

#[derive(Debug, thiserror::Error)]
enum StepError {
    #[error(transparent)]
    Refused(#[from] domain::report::Refusal),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<domain::report::InvalidTransition> for StepError {
    fn from(invalid: domain::report::InvalidTransition) -> Self {
        Self::Refused(invalid.into())
    }
}

/// Carries one step out at `when`.
pub(super) async fn take(app: &App, report: &ReportId, step: &Step, when: Timestamp) -> Result<()> {
    let other = match step.into {
        None => None,
        Some(at) => {
            let sample = app.profile.reports.samples.get(at).context("`into` names no sample")?;
            Some(id(at, sample))
        }
    };
    let (step, deadlines, named) = (step.clone(), app.reports.deadlines, step.kind.key());
    let district = app.profile.clone();
    let acted = app.store.act_on_report(report.as_str(), Seen::Any, move |view, report| {
        let file = File::of(view, report.clone())?;
        let target = match &other {
            None => None,
            Some(other) => view
                .report(other.as_str())?
                .map(|found| MergeTarget::Other(found.standing.state))
                .or(Some(MergeTarget::Unknown)),
        };
        let reporters = step.kind.is_reporters() && step.kind != ActionKind::AddEvidence;
        let actor = if reporters { Actor::Reporter } else { Actor::Officer(RoleSet::all()) };
        let wish = Wish {
            kind: step.kind,
            text: step.text.as_deref(),
            finding: step.finding,
            department: step.department.as_deref(),
            target,
        };
        check(&facts::of(&file), &wish, actor, when)?;
        let mut change = ReportChange::of(report, BY, step.kind.key(), when);
        change.standing.state = report.standing.state.apply(step.kind)?;
        told(&step, report, reporters, other.clone(), when, &mut change);
        let home = cells::exposure(&district.reports, &report.category, report.from_home)
            == domain::privacy::cells::Exposure::FromHome;
        stand(&step, report, home, when, &mut change, |at| after(deadlines.close_by(at, false)));
        if let Some(other) = &other {
            change.standing.merged_into = Some(other.to_string());
            change.links.push(LinkChange::Add {
                other: other.to_string(),
                kind: LinkKind::Duplicate,
                staff: None,
            });
        }
        Ok::<_, StepError>(change)
    });
    acted.await.map(|_report| ()).with_context(|| format!("the step `{named}`"))
}

/// The event, and the text that came with it.
fn told(
    step: &Step,
    report: &ReportRow,
    reporters: bool,
    other: Option<ReportId>,
    at: Timestamp,
    change: &mut ReportChange,
) {
    let kind = match step.kind {
        ActionKind::Ask => "question",
        ActionKind::Answer | ActionKind::NotFixed => "answer",
        ActionKind::AddEvidence => "evidence",
        ActionKind::Note => "note",
        _ => "reason",
    };
    let message = step.text.as_ref().map(|text| NewMessage {
        at,
        sender: if reporters { Sender::Reporter } else { Sender::Officer },
        kind: kind.to_owned(),
        text: text.clone(),
        to_reporter: !matches!(kind, "note" | "evidence"),
    });
    change.events.push(NewReportEvent {
        at,
        actor: if reporters { ActorRole::Reporter } else { ActorRole::Officer },
        staff: None,
        kind: EventKind::of(step.kind),
        body: EventBody {
            message: message.as_ref().map(|message| MessageRef {
                number: report.messages + 1,
                sha256: hex(&message.sha256()),
            }),
            finding: step.finding,
            department: step.department.clone(),
            other,
            ..EventBody::default()
        },
    });
    change.messages.extend(message);
}

/// Where the report stands after the step.
fn stand(
    step: &Step,
    report: &ReportRow,
    home: bool,
    at: Timestamp,
    change: &mut ReportChange,
    close_by: impl Fn(Timestamp) -> Timestamp,
) {
    let standing = &mut change.standing;
    match step.kind {
        ActionKind::Accept => {
            (standing.accepted, standing.due) = (Some(at), Some(close_by(at)));
        }
        ActionKind::Refuse | ActionKind::Merge | ActionKind::Withdraw => {
            (standing.closed, standing.due) = (Some(at), None);
        }
        ActionKind::Dispatch => standing.department.clone_from(&step.department),
        ActionKind::Close => {
            (standing.closed, standing.due) = (Some(at), None);
            standing.finding = step.finding;
        }
        ActionKind::NotFixed => {
            (standing.closed, standing.finding) = (None, None);
            standing.reopened += 1;
            standing.due = Some(close_by(at));
        }
        ActionKind::Prioritise => standing.priority = store::Priority::High,
        ActionKind::Publish => {
            standing.publication = Publication::Published;
            standing.public = Some(PublicCopy {
                text: mask(report.told.text.as_deref().unwrap_or_default()),
                note: None,
                street: report.told.street.clone().filter(|_| !home),
                cell: None,
                at: day_start(beijing_day(report.received)),
                changed: day_start(beijing_day(at)),
            });
        }
        _ => {}
    }
    // What changes after publication, the public is told by the day.
    if let Some(public) = &mut standing.public {
        public.changed = day_start(beijing_day(at));
    }
}
