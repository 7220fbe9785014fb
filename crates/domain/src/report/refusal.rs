//! Why something may not be done, in words for whoever wished it.

use jiff::civil::Date;

use super::{ActionKind, InvalidTransition, State};
use crate::{Lang, Text, role::Permission};

/// Why an action is not possible; the console prints it beside the disabled button.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.sentence(Lang::En))]
pub enum Refusal {
    /// Only the reporter does this, with the claim code.
    OnlyReporter,
    /// Only an officer does this.
    OnlyOfficers,
    /// The officer's roles give none of these permissions.
    NoPermission(&'static [Permission]),
    /// The state does not know the action.
    State(InvalidTransition),
    /// No department is in charge, or none was chosen.
    NoDepartment,
    /// No evidence of what was found or done.
    NoEvidence,
    /// Closing without a finding.
    NoFinding,
    /// The words that must come with the action are missing.
    NoText(ActionKind),
    /// Extended once already.
    ExtendedBefore,
    /// Withdrawn after a result was told.
    WasClosed,
    /// An answer without a question.
    NothingAsked,
    /// Taking down what is not shown.
    NotPublished,
    /// Unsealing an anonymous report, or one whose contact was deleted.
    NoIdentity,
    /// "Not fixed" without a closing.
    NeverClosed,
    /// "Not fixed" after the last day.
    TooLate {
        /// The last day, Beijing.
        until: Date,
    },
    /// No other report was named, or it does not exist.
    NoTarget,
    /// The other report is this one.
    TargetIsItself,
    /// The other report is itself merged.
    TargetMerged,
    /// The other report will never have a result.
    TargetAnswersNothing(State),
}

impl From<InvalidTransition> for Refusal {
    fn from(invalid: InvalidTransition) -> Self {
        Self::State(invalid)
    }
}

impl Refusal {
    /// The key in JSON.
    pub const fn key(self) -> &'static str {
        match self {
            Self::OnlyReporter => "only_reporter",
            Self::OnlyOfficers => "only_officers",
            Self::NoPermission(_) => "no_permission",
            Self::State(_) => "state",
            Self::NoDepartment => "no_department",
            Self::NoEvidence => "no_evidence",
            Self::NoFinding => "no_finding",
            Self::NoText(_) => "no_text",
            Self::ExtendedBefore => "extended_before",
            Self::WasClosed => "was_closed",
            Self::NothingAsked => "nothing_asked",
            Self::NotPublished => "not_published",
            Self::NoIdentity => "no_identity",
            Self::NeverClosed => "never_closed",
            Self::TooLate { .. } => "too_late",
            Self::NoTarget => "no_target",
            Self::TargetIsItself => "target_is_itself",
            Self::TargetMerged => "target_merged",
            Self::TargetAnswersNothing(_) => "target_answers_nothing",
        }
    }

    /// Whether the actor may never do it, whatever becomes of the case: HTTP 403 rather than 409.
    pub const fn is_forbidden(self) -> bool {
        matches!(self, Self::OnlyReporter | Self::OnlyOfficers | Self::NoPermission(_))
    }

    /// Whether something is missing from what was sent, rather than from the case: HTTP 422.
    pub const fn is_incomplete(self) -> bool {
        matches!(self, Self::NoFinding | Self::NoText(_) | Self::NoTarget | Self::TargetIsItself)
    }

    /// What is wrong and what to do, for a person.
    pub fn sentence(self, lang: Lang) -> String {
        match self {
            Self::State(invalid) => invalid.sentence(lang),
            Self::NoPermission(needed) => no_permission(needed, lang),
            Self::NoText(kind) => no_text(kind, lang),
            Self::TooLate { until } => match lang {
                Lang::Zh => format!("反映未解决的期限已于 {until} 届满；如问题仍在，请重新举报。"),
                Lang::En => format!(
                    "The time to say it is not fixed ended on {until}. If it persists, report it again."
                ),
            },
            Self::TargetAnswersNothing(state) => match lang {
                Lang::Zh => format!("目标件{}，不会有办理结果，请选择另一件。", state.name(lang)),
                Lang::En => format!(
                    "The other report is {} and will have no result; choose another.",
                    state.name(lang)
                ),
            },
            plain => plain.fixed(lang).to_owned(),
        }
    }

