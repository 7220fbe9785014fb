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
        criteria: if none { Vec::new() } else { criteria(file, rules) },
        voucher: reward.voucher.as_ref().map(ToString::to_string),
        claim_until: reward.claim_until,
    }
}

fn criteria(file: &File, rules: &RewardRules) -> Vec<CriterionView> {
    let view = |criterion: Criterion| CriterionView {
        key: criterion.key.key().to_owned(),
        verdict: criterion.verdict.key().to_owned(),
        explanation: criterion.explanation,
        confirmed: criterion.confirmed,
    };
    let kept = Kept::of(file.reward.as_ref());
    let facts = reward::eligibility(file, &kept, first(&kept), rules);
    eligibility(&facts, rules).into_iter().map(view).collect()
}

/// Whether it was the first, as far as officers have said: other reports are not told of here.
fn first(kept: &Kept) -> Option<bool> {
    let not = kept.reasons.contains(&CriterionKey::FirstEffective);
    kept.found(CriterionKey::FirstEffective).or(not.then_some(false))
}
