//! What is known about a case when its reward is considered.

use std::collections::BTreeSet;

use domain::{
    ledger::{self, Entry},
    reward::{Candidate, first_effective},
};
use store::{LedgerEntry, StoreError, View};

use crate::{
    cases::reward,
    officers::{cases::file::CaseFile, hands},
};

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
    Ok(read(&kept).map_or_else(Vec::new, |all| ledger::candidates(&all, &file.report.public_id)))
}

/// An entry that does not read might be of the very first report: nobody is first before the ledger is whole again.
fn read(kept: &[LedgerEntry]) -> Option<Vec<Entry>> {
    kept.iter().map(|entry| serde_json::from_str(&entry.body).ok()).collect()
}

/// Of those who proposed and approved, the accounts that count as `staff`.
pub fn doubles(view: &View<'_>, file: &CaseFile, staff: i64) -> Result<Vec<i64>, StoreError> {
    let reward = reward::known(file.reward.as_ref());
    let people = [reward.proposer, reward.approver].into_iter().flatten();
    hands::doubles(view, staff, people.filter_map(|number| number.parse().ok()))
}

/// Whether the case was the first with a valid report; nobody can say while none is valid.
pub fn first(file: &CaseFile, candidates: &[Candidate]) -> Option<bool> {
    let first = first_effective(candidates)?;
    Some(first.sharing.contains(&file.report.public_id))
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;

    #[test]
    fn an_entry_that_does_not_read_leaves_nobody_first() {
        let damaged = LedgerEntry {
            number: 1,
            report: "one".to_owned(),
            public_id: "R7K3M9QXD".to_owned(),
            at: Timestamp::UNIX_EPOCH,
            kind: "received".to_owned(),
            body: "{\"kind\":".to_owned(),
            prev_hash: [0; 32],
            hash: [0; 32],
        };
        assert_eq!(read(&[]), Some(Vec::new()));
        assert_eq!(read(&[damaged]), None);
        assert_eq!(first_effective(&[]), None);
    }
}
