//! Who may do what to a case, given what is known of it.

use jiff::Timestamp;

use super::{ActionKind, Finding, Refusal, State, not_fixed_until};
use crate::{
    period::beijing_day,
    role::{Permission, RoleSet},
};

/// Who acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Actor {
    /// Who reported it, by the claim code.
    Reporter,
    /// An officer with these roles.
    Officer(RoleSet),
    /// The portal itself.
    System,
}

/// What is known of a case beside its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CaseFacts {
    /// Where it stands.
    pub state: State,
    /// A department is in charge.
    pub department: bool,
    /// An officer has added evidence since handling last began.
    pub evidence: bool,
    /// The reporter was asked something and has not answered.
    pub question_open: bool,
    /// A public copy is shown, or one would be as soon as it has been looked at.
    pub published: bool,
    /// A sealed identity is kept.
    pub identity: bool,
    /// The time to close was extended before.
    pub extended: bool,
    /// When it was last closed, also after it was reopened.
    pub closed_at: Option<Timestamp>,
}

/// Another report that a wish names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MergeTarget {
    /// It is the same report.
    Itself,
    /// No report has that number.
    Unknown,
    /// A report that stands there.
    Other(State),
}

/// An action with what comes along, as it was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wish<'a> {
    /// The action.
    pub kind: ActionKind,
    /// The reason, question, answer or note.
    pub text: Option<&'a str>,
    /// The finding, for [`ActionKind::Close`].
    pub finding: Option<Finding>,
    /// The department, for [`ActionKind::Dispatch`].
    pub department: Option<&'a str>,
    /// The other report, for [`ActionKind::Merge`], [`ActionKind::Link`] and [`ActionKind::Unlink`].
    pub target: Option<MergeTarget>,
}

impl Wish<'_> {
    /// The bare action.
    pub const fn new(kind: ActionKind) -> Self {
        Self { kind, text: None, finding: None, department: None, target: None }
    }
}

/// Whether `actor` may do `kind` to the case at `now`: the console's buttons, before anything is filled
/// in.
///
/// # Errors
///
/// A [`Refusal`] whose sentence stands beside the button: first what the actor may never do, then what
/// the state does not know, then what is missing.
pub fn may(
    case: &CaseFacts,
    kind: ActionKind,
    actor: Actor,
    now: Timestamp,
) -> Result<(), Refusal> {
    may_ever(kind, actor)?;
    case.state.apply(kind)?;
    match kind {
        ActionKind::Start if !case.department => Err(Refusal::NoDepartment),
        ActionKind::Close if !case.evidence => Err(Refusal::NoEvidence),
        ActionKind::Extend if case.extended => Err(Refusal::ExtendedBefore),
        ActionKind::Withdraw if case.closed_at.is_some() => Err(Refusal::WasClosed),
        ActionKind::Answer if !case.question_open => Err(Refusal::NothingAsked),
        ActionKind::Hide if !case.published => Err(Refusal::NotPublished),
        ActionKind::Unseal if !case.identity => Err(Refusal::NoIdentity),
        ActionKind::NotFixed => still_contestable(case.closed_at, now),
        _ => Ok(()),
    }
}

/// Whether the whole wish may be done: [`may`], and then what the action needs to come with it.
///
/// # Errors
///
/// A [`Refusal`], as [`may`].
pub fn check(
    case: &CaseFacts,
    wish: &Wish<'_>,
    actor: Actor,
    now: Timestamp,
) -> Result<(), Refusal> {
    may(case, wish.kind, actor, now)?;
    let blank = |text: Option<&str>| text.is_none_or(|text| text.trim().is_empty());
    if wish.kind.needs_text() && blank(wish.text) {
        return Err(Refusal::NoText(wish.kind));
    }
    match wish.kind {
        ActionKind::Close if wish.finding.is_none() => Err(Refusal::NoFinding),
        ActionKind::Dispatch if blank(wish.department) => Err(Refusal::NoDepartment),
        ActionKind::Merge | ActionKind::Link | ActionKind::Unlink => target(wish),
        _ => Ok(()),
    }
}

fn may_ever(kind: ActionKind, actor: Actor) -> Result<(), Refusal> {
    match actor {
        Actor::Reporter if kind.is_reporters() => Ok(()),
        Actor::System if kind.is_systems() => Ok(()),
        Actor::Reporter | Actor::System => Err(Refusal::OnlyOfficers),
        Actor::Officer(roles) => {
            let needed = kind.permissions();
            if needed.is_empty() {
                Err(Refusal::OnlyReporter)
            } else if needed.iter().any(|permission: &Permission| roles.may(*permission)) {
                Ok(())
            } else {
                Err(Refusal::NoPermission(needed))
            }
        }
    }
}

/// Calendar days in Beijing time; the day of closing does not count, the last day counts whole.
fn still_contestable(closed_at: Option<Timestamp>, now: Timestamp) -> Result<(), Refusal> {
    let until = not_fixed_until(closed_at.ok_or(Refusal::NeverClosed)?);
    if beijing_day(now) <= until { Ok(()) } else { Err(Refusal::TooLate { until }) }
}

fn target(wish: &Wish<'_>) -> Result<(), Refusal> {
    match wish.target {
        None | Some(MergeTarget::Unknown) => Err(Refusal::NoTarget),
        Some(MergeTarget::Itself) => Err(Refusal::TargetIsItself),
        Some(MergeTarget::Other(state)) if wish.kind == ActionKind::Merge => match state {
            // The chain of answers would lead on, perhaps in a circle.
            State::Merged => Err(Refusal::TargetMerged),
            State::Withdrawn | State::NotAccepted => Err(Refusal::TargetAnswersNothing(state)),
            _ => Ok(()),
        },
        Some(MergeTarget::Other(_)) => Ok(()),
    }
}
