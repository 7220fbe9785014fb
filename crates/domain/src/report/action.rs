//! What may happen to a report, state by state.

use super::State;
use crate::{Lang, role::Permission};

named! {
    /// An action on a report.
    pub enum ActionKind {
        /// Take it up.
        Accept = "accept" "受理" "accept";
        /// Do not take it up; needs a reason.
        Refuse = "refuse" "不予受理" "refuse";
        /// Pass it on to a department.
        Dispatch = "dispatch" "转办" "pass on";
        /// Give it back to whoever passed it on; needs a reason.
        SendBack = "send_back" "退回" "send back";
        /// Begin to handle it.
        Start = "start" "开始办理" "start handling";
        /// Finish it with a finding, evidence and a reason.
        Close = "close" "办结" "close";
        /// Open it again; needs a reason.
        Reopen = "reopen" "重新办理" "reopen";
        /// Let another report answer for it.
        Merge = "merge" "并案" "merge";
        /// Take it back; only who reported it.
        Withdraw = "withdraw" "撤回" "withdraw";
        /// Say that what was closed is not fixed; only who reported it, within 14 days.
        NotFixed = "not_fixed" "反映未解决" "say it is not fixed";
        /// Ask the reporter.
        Ask = "ask" "询问举报人" "ask the reporter";
        /// Answer a question; only who reported it.
        Answer = "answer" "答复" "answer";
        /// Add photos or a record of what was found.
        AddEvidence = "add_evidence" "补充证据" "add evidence";
        /// Write down something that only officers see.
        Note = "note" "内部备注" "add a note";
        /// Say how urgent it is.
        Prioritise = "prioritise" "调整优先级" "prioritise";
        /// Give the department up to 30 days more; needs a reason, which the reporter is told.
        Extend = "extend" "延长期限" "extend the deadline";
        /// Show its public copy to everyone, or renew that copy.
        Publish = "publish" "公开" "publish";
        /// Take the public copy down; needs a reason.
        Hide = "hide" "不予公开" "keep from the public";
        /// Cover parts of a text or photo in the public copy.
        Redact = "redact" "遮盖" "redact";
        /// Note that another report is about the same thing.
        Link = "link" "关联" "link";
        /// Take such a note back.
        Unlink = "unlink" "取消关联" "unlink";
        /// Open the sealed identity; needs a reason, and is audited.
        Unseal = "unseal" "解封身份" "unseal the identity";
    }
}

/// An action that the state does not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("`{}` is not possible while the report is {}", kind.key(), from.key())]
pub struct InvalidTransition {
    /// Where the report stands.
    pub from: State,
    /// What was wished.
    pub kind: ActionKind,
}

impl InvalidTransition {
    /// For the button that cannot be pressed.
    pub fn sentence(self, lang: Lang) -> String {
        let (state, action) = (self.from.name(lang), self.kind.name(lang));
        match lang {
            Lang::Zh => format!("本件{state}，不能{action}。"),
            Lang::En => format!("This report is {state}: you cannot {action} now."),
        }
    }
}

impl State {
    /// The state after `kind`; the same state for an action that does not change it.
    ///
    /// # Errors
    ///
    /// [`InvalidTransition`] when this state does not know the action.
    pub const fn apply(self, kind: ActionKind) -> Result<Self, InvalidTransition> {
        use ActionKind as A;
        use State as S;
        match (self, kind) {
            // A refusal may prove wrong.
            (S::Submitted | S::NotAccepted, A::Accept) => Ok(S::Accepted),
            (S::Submitted | S::Accepted, A::Refuse) => Ok(S::NotAccepted),
            // Also from one department to another.
            (S::Accepted | S::Dispatched | S::InHandling | S::Reopened, A::Dispatch) => {
                Ok(S::Dispatched)
            }
            (S::Dispatched | S::InHandling, A::SendBack) => Ok(S::Accepted),
            (S::Dispatched | S::Reopened, A::Start) => Ok(S::InHandling),
            (S::InHandling, A::Close) => Ok(S::Closed),
            (S::Closed | S::Merged, A::Reopen) | (S::Closed, A::NotFixed) => Ok(S::Reopened),
            (
                S::Submitted | S::Accepted | S::Dispatched | S::InHandling | S::Reopened,
                A::Merge,
            ) => Ok(S::Merged),
            (S::Submitted | S::Accepted | S::Dispatched | S::InHandling, A::Withdraw) => {
                Ok(S::Withdrawn)
            }
            (state, A::Ask | A::Answer | A::AddEvidence | A::Prioritise) if state.is_open() => {
                Ok(state)
            }
            (S::Accepted | S::Dispatched | S::InHandling | S::Reopened, A::Extend) => Ok(self),
            // What was taken back is neither shown nor a reason to learn who wrote it.
            (S::Withdrawn, A::Publish | A::Unseal) => Err(InvalidTransition { from: self, kind }),
            (
                state,
                A::Note | A::Publish | A::Hide | A::Redact | A::Link | A::Unlink | A::Unseal,
            ) => Ok(state),
            (from, kind) => Err(InvalidTransition { from, kind }),
        }
    }

    /// Whether this state knows the action; who may do it, and when, is [`super::may`]'s to say.
    pub const fn allows(self, kind: ActionKind) -> bool {
        self.apply(kind).is_ok()
    }
}

impl ActionKind {
    /// The permissions of which an officer needs one; empty for what only the reporter does.
    pub const fn permissions(self) -> &'static [Permission] {
        use Permission as P;
        match self {
            Self::Accept
            | Self::Refuse
            | Self::Dispatch
            | Self::Merge
            | Self::Prioritise
            | Self::Link
            | Self::Unlink => &[P::Triage],
            Self::SendBack | Self::Start => &[P::Handle],
            Self::Close | Self::Reopen => &[P::Verify],
            Self::AddEvidence => &[P::Handle, P::Verify],
            Self::Extend => &[P::Triage, P::Verify],
            Self::Ask | Self::Note => &[P::Triage, P::Handle, P::Verify],
            Self::Publish => &[P::Publish],
            Self::Hide => &[P::Publish, P::Moderate],
            Self::Redact => &[P::Moderate],
            Self::Unseal => &[P::ReadIdentity],
            Self::Withdraw | Self::NotFixed | Self::Answer => &[],
        }
    }

    /// Whether the reporter does it, with the claim code.
    pub const fn is_reporters(self) -> bool {
        matches!(self, Self::Withdraw | Self::NotFixed | Self::Answer | Self::AddEvidence)
    }

    /// Whether the portal itself does it: retention takes copies down and covers them.
    pub const fn is_systems(self) -> bool {
        matches!(self, Self::Hide | Self::Redact | Self::Note)
    }

    /// Whether words must come with it: a reason, a question, an answer or the note itself.
    pub const fn needs_text(self) -> bool {
        match self {
            Self::Refuse
            | Self::SendBack
            | Self::Close
            | Self::Reopen
            | Self::NotFixed
            | Self::Ask
            | Self::Answer
            | Self::Note
            | Self::Extend
            | Self::Hide
            | Self::Unseal => true,
            Self::Accept
            | Self::Dispatch
            | Self::Start
            | Self::Merge
            | Self::Withdraw
            | Self::AddEvidence
            | Self::Prioritise
            | Self::Publish
            | Self::Redact
            | Self::Link
            | Self::Unlink => false,
        }
    }
}
