//! What may be done to one reward, by whom and when.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{
    Amount, AwardFacts, Channel, CriterionKey, Outcome, RewardAction, RewardRefusal, RewardRules,
    RewardState, VoucherNumber, check_amount,
};
use crate::ledger::Body;

/// Who acts on a reward.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RewardActor<'a> {
    /// Whoever shows the claim code.
    Reporter,
    /// An officer, by the id of the account. Whether the role allows it is asked elsewhere.
    Officer(&'a str),
    /// The portal itself: deadlines.
    System,
}

/// An action with what it needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RewardStep {
    /// The report is not eligible, and why.
    FindNotEligible(Vec<CriterionKey>),
    /// The finding is taken back.
    Reconsider,
    /// An amount is proposed.
    Propose {
        /// In fen.
        amount_fen: Amount,
        /// What money depends on.
        facts: AwardFacts,
        /// What the criteria say.
        outcome: Outcome,
    },
    /// A second officer agrees.
    Approve,
    /// A second officer does not.
    Reject,
    /// The reporter is told.
    Notify {
        /// The last day to claim, by [`RewardRules::claim_until`].
        claim_until: Option<Date>,
    },
    /// The reporter claims and gets this voucher.
    Claim(VoucherNumber),
    /// The voucher that was shown is paid.
    Pay(VoucherNumber),
    /// The reporter does not want it.
    Decline,
    /// The deadline has passed.
    Expire,
}

/// One reward as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Reward {
    /// Where it stands.
    pub state: RewardState,
    /// What was proposed, in fen, before it is shared.
    pub amount_fen: Option<Amount>,
    /// Why the report is not eligible.
    pub reasons: Vec<CriterionKey>,
    /// The account that proposed.
    pub proposer: Option<String>,
    /// The account that approved.
    pub approver: Option<String>,
    /// The account that paid.
    pub payer: Option<String>,
    /// The last day to claim, Beijing time.
    pub claim_until: Option<Date>,
    /// What the reporter shows at the counter.
    pub voucher: Option<VoucherNumber>,
}

impl RewardStep {
    /// The action without what it needs.
    pub const fn action(&self) -> RewardAction {
        match self {
            Self::FindNotEligible(_) => RewardAction::FindNotEligible,
            Self::Reconsider => RewardAction::Reconsider,
            Self::Propose { .. } => RewardAction::Propose,
            Self::Approve => RewardAction::Approve,
            Self::Reject => RewardAction::Reject,
            Self::Notify { .. } => RewardAction::Notify,
            Self::Claim(_) => RewardAction::Claim,
            Self::Pay(_) => RewardAction::Pay,
            Self::Decline => RewardAction::Decline,
            Self::Expire => RewardAction::Expire,
        }
    }
}

impl Reward {
    /// Whether `actor` may do `action` on `today`, the day in Beijing, as far as it can be said before the
    /// details are known: the console's buttons.
    ///
    /// Whoever proposed neither approves, rejects nor pays; whoever approved does not pay. There is no
    /// setting that turns this off.
    ///
    /// # Errors
    ///
    /// Why not, in the order in which a person would notice: state, person, district, time.
    pub fn may(
        &self,
        action: RewardAction,
        actor: RewardActor<'_>,
        today: Date,
        rules: &RewardRules,
    ) -> Result<(), RewardRefusal> {
        if !self.state.allows(action) {
            return Err(RewardRefusal::State { state: self.state, action });
        }
        self.may_person(action, actor)?;
        if action == RewardAction::Propose && rules.channel == Channel::None {
            return Err(RewardRefusal::NoChannel);
        }
        self.may_today(action, today)
    }

