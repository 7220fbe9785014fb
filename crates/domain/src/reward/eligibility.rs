//! Whether a report can be rewarded, item by item.

use serde::{Deserialize, Serialize};

use super::{Channel, CriterionKey, PayoutIdentity, RewardRules, explanations};
use crate::Text;

/// How the reporter appears.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Identity {
    /// No name; a claim code is the only way back.
    #[default]
    Anonymous,
    /// 实名.
    RealName,
}

/// What is known about one report when its reward is considered; `None` is "nobody has said yet".
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct EligibilityFacts {
    /// How the reporter appears.
    pub identity: Identity,
    /// It was accepted and not withdrawn.
    pub standing: Option<bool>,
    /// The reporter is a natural person.
    pub citizen: Option<bool>,
    /// The report reached an announced channel: handed over, or received by one.
    pub reached_channel: Option<bool>,
    /// It names a definite object and violation.
    pub definite_object: Option<bool>,
    /// The violation was found to be true, wholly or in part.
    pub founded: Option<bool>,
    /// The violation is one of the listed items.
    pub listed_violation: Option<bool>,
    /// It is the first valid report of the problem, alone or jointly.
    pub first_effective: Option<bool>,
    /// The same violation had been dealt with before and was committed again.
    pub repeat_offence: bool,
    /// The reporter is staff of an ecology authority or a relative.
    pub staff: Option<bool>,
    /// The reporter has a statutory duty to report.
    pub statutory_duty: Option<bool>,
    /// The matter was known, in handling or published before.
    pub known_matter: Option<bool>,
    /// The report is false, or paid for by somebody else.
    pub dishonest: Option<bool>,
    /// A dispute in which no law was broken.
    pub dispute: Option<bool>,
    /// The reporter does not want a reward.
    pub declined: bool,
}

named! {
    /// How one criterion came out.
    pub enum Verdict {
        /// 符合.
        Met = "met" "符合" "met";
        /// 不符合.
        NotMet = "not_met" "不符合" "not met";
        /// 待核实: a fact is missing.
        Unclear = "unclear" "待核实" "not clear yet";
        /// 不作要求: the rule is switched off.
        NotRequired = "not_required" "不作要求" "not required";
    }
}

/// One criterion with its verdict, as it is shown to officers and to the reporter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Criterion {
    /// What was looked at.
    pub key: CriterionKey,
    /// How it came out.
    pub verdict: Verdict,
    /// Why, in a sentence.
    pub explanation: Text,
    /// Where the rule comes from.
    pub source: Text,
    /// Whether the rule was read in the text in force.
    pub confirmed: bool,
}

named! {
    /// What all criteria together say.
    pub enum Outcome {
        /// 符合奖励.
        Eligible = "eligible" "符合奖励条件" "eligible";
        /// 不符合.
        NotEligible = "not_eligible" "不符合奖励条件" "not eligible";
        /// 待核实.
        Undecided = "undecided" "待核实" "not clear yet";
    }
}

/// Every criterion, in the order of [`CriterionKey`].
///
/// ```
/// # use domain::reward::{EligibilityFacts, Outcome, RewardRules, eligibility, outcome};
/// // Nothing is known yet: nothing speaks against it, nothing is decided.
/// let criteria = eligibility(&EligibilityFacts::default(), &RewardRules::default());
/// assert_eq!(outcome(&criteria), Outcome::Undecided);
/// ```
pub fn eligibility(facts: &EligibilityFacts, rules: &RewardRules) -> Vec<Criterion> {
    CriterionKey::ALL.iter().map(|key| criterion(*key, facts, rules)).collect()
}

fn criterion(key: CriterionKey, facts: &EligibilityFacts, rules: &RewardRules) -> Criterion {
    let verdict = verdict(key, facts, rules);
    let explanation = if excused(key, facts, rules) {
        explanations::repeat_offence()
    } else {
        explanations::explanation(key, verdict)
    };
    let (source, confirmed) = match key.switch(rules) {
        Some(switch) => (switch.label.clone(), switch.confirmed),
        None => (rules.edition.clone(), true),
    };
    Criterion { key, verdict, explanation, source, confirmed }
}

/// A known matter that is a repeated offence: its own rule lets it be rewarded again.
fn excused(key: CriterionKey, facts: &EligibilityFacts, rules: &RewardRules) -> bool {
    key == CriterionKey::KnownMatter
        && rules.exclusions.known_matter.enabled
        && rules.repeat_offence.enabled
        && facts.repeat_offence
        && facts.known_matter == Some(true)
}

fn verdict(key: CriterionKey, facts: &EligibilityFacts, rules: &RewardRules) -> Verdict {
    use CriterionKey as K;
    if excused(key, facts, rules) {
        return Verdict::Met;
    }
    // Whether a name is needed is what the switch of this one says; it is looked at in any case.
    if key != K::Identity && key.switch(rules).is_some_and(|switch| !switch.enabled) {
        return Verdict::NotRequired;
    }
    match key {
        K::Channel => match rules.channel {
            Channel::None => Verdict::NotMet,
            Channel::Handover => wanted(facts.reached_channel),
            Channel::Announced => Verdict::Met,
        },
        K::Standing => wanted(facts.standing),
        K::Citizen => wanted(facts.citizen),
        K::Identity => wanted(Some(identity_fits(facts.identity, rules))),
        K::DefiniteObject => wanted(facts.definite_object),
        K::Founded => wanted(facts.founded),
        K::ListedViolation => wanted(facts.listed_violation),
        K::FirstEffective => wanted(facts.first_effective),
        K::Staff => unwanted(facts.staff),
        K::StatutoryDuty => unwanted(facts.statutory_duty),
        K::KnownMatter => unwanted(facts.known_matter),
        K::Dishonest => unwanted(facts.dishonest),
        K::Dispute => unwanted(facts.dispute),
        K::Wanted => unwanted(Some(facts.declined)),
    }
}

fn identity_fits(identity: Identity, rules: &RewardRules) -> bool {
    let real_name_only = rules.payout_identity.get() == Some(&PayoutIdentity::RealNameOnly);
    match identity {
        Identity::RealName => true,
        Identity::Anonymous => rules.anonymous_allowed.enabled && !real_name_only,
    }
}

const fn wanted(fact: Option<bool>) -> Verdict {
    match fact {
        Some(true) => Verdict::Met,
        Some(false) => Verdict::NotMet,
        None => Verdict::Unclear,
    }
}

const fn unwanted(fact: Option<bool>) -> Verdict {
    match fact {
        Some(true) => Verdict::NotMet,
        Some(false) => Verdict::Met,
        None => Verdict::Unclear,
    }
}

/// What the criteria say together: one that is not met decides; else one that is unclear leaves it open.
pub fn outcome(criteria: &[Criterion]) -> Outcome {
    let has = |verdict| criteria.iter().any(|criterion| criterion.verdict == verdict);
    if has(Verdict::NotMet) {
        Outcome::NotEligible
    } else if has(Verdict::Unclear) {
        Outcome::Undecided
    } else {
        Outcome::Eligible
    }
}
