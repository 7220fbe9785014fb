//! What must be true of an issue, its history and its days before an event may join it.

use jiff::{
    Timestamp, ToSpan,
    civil::{Date, date},
};
use serde::{Deserialize, Serialize};

use super::{
    Answered, Body, Case, CheckStep, EventKind, Milestone, Refusal, Stage, Term, Turn, WHOLE,
    Window, wording,
};
use crate::{
    calendar::WorkCalendar,
    period::beijing_day,
    role::{Permission, RoleSet},
};

/// The day of the Environmental Protection Law (for trial) 环境保护法（试行）. Every month since the first issue is a point
/// of the ledger's course, and an event is kept for good: a year that was mistyped as 0202 would draw out all of it.
const FIRST: Date = date(1979, 9, 13);

/// The district's own figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Rules {
    /// Working days of publicity, the first counting: 10 (a district's notice 整改销号情况公示（第九批）, 2023-01-09 to 01-20).
    pub publicity_working_days: u32,
    /// Calendar days before a deadline from which it is soon due.
    pub soon_days: i32,
}

impl Default for Rules {
    fn default() -> Self {
        Self { publicity_working_days: 10, soon_days: 30 }
    }
}

impl Rules {
    /// The days of publicity that begin on `from`.
    pub fn window(self, from: Date, calendar: &WorkCalendar) -> Window {
        let before = from.saturating_sub(1.day());
        Window { from, until: calendar.add_working_days(before, self.publicity_working_days) }
    }
}

/// Who acts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// A reader, who may object.
    Public,
    /// An officer.
    Officer {
        /// Of these roles.
        roles: RoleSet,
        /// The account's number.
        staff: i64,
        /// The department's key; `None` for the bureau itself.
        unit: Option<String>,
    },
    /// The portal: an import, or the demonstration.
    System,
}

impl EventKind {
    /// The permission of which an officer needs one; [`EventKind::Objected`] is the public's alone.
    pub const fn permissions(self) -> &'static [Permission] {
        use Permission as P;
        match self {
            Self::Found
            | Self::Amended
            | Self::Assigned
            | Self::Reassigned
            | Self::DeadlineChanged
            | Self::Linked
            | Self::Unlinked
            | Self::CarriedOver => &[P::RecordItems],
            Self::MeasuresSet | Self::Progress | Self::PhaseDone | Self::Done => &[P::Rectify],
            Self::Checked => &[P::Rectify, P::CheckItems],
            Self::EvidenceAdded => &[P::RecordItems, P::Rectify, P::CheckItems],
            Self::Published | Self::ObjectionAnswered | Self::Closed | Self::Reopened => {
                &[P::StrikeOff]
            }
            Self::Objected => &[],
        }
    }
}

impl CheckStep {
    /// Who may take it.
    pub const fn permission(self) -> Permission {
        match self {
            Self::SelfCheck => Permission::Rectify,
            Self::Preliminary | Self::Acceptance => Permission::CheckItems,
        }
    }
}

/// Whether `actor` may begin an issue with `body` on the day `on`.
///
/// # Errors
///
/// A [`Refusal`] for who may not, and for facts that cannot stand.
pub fn check_found(body: &Body, actor: &Actor, on: Date, now: Timestamp) -> Result<(), Refusal> {
    permitted(body.kind(), actor)?;
    if !matches!(body, Body::Found { .. }) {
        return Err(Refusal::Beginning);
    }
    not_later(on, now)?;
    if on < FIRST {
        return Err(Refusal::TooEarly { first: FIRST });
    }
    wording::check(body)
}

/// Whether `actor` may do `kind` to the issue on that day: the console's buttons, before anything is filled in.
///
/// # Errors
///
/// A [`Refusal`] whose sentence stands beside the button: first what the actor may never do, then what the stage
/// does not know, then what is missing.
pub fn may(case: &Case, kind: EventKind, actor: &Actor, on: Date) -> Result<(), Refusal> {
    permitted(kind, actor)?;
    let knows = |turn| case.stage.after(kind, turn);
    let known = knows(Turn::On)
        .or_else(|_| knows(Turn::Stay))
        .or_else(|_| knows(Turn::Back))
        .or_else(|_| knows(Turn::To(Stage::Closed)));
    known.map_err(Refusal::from)?;
    match kind {
        EventKind::Checked => case.next_check().map_or(Ok(()), |step| checker(case, step, actor)),
        EventKind::Published => form_complete(case),
        EventKind::Objected => in_window(case, on),
        EventKind::ObjectionAnswered if case.open_objections() == 0 => {
            Err(Refusal::NoSuchObjection)
        }
        EventKind::Closed => closable(case, on),
        EventKind::CarriedOver if *actor != Actor::System => Err(Refusal::OnlyImport),
        _ => Ok(()),
    }
}

