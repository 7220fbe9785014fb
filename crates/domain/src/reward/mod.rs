//! Rewards for reports 有奖举报: who is eligible, how much it comes to, and how it reaches the reporter.
//!
//! Every rule is a [`Rule`] of [`RewardRules`]: switchable, labelled with its source, and marked when
//! nobody has confirmed it yet. The portal hands clues on and never promises a payment; what is computed
//! here is a proposal for two officers to decide on.

mod amount;
mod award;
mod checked;
mod criterion_key;
mod defaults;
mod eligibility;
mod explanations;
mod first;
mod refusal;
mod rules;
mod state;
mod voucher;
mod workflow;

pub use amount::{Amount, shares};
pub use award::{Award, AwardFacts, Ground, award, check_amount};
pub use checked::{ListedRule, RulesError};
pub use criterion_key::CriterionKey;
pub use eligibility::{
    Criterion, EligibilityFacts, Identity, Outcome, Verdict, eligibility, outcome,
};
pub use first::{Candidate, FirstEffective, Payout, first_effective};
pub use refusal::RewardRefusal;
pub use rules::{
    Channel, ClaimPeriod, EmergencyLevel, EmergencyTable, Exclusions, PayoutIdentity, RewardRules,
    Rule, Switch,
};
pub use state::{InvalidReward, RewardAction, RewardState};
pub use voucher::{VoucherError, VoucherNumber};
pub use workflow::{Reward, RewardActor, RewardStep};
