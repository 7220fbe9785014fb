//! Whether a report can be rewarded, item by item.

use serde::{Deserialize, Serialize};

use super::RewardRules;
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

/// What is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CriterionKey {
    /// The portal hands reports to an announced channel or is one.
    Channel,
    /// The reporter is a citizen.
    Citizen,
    /// The way the reporter appears can be rewarded.
    Identity,
    /// A definite object and violation.
    DefiniteObject,
    /// Found to be true.
    Founded,
    /// One of the listed items.
    ListedViolation,
    /// The first valid report.
    FirstEffective,
    /// Not staff or a relative.
    Staff,
    /// No statutory duty to report.
    StatutoryDuty,
    /// Not known before.
    KnownMatter,
    /// Neither false nor paid for.
    Dishonest,
    /// Not a mere dispute.
    Dispute,
    /// The reporter wants it.
    Wanted,
}

/// How one criterion came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// 符合.
    Met,
    /// 不符合.
    NotMet,
    /// 待核实: a fact is missing.
    Unclear,
    /// 不作要求: the rule is switched off.
    NotRequired,
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

/// What all criteria together say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// 符合奖励.
    Eligible,
    /// 不符合.
    NotEligible,
    /// 待核实.
    Undecided,
}

/// Every criterion, in the order of [`CriterionKey`].
pub fn eligibility(facts: &EligibilityFacts, rules: &RewardRules) -> Vec<Criterion> {
    let _ = (facts, rules);
    todo!()
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
