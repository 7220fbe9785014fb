//! What is known about a case when its reward is considered.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    ledger::{self, Entry},
    report::{Finding, State},
    reward::{
        AwardFacts, Candidate, Channel, CriterionKey, EligibilityFacts, Identity, Reward,
        RewardRules, RewardState, first_effective,
    },
};
use serde::{Deserialize, Serialize};
use store::{LedgerEntry, RewardRow, StoreError, View};

use crate::officers::cases::{file::CaseFile, line::last_day};

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
    pub fn of(row: Option<&RewardRow>) -> Self {
        row.and_then(|row| serde_json::from_str(&row.reward.body).ok()).unwrap_or_default()
    }
}

/// The award as the rules know it.
pub fn reward(row: Option<&RewardRow>) -> Reward {
    let Some(row) = row else { return Reward::default() };
    let kept = &row.reward;
    let person = |number: Option<i64>| number.map(|number| number.to_string());
    Reward {
        state: kept.state,
        amount_fen: kept.amount_fen.map(domain::reward::Amount::from_fen),
        reasons: Kept::of(Some(row)).reasons,
        proposer: person(kept.proposer),
        approver: person(kept.approver),
        payer: person(kept.payer),
        claim_until: kept.claim_due.map(last_day),
        voucher: kept
            .voucher
            .as_deref()
            .and_then(|text| domain::reward::VoucherNumber::parse(text).ok()),
    }
}

/// Reports of the same problem as the ledger knows them: the case, what it is linked with, and so on.
pub fn candidates(view: &View<'_>, file: &CaseFile) -> Result<Vec<Candidate>, StoreError> {
    let (mut seen, mut waiting) = (BTreeSet::new(), vec![file.report.id.clone()]);
    let mut kept: Vec<LedgerEntry> = Vec::new();
    while let Some(report) = waiting.pop() {
        if !seen.insert(report.clone()) {
            continue;
        }
        kept.extend(view.ledger_of(&report)?);
        for link in view.report_links(&report)? {
            waiting.extend([link.report, link.other]);
        }
    }
    kept.sort_by_key(|entry| entry.number);
    let entries: Vec<Entry> =
        kept.iter().filter_map(|entry| serde_json::from_str(&entry.body).ok()).collect();
    Ok(ledger::candidates(&entries, &file.report.public_id))
}

/// What facts and officers say of each condition.
pub fn eligibility(
    file: &CaseFile,
    candidates: &[Candidate],
    verdicts: &BTreeMap<String, String>,
    rules: &RewardRules,
) -> EligibilityFacts {
    let found = |key: CriterionKey| match verdicts.get(key.key()).map(String::as_str) {
        Some("met") => Some(true),
        Some("not_met") => Some(false),
        _ => None,
    };
    let not = |key| found(key).map(|met| !met);
    let state = reward(file.reward.as_ref()).state;
    EligibilityFacts {
        identity: if file.identity { Identity::RealName } else { Identity::Anonymous },
        standing: standing(file),
        citizen: found(CriterionKey::Citizen),
        reached_channel: match rules.channel {
            Channel::Announced => Some(true),
            _ => found(CriterionKey::Channel),
        },
        definite_object: found(CriterionKey::DefiniteObject),
        founded: file.report.standing.finding.map(|finding| finding != Finding::Unfounded),
        listed_violation: found(CriterionKey::ListedViolation),
        first_effective: first(file, candidates),
        repeat_offence: verdicts.get("repeat_offence").is_some_and(|verdict| verdict == "met"),
        staff: not(CriterionKey::Staff),
        statutory_duty: not(CriterionKey::StatutoryDuty),
        known_matter: not(CriterionKey::KnownMatter),
        dishonest: not(CriterionKey::Dishonest),
        dispute: not(CriterionKey::Dispute),
        declined: state == RewardState::Declined,
    }
}

/// Accepted and not withdrawn; nobody has said yet while it waits.
fn standing(file: &CaseFile) -> Option<bool> {
    match file.report.standing.state {
        State::Submitted => None,
        State::NotAccepted | State::Withdrawn => Some(false),
        _ => Some(file.report.standing.accepted.is_some()),
    }
}

fn first(file: &CaseFile, candidates: &[Candidate]) -> Option<bool> {
    let first = first_effective(candidates)?;
    Some(first.sharing.contains(&file.report.public_id))
}