    fn may_person(
        &self,
        action: RewardAction,
        actor: RewardActor<'_>,
    ) -> Result<(), RewardRefusal> {
        use RewardAction as A;
        let wrong = Err(RewardRefusal::WrongActor { action });
        let is = |person: &Option<String>, id: &str| person.as_deref() == Some(id);
        match (action, actor) {
            (A::Claim | A::Decline, RewardActor::Reporter) => Ok(()),
            (A::Expire | A::Notify, RewardActor::System) => Ok(()),
            (_, RewardActor::Reporter | RewardActor::System) => wrong,
            (A::Claim | A::Decline | A::Expire, RewardActor::Officer(_)) => wrong,
            // Without a known first person there is no second one.
            (A::Approve | A::Reject, RewardActor::Officer(id)) => match &self.proposer {
                Some(proposer) if proposer != id => Ok(()),
                _ => Err(RewardRefusal::OwnProposal),
            },
            (A::Pay, RewardActor::Officer(id)) => {
                let known = self.proposer.is_some() && self.approver.is_some();
                if !known || is(&self.proposer, id) || is(&self.approver, id) {
                    return Err(RewardRefusal::OwnDecision);
                }
                Ok(())
            }
            (
                A::FindNotEligible | A::Reconsider | A::Propose | A::Notify,
                RewardActor::Officer(_),
            ) => Ok(()),
        }
    }

    fn may_today(&self, action: RewardAction, today: Date) -> Result<(), RewardRefusal> {
        match (action, self.claim_until) {
            (RewardAction::Claim, Some(last_day)) if today > last_day => {
                Err(RewardRefusal::TooLate { last_day })
            }
            (RewardAction::Expire, Some(last_day)) if today <= last_day => {
                Err(RewardRefusal::TooEarly { last_day })
            }
            (RewardAction::Expire, None) => Err(RewardRefusal::NoDeadline),
            _ => Ok(()),
        }
    }

    /// The reward after `step`, and what to write into the ledger about it.
    ///
    /// # Errors
    ///
    /// What [`Self::may`] refuses, and what the details refuse: an amount the rules do not allow, a report
    /// that is not eligible, a finding without a reason, another voucher.
    pub fn act(
        &self,
        step: RewardStep,
        actor: RewardActor<'_>,
        today: Date,
        rules: &RewardRules,
    ) -> Result<(Self, Body), RewardRefusal> {
        let action = step.action();
        self.may(action, actor, today, rules)?;
        let refused = |_| RewardRefusal::State { state: self.state, action };
        let mut next = Self { state: self.state.apply(action).map_err(refused)?, ..self.clone() };
        let person = match actor {
            RewardActor::Officer(id) => Some(id.to_owned()),
            RewardActor::Reporter | RewardActor::System => None,
        };
        let body = match step {
            RewardStep::FindNotEligible(reasons) => next.find_not_eligible(reasons)?,
            RewardStep::Reconsider => next.reconsider(),
            RewardStep::Propose { amount_fen, facts, outcome } => {
                if outcome != Outcome::Eligible {
                    return Err(RewardRefusal::NotEligible);
                }
                let grounds = check_amount(amount_fen, &facts, rules)?.grounds;
                next = Self { state: next.state, proposer: person, ..Self::default() };
                next.amount_fen = Some(amount_fen);
                Body::Proposed { amount_fen, grounds }
            }
            RewardStep::Approve => {
                next.approver = person;
                Body::Approved { amount_fen: self.amount_fen.unwrap_or_default() }
            }
            RewardStep::Reject => Body::Rejected,
            RewardStep::Notify { claim_until } => {
                next.claim_until = claim_until;
                Body::Notified { claim_until }
            }
            RewardStep::Claim(voucher) => {
                next.voucher = Some(voucher.clone());
                Body::VoucherIssued { voucher }
            }
            RewardStep::Pay(voucher) => {
                next.payer = person;
                self.pay(voucher)?
            }
            RewardStep::Decline => Body::Declined,
            RewardStep::Expire => Body::Expired,
        };
        Ok((next, body))
    }

    fn find_not_eligible(&mut self, reasons: Vec<CriterionKey>) -> Result<Body, RewardRefusal> {
        if reasons.is_empty() {
            return Err(RewardRefusal::NoReason);
        }
        self.reasons.clone_from(&reasons);
        Ok(Body::Eligibility { outcome: Outcome::NotEligible, reasons })
    }

    fn reconsider(&mut self) -> Body {
        self.reasons.clear();
        Body::Eligibility { outcome: Outcome::Undecided, reasons: Vec::new() }
    }

    fn pay(&self, voucher: VoucherNumber) -> Result<Body, RewardRefusal> {
        if self.voucher.as_ref() != Some(&voucher) {
            return Err(RewardRefusal::WrongVoucher);
        }
        Ok(Body::Paid { voucher, amount_fen: self.amount_fen.unwrap_or_default() })
    }
}
