//! Why something cannot be done to a reward, in a sentence.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Amount, RewardAction, RewardState};
use crate::Lang;

/// Why an action on a reward is refused; printed beside the disabled button and answered by the server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum RewardRefusal {
    /// The state does not allow it.
    State {
        /// Where the reward stands.
        state: RewardState,
        /// What was asked.
        action: RewardAction,
    },
    /// Somebody else has to do it: the reporter, an officer, or the portal itself.
    WrongActor {
        /// What was asked.
        action: RewardAction,
    },
    /// The officer proposed the reward and cannot decide on it.
    OwnProposal,
    /// The officer proposed or approved the reward and cannot pay it.
    OwnDecision,
    /// The case is not closed as founded or partly founded.
    NotFounded,
    /// A criterion is not met or still unclear.
    NotEligible,
    /// A finding needs at least one reason.
    NoReason,
    /// The rules know no reward for these facts.
    NoGround,
    /// The rules allow other amounts.
    Amount {
        /// The least, in fen.
        least_fen: Amount,
        /// The most, in fen.
        most_fen: Amount,
    },
    /// The last day to claim has passed.
    TooLate {
        /// The last day, Beijing time.
        last_day: Date,
    },
    /// The last day to claim has not passed yet.
    TooEarly {
        /// The last day, Beijing time.
        last_day: Date,
    },
    /// The voucher is not the one that was issued.
    WrongVoucher,
    /// Rewards are switched off for this district.
    NoChannel,
}

impl RewardRefusal {
    /// The sentence.
    pub fn sentence(&self, lang: Lang) -> String {
        let _ = lang;
        todo!()
    }
}
