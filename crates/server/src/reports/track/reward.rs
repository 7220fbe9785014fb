//! The reward as its claim code shows it.

use contract::report::{CriterionView, TrackedReward};
use domain::reward::{
    Amount, Channel, Criterion, CriterionKey, RewardRules, RewardState, eligibility,
};

use crate::cases::{
    File,
    reward::{self, Kept},
};

/// The reward of a report. An amount is told once it has been approved: before, it is a proposal within the office.
pub(super) fn shown(file: &File, rules: &RewardRules) -> TrackedReward {
    let reward = reward::known(file.reward.as_ref());
    let told = [RewardState::AwaitingClaim, RewardState::Claimed, RewardState::Paid];
    let none = rules.channel == Channel::None;
    TrackedReward {
        state: reward.state,
        amount_fen: reward.amount_fen.filter(|_| told.contains(&reward.state)).map(Amount::fen),
        edition: (!none).then(|| rules.edition.clone()),
        criteria: if none { Vec::new() } else { criteria(file, reward.state, rules) },
        voucher: reward.voucher.as_ref().map(ToString::to_string),
        claim_until: reward.claim_until,
    }
}

fn criteria(file: &File, state: RewardState, rules: &RewardRules) -> Vec<CriterionView> {
    let view = |criterion: Criterion| CriterionView {
        key: criterion.key.key().to_owned(),
        verdict: criterion.verdict.key().to_owned(),
        explanation: criterion.explanation,
        confirmed: criterion.confirmed,
    };
    let kept = Kept::shown(file.reward.as_ref());
    let facts = reward::eligibility(file, &kept, first(&kept, state), rules);
    eligibility(&facts, rules).into_iter().map(view).collect()
}

/// What the holder is told of other reports: that this one is the first once an award was approved, that it is not where
/// that was the reason; until then only what officers have said, which tells nothing of the others.
fn first(kept: &Kept, state: RewardState) -> Option<bool> {
    let not = kept.reasons.contains(&CriterionKey::FirstEffective);
    let told = [RewardState::AwaitingClaim, RewardState::Claimed, RewardState::Paid];
    let approved = told.contains(&state);
    let decided = not.then_some(false).or(approved.then_some(true));
    kept.found(CriterionKey::FirstEffective).or(decided)
}
