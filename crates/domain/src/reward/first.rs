//! 首位有效举报人: who was first with a valid report.

use serde::{Deserialize, Serialize};

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
    /// The others, which support the case: by public id.
    pub supporting: Vec<String>,
}

/// Who is rewarded; `None` if no report is valid.
///
/// The earliest receipt wins, and of receipts in the same microsecond the smaller public id; the order of
/// `candidates` does not matter.
pub fn first_effective(candidates: &[Candidate]) -> Option<FirstEffective> {
    let _ = candidates;
    todo!()
}
