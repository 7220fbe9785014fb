//! The states of a reward and what leads from one to the next.

use serde::{Deserialize, Serialize};

use crate::Lang;

/// Where a reward stands.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum RewardState {
    /// Not considered yet.
    #[default]
    None,
    /// 不符合: the reasons are in [`super::Reward::reasons`].
    NotEligible,
    /// 奖励审核: proposed, waiting for a second officer.
    Proposed,
    /// 已批准.
    Approved,
    /// 未批准: can be proposed again.
    Rejected,
    /// 待领取: the reporter has been told; the deadline runs.
    AwaitingClaim,
    /// 已申领: a voucher was issued.
    Claimed,
    /// 已发放.
    Paid,
    /// 已放弃.
    Declined,
    /// 逾期.
    Expired,
}

/// What can be done to a reward.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RewardAction {
    /// An officer finds that the report is not eligible.
    FindNotEligible,
    /// An officer takes that finding back.
    Reconsider,
    /// The first officer proposes an amount.
    Propose,
    /// A second officer agrees.
    Approve,
    /// A second officer does not.
    Reject,
    /// The reporter is told on the tracking page.
    Notify,
    /// The reporter asks for a voucher.
    Claim,
    /// A third officer pays against the voucher.
    Pay,
    /// The reporter does not want it.
    Decline,
    /// The deadline has passed.
    Expire,
}

/// An action that the state does not allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a reward that is {from:?} does not allow {action:?}")]
pub struct InvalidReward {
    /// Where the reward stands.
    pub from: RewardState,
    /// What was asked.
    pub action: RewardAction,
}

impl RewardState {
    /// Every state, in the order of the way.
    pub const ALL: [Self; 10] = [
        Self::None,
        Self::NotEligible,
        Self::Proposed,
        Self::Approved,
        Self::Rejected,
        Self::AwaitingClaim,
        Self::Claimed,
        Self::Paid,
        Self::Declined,
        Self::Expired,
    ];

    /// The state after `action`.
    ///
    /// # Errors
    ///
    /// [`InvalidReward`] if the state does not allow it.
    pub fn apply(self, action: RewardAction) -> Result<Self, InvalidReward> {
        use RewardAction as A;
        match (self, action) {
            (Self::None, A::FindNotEligible) => Ok(Self::NotEligible),
            (Self::NotEligible, A::Reconsider) => Ok(Self::None),
            (Self::None | Self::Rejected, A::Propose) => Ok(Self::Proposed),
            (Self::Rejected, A::FindNotEligible) => Ok(Self::NotEligible),
            (Self::Proposed, A::Approve) => Ok(Self::Approved),
            (Self::Proposed, A::Reject) => Ok(Self::Rejected),
            (Self::Approved, A::Notify) => Ok(Self::AwaitingClaim),
            (Self::AwaitingClaim, A::Claim) => Ok(Self::Claimed),
            (Self::Claimed, A::Pay) => Ok(Self::Paid),
            (
                Self::None
                | Self::Proposed
                | Self::Approved
                | Self::Rejected
                | Self::AwaitingClaim
                | Self::Claimed,
                A::Decline,
            ) => Ok(Self::Declined),
            (Self::AwaitingClaim, A::Expire) => Ok(Self::Expired),
            (from, action) => Err(InvalidReward { from, action }),
        }
    }

    /// Whether the state allows `action`: the console's buttons.
    pub fn allows(self, action: RewardAction) -> bool {
        self.apply(action).is_ok()
    }

    /// The key in JSON and in the database.
    pub const fn key(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::NotEligible => "not_eligible",
            Self::Proposed => "proposed",
            Self::Approved => "approved",
            Self::Rejected => "rejected",
            Self::AwaitingClaim => "awaiting_claim",
            Self::Claimed => "claimed",
            Self::Paid => "paid",
            Self::Declined => "declined",
            Self::Expired => "expired",
        }
    }

    /// The state with that key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.key() == key)
    }

    /// The word shown.
    pub const fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::None => lang.pick("未启动", "not considered yet"),
            Self::NotEligible => lang.pick("不符合奖励条件", "not eligible"),
            Self::Proposed => lang.pick("奖励审核中", "reward under review"),
            Self::Approved => lang.pick("已批准", "approved"),
            Self::Rejected => lang.pick("未批准", "not approved"),
            Self::AwaitingClaim => lang.pick("待领取", "waiting to be claimed"),
            Self::Claimed => lang.pick("已申领，待发放", "claimed, waiting to be paid"),
            Self::Paid => lang.pick("已发放", "paid"),
            Self::Declined => lang.pick("已放弃", "declined"),
            Self::Expired => lang.pick("逾期未领", "not claimed in time"),
        }
    }
}

impl RewardAction {
    /// Every action, in the order of the way.
    pub const ALL: [Self; 10] = [
        Self::FindNotEligible,
        Self::Reconsider,
        Self::Propose,
        Self::Approve,
        Self::Reject,
        Self::Notify,
        Self::Claim,
        Self::Pay,
        Self::Decline,
        Self::Expire,
    ];

    /// The verb on the button.
    pub const fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::FindNotEligible => lang.pick("认定不符合", "Find not eligible"),
            Self::Reconsider => lang.pick("重新考虑", "Reconsider"),
            Self::Propose => lang.pick("提出奖励", "Propose"),
            Self::Approve => lang.pick("批准", "Approve"),
            Self::Reject => lang.pick("不批准", "Reject"),
            Self::Notify => lang.pick("通知领取", "Notify"),
            Self::Claim => lang.pick("申领", "Claim"),
            Self::Pay => lang.pick("登记发放", "Record payment"),
            Self::Decline => lang.pick("放弃", "Decline"),
            Self::Expire => lang.pick("逾期处理", "Expire"),
        }
    }
}
