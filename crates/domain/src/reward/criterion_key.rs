//! The criteria of eligibility by name.

use super::{RewardRules, Switch};

named! {
    /// What is looked at.
    pub enum CriterionKey {
        /// The portal hands reports to an announced channel or is one.
        Channel = "channel" "举报渠道" "channel";
        /// Accepted and not withdrawn.
        Standing = "standing" "已受理未撤回" "accepted, not withdrawn";
        /// The reporter is a citizen.
        Citizen = "citizen" "公民个人" "private citizen";
        /// The way the reporter appears can be rewarded.
        Identity = "identity" "署名方式" "named or anonymous";
        /// A definite object and violation.
        DefiniteObject = "definite_object" "对象和事实明确" "definite object and violation";
        /// Found to be true.
        Founded = "founded" "查证属实" "found true";
        /// One of the listed items.
        ListedViolation = "listed_violation" "奖励范围" "within the scope";
        /// The first valid report.
        FirstEffective = "first_effective" "首位有效举报" "first valid report";
        /// Not staff or a relative.
        Staff = "staff" "非系统人员" "not on the staff";
        /// No statutory duty to report.
        StatutoryDuty = "statutory_duty" "无法定报告义务" "no statutory duty";
        /// Not known before.
        KnownMatter = "known_matter" "此前未被掌握" "not known before";
        /// Neither false nor paid for.
        Dishonest = "dishonest" "如实举报" "honest report";
        /// Not a mere dispute.
        Dispute = "dispute" "非单纯纠纷" "not a mere dispute";
        /// The reporter wants it.
        Wanted = "wanted" "未放弃奖励" "reward wanted";
    }
}

impl CriterionKey {
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
