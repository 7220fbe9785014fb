//! What happened to a report, as it is kept for ever.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use super::{ActionKind, Finding, ReportId};
use crate::canonical::{Hash, Value, chain};

named! {
    /// Who did it, without saying who they are.
    pub enum ActorRole {
        /// Who reported it.
        Reporter = "reporter" "举报人" "reporter";
        /// An officer.
        Officer = "officer" "工作人员" "officer";
        /// The portal itself.
        System = "system" "系统" "system";
    }
}

named! {
    /// How urgent a case is 优先级.
    #[derive(Default)]
    pub enum Priority {
        /// In its turn.
        #[default]
        Normal = "normal" "普通" "normal";
        /// Before others.
        High = "high" "优先" "high";
        /// At once: danger to people or water.
        Urgent = "urgent" "紧急" "urgent";
    }
}

named! {
    /// A kind of event.
    pub enum EventKind {
        /// The report was stored.
        Received = "received" "收到举报" "received";
        /// Taken up.
        Accepted = "accepted" "受理" "accepted";
        /// Not taken up.
        Refused = "refused" "不予受理" "not accepted";
        /// Passed on to a department.
        Dispatched = "dispatched" "转办" "passed on";
        /// Given back.
        SentBack = "sent_back" "退回" "sent back";
        /// Handling began.
        Started = "started" "开始办理" "handling began";
        /// Closed with a finding.
        Closed = "closed" "办结" "closed";
        /// Opened again by an officer.
        Reopened = "reopened" "重新办理" "reopened";
        /// Merged into another report.
        Merged = "merged" "并案" "merged";
        /// Taken back by the reporter.
        Withdrawn = "withdrawn" "撤回" "withdrawn";
        /// The reporter said that it is not fixed.
        NotFixed = "not_fixed" "反映未解决" "said not to be fixed";
        /// The reporter was asked.
        Asked = "asked" "询问举报人" "reporter asked";
        /// The reporter answered.
        Answered = "answered" "举报人答复" "reporter answered";
        /// Photos or a record were added.
        EvidenceAdded = "evidence_added" "补充证据" "evidence added";
        /// An officer's note.
        Noted = "noted" "内部备注" "note added";
        /// The priority was set.
        Prioritised = "prioritised" "调整优先级" "priority set";
        /// The time to close was extended.
        Extended = "extended" "延长期限" "deadline extended";
        /// The public copy was shown or renewed.
        Published = "published" "公开" "published";
        /// The public copy was taken down.
        Hidden = "hidden" "不予公开" "kept from the public";
        /// Parts of the public copy were covered.
        Redacted = "redacted" "遮盖" "redacted";
        /// Another report was noted as about the same thing.
        Linked = "linked" "关联" "linked";
        /// Such a note was taken back.
        Unlinked = "unlinked" "取消关联" "unlinked";
        /// The identity was unsealed.
        Unsealed = "unsealed" "解封身份" "identity unsealed";
        /// The reporter gave a sealed contact later.
        ContactGiven = "contact_given" "提供联系方式" "contact given";
        /// Texts or contact were deleted on schedule.
        Expired = "expired" "按期删除个人信息" "personal data deleted on schedule";
    }
}

impl EventKind {
    /// The event that an action leaves.
    pub const fn of(kind: ActionKind) -> Self {
        match kind {
            ActionKind::Accept => Self::Accepted,
            ActionKind::Refuse => Self::Refused,
            ActionKind::Dispatch => Self::Dispatched,
            ActionKind::SendBack => Self::SentBack,
            ActionKind::Start => Self::Started,
            ActionKind::Close => Self::Closed,
            ActionKind::Reopen => Self::Reopened,
            ActionKind::Merge => Self::Merged,
            ActionKind::Withdraw => Self::Withdrawn,
            ActionKind::NotFixed => Self::NotFixed,
            ActionKind::Ask => Self::Asked,
            ActionKind::Answer => Self::Answered,
            ActionKind::AddEvidence => Self::EvidenceAdded,
            ActionKind::Note => Self::Noted,
            ActionKind::Prioritise => Self::Prioritised,
            ActionKind::Extend => Self::Extended,
            ActionKind::Publish => Self::Published,
            ActionKind::Hide => Self::Hidden,
            ActionKind::Redact => Self::Redacted,
            ActionKind::Link => Self::Linked,
            ActionKind::Unlink => Self::Unlinked,
            ActionKind::Unseal => Self::Unsealed,
        }
    }

