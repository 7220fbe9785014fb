//! What stands in the ledger.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::canonical::Json;
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
        LedgerActor::Reporter => Json::text("reporter"),
        LedgerActor::Officer(id) => Json::object([("officer", Json::text(id))]),
        LedgerActor::System => Json::text("system"),
    };
    let head = [
        ("actor", actor),
        ("at_us", Json::number(entry.at_us)),
        ("case", Json::text(&entry.case)),
        ("kind", Json::text(entry.body.kind())),
        ("seq", Json::number(entry.seq)),
    ];
    Json::object(head.into_iter().chain(members(&entry.body))).into_bytes()
}

fn members(body: &Body) -> Vec<(&'static str, Json)> {
    let amount = |fen: &Amount| ("amount_fen", Json::number(fen.fen()));
    let number = |voucher: &VoucherNumber| ("voucher", Json::text(voucher.as_str()));
    match body {
        Body::Received { joint } => {
            vec![("joint", joint.as_deref().map_or_else(Json::null, Json::text))]
        }
        Body::Linked { to } => vec![("to", Json::text(to))],
        Body::Eligibility { outcome, reasons } => {
            let reasons = reasons.iter().map(|reason| Json::text(reason.key()));
            vec![("outcome", Json::text(outcome.key())), ("reasons", Json::list(reasons))]
        }
        Body::Proposed { amount_fen, grounds } => {
            let grounds = grounds.iter().map(|ground| Json::text(ground.key()));
            vec![amount(amount_fen), ("grounds", Json::list(grounds))]
        }
        Body::Approved { amount_fen } => vec![amount(amount_fen)],
        Body::Notified { claim_until } => {
            let day = claim_until.map(|day| day.to_string());
            vec![("claim_until", day.as_deref().map_or_else(Json::null, Json::text))]
        }
        Body::VoucherIssued { voucher } => vec![number(voucher)],
        Body::Paid { voucher, amount_fen } => vec![number(voucher), amount(amount_fen)],
        Body::Unlinked | Body::Rejected | Body::Declined | Body::Expired => Vec::new(),
    }
}
