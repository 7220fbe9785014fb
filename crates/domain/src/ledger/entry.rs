//! What stands in the ledger.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    canonical::Value,
    reward::{Amount, CriterionKey, Ground, Outcome, VoucherNumber},
};

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
    /// The link was taken back.
    Unlinked,
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
        grounds: Vec<Ground>,
    },
    /// The proposal was approved.
    Approved {
        /// In fen.
        amount_fen: Amount,
    },
    /// The proposal was not approved.
    Rejected,
    /// The reporter was told on the tracking page.
    Notified {
        /// The last day to claim, Beijing time; `None` without a deadline.
        claim_until: Option<Date>,
    },
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
            Self::Unlinked => "unlinked",
            Self::Eligibility { .. } => "eligibility",
            Self::Proposed { .. } => "proposed",
            Self::Approved { .. } => "approved",
            Self::Rejected => "rejected",
            Self::Notified { .. } => "notified",
            Self::VoucherIssued { .. } => "voucher_issued",
            Self::Paid { .. } => "paid",
            Self::Declined => "declined",
            Self::Expired => "expired",
        }
    }
}

/// The canonical JSON of an entry (RFC 8785: keys sorted, no white space): exactly the bytes that are hashed
/// and stored. The JSON of [`Entry`] with its keys sorted is the same text.
///
/// ```
/// # use domain::ledger::{Body, Entry, LedgerActor, entry_bytes};
/// let entry = Entry {
///     seq: 3,
///     at_us: 1_790_000_000_000_000,
///     case: "R7K3M9QXD".to_owned(),
///     actor: LedgerActor::Officer("li".to_owned()),
///     body: Body::Rejected,
/// };
/// let json = r#"{"actor":{"officer":"li"},"at_us":1790000000000000,"case":"R7K3M9QXD","kind":"rejected","seq":3}"#;
/// assert_eq!(entry_bytes(&entry), json.as_bytes());
/// ```
pub fn entry_bytes(entry: &Entry) -> Vec<u8> {
    let actor = match &entry.actor {
        LedgerActor::Reporter => "reporter".into(),
        LedgerActor::Officer(id) => Value::object([("officer", id.as_str().into())]),
        LedgerActor::System => "system".into(),
    };
    let head = [
        ("actor", actor),
        ("at_us", entry.at_us.into()),
        ("case", entry.case.as_str().into()),
        ("kind", entry.body.kind().into()),
        // More entries than that are never written.
        ("seq", i64::try_from(entry.seq).unwrap_or(i64::MAX).into()),
    ];
    Value::object(head.into_iter().chain(members(&entry.body))).to_string().into_bytes()
}

fn members(body: &Body) -> Vec<(&'static str, Value)> {
    let amount = |fen: &Amount| ("amount_fen", fen.fen().into());
    let number = |voucher: &VoucherNumber| ("voucher", voucher.as_str().into());
    match body {
        Body::Received { joint } => vec![("joint", joint.as_deref().into())],
        Body::Linked { to } => vec![("to", to.as_str().into())],
        Body::Eligibility { outcome, reasons } => {
            let reasons = Value::texts(reasons.iter().map(|reason| reason.key()));
            vec![("outcome", outcome.key().into()), ("reasons", reasons)]
        }
        Body::Proposed { amount_fen, grounds } => {
            let grounds = Value::texts(grounds.iter().map(|ground| ground.key()));
            vec![amount(amount_fen), ("grounds", grounds)]
        }
        Body::Approved { amount_fen } => vec![amount(amount_fen)],
        Body::Notified { claim_until } => {
            vec![("claim_until", claim_until.map(|day| day.to_string()).into())]
        }
        Body::VoucherIssued { voucher } => vec![number(voucher)],
        Body::Paid { voucher, amount_fen } => vec![number(voucher), amount(amount_fen)],
        Body::Unlinked | Body::Rejected | Body::Declined | Body::Expired => Vec::new(),
    }
}
