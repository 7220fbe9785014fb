//! How much a verified report comes to.

use serde::{Deserialize, Serialize};

use super::{Amount, EmergencyLevel, RewardRefusal, RewardRules};

/// What the officers found out that money depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct AwardFacts {
    /// The tier of the verified clue, counted from 0; `None` if the clue was not verified.
    pub clue_tier: Option<u8>,
    /// The fine of the penalty decision, in fen; `None` without a decision.
    pub fine_fen: Option<Amount>,
    /// The level of the emergency that was averted or found early.
    pub emergency: Option<EmergencyLevel>,
}

/// Why money is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ground {
    /// 查实线索.
    Clue,
    /// 处罚决定.
    Penalty,
    /// 突发环境事件.
    Emergency,
}

/// What the rules say a case is worth, before it is shared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Award {
    /// The grounds that count, each with its amount; one unless stacking is allowed.
    pub ground: Ground,
    /// The least that can be proposed, in fen.
    pub least_fen: Amount,
    /// The most that can be proposed, in fen; equal to the least unless the rules leave it open.
    pub most_fen: Amount,
    /// Whether the cap lowered it.
    pub capped: bool,
}

/// What the rules say the case is worth; `None` if no ground applies.
pub fn award(facts: &AwardFacts, rules: &RewardRules) -> Option<Award> {
    let _ = (facts, rules);
    todo!()
}

/// Whether `proposed` is an amount the rules allow.
///
/// # Errors
///
/// A refusal that names the amounts that are allowed.
pub fn check_amount(
    proposed: Amount,
    facts: &AwardFacts,
    rules: &RewardRules,
) -> Result<(), RewardRefusal> {
    let _ = (proposed, facts, rules);
    todo!()
}
