//! Whether configured rules make sense, what follows from them, and how they are listed for readers.

use jiff::{ToSpan, civil::Date};
use serde::{Deserialize, Serialize};

use super::{Amount, ClaimPeriod, EmergencyLevel, RewardRules, Rule, Switch};
use crate::Text;

/// One rule as it is listed for readers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedRule {
    /// Its key in the configuration.
    pub key: String,
    /// Whether it is applied.
    pub enabled: bool,
    /// Whether the text in force was read and says so.
    pub confirmed: bool,
    /// Where it comes from.
    pub label: Text,
}

/// What is wrong with configured rules; for whoever wrote them.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RulesError {
    /// The tiers of a clue are missing, not above zero or not rising.
    #[error("clue_tiers_fen must be amounts above zero, rising, and at least one")]
    ClueTiers,
    /// A share above the whole.
    #[error("penalty_permille is {0}; more than 1000 thousandths of a fine cannot be paid")]
    Penalty(u32),
    /// A level of the emergency table is not above zero or above the maximum.
    #[error("emergency: every amount must be above zero and at most maximum_fen ({0} fen)")]
    Emergency(i64),
    /// The cap is not above zero.
    #[error("cap_fen is {0}; a cap must be above zero")]
    Cap(i64),
    /// Nobody could claim.
    #[error("claim_period must be at least one month or one working day")]
    ClaimPeriod,
}

impl RewardRules {
    /// The last day to claim after a notice on `notified`, both in Beijing time; `None` without a deadline.
    ///
    /// `add_working_days` knows the calendar of working days.
    pub fn claim_until(
        &self,
        notified: Date,
        add_working_days: impl FnOnce(Date, u16) -> Date,
    ) -> Option<Date> {
        match *self.claim_period.get()? {
            ClaimPeriod::Months(months) => {
                Some(notified.checked_add(i32::from(months).months()).unwrap_or(Date::MAX))
            }
            ClaimPeriod::WorkingDays(days) => Some(add_working_days(notified, days)),
        }
    }

    /// Whether the rules make sense together.
    ///
    /// # Errors
    ///
    /// The first that does not, by its key.
    pub fn check(&self) -> Result<(), RulesError> {
        let tiers = &self.clue_tiers_fen.value;
        let rising = tiers.windows(2).all(|pair| pair[0] < pair[1]);
        if !rising || tiers.first().is_none_or(|lowest| *lowest <= Amount::ZERO) {
            return Err(RulesError::ClueTiers);
        }
        if self.penalty_permille.value > 1000 {
            return Err(RulesError::Penalty(self.penalty_permille.value));
        }
        let table = self.emergency.value;
        let levels = EmergencyLevel::ALL.iter().filter_map(|level| table.amount(*level));
        let most = table.maximum_fen;
        if most <= Amount::ZERO || levels.into_iter().any(|fen| fen <= Amount::ZERO || fen > most) {
            return Err(RulesError::Emergency(most.fen()));
        }
        if self.cap_fen.value <= Amount::ZERO {
            return Err(RulesError::Cap(self.cap_fen.value.fen()));
        }
        match self.claim_period.value {
            ClaimPeriod::Months(0) | ClaimPeriod::WorkingDays(0) => Err(RulesError::ClaimPeriod),
            ClaimPeriod::Months(_) | ClaimPeriod::WorkingDays(_) => Ok(()),
        }
    }

    /// Every rule with its source, so that a page can say which of them nobody has confirmed.
    pub fn listed(&self) -> Vec<ListedRule> {
        let not = &self.exclusions;
        [
            self.citizens_only.listed("citizens_only"),
            self.anonymous_allowed.listed("anonymous_allowed"),
            self.definite_object.listed("definite_object"),
            self.listed_violation.listed("listed_violation"),
            self.repeat_offence.listed("repeat_offence"),
            self.clue_tiers_fen.listed("clue_tiers_fen"),
            self.penalty_permille.listed("penalty_permille"),
            self.emergency.listed("emergency"),
            self.cap_fen.listed("cap_fen"),
            self.first_effective_only.listed("first_effective_only"),
            self.no_stacking.listed("no_stacking"),
            self.equal_shares.listed("equal_shares"),
            self.claim_period.listed("claim_period"),
            self.payout_identity.listed("payout_identity"),
            self.gross.listed("gross"),
            not.staff.listed("exclusions.staff"),
            not.statutory_duty.listed("exclusions.statutory_duty"),
            not.known_matter.listed("exclusions.known_matter"),
            not.dishonest.listed("exclusions.dishonest"),
            not.dispute.listed("exclusions.dispute"),
        ]
        .into()
    }
}

impl<T> Rule<T> {
    fn listed(&self, key: &str) -> ListedRule {
        let (enabled, confirmed) = (self.enabled, self.confirmed);
        ListedRule { key: key.to_owned(), enabled, confirmed, label: self.label.clone() }
    }
}

impl Switch {
    fn listed(&self, key: &str) -> ListedRule {
        let (enabled, confirmed) = (self.enabled, self.confirmed);
        ListedRule { key: key.to_owned(), enabled, confirmed, label: self.label.clone() }
    }
}
