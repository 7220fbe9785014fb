//! The criteria of eligibility by name.

use serde::{Deserialize, Serialize};

use super::{RewardRules, Switch};
use crate::Lang;

/// What is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CriterionKey {
    /// The portal hands reports to an announced channel or is one.
    Channel,
    /// Accepted and not withdrawn.
    Standing,
    /// The reporter is a citizen.
    Citizen,
    /// The way the reporter appears can be rewarded.
    Identity,
    /// A definite object and violation.
    DefiniteObject,
    /// Found to be true.
    Founded,
    /// One of the listed items.
    ListedViolation,
    /// The first valid report.
    FirstEffective,
    /// Not staff or a relative.
    Staff,
    /// No statutory duty to report.
    StatutoryDuty,
    /// Not known before.
    KnownMatter,
    /// Neither false nor paid for.
    Dishonest,
    /// Not a mere dispute.
    Dispute,
    /// The reporter wants it.
    Wanted,
}

impl CriterionKey {
    /// Every criterion, in the order in which it is shown.
    pub const ALL: [Self; 14] = [
        Self::Channel,
        Self::Standing,
        Self::Citizen,
        Self::Identity,
        Self::DefiniteObject,
        Self::Founded,
        Self::ListedViolation,
        Self::FirstEffective,
        Self::Staff,
        Self::StatutoryDuty,
        Self::KnownMatter,
        Self::Dishonest,
        Self::Dispute,
        Self::Wanted,
    ];

    /// The key in JSON.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Channel => "channel",
            Self::Standing => "standing",
            Self::Citizen => "citizen",
            Self::Identity => "identity",
            Self::DefiniteObject => "definite_object",
            Self::Founded => "founded",
            Self::ListedViolation => "listed_violation",
            Self::FirstEffective => "first_effective",
            Self::Staff => "staff",
            Self::StatutoryDuty => "statutory_duty",
            Self::KnownMatter => "known_matter",
            Self::Dishonest => "dishonest",
            Self::Dispute => "dispute",
            Self::Wanted => "wanted",
        }
    }

    /// What it is called, as what is wanted.
    pub const fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Channel => lang.pick("举报渠道", "channel"),
            Self::Standing => lang.pick("已受理未撤回", "accepted, not withdrawn"),
            Self::Citizen => lang.pick("公民个人", "private citizen"),
            Self::Identity => lang.pick("署名方式", "named or anonymous"),
            Self::DefiniteObject => lang.pick("对象和事实明确", "definite object and violation"),
            Self::Founded => lang.pick("查证属实", "found true"),
            Self::ListedViolation => lang.pick("奖励范围", "within the scope"),
            Self::FirstEffective => lang.pick("首位有效举报", "first valid report"),
            Self::Staff => lang.pick("非系统人员", "not on the staff"),
            Self::StatutoryDuty => lang.pick("无法定报告义务", "no statutory duty"),
            Self::KnownMatter => lang.pick("此前未被掌握", "not known before"),
            Self::Dishonest => lang.pick("如实举报", "honest report"),
            Self::Dispute => lang.pick("非单纯纠纷", "not a mere dispute"),
            Self::Wanted => lang.pick("未放弃奖励", "reward wanted"),
        }
    }

    /// Whether failing it means that the report itself is not valid, so that a later one may be the first
    /// valid one; failing the others only excludes the reporter.
    pub const fn concerns_the_report(self) -> bool {
        match self {
            Self::Standing
            | Self::DefiniteObject
            | Self::Founded
            | Self::ListedViolation
            | Self::KnownMatter
            | Self::Dishonest
            | Self::Dispute => true,
            Self::Channel
            | Self::Citizen
            | Self::Identity
            | Self::FirstEffective
            | Self::Staff
            | Self::StatutoryDuty
            | Self::Wanted => false,
        }
    }

    /// The rule behind it; `None` where the scheme makes no sense without it.
    pub(super) fn switch(self, rules: &RewardRules) -> Option<&Switch> {
        match self {
            Self::Channel | Self::Standing | Self::Founded | Self::Wanted => None,
            Self::Citizen => Some(&rules.citizens_only),
            Self::Identity => Some(&rules.anonymous_allowed),
            Self::DefiniteObject => Some(&rules.definite_object),
            Self::ListedViolation => Some(&rules.listed_violation),
            Self::FirstEffective => Some(&rules.first_effective_only),
            Self::Staff => Some(&rules.exclusions.staff),
            Self::StatutoryDuty => Some(&rules.exclusions.statutory_duty),
            Self::KnownMatter => Some(&rules.exclusions.known_matter),
            Self::Dishonest => Some(&rules.exclusions.dishonest),
            Self::Dispute => Some(&rules.exclusions.dispute),
        }
    }
}
