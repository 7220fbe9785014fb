//! The states of a reward and what leads from one to the next.

use crate::role::Permission;

named! {
    /// Where a reward stands.
    #[derive(Default)]
    pub enum RewardState {
        /// Not considered yet.
        #[default]
        None = "none" "未启动" "not considered yet";
        /// 不符合: the reasons are in [`super::Reward::reasons`].
        NotEligible = "not_eligible" "不符合奖励条件" "not eligible";
        /// 奖励审核: proposed, waiting for a second officer.
        Proposed = "proposed" "奖励审核中" "reward under review";
        /// 已批准.
        Approved = "approved" "已批准" "approved";
        /// 未批准: can be proposed again.
        Rejected = "rejected" "未批准" "not approved";
        /// 待领取: the reporter has been told; the deadline runs.
        AwaitingClaim = "awaiting_claim" "待领取" "waiting to be claimed";
        /// 已申领: a voucher was issued.
        Claimed = "claimed" "已申领，待发放" "claimed, waiting to be paid";
        /// 已发放.
        Paid = "paid" "已发放" "paid";
        /// 已放弃.
        Declined = "declined" "已放弃" "declined";
        /// 逾期.
        Expired = "expired" "逾期未领" "not claimed in time";
    }
}

named! {
    /// What can be done to a reward.
    pub enum RewardAction {
        /// An officer finds that the report is not eligible.
        FindNotEligible = "find_not_eligible" "认定不符合" "Find not eligible";
        /// An officer takes that finding back.
        Reconsider = "reconsider" "重新考虑" "Reconsider";
        /// The first officer proposes an amount.
        Propose = "propose" "提出奖励" "Propose";
        /// A second officer agrees.
        Approve = "approve" "批准" "Approve";
        /// A second officer does not.
        Reject = "reject" "不批准" "Reject";
        /// The reporter is told on the tracking page.
        Notify = "notify" "通知领取" "Notify";
        /// The reporter asks for a voucher.
        Claim = "claim" "申领" "Claim";
        /// A third officer pays against the voucher.
        Pay = "pay" "登记发放" "Record payment";
        /// The reporter does not want it.
        Decline = "decline" "放弃" "Decline";
        /// The deadline has passed.
        Expire = "expire" "逾期处理" "Expire";
    }
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
}

impl RewardAction {
    /// What an officer must be allowed to do for it; `None` for what only the reporter or the portal does.
    pub const fn permission(self) -> Option<Permission> {
        match self {
            Self::FindNotEligible | Self::Reconsider | Self::Propose => {
                Some(Permission::ProposeReward)
            }
            Self::Approve | Self::Reject | Self::Notify => Some(Permission::ApproveReward),
            Self::Pay => Some(Permission::PayReward),
            Self::Claim | Self::Decline | Self::Expire => None,
        }
    }
}
