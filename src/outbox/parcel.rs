//! A report that was sent off, as it is kept on this device until the server has it.

use contract::{
    problem::FieldFault,
    report::{Proof, Receipt, Submission},
};
use serde::{Deserialize, Serialize};

/// A solved challenge is taken for ten minutes; one that is older is not worth sending.
const PROOF_MS: i64 = 9 * 60 * 1_000;

/// One report on its way.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Parcel {
    /// The report's id, made with the draft.
    pub(crate) id: String,
    /// When the writer sent it off, Unix milliseconds.
    pub(crate) made_ms: i64,
    /// Key of its category, for lists.
    pub(crate) category: String,
    /// What is sent; gone once it is received, so that the words do not stay on the phone.
    pub(crate) submission: Option<Submission>,
    /// Digests of photos that the server does not have yet.
    pub(crate) unsent: Vec<String>,
    /// Why photos were left out, one sentence each.
    pub(crate) left_out: Vec<String>,
    /// Solved while it was written, with the time of the challenge.
    pub(crate) proof: Option<(Proof, i64)>,
    /// Attempts that failed.
    pub(crate) failures: u32,
    /// The claim code, until the reader says that it is written down.
    pub(crate) code: Option<String>,
    /// Where it is.
    pub(crate) fate: Fate,
}

/// Where a report is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Fate {
    /// On this device, to be sent.
    Waiting,
    /// The server has said why not.
    Refused {
        /// What is wrong, in the writer's language.
        sentence: String,
        /// Field by field.
        faults: Vec<FieldFault>,
    },
    /// The server has it.
    Received {
        /// Its answer.
        receipt: Box<Receipt>,
    },
}

impl Parcel {
    /// True while it is to be sent.
    pub(crate) fn is_waiting(&self) -> bool {
        matches!(self.fate, Fate::Waiting)
    }

    /// The server's answer, once there is one.
    pub(crate) fn receipt(&self) -> Option<&Receipt> {
        match &self.fate {
            Fate::Received { receipt } => Some(receipt),
            Fate::Waiting | Fate::Refused { .. } => None,
        }
    }

    /// The proof, unless it has grown too old.
    pub(super) fn fresh_proof(&self, now_ms: i64) -> Option<Proof> {
        let (proof, made_ms) = self.proof.as_ref()?;
        (0..PROOF_MS).contains(&(now_ms - made_ms)).then(|| proof.clone())
    }

    /// Leaves out the first photo that is not sent, for the reason given.
    pub(super) fn leave_out_photo(&mut self, why: String) {
        if self.unsent.is_empty() {
            return;
        }
        let digest = self.unsent.remove(0);
        if let Some(submission) = &mut self.submission {
            submission.photos.retain(|known| *known != digest);
        }
        self.left_out.push(why);
    }

    /// Takes the answer over; nothing of what was written stays.
    pub(super) fn receive(&mut self, receipt: Receipt) {
        self.fate = Fate::Received { receipt: Box::new(receipt) };
        self.submission = None;
        self.proof = None;
    }
}

/// A claim code that the reader asked to keep on this device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct KeptCode {
    /// The report's id: the key.
    pub(crate) id: String,
    /// The claim code.
    pub(crate) code: String,
    /// The tracking number, once there is one.
    pub(crate) public_id: Option<String>,
    /// Key of the category.
    pub(crate) category: String,
    /// When it was sent off, Unix milliseconds.
    pub(crate) made_ms: i64,
}
