//! What the ledger says about who was first.

use std::collections::{BTreeMap, BTreeSet};

use super::{Body, Entry};
use crate::reward::{Candidate, Outcome};

/// What the ledger says about one report.
#[derive(Default)]
struct History<'a> {
    received: Option<(i64, Option<&'a String>)>,
    linked_to: Option<&'a str>,
    ineffective: bool,
}

/// The reports of the problem that `case` belongs to, by public id, for [`crate::reward::first_effective`]:
/// the case itself, what it is linked to, and whatever is linked to one of these.
///
/// `entries` are oldest first. A report counts as effective until the ledger says that it fails a criterion
/// which concerns the report itself rather than the reporter, and again once that is taken back.
pub fn candidates<'a>(entries: impl IntoIterator<Item = &'a Entry>, case: &str) -> Vec<Candidate> {
    let mut reports: BTreeMap<&str, History<'_>> = BTreeMap::new();
    for entry in entries {
        let report = reports.entry(&entry.case).or_default();
        match &entry.body {
            Body::Received { joint } => {
                report.received.get_or_insert((entry.at_us, joint.as_ref()));
            }
            Body::Linked { to } => report.linked_to = Some(to),
            Body::Unlinked => report.linked_to = None,
            Body::Eligibility { outcome, reasons } => {
                report.ineffective = *outcome == Outcome::NotEligible
                    && reasons.iter().any(|reason| reason.concerns_the_report());
            }
            _ => {}
        }
    }
    let problem = root(&reports, case);
    let same = reports.iter().filter(|(report, _)| root(&reports, report) == problem);
    let received = same.filter_map(|(report, history)| {
        let (received_us, joint) = history.received?;
        Some(Candidate {
            report: (*report).to_owned(),
            received_us,
            effective: !history.ineffective,
            joint: joint.cloned(),
        })
    });
    received.collect()
}

/// The report at the end of the links; of a ring of links, its smallest public id.
fn root<'a>(reports: &BTreeMap<&'a str, History<'a>>, case: &'a str) -> &'a str {
    let mut seen = BTreeSet::new();
    let mut at = case;
    while seen.insert(at) {
        match reports.get(at).and_then(|history| history.linked_to) {
            Some(to) => at = to,
            None => return at,
        }
    }
    ring(reports, at)
}

fn ring<'a>(reports: &BTreeMap<&'a str, History<'a>>, start: &'a str) -> &'a str {
    let (mut smallest, mut at) = (start, start);
    while let Some(to) = reports.get(at).and_then(|history| history.linked_to) {
        if to == start {
            break;
        }
        (smallest, at) = (smallest.min(to), to);
    }
    smallest
}
