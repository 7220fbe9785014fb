//! What stands in the ledger.

use serde::{Deserialize, Serialize};

use crate::reward::{Amount, CriterionKey, Ground, Outcome, VoucherNumber};

/// One line of the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// 1, 2, 3 … over the whole ledger, without holes.
    pub seq: u64,
    /// Unix microseconds.
    pub at_us: i64,
    /// The case: its public id.
    pub case: String,
    /// Who did it.
    pub actor: LedgerActor,
    /// What was done.
    #[serde(flatten)]
    pub body: Body,
}

/// Who stands behind an entry; never a reporter's identity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LedgerActor {
    /// Whoever showed the claim code.
    Reporter,
    /// An account.
    Officer(String),
    /// The portal.
    System,
}

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Body {
    /// The server had received the report whole.
    Received {
        /// The group that reported together.
        #[serde(default)]
        joint: Option<String>,
    },
    /// The report was linked to another one of the same problem.
    Linked {
        /// The public id of the case it supports.
        to: String,
    },
    /// Its eligibility was decided.
    Eligibility {
        /// How.
        outcome: Outcome,
        /// The criteria that were not met.
        #[serde(default)]
        reasons: Vec<CriterionKey>,
    },
    /// An amount was proposed.
    Proposed {
        /// In fen.
        amount_fen: Amount,
        /// Why money is due.
        ground: Ground,
    },
    /// The proposal was approved.
    Approved {
        /// In fen.
        amount_fen: Amount,
    },
    /// The proposal was not approved.
    Rejected,
    /// The reporter claimed and got a voucher.
    VoucherIssued {
        /// Its number.
        voucher: VoucherNumber,
    },
    /// The voucher was paid.
    Paid {
        /// Its number.
        voucher: VoucherNumber,
        /// In fen.
        amount_fen: Amount,
    },
    /// The reporter does not want it.
    Declined,
    /// Nobody claimed it in time.
    Expired,
}

impl Body {
    /// The kind, as in JSON and in the database.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Received { .. } => "received",
            Self::Linked { .. } => "linked",
            Self::Eligibility { .. } => "eligibility",
            Self::Proposed { .. } => "proposed",
            Self::Approved { .. } => "approved",
            Self::Rejected => "rejected",
            Self::VoucherIssued { .. } => "voucher_issued",
            Self::Paid { .. } => "paid",
            Self::Declined => "declined",
            Self::Expired => "expired",
        }
    }
}

/// The canonical JSON of an entry (RFC 8785: keys sorted, no white space): exactly the bytes that are hashed
/// and stored.
pub fn entry_bytes(entry: &Entry) -> Vec<u8> {
    let _ = entry;
    todo!()
}
