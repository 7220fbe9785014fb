//! 首位有效举报人: who was first with a valid report.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Amount, RewardRules, shares};

/// One report of a problem, as the ledger knows it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Candidate {
    /// The public id. The server drew it at random, so that nobody can aim at winning a tie.
    pub report: String,
    /// When the server had received it whole, in Unix microseconds.
    pub received_us: i64,
    /// Whether it is valid: neither refused, withdrawn nor found to be unfounded.
    pub effective: bool,
    /// The name of the group that reported together; `None` for a report on its own.
    pub joint: Option<String>,
}

/// Who is rewarded among the reports of one problem.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FirstEffective {
    /// The first valid report.
    pub report: String,
    /// The reports that share: the first one and the valid ones made jointly with it, by public id.
    pub sharing: Vec<String>,
    /// The other valid ones, which support the case: by public id.
    pub supporting: Vec<String>,
}

/// What one report is paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payout {
    /// The public id.
    pub report: String,
    /// Its share, in fen.
    pub amount_fen: Amount,
}

/// Who is rewarded; `None` if no report is valid.
///
/// The earliest receipt wins, and of receipts in the same microsecond the smaller public id; the order of
/// `candidates` does not matter.
pub fn first_effective(candidates: &[Candidate]) -> Option<FirstEffective> {
    let effective = || candidates.iter().filter(|candidate| candidate.effective);
    let first = effective().min_by_key(|candidate| {
        (candidate.received_us, &candidate.report, candidate.joint.is_none(), &candidate.joint)
    })?;
    let with_first = |candidate: &Candidate| {
        candidate.report == first.report
            || (candidate.joint.is_some() && candidate.joint == first.joint)
    };
    let sharing: BTreeSet<&String> = effective()
        .filter(|candidate| with_first(candidate))
        .map(|candidate| &candidate.report)
        .collect();
    let supporting: BTreeSet<&String> = effective()
        .map(|candidate| &candidate.report)
        .filter(|report| !sharing.contains(report))
        .collect();
    Some(FirstEffective {
        report: first.report.clone(),
        sharing: sharing.into_iter().cloned().collect(),
        supporting: supporting.into_iter().cloned().collect(),
    })
}

impl FirstEffective {
    /// What each report is paid of `amount`: equal shares to the fen where the rules share it, the first fen
    /// that cannot be divided to the smallest public ids; else everything to the first report.
    pub fn payouts(&self, amount: Amount, rules: &RewardRules) -> Vec<Payout> {
        let alone = std::slice::from_ref(&self.report);
        let reports = if rules.equal_shares.enabled { &self.sharing[..] } else { alone };
        let persons = u32::try_from(reports.len()).unwrap_or(u32::MAX);
        let shares = shares(amount, persons);
        let paid = reports.iter().cloned().zip(shares);
        paid.map(|(report, amount_fen)| Payout { report, amount_fen }).collect()
    }
}