    /// The action that left it; `None` for what no action does.
    pub fn action(self) -> Option<ActionKind> {
        ActionKind::ALL.iter().copied().find(|kind| Self::of(*kind) == self)
    }

    /// Whether the reporter sees it on the tracking page; the rest is the office's own.
    pub const fn is_told(self) -> bool {
        !matches!(
            self,
            Self::Noted
                | Self::Prioritised
                | Self::Redacted
                | Self::Linked
                | Self::Unlinked
                | Self::Unsealed
        )
    }
}

/// A message by its number within the report and its SHA-256 as hexadecimal digits. The text itself may
/// be deleted on schedule; that it existed cannot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MessageRef {
    /// 1, 2, 3… within the report.
    pub number: u32,
    /// Of its UTF-8 text.
    pub sha256: String,
}

/// What came with an event. No text of a person, no name, no place.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct EventBody {
    /// The question, answer, reason or note.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<MessageRef>,
    /// Of a closing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub finding: Option<Finding>,
    /// The department's key in the configuration.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub department: Option<String>,
    /// The other report of a merge or link.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub other: Option<ReportId>,
    /// The SHA-256 of photos, in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub photos: Vec<String>,
    /// The new priority.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub priority: Option<Priority>,
    /// The new last day of an extension.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
}

/// One event of one report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// 1, 2, 3… within the report, without holes.
    pub seq: u32,
    /// When, to the microsecond.
    #[serde(rename = "at_us", with = "jiff::fmt::serde::timestamp::microsecond::required")]
    pub at: Timestamp,
    /// Who, by role.
    pub actor: ActorRole,
    /// The officer's account number; never a name, and never shown to the public.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub staff: Option<String>,
    /// What.
    pub kind: EventKind,
    /// With what.
    #[serde(default)]
    pub body: EventBody,
}

impl Event {
    /// The one JSON text of the event, which is what is hashed and stored; serde reads it back.
    pub fn canonical(&self) -> String {
        Value::object_of_some([
            ("actor", Some(self.actor.key().into())),
            ("at_us", Some(self.at.as_microsecond().into())),
            ("body", Some(self.body.canonical())),
            ("kind", Some(self.kind.key().into())),
            ("seq", Some(self.seq.into())),
            ("staff", self.staff.as_deref().map(Value::from)),
        ])
        .to_string()
    }

    /// SHA-256 over the previous event's hash and [`Event::canonical`]; before the first event stands
    /// [`super::first_link`].
    pub fn hash(&self, previous: &Hash) -> Hash {
        chain(previous, self.canonical().as_bytes())
    }
}

impl EventBody {
    /// As part of an event's JSON.
    pub fn canonical(&self) -> Value {
        let message = self.message.as_ref().map(|message| {
            Value::object([
                ("number", message.number.into()),
                ("sha256", message.sha256.as_str().into()),
            ])
        });
        let photos = (!self.photos.is_empty()).then(|| Value::texts(&self.photos));
        Value::object_of_some([
            ("department", self.department.as_deref().map(Value::from)),
            ("finding", self.finding.map(|finding| finding.key().into())),
            ("message", message),
            ("other", self.other.as_ref().map(|other| other.as_str().into())),
            ("photos", photos),
            ("priority", self.priority.map(|priority| priority.key().into())),
            ("until", self.until.map(|until| until.to_string().into())),
        ])
    }
}