    /// Both sentences, for a reply.
    pub fn text(self) -> Text {
        Text::new(self.sentence(Lang::Zh), self.sentence(Lang::En))
    }

    /// The sentences without a figure in them; empty for the others.
    const fn fixed(self, lang: Lang) -> &'static str {
        let (zh, en) = match self {
            Self::OnlyReporter => (
                "只有举报人凭查询码才能这样做。",
                "Only the reporter can do this, with the claim code.",
            ),
            Self::OnlyOfficers => ("只有工作人员才能这样做。", "Only an officer can do this."),
            Self::NoDepartment => (
                "尚未确定承办部门，请先转办到一个部门。",
                "No department is in charge yet. Pass it on to one first.",
            ),
            Self::NoEvidence => (
                "尚无办理证据，请先补充现场照片或检查记录，再办结。",
                "There is no evidence yet. Add a photo or a record of the visit before closing.",
            ),
            Self::NoFinding => (
                "请选择结论：属实、部分属实或不属实。",
                "Choose a finding: founded, partly founded or unfounded.",
            ),
            Self::ExtendedBefore => {
                ("办理期限只能延长一次。", "The deadline can be extended only once.")
            }
            Self::WasClosed => (
                "本件已告知过办理结果，不能再撤回。",
                "A result was already given; the report can no longer be withdrawn.",
            ),
            Self::NothingAsked => {
                ("目前没有待答复的问题。", "There is no question to answer at the moment.")
            }
            Self::NotPublished => ("本件没有公开，无需取消。", "This report is not public."),
            Self::NoIdentity => (
                "本件是匿名举报，或身份信息已按期删除。",
                "This report is anonymous, or its contact details were deleted on schedule.",
            ),
            Self::NeverClosed => ("本件尚未办结过。", "This report has not been closed yet."),
            Self::NoTarget => ("请写明另一件的编号。", "Give the number of the other report."),
            Self::TargetIsItself => {
                ("不能与自身并案或关联。", "A report cannot be merged or linked with itself.")
            }
            Self::TargetMerged => (
                "目标件已并入另一件，请并入那一件。",
                "The other report is itself merged; merge into the one it was merged into.",
            ),
            Self::State(_)
            | Self::NoPermission(_)
            | Self::NoText(_)
            | Self::TooLate { .. }
            | Self::TargetAnswersNothing(_) => ("", ""),
        };
        lang.pick(zh, en)
    }
}

fn no_permission(needed: &[Permission], lang: Lang) -> String {
    let names: Vec<_> = needed.iter().map(|permission| permission.name(lang)).collect();
    match lang {
        Lang::Zh => format!("您的角色没有“{}”权限。", names.join("”或“")),
        Lang::En => format!("Your roles do not include permission to {}.", names.join(" or to ")),
    }
}

fn no_text(kind: ActionKind, lang: Lang) -> String {
    match (kind, lang) {
        (ActionKind::Ask, Lang::Zh) => "请写下要问的问题。".to_owned(),
        (ActionKind::Ask, Lang::En) => "Write the question.".to_owned(),
        (ActionKind::Answer, Lang::Zh) => "请写下答复。".to_owned(),
        (ActionKind::Answer, Lang::En) => "Write the answer.".to_owned(),
        (ActionKind::Note, Lang::Zh) => "请写下备注。".to_owned(),
        (ActionKind::Note, Lang::En) => "Write the note.".to_owned(),
        (ActionKind::NotFixed, Lang::Zh) => "请说明哪里还没有解决。".to_owned(),
        (ActionKind::NotFixed, Lang::En) => "Say what is not fixed.".to_owned(),
        (kind, Lang::Zh) => format!("请写明{}的理由。", kind.name(lang)),
        (kind, Lang::En) => format!("Give a reason to {}.", kind.name(lang)),
    }
}