/// Whether the whole wish may be done on the day `on`, as it is written down at `now`.
///
/// # Errors
///
/// A [`Refusal`], as [`may`], and then for what came with the wish.
pub fn check(
    case: &Case,
    body: &Body,
    actor: &Actor,
    on: Date,
    now: Timestamp,
    rules: &Rules,
    calendar: &WorkCalendar,
) -> Result<(), Refusal> {
    permitted(body.kind(), actor)?;
    not_later(on, now)?;
    if on < case.last {
        return Err(Refusal::BeforeLast { last: case.last });
    }
    lawful(case, body, on)?;
    match body {
        Body::Checked { step, .. } => checker(case, *step, actor)?,
        Body::Published { from, until, .. } => {
            // What nobody could read was not shown, whatever day is written down.
            if matches!(actor, Actor::Officer { .. }) && *from < beijing_day(now) {
                return Err(Refusal::WindowBegun);
            }
            let least = rules.window(*from, calendar).until;
            if *until < least {
                return Err(Refusal::WindowTooShort { least });
            }
        }
        Body::CarriedOver { .. } if *actor != Actor::System => return Err(Refusal::OnlyImport),
        _ => {}
    }
    wording::check(body)
}

fn permitted(kind: EventKind, actor: &Actor) -> Result<(), Refusal> {
    let objects = kind == EventKind::Objected;
    match actor {
        Actor::Public if objects => Ok(()),
        Actor::Public => Err(Refusal::OnlyOfficers),
        Actor::System => Ok(()),
        Actor::Officer { .. } if objects => Err(Refusal::OnlyPublic),
        Actor::Officer { roles, .. } => {
            let needed = kind.permissions();
            let has = needed.iter().any(|permission| roles.may(*permission));
            if has { Ok(()) } else { Err(Refusal::NoPermission(needed)) }
        }
    }
}

fn not_later(on: Date, now: Timestamp) -> Result<(), Refusal> {
    let today = beijing_day(now);
    if on > today { Err(Refusal::Future { today }) } else { Ok(()) }
}

/// The rules that the events themselves prove: whoever replays a ledger asks them again.
///
/// # Errors
///
/// The first rule that `body` breaks.
pub fn lawful(case: &Case, body: &Body, on: Date) -> Result<(), Refusal> {
    case.stage.after(body.kind(), Turn::of(body))?;
    match body {
        Body::Assigned { unit, term, due, .. } => {
            filled(unit, Refusal::NoUnit)?;
            deadline(*term, *due, on)
        }
        Body::Reassigned { unit, reason, .. } => {
            filled(unit, Refusal::NoUnit)?;
            filled(reason, Refusal::NoReason)?;
            if case.unit.as_ref() == Some(unit) { Err(Refusal::SameUnitAgain) } else { Ok(()) }
        }
        Body::DeadlineChanged { term, due, reason } => {
            filled(reason, Refusal::NoReason)?;
            deadline(*term, *due, on)
        }
        Body::MeasuresSet { goal, measures, plan, reason } => {
            filled(goal, Refusal::NoGoal)?;
            filled(measures, Refusal::NoMeasures)?;
            if case.stage == Stage::InProgress {
                filled(reason.as_deref().unwrap_or_default(), Refusal::NoReason)?;
            }
            plan_ascends(plan)
        }
        Body::Progress { permille, text, .. } => {
            filled(text, Refusal::NoText)?;
            if *permille > WHOLE { Err(Refusal::BadShare) } else { Ok(()) }
        }
        Body::PhaseDone { result, evidence } | Body::Done { result, evidence } => {
            filled(result, Refusal::NoResult)?;
            if evidence.is_empty() && !case.evidence { Err(Refusal::NoEvidence) } else { Ok(()) }
        }
        Body::Checked { step, passed, record, .. } => checked(case, *step, *passed, record),
        Body::Published { from, .. } => {
            form_complete(case)?;
            if *from < on { Err(Refusal::WindowBegun) } else { Ok(()) }
        }
        Body::Objected { objection, .. } => {
            in_window(case, on)?;
            let next = u32::try_from(case.objections.len() + 1).ok();
            if next == Some(*objection) { Ok(()) } else { Err(Refusal::Sequence) }
        }
        Body::ObjectionAnswered { objection, answer, .. } => {
            filled(answer, Refusal::NoAnswer)?;
            answerable(case, *objection)
        }
        Body::Closed => closable(case, on),
        Body::Amended { reason, .. } | Body::Reopened { reason, .. } => {
            filled(reason, Refusal::NoReason)
        }
        Body::EvidenceAdded { evidence } if evidence.is_empty() => Err(Refusal::NoEvidence),
        Body::Linked { link } if case.links.contains(link) => Err(Refusal::LinkedBefore),
        Body::Unlinked { link } if !case.links.contains(link) => Err(Refusal::NotLinked),
        Body::CarriedOver { document, result, .. } => {
            filled(document, Refusal::NoDocument)?;
            filled(result, Refusal::NoResult)
        }
        Body::Found { .. } => Err(Refusal::Beginning),
        Body::EvidenceAdded { .. } | Body::Linked { .. } | Body::Unlinked { .. } => Ok(()),
    }
}

