//! The reward as its claim code shows it.

use std::collections::BTreeMap;

use contract::report::{CriterionView, TrackedReward};
use domain::{
    period::beijing_day,
    report::{Finding, State},
    reward::{
        Amount, Channel, Criterion, CriterionKey, EligibilityFacts, Identity, Reward, RewardRules,
        RewardState, VoucherNumber, eligibility,
    },
};
use jiff::{SignedDuration, civil::Date};
use serde::Deserialize;
use store::RewardRow;

use super::File;

/// What officers wrote down beside an award, as far as its holder is told.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Kept {
    verdicts: BTreeMap<String, String>,
    reasons: Vec<CriterionKey>,
}

impl Kept {
    fn of(row: Option<&RewardRow>) -> Self {
        row.and_then(|row| serde_json::from_str(&row.reward.body).ok()).unwrap_or_default()
    }

    fn met(&self, key: CriterionKey) -> Option<bool> {
        match self.verdicts.get(key.key()).map(String::as_str) {
            Some("met") => Some(true),
            Some("not_met") => Some(false),
            _ => None,
        }
    }
}

/// The award as the rules know it; nothing before there is one.
pub(super) fn known(row: Option<&RewardRow>) -> Reward {
    let Some(row) = row else { return Reward::default() };
    let kept = &row.reward;
    let person = |number: Option<i64>| number.map(|number| number.to_string());
    Reward {
        state: kept.state,
        amount_fen: kept.amount_fen.map(Amount::from_fen),
        reasons: Kept::of(Some(row)).reasons,
        proposer: person(kept.proposer),
        approver: person(kept.approver),
        payer: person(kept.payer),
        claim_until: kept.claim_due.map(last_day),
        voucher: kept.voucher.as_deref().and_then(|text| VoucherNumber::parse(text).ok()),
    }
}

/// The last day of a deadline, of which the store keeps the first instant after it.
pub(super) fn last_day(due: jiff::Timestamp) -> Date {
    beijing_day(due - SignedDuration::from_micros(1))
}

/// The reward of a report. An amount is told once it has been approved: before, it is a proposal within the office.
pub(super) fn shown(file: &File, rules: &RewardRules) -> TrackedReward {
    let reward = known(file.reward.as_ref());
    let told = [RewardState::AwaitingClaim, RewardState::Claimed, RewardState::Paid];
    let none = rules.channel == Channel::None;
    TrackedReward {
        state: reward.state,
        amount_fen: reward.amount_fen.filter(|_| told.contains(&reward.state)).map(Amount::fen),
        edition: (!none).then(|| rules.edition.clone()),
        criteria: if none { Vec::new() } else { criteria(file, &reward, rules) },
        voucher: reward.voucher.as_ref().map(ToString::to_string),
        claim_until: reward.claim_until,
    }
}

fn criteria(file: &File, reward: &Reward, rules: &RewardRules) -> Vec<CriterionView> {
    let view = |criterion: Criterion| CriterionView {
        key: criterion.key.key().to_owned(),
        verdict: criterion.verdict.key().to_owned(),
        explanation: criterion.explanation,
        confirmed: criterion.confirmed,
    };
    eligibility(&facts(file, reward, rules), rules).into_iter().map(view).collect()
}

fn facts(file: &File, reward: &Reward, rules: &RewardRules) -> EligibilityFacts {
    let kept = Kept::of(file.reward.as_ref());
    let standing = &file.report.standing;
    let not = |key| kept.met(key).map(|met| !met);
    EligibilityFacts {
        identity: if file.contact { Identity::RealName } else { Identity::Anonymous },
        standing: match standing.state {
            State::Submitted => None,
            State::NotAccepted | State::Withdrawn => Some(false),
            _ => Some(standing.accepted.is_some()),
        },
        citizen: kept.met(CriterionKey::Citizen),
        reached_channel: match rules.channel {
            Channel::Announced => Some(true),
            _ => kept.met(CriterionKey::Channel),
        },
        definite_object: kept.met(CriterionKey::DefiniteObject),
        founded: standing.finding.map(|finding| finding != Finding::Unfounded),
        listed_violation: kept.met(CriterionKey::ListedViolation),
        first_effective: kept.met(CriterionKey::FirstEffective).or_else(|| {
            // A report that was found not to be the first says so among the reasons.
            reward.reasons.contains(&CriterionKey::FirstEffective).then_some(false)
        }),
        repeat_offence: kept.verdicts.get("repeat_offence").is_some_and(|found| found == "met"),
        staff: not(CriterionKey::Staff),
        statutory_duty: not(CriterionKey::StatutoryDuty),
        known_matter: not(CriterionKey::KnownMatter),
        dishonest: not(CriterionKey::Dishonest),
        dispute: not(CriterionKey::Dispute),
        declined: reward.state == RewardState::Declined,
    }
}
