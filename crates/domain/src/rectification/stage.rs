//! Where an issue stands, and the one table of how it gets there.

use super::{Body, EventKind, Pace};
use crate::Lang;

named! {
    /// A stage of the closed loop 闭环管控, as the events say it.
    pub enum Stage {
        /// Recorded, not yet assigned.
        Open = "open" "已归集" "recorded";
        /// Unit and deadline are set.
        Assigned = "assigned" "已交办" "assigned";
        /// Target and measures are set.
        MeasuresSet = "measures_set" "措施已制定" "measures set";
        /// The work is under way.
        InProgress = "in_progress" "整改中" "under way";
        /// A phase of the work is done.
        PhaseDone = "phase_done" "阶段性办结" "phase done";
        /// The work is done and waits for acceptance.
        Done = "done" "已完成整改（待验收）" "done, to be accepted";
        /// All three checks are passed.
        Accepted = "accepted" "已验收" "accepted";
        /// Shown to the public.
        Publicity = "publicity" "公示中" "open to objections";
        /// Struck off the list.
        Closed = "closed" "已销号" "closed";
    }
}

named! {
    /// What the public reads of an issue: its stage, and of work under way whether it keeps up with its plan.
    pub enum State {
        /// Recorded, not yet assigned.
        Open = "open" "已归集" "recorded";
        /// Unit and deadline are set.
        Assigned = "assigned" "已交办" "assigned";
        /// Target and measures are set.
        MeasuresSet = "measures_set" "措施已制定" "measures set";
        /// As far as planned.
        OnTrack = "on_track" "达到序时进度" "on schedule";
        /// Less far than planned, or past the deadline.
        Behind = "behind" "未达到序时进度" "behind schedule";
        /// A phase of the work is done.
        PhaseDone = "phase_done" "阶段性办结" "phase done";
        /// The work is done and waits for acceptance.
        Done = "done" "已完成整改（待验收）" "done, to be accepted";
        /// All three checks are passed.
        Accepted = "accepted" "已验收" "accepted";
        /// Shown to the public.
        Publicity = "publicity" "公示中" "open to objections";
        /// Struck off the list.
        Closed = "closed" "已销号" "closed";
    }
}

/// An event that the stage does not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("`{}` is not possible while the issue is {}", kind.key(), from.key())]
pub struct InvalidTransition {
    /// Where the issue stands.
    pub from: Stage,
    /// What was wished.
    pub kind: EventKind,
}

impl InvalidTransition {
    /// For the button that cannot be pressed.
    pub fn sentence(self, lang: Lang) -> String {
        let (stage, action) = (self.from.name(lang), self.kind.name(lang));
        match lang {
            Lang::Zh => format!("该问题处于“{stage}”，不能进行“{action}”；不可跳过环节。"),
            Lang::En => {
                format!(
                    "This issue is \"{stage}\": \"{action}\" is not possible now. No step can be skipped."
                )
            }
        }
    }
}

/// What an event does to the stage, where its kind alone does not say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// Forward, as its kind says.
    On,
    /// A check passed that is not the last, or an objection was not upheld: the stage stays.
    Stay,
    /// A check failed, or an objection was upheld: back to work.
    Back,
    /// To a stage that was reached before this ledger began.
    To(Stage),
}

impl Turn {
    /// Which way `body` turns.
    pub const fn of(body: &Body) -> Self {
        match body {
            Body::Checked { passed: false, .. } | Body::ObjectionAnswered { upheld: true, .. } => {
                Self::Back
            }
            Body::ObjectionAnswered { .. } => Self::Stay,
            Body::Checked { step, .. } if !matches!(step, super::CheckStep::Acceptance) => {
                Self::Stay
            }
            Body::CarriedOver { stage, .. } => Self::To(*stage),
            _ => Self::On,
        }
    }
}

