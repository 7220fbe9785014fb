//! Why an event may not join an issue.

use jiff::civil::Date;

use super::{CheckStep, InvalidTransition};
use crate::{Lang, Text, privacy::PersonalData, report::wording::WordingFault, role::Permission};

macro_rules! refusals {
    (
        plain { $($plain:ident $key:literal $zh:literal $en:literal;)+ }
        with { $($(#[$doc:meta])+ $name:ident { $($field:ident: $ty:ty),+ } $name_key:literal;)+ }
    ) => {
        /// Why something may not be done, for the person who wished it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
        #[error("{}", self.sentence(Lang::En))]
        #[expect(missing_docs, reason = "the sentence of each is its meaning")]
        pub enum Refusal {
            $(#[doc = $en] $plain,)+
            $($(#[$doc])+ $name { $($field: $ty),+ },)+
            /// The stage does not know it.
            State(InvalidTransition),
            /// The officer's roles do not include any of these.
            NoPermission(&'static [Permission]),
        }

        impl Refusal {
            /// The key in JSON.
            pub const fn key(self) -> &'static str {
                match self {
                    $(Self::$plain => $key,)+
                    $(Self::$name { .. } => $name_key,)+
                    Self::State(_) => "state",
                    Self::NoPermission(_) => "no_permission",
                }
            }

            /// The sentences without a figure in them; empty for the others.
            const fn fixed(self, lang: Lang) -> &'static str {
                match self {
                    $(Self::$plain => lang.pick($zh, $en),)+
                    _ => "",
                }
            }
        }
    };
}

refusals! {
    plain {
        OnlyOfficers "only_officers" "只有工作人员才能这样做。" "Only an officer can do this.";
        OnlyPublic "only_public" "异议由公众提出；工作人员请退回整改并说明理由。"
            "Objections come from the public. An officer sends the issue back to work, with a reason.";
        OnlyImport "only_import" "结转只能随清单导入。" "Only an import of a list carries issues over.";
        Beginning "beginning" "每个问题从“发现归集”开始，且只有一次。" "An issue begins with being found, once.";
        Sequence "sequence" "事件编号不连续，有缺失、添加或移动。"
            "The numbers are not continuous: an event is missing, added or moved.";
        NoUnit "no_unit" "请选择责任单位。" "Choose the responsible unit.";
        SameUnitAgain "same_unit_again" "该单位已是责任单位。" "That unit is responsible already.";
        NoDue "no_due" "立行立改和限期整改须填写整改时限。" "This kind of deadline needs a last day.";
        DueWithoutEnd "due_without_end" "长期坚持没有截止日期，请改选时限类型或删去日期。"
            "A long-term issue has no last day: choose another kind of deadline, or leave the day out.";
        NoGoal "no_goal" "请填写整改目标。" "Write the target.";
        NoMeasures "no_measures" "请填写整改措施。" "Write the measures.";
        BadPlan "bad_plan" "进度计划须按日期递增，份额不减少且不超过 100 %。"
            "The plan must ascend by day, and its shares must not fall or exceed 100 %.";
        BadShare "bad_share" "进度应在 0 至 100 % 之间。" "Progress lies between 0 and 100 %.";
        NoText "no_text" "请说明进展情况。" "Say how the work stands.";
        NoResult "no_result" "请填写整改成效。" "Write what was achieved.";
        NoEvidence "no_evidence" "没有佐证材料，不能办结或销号；请先补充整改后照片或检查记录。"
            "There is no evidence. Add a photo or a record of what was found before finishing or closing.";
        NoReason "no_reason" "请写明理由。" "Give a reason.";
        NoAnswer "no_answer" "请写明对异议的答复。" "Write the answer to the objection.";
        NoRecord "no_record" "请写明核查情况。" "Write down what the check found.";
        NoDocument "no_document" "结转须注明文号。" "Carrying over needs the number of the document.";
        CheckedAll "checked_all" "三个环节均已通过。" "All three checks are passed already.";
        NotChecked "not_checked" "自查、初验、验收尚未全部通过。" "Not all three checks are passed.";
        SamePerson "same_person" "您已核查过本次整改，同一人不能核查两次，请由他人进行。"
            "You have checked this work already. The same person cannot check twice: a colleague must.";
        DeclaredIt "declared_it" "本次整改由您申报完成，初验和验收须由他人进行。"
            "You declared this work done. Its preliminary check and acceptance are a colleague's.";
        SameUnit "same_unit" "验收须由责任单位以外的单位进行。"
            "Acceptance belongs to another unit than the responsible one.";
        WindowBegun "window_begun" "公示起始日不能早于今天。" "Publicity cannot begin before today.";
        NotShown "not_shown" "该问题目前没有公示。" "This issue is not open to objections.";
        NoSuchObjection "no_such_objection" "没有待答复的异议。" "There is no such objection to answer.";
        AnsweredBefore "answered_before" "该异议已答复。" "That objection is answered already.";
        LinkedBefore "linked_before" "已经关联。" "That is linked already.";
        NotLinked "not_linked" "尚未关联。" "That is not linked.";
        BadPhoto "bad_photo" "照片编号不正确，请重新上传。" "The photo's hash is not right. Upload it again.";
    }
    with {
        /// The last day lies before the day of the event.
        DueTooEarly { due: Date } "due_too_early";
        /// Another check comes first.
        WrongStep { expected: CheckStep } "wrong_step";
        /// A row of the publication form is empty.
        FormIncomplete { zh: &'static str, en: &'static str } "form_incomplete";
        /// Fewer working days than the rules ask for.
        WindowTooShort { least: Date } "window_too_short";
        /// The days of publicity are not over.
        WindowRuns { until: Date } "window_runs";
        /// The days of publicity have not begun.
        WindowNotBegun { from: Date } "window_not_begun";
        /// The days of publicity are over.
        WindowOver { until: Date } "window_over";
        /// Objections wait for an answer.
        OpenObjections { open: u32 } "open_objections";
        /// The day has not come.
        Future { today: Date } "future";
        /// The day lies before any issue could be found.
        TooEarly { first: Date } "too_early";
        /// The day lies before the last event.
        BeforeLast { last: Date } "before_last";
        /// Something is wrong with a text.
        Wording { field: &'static str, fault: WordingFault } "wording";
        /// A text holds what belongs to a person.
        Personal { field: &'static str, kind: PersonalData } "personal";
        /// A text that must be there is empty.
        NotFilled { field: &'static str } "not_filled";
    }
}

impl From<InvalidTransition> for Refusal {
    fn from(invalid: InvalidTransition) -> Self {
        Self::State(invalid)
    }
}

impl Refusal {
    /// Whether the actor may never do it, whatever becomes of the issue: HTTP 403 rather than 409.
    pub const fn is_forbidden(self) -> bool {
        matches!(
            self,
            Self::OnlyOfficers | Self::OnlyPublic | Self::OnlyImport | Self::NoPermission(_)
        )
    }

    /// Whether something is missing from what was sent, rather than from the issue: HTTP 422. The field, if so.
    pub const fn field(self) -> Option<&'static str> {
        match self {
            Self::NoUnit | Self::SameUnitAgain => Some("unit"),
            Self::NoDue | Self::DueWithoutEnd | Self::DueTooEarly { .. } => Some("due"),
            Self::NoGoal => Some("goal"),
            Self::NoMeasures => Some("measures"),
            Self::BadPlan => Some("plan"),
            Self::BadShare => Some("permille"),
            Self::NoText => Some("text"),
            Self::NoResult => Some("result"),
            Self::NoReason => Some("reason"),
            Self::NoAnswer => Some("answer"),
            Self::NoRecord => Some("record"),
            Self::NoDocument => Some("document"),
            Self::BadPhoto => Some("evidence"),
            Self::WindowBegun => Some("from"),
            Self::WindowTooShort { .. } => Some("until"),
            Self::Future { .. } | Self::TooEarly { .. } | Self::BeforeLast { .. } => Some("on"),
            Self::Wording { field, .. }
            | Self::Personal { field, .. }
            | Self::NotFilled { field } => Some(field),
            _ => None,
        }
    }

    /// What is wrong and what to do, for a person.
    pub fn sentence(self, lang: Lang) -> String {
        match self {
            Self::State(invalid) => invalid.sentence(lang),
            Self::NoPermission(needed) => {
                let names: Vec<_> = needed.iter().map(|p| p.name(lang)).collect();
                match lang {
                    Lang::Zh => format!("您的角色没有“{}”权限。", names.join("”或“")),
                    Lang::En => {
                        format!(
                            "Your roles do not include permission to {}.",
                            names.join(" or to ")
                        )
                    }
                }
            }
            Self::Wording { fault, .. } => fault.sentence(lang),
            figure => {
                let said = figure.with_figure(lang);
                if said.is_empty() { figure.fixed(lang).to_owned() } else { said }
            }
        }
    }

    fn with_figure(self, lang: Lang) -> String {
        let (zh, en) = match self {
            Self::DueTooEarly { due } => (
                format!("整改时限 {due} 已经过去，请填写今后的日期。"),
                format!("The last day {due} has passed. Give a later one."),
            ),
            Self::WrongStep { expected } => (
                format!("下一环节是“{}”，不可跳过。", expected.name(Lang::Zh)),
                format!("The next step is the {}; none can be skipped.", expected.name(Lang::En)),
            ),
            Self::FormIncomplete { zh, en } => (
                format!("公示表缺“{zh}”，请补充后再公示。"),
                format!("The publication form lacks {en}. Complete it first."),
            ),
            Self::WindowTooShort { least } => (
                format!("公示期不足规定的工作日，最早至 {least}。"),
                format!(
                    "That is fewer working days than the rules ask for: until {least} at least."
                ),
            ),
            Self::WindowRuns { until } => (
                format!("公示期至 {until}，期满且无异议成立方可销号。"),
                format!("Publicity lasts until {until}. It can be closed after that."),
            ),
            Self::WindowNotBegun { from } => (
                format!("公示自 {from} 起，届时可提出异议。"),
                format!("Publicity begins on {from}. Objections are taken from then."),
            ),
            Self::WindowOver { until } => (
                format!("公示期已于 {until} 结束；如问题仍在，请通过举报反映。"),
                format!("Publicity ended on {until}. If the problem persists, send a report."),
            ),
            Self::OpenObjections { open } => (
                format!("有 {open} 条异议尚未答复，答复前不能销号。"),
                format!("{open} objections wait for an answer. Answer them before closing."),
            ),
            Self::Future { today } => (
                format!("日期不能晚于今天（{today}）。"),
                format!("The day cannot be later than today, {today}."),
            ),
            Self::TooEarly { first } => (
                format!("日期不能早于 {first}（环境保护法试行之日），请核对年份。"),
                format!(
                    "The day cannot be before {first}, when the first law on the environment came. Check the year."
                ),
            ),
            Self::BeforeLast { last } => (
                format!("日期不能早于上一环节（{last}）。"),
                format!("The day cannot be before the last step, {last}."),
            ),
            Self::Personal { kind, .. } => (
                format!("文字中似有{}，公开台账不得包含个人信息，请删除。", kind.name(Lang::Zh)),
                format!(
                    "The text seems to hold a {}. The ledger is public: take it out.",
                    kind.name(Lang::En)
                ),
            ),
            Self::NotFilled { .. } => ("请填写此项。".to_owned(), "Fill this in.".to_owned()),
            _ => return String::new(),
        };
        match lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }

    /// Both sentences, for a reply.
    pub fn text(self) -> Text {
        Text::new(self.sentence(Lang::Zh), self.sentence(Lang::En))
    }
}
