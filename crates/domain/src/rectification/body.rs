//! What an event of the ledger says.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Cause, CheckStep, EvidenceKind, Medium, Origin, Pace, Phase, Source, Stage, Term};

/// A share of the work, in thousandths: 0 to 1,000.
pub type Permille = u16;

/// How far the work shall be on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Milestone {
    /// At the end of that day, Beijing.
    pub day: Date,
    /// This share of the work.
    pub permille: Permille,
}

/// Something that shows what was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// Photo or record.
    pub kind: EvidenceKind,
    /// Before, during or after the work.
    pub phase: Phase,
    /// Of a photo: the SHA-256 it was sent under, lower-case hexadecimal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
    /// The record itself, or what the photo shows.
    pub note: String,
}

/// The facts that an issue is found with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Facts {
    /// Where it comes from.
    pub source: Source,
    /// Round or batch of the source; empty where there is none.
    pub batch: String,
    /// What it concerns.
    pub medium: Medium,
    /// In one line.
    pub title: String,
    /// The same in English, where somebody wrote it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title_en: Option<String>,
    /// 整改任务概述: the task.
    pub text: String,
    /// Where the text comes from.
    pub origin: Origin,
    /// The public number of the report it was opened from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub report: Option<String>,
}

/// One kind of event with what belongs to it. Texts are official texts: what the public writes is named by
/// number and hash alone, so that it can be deleted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
#[expect(missing_docs, reason = "a field is what its type says; the variant says the rest")]
pub enum Body {
    /// 发现、归集: the first event of every issue.
    Found { facts: Facts },
    /// The facts are put right; the old ones stay in the events before.
    Amended { facts: Facts, reason: String },
    /// 交办: a unit is made responsible, by a day.
    Assigned {
        /// The department's key.
        unit: String,
        /// 牵头督办单位: who watches over it.
        lead: Option<String>,
        term: Term,
        /// The last day, for every term that has one.
        due: Option<Date>,
    },
    /// Another unit is made responsible; the work stands where it stood.
    Reassigned { unit: String, lead: Option<String>, reason: String },
    /// The deadline is moved.
    DeadlineChanged { term: Term, due: Option<Date>, reason: String },
    /// 措施制定: target and measures, and how far the work shall be when.
    MeasuresSet {
        /// 整改目标.
        goal: String,
        /// 整改措施.
        measures: String,
        /// Ascending by day and share; empty: evenly up to the deadline.
        plan: Vec<Milestone>,
        /// Needed once the work has begun.
        reason: Option<String>,
    },
    /// How far the work is.
    Progress {
        permille: Permille,
        text: String,
        /// Set against the plan; `text` says why.
        pace: Option<Pace>,
        evidence: Vec<Evidence>,
    },
    /// 阶段性办结.
    PhaseDone { result: String, evidence: Vec<Evidence> },
    /// 完成整改, waiting for acceptance.
    Done {
        /// 整改成效.
        result: String,
        evidence: Vec<Evidence>,
    },
    /// A step of the acceptance; failed, the work goes on.
    Checked { step: CheckStep, passed: bool, record: String, evidence: Vec<Evidence> },
    /// 公示: shown to the public from the first to the last day, both counting whole.
    Published {
        from: Date,
        until: Date,
        /// Where else it is shown.
        link: Option<String>,
    },
    /// Somebody objects.
    Objected {
        /// 1, 2, 3… within the issue.
        objection: u32,
        /// Of the text, lower-case hexadecimal.
        sha256: String,
    },
    /// An objection is answered; upheld, the work goes on.
    ObjectionAnswered { objection: u32, upheld: bool, answer: String },
    /// 销号.
    Closed,
    /// 重新整改.
    Reopened { cause: Cause, reason: String, evidence: Vec<Evidence> },
    /// Photos or records that belong to no step.
    EvidenceAdded { evidence: Vec<Evidence> },
    /// A report or a station belongs to it.
    Linked { link: Link },
    /// It does not.
    Unlinked { link: Link },
    /// What was finished before this ledger began, by the document that says so.
    CarriedOver {
        /// Done, accepted or closed.
        stage: Stage,
        /// 文号.
        document: String,
        result: String,
    },
}

/// Something of the portal's that an issue is about.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Link {
    /// A report, by its public number.
    Report(String),
    /// A station or section, by its code.
    Station(String),
}

macro_rules! kinds {
    ($($kind:ident $pattern:pat => $key:literal $zh:literal $en:literal;)+) => {
        named! {
            /// A kind of event.
            pub enum EventKind {
                $(#[doc = $en] $kind = $key $zh $en;)+
            }
        }

        impl Body {
            /// Which kind.
            pub const fn kind(&self) -> EventKind {
                match self { $($pattern => EventKind::$kind),+ }
            }
        }
    };
}

kinds! {
    Found Body::Found { .. } => "found" "发现归集" "found";
    Amended Body::Amended { .. } => "amended" "更正信息" "facts corrected";
    Assigned Body::Assigned { .. } => "assigned" "交办" "assigned";
    Reassigned Body::Reassigned { .. } => "reassigned" "调整责任单位" "assigned to another unit";
    DeadlineChanged Body::DeadlineChanged { .. } => "deadline_changed" "调整时限" "deadline changed";
    MeasuresSet Body::MeasuresSet { .. } => "measures_set" "制定措施" "measures set";
    Progress Body::Progress { .. } => "progress" "报送进展" "progress reported";
    PhaseDone Body::PhaseDone { .. } => "phase_done" "阶段性办结" "phase done";
    Done Body::Done { .. } => "done" "完成整改" "declared done";
    Checked Body::Checked { .. } => "checked" "核查验收" "checked";
    Published Body::Published { .. } => "published" "开始公示" "shown to the public";
    Objected Body::Objected { .. } => "objected" "收到异议" "objected to";
    ObjectionAnswered Body::ObjectionAnswered { .. } => "objection_answered" "答复异议" "objection answered";
    Closed Body::Closed => "closed" "销号" "closed";
    Reopened Body::Reopened { .. } => "reopened" "重新整改" "reopened";
    EvidenceAdded Body::EvidenceAdded { .. } => "evidence_added" "补充证据" "evidence added";
    Linked Body::Linked { .. } => "linked" "关联" "linked";
    Unlinked Body::Unlinked { .. } => "unlinked" "取消关联" "unlinked";
    CarriedOver Body::CarriedOver { .. } => "carried_over" "结转" "carried over";
}

impl Body {
    /// The evidence that came with it.
    pub fn evidence(&self) -> &[Evidence] {
        match self {
            Self::Progress { evidence, .. }
            | Self::PhaseDone { evidence, .. }
            | Self::Done { evidence, .. }
            | Self::Checked { evidence, .. }
            | Self::Reopened { evidence, .. }
            | Self::EvidenceAdded { evidence } => evidence,
            _ => &[],
        }
    }
}
