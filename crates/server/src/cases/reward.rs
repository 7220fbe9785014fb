//! What is known of a report's award.

use std::collections::BTreeMap;

use domain::{
    report::{Finding, State},
    reward::{
        Amount, AwardFacts, Channel, CriterionKey, EligibilityFacts, Identity, Reward, RewardRules,
        RewardState, VoucherNumber,
    },
};
use serde::{Deserialize, Serialize};
use store::{RewardRow, StoreError};

use super::{File, last_day};

/// What an award keeps beside its columns.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Kept {
    /// What an officer found of each condition that facts cannot decide: `met`, `not_met` or `unclear`.
    pub verdicts: BTreeMap<String, String>,
    /// What money depends on.
    pub facts: AwardFacts,
    /// Conditions that are not met.
    pub reasons: Vec<CriterionKey>,
}

impl Kept {
    /// What is kept of an award; nothing before there is one.
    ///
    /// # Errors
    ///
    /// [`StoreError::Damaged`] where it does not read: nobody decides about money on a part of what was found.
    pub fn of(row: Option<&RewardRow>) -> Result<Self, StoreError> {
        let Some(row) = row else { return Ok(Self::default()) };
        serde_json::from_str(&row.reward.body)
            .map_err(|error| StoreError::Damaged(format!("what an award keeps: {error}")))
    }

    /// The same, to be looked at: as if nothing had been found where it does not read.
    pub fn shown(row: Option<&RewardRow>) -> Self {
        Self::of(row).unwrap_or_default()
    }

    /// What an officer found of a condition; `None` while nobody has, or it is unclear.
    pub fn found(&self, key: CriterionKey) -> Option<bool> {
        match self.verdicts.get(key.key()).map(String::as_str) {
            Some("met") => Some(true),
            Some("not_met") => Some(false),
            _ => None,
        }
    }
}

/// The award as the rules know it; nothing before there is one.
pub fn known(row: Option<&RewardRow>) -> Reward {
    let Some(row) = row else { return Reward::default() };
    let kept = &row.reward;
    let person = |number: Option<i64>| number.map(|number| number.to_string());
    Reward {
        state: kept.state,
        amount_fen: kept.amount_fen.map(Amount::from_fen),
        reasons: Kept::shown(Some(row)).reasons,
        proposer: person(kept.proposer),
        approver: person(kept.approver),
        payer: person(kept.payer),
        claim_until: kept.claim_due.map(last_day),
        voucher: kept.voucher.as_deref().and_then(|text| VoucherNumber::parse(text).ok()),
    }
}

/// What facts and officers say of each condition; `first`: whether it was the first with a valid report.
pub fn eligibility(
    file: &File,
    kept: &Kept,
    first: Option<bool>,
    rules: &RewardRules,
) -> EligibilityFacts {
    let standing = &file.report.standing;
    let not = |key| kept.found(key).map(|met| !met);
    EligibilityFacts {
        identity: if file.identity { Identity::RealName } else { Identity::Anonymous },
        standing: accepted(file),
        citizen: kept.found(CriterionKey::Citizen),
        reached_channel: match rules.channel {
            Channel::Announced => Some(true),
            _ => kept.found(CriterionKey::Channel),
        },
        definite_object: kept.found(CriterionKey::DefiniteObject),
        founded: standing.finding.map(|finding| finding != Finding::Unfounded),
        listed_violation: kept.found(CriterionKey::ListedViolation),
        first_effective: first,
        repeat_offence: kept.verdicts.get("repeat_offence").is_some_and(|found| found == "met"),
        staff: not(CriterionKey::Staff),
        statutory_duty: not(CriterionKey::StatutoryDuty),
        known_matter: not(CriterionKey::KnownMatter),
        dishonest: not(CriterionKey::Dishonest),
        dispute: not(CriterionKey::Dispute),
        declined: known(file.reward.as_ref()).state == RewardState::Declined,
    }
}

/// Accepted and not withdrawn; nobody has said yet while it waits.
fn accepted(file: &File) -> Option<bool> {
    match file.report.standing.state {
        State::Submitted => None,
        State::NotAccepted | State::Withdrawn => Some(false),
        _ => Some(file.report.standing.accepted.is_some()),
    }
}

/// The award after a step of its rules: where it stands and what was issued; everything else stays as it is kept.
pub fn moved(row: Option<&RewardRow>, next: &Reward, rules: &RewardRules) -> store::Reward {
    let kept = row.map(|row| row.reward.clone()).unwrap_or_else(|| store::Reward {
        state: next.state,
        amount_fen: None,
        edition: rules.edition.zh.clone(),
        tier: None,
        proposer: None,
        approver: None,
        payer: None,
        voucher: None,
        claim_due: None,
        body: "{}".to_owned(),
    });
    let voucher = next.voucher.as_ref().map(|voucher| voucher.as_str().to_owned());
    store::Reward { state: next.state, voucher, ..kept }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;

    fn row(body: &str) -> RewardRow {
        let next = Reward::default();
        let fresh = moved(None, &next, &RewardRules::default());
        RewardRow {
            report: "one".to_owned(),
            public_id: "R7K3M9QXD".to_owned(),
            version: 1,
            reward: store::Reward { body: body.to_owned(), ..fresh },
            names: [None, None, None],
            changed: Timestamp::UNIX_EPOCH,
        }
    }

    #[test]
    fn an_award_that_does_not_read_is_none_to_decide_about() {
        let good = row(r#"{"verdicts":{"citizen":"met"}}"#);
        assert_eq!(Kept::of(Some(&good)).unwrap().found(CriterionKey::Citizen), Some(true));
        let damaged = row("{\"verdicts\":");
        assert!(matches!(Kept::of(Some(&damaged)), Err(StoreError::Damaged(_))));
        assert_eq!(Kept::shown(Some(&damaged)), Kept::default());
        assert_eq!(Kept::of(None).unwrap(), Kept::default());
    }
}