fn filled(text: &str, refusal: Refusal) -> Result<(), Refusal> {
    if text.trim().is_empty() { Err(refusal) } else { Ok(()) }
}

fn deadline(term: Term, due: Option<Date>, on: Date) -> Result<(), Refusal> {
    match due {
        None if term.has_day() => Err(Refusal::NoDue),
        Some(_) if !term.has_day() => Err(Refusal::DueWithoutEnd),
        Some(due) if due < on => Err(Refusal::DueTooEarly { due }),
        _ => Ok(()),
    }
}

fn plan_ascends(plan: &[Milestone]) -> Result<(), Refusal> {
    let ascends = plan
        .windows(2)
        .all(|pair| pair[0].day < pair[1].day && pair[0].permille <= pair[1].permille);
    let whole = plan.iter().all(|milestone| milestone.permille <= WHOLE);
    if ascends && whole { Ok(()) } else { Err(Refusal::BadPlan) }
}

fn checked(case: &Case, step: CheckStep, passed: bool, record: &str) -> Result<(), Refusal> {
    filled(record, Refusal::NoRecord)?;
    match case.next_check() {
        Some(expected) if expected == step => Ok(()),
        Some(expected) => Err(Refusal::WrongStep { expected }),
        // Accepted: a second look may still send it back.
        None if !passed && step == CheckStep::Acceptance => Ok(()),
        None => Err(Refusal::CheckedAll),
    }
}

/// Three different people, and at the end another unit than the responsible one.
fn checker(case: &Case, step: CheckStep, actor: &Actor) -> Result<(), Refusal> {
    let Actor::Officer { roles, staff, unit } = actor else { return Ok(()) };
    if !roles.may(step.permission()) {
        return Err(Refusal::NoPermission(match step {
            CheckStep::SelfCheck => &[Permission::Rectify],
            CheckStep::Preliminary | CheckStep::Acceptance => &[Permission::CheckItems],
        }));
    }
    // Whoever accepted it may also find that they should not have.
    if case.next_check().is_none() {
        return Ok(());
    }
    if case.checks.iter().any(|passed| passed.staff == Some(*staff)) {
        return Err(Refusal::SamePerson);
    }
    if step != CheckStep::SelfCheck && case.declared_by == Some(*staff) {
        return Err(Refusal::DeclaredIt);
    }
    if step == CheckStep::Acceptance && unit.is_some() && *unit == case.unit {
        return Err(Refusal::SameUnit);
    }
    Ok(())
}

/// The four headings of the district's publication form.
fn form_complete(case: &Case) -> Result<(), Refusal> {
    let rows = [
        (case.facts.text.as_str(), "整改任务概述", "the task"),
        (case.unit.as_deref().unwrap_or_default(), "整改责任单位", "the responsible unit"),
        (case.goal.as_str(), "整改目标", "the target"),
        (case.measures.as_str(), "整改措施", "the measures"),
        (case.result.as_str(), "整改成效", "the results"),
    ];
    match rows.into_iter().find(|(text, ..)| text.trim().is_empty()) {
        Some((_, zh, en)) => Err(Refusal::FormIncomplete { zh, en }),
        None => Ok(()),
    }
}

fn in_window(case: &Case, on: Date) -> Result<(), Refusal> {
    match case.window {
        Some(window) if case.stage == Stage::Publicity => {
            if on < window.from {
                Err(Refusal::WindowNotBegun { from: window.from })
            } else if on > window.until {
                Err(Refusal::WindowOver { until: window.until })
            } else {
                Ok(())
            }
        }
        _ => Err(Refusal::NotShown),
    }
}

fn answerable(case: &Case, objection: u32) -> Result<(), Refusal> {
    let at = usize::try_from(objection).unwrap_or_default().wrapping_sub(1);
    match case.objections.get(at) {
        None => Err(Refusal::NoSuchObjection),
        Some(Answered::Open) => Ok(()),
        Some(_) => Err(Refusal::AnsweredBefore),
    }
}

fn closable(case: &Case, on: Date) -> Result<(), Refusal> {
    let until = case.window.map(|window| window.until).ok_or(Refusal::NotShown)?;
    match case.open_objections() {
        0 => {}
        open => return Err(Refusal::OpenObjections { open }),
    }
    if on <= until {
        return Err(Refusal::WindowRuns { until });
    }
    if !case.evidence {
        return Err(Refusal::NoEvidence);
    }
    if case.checks.len() < CheckStep::ALL.len() {
        return Err(Refusal::NotChecked);
    }
    Ok(())
}
