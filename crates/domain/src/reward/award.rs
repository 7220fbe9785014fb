//! How much a verified report comes to.

use serde::{Deserialize, Serialize};

use super::{Amount, EmergencyLevel, RewardRefusal, RewardRules};

/// What the officers found out that money depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct AwardFacts {
    /// The tier of the verified clue, counted from 0; `None` if the clue was not verified.
    pub clue_tier: Option<u8>,
    /// The fine of the penalty decision, in fen; `None` without a decision.
    pub fine_fen: Option<Amount>,
    /// The level of the emergency that was averted or found early.
    pub emergency: Option<EmergencyLevel>,
}

named! {
    /// Why money is due.
    pub enum Ground {
        /// 查实线索.
        Clue = "clue" "查实线索" "verified clue";
        /// 处罚决定.
        Penalty = "penalty" "处罚决定" "penalty decision";
        /// 突发环境事件.
        Emergency = "emergency" "突发环境事件" "environmental emergency";
    }
}

/// What the rules say a case is worth, before it is shared among joint reporters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Award {
    /// The grounds that count; one unless stacking is allowed.
    pub grounds: Vec<Ground>,
    /// The least that can be proposed, in fen.
    pub least_fen: Amount,
    /// The most that can be proposed, in fen; equal to the least unless the rules leave it open.
    pub most_fen: Amount,
    /// Whether the cap lowered it.
    pub capped: bool,
}

/// One ground with the least and the most it is worth.
type Worth = (Ground, Amount, Amount);

/// What the rules say the case is worth; `None` if no ground applies.
///
/// ```
/// # use domain::reward::{Amount, AwardFacts, RewardRules, award};
/// // A fine of 123,456.70 yuan: 5 % are more than the highest tier for a clue.
/// let facts = AwardFacts {
///     clue_tier: Some(2),
///     fine_fen: Some(Amount::from_fen(12_345_670)),
///     ..AwardFacts::default()
/// };
/// let award = award(&facts, &RewardRules::default()).expect("two grounds");
/// assert_eq!(award.most_fen.to_string(), "6172.84");
/// ```
pub fn award(facts: &AwardFacts, rules: &RewardRules) -> Option<Award> {
    let worth = [clue(facts, rules), penalty(facts, rules), emergency(facts, rules)];
    let worth: Vec<Worth> =
        worth.into_iter().flatten().filter(|(_, _, most)| *most > Amount::ZERO).collect();
    let highest = worth.iter().max_by_key(|(ground, _, most)| (*most, *ground))?;
    let (grounds, least, most) = if rules.no_stacking.enabled {
        let least = worth.iter().map(|(_, least, _)| *least).max()?;
        (vec![highest.0], least, highest.2)
    } else {
        let mut least = worth.iter().map(|(_, least, _)| *least);
        let mut most = worth.iter().map(|(_, _, most)| *most);
        let least = least.try_fold(Amount::ZERO, Amount::plus)?;
        let most = most.try_fold(Amount::ZERO, Amount::plus)?;
        (worth.iter().map(|(ground, _, _)| *ground).collect(), least, most)
    };
    let cap = rules.cap_fen.get().copied().unwrap_or(most);
    let capped = most > cap;
    Some(Award { grounds, least_fen: least.min(cap), most_fen: most.min(cap), capped })
}

fn clue(facts: &AwardFacts, rules: &RewardRules) -> Option<Worth> {
    let amount = *rules.clue_tiers_fen.get()?.get(usize::from(facts.clue_tier?))?;
    Some((Ground::Clue, amount, amount))
}

fn penalty(facts: &AwardFacts, rules: &RewardRules) -> Option<Worth> {
    let amount = facts.fine_fen?.permille(*rules.penalty_permille.get()?)?;
    Some((Ground::Penalty, amount, amount))
}

/// A level without an amount of its own is open from one fen to the maximum.
fn emergency(facts: &AwardFacts, rules: &RewardRules) -> Option<Worth> {
    let (table, level) = (rules.emergency.get()?, facts.emergency?);
    let worth = match table.amount(level) {
        Some(amount) => (amount.min(table.maximum_fen), amount.min(table.maximum_fen)),
        None => (Amount::from_fen(1), table.maximum_fen),
    };
    Some((Ground::Emergency, worth.0, worth.1))
}

/// Whether `proposed` is an amount the rules allow; answers the award it belongs to.
///
/// # Errors
///
/// A refusal that names the amounts that are allowed.
pub fn check_amount(
    proposed: Amount,
    facts: &AwardFacts,
    rules: &RewardRules,
) -> Result<Award, RewardRefusal> {
    let award = award(facts, rules).ok_or(RewardRefusal::NoGround)?;
    let (least_fen, most_fen) = (award.least_fen, award.most_fen);
    if proposed < least_fen || proposed > most_fen {
        return Err(RewardRefusal::Amount { least_fen, most_fen });
    }
    Ok(award)
}
