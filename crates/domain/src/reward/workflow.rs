//! What may be done to one reward, by whom and when.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{
    Amount, CriterionKey, RewardAction, RewardRefusal, RewardRules, RewardState, VoucherNumber,
};

/// Who acts on a reward.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RewardActor<'a> {
    /// Whoever shows the claim code.
    Reporter,
    /// An officer, by the id of the account. Whether the role allows it is asked of `domain::role`.
    Officer(&'a str),
    /// The portal itself: deadlines.
    System,
}

/// One reward as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Reward {
    /// Where it stands.
    pub state: RewardState,
    /// What was proposed, in fen, before it is shared.
    pub amount_fen: Option<Amount>,
    /// Why the report is not eligible.
    pub reasons: Vec<CriterionKey>,
    /// The account that proposed.
    pub proposer: Option<String>,
    /// The account that approved.
    pub approver: Option<String>,
    /// The account that paid.
    pub payer: Option<String>,
    /// The last day to claim, Beijing time.
    pub claim_until: Option<Date>,
    /// What the reporter shows at the counter.
    pub voucher: Option<VoucherNumber>,
}

impl Reward {
    /// Whether `actor` may do `action` on `today`, the day in Beijing.
    ///
    /// # Errors
    ///
    /// Why not, in the order in which a person would notice: state, person, facts, time.
    pub fn may(
        &self,
        action: RewardAction,
        actor: RewardActor<'_>,
        today: Date,
        rules: &RewardRules,
    ) -> Result<(), RewardRefusal> {
        let _ = (action, actor, today, rules);
        todo!()
    }
}