impl Stage {
    /// The stage after an event of that kind; the same for one that does not change it. The first event,
    /// [`EventKind::Found`], has no stage before it.
    ///
    /// # Errors
    ///
    /// [`InvalidTransition`] when this stage does not know the event.
    pub const fn after(self, kind: EventKind, turn: Turn) -> Result<Self, InvalidTransition> {
        use EventKind as E;
        use Stage as S;
        match (self, kind, turn) {
            (S::Open, E::Assigned, _) => Ok(S::Assigned),
            (S::Assigned | S::MeasuresSet, E::MeasuresSet, _) => Ok(S::MeasuresSet),
            (S::InProgress, E::MeasuresSet, _) => Ok(S::InProgress),
            (S::MeasuresSet | S::InProgress | S::PhaseDone, E::Progress, _) => Ok(S::InProgress),
            (S::InProgress, E::PhaseDone, _) => Ok(S::PhaseDone),
            (S::InProgress | S::PhaseDone, E::Done, _) => Ok(S::Done),
            (S::Done, E::Checked, Turn::On) => Ok(S::Accepted),
            (S::Done, E::Checked, Turn::Stay) => Ok(S::Done),
            (S::Done | S::Accepted, E::Checked, Turn::Back) => Ok(S::InProgress),
            (S::Accepted, E::Published, _) => Ok(S::Publicity),
            (S::Publicity, E::Objected, _) => Ok(S::Publicity),
            (S::Publicity, E::ObjectionAnswered, Turn::Back) => Ok(S::InProgress),
            (S::Publicity, E::ObjectionAnswered, _) => Ok(S::Publicity),
            // When one of several is upheld, the others get their answers all the same.
            (
                S::InProgress | S::PhaseDone | S::Done | S::Accepted,
                E::ObjectionAnswered,
                Turn::Back,
            ) => Ok(S::InProgress),
            (S::InProgress | S::PhaseDone | S::Done | S::Accepted, E::ObjectionAnswered, _) => {
                Ok(self)
            }
            (S::Publicity, E::Closed, _) => Ok(S::Closed),
            (S::Closed, E::Reopened, _) => Ok(S::InProgress),
            (
                S::Assigned | S::MeasuresSet | S::InProgress | S::PhaseDone,
                E::Reassigned | E::DeadlineChanged,
                _,
            ) => Ok(self),
            // An old list knows no steps between the measures and the end.
            (
                S::MeasuresSet | S::InProgress,
                E::CarriedOver,
                Turn::To(to @ (S::Done | S::Accepted | S::Closed)),
            ) => Ok(to),
            // What the public is reading, or was struck off by, does not change under it.
            (S::Publicity | S::Closed, E::Amended, _) => {
                Err(InvalidTransition { from: self, kind })
            }
            (state, E::Amended | E::EvidenceAdded | E::Linked | E::Unlinked, _) => Ok(state),
            (from, kind, _) => Err(InvalidTransition { from, kind }),
        }
    }

    /// Whether the work is still to be done: the deadline runs.
    pub const fn is_running(self) -> bool {
        matches!(self, Self::Assigned | Self::MeasuresSet | Self::InProgress | Self::PhaseDone)
    }

    /// 已完成整改: done, accepted, shown or closed.
    pub const fn is_finished(self) -> bool {
        matches!(self, Self::Done | Self::Accepted | Self::Publicity | Self::Closed)
    }

    /// What the public reads, given the pace of work under way.
    pub const fn state(self, pace: Pace) -> State {
        match (self, pace) {
            (Self::Open, _) => State::Open,
            (Self::Assigned, _) => State::Assigned,
            (Self::MeasuresSet, _) => State::MeasuresSet,
            (Self::InProgress, Pace::OnTrack) => State::OnTrack,
            (Self::InProgress, Pace::Behind) => State::Behind,
            (Self::PhaseDone, _) => State::PhaseDone,
            (Self::Done, _) => State::Done,
            (Self::Accepted, _) => State::Accepted,
            (Self::Publicity, _) => State::Publicity,
            (Self::Closed, _) => State::Closed,
        }
    }
}
