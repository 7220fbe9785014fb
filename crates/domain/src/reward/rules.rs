//! The rules of rewards as configuration: each can be switched, names its source, and says whether anybody
//! has confirmed it.

use serde::{Deserialize, Serialize};

use super::Amount;
use crate::Text;

/// One rule with a value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule<T> {
    /// Whether the rule is applied.
    #[serde(default = "on")]
    pub enabled: bool,
    /// Whether the text in force was read and says so; `false` is labelled wherever the rule is shown.
    #[serde(default)]
    pub confirmed: bool,
    /// Where the rule comes from, shown beside it.
    pub label: Text,
    /// What it says.
    pub value: T,
}

/// One rule that is only on or off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Switch {
    /// Whether the rule is applied.
    #[serde(default = "on")]
    pub enabled: bool,
    /// Whether the text in force was read and says so; `false` is labelled wherever the rule is shown.
    #[serde(default)]
    pub confirmed: bool,
    /// Where the rule comes from, shown beside it.
    pub label: Text,
}

fn on() -> bool {
    true
}

impl<T> Rule<T> {
    /// The value, if the rule is applied.
    pub fn get(&self) -> Option<&T> {
        self.enabled.then_some(&self.value)
    }
}

/// What the portal is to the municipal reward scheme, 渝环规〔2025〕1号 art. 3.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// Reports are not handed on for a reward; nothing about rewards is shown.
    None,
    /// 转办: reports are handed to an announced channel, which decides.
    #[default]
    Handover,
    /// 公布渠道: the portal itself is announced as a channel.
    Announced,
}

named! {
    /// 突发环境事件分级.
    pub enum EmergencyLevel {
        /// 一般 (Ⅳ).
        General = "general" "一般（Ⅳ级）" "general (IV)";
        /// 较大 (Ⅲ).
        Larger = "larger" "较大（Ⅲ级）" "larger (III)";
        /// 重大 (Ⅱ).
        Major = "major" "重大（Ⅱ级）" "major (II)";
        /// 特别重大 (Ⅰ).
        Extreme = "extreme" "特别重大（Ⅰ级）" "extreme (I)";
    }
}

/// What helping to avert or find an environmental emergency early is worth, in fen.
///
/// A level without an amount of its own is decided by the officers, up to the maximum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EmergencyTable {
    /// The most for any level.
    pub maximum_fen: Amount,
    /// For 一般.
    #[serde(default)]
    pub general_fen: Option<Amount>,
    /// For 较大.
    #[serde(default)]
    pub larger_fen: Option<Amount>,
    /// For 重大.
    #[serde(default)]
    pub major_fen: Option<Amount>,
    /// For 特别重大.
    #[serde(default)]
    pub extreme_fen: Option<Amount>,
}

impl EmergencyTable {
    /// The amount of one level; `None` where the officers decide up to [`Self::maximum_fen`].
    pub fn amount(&self, level: EmergencyLevel) -> Option<Amount> {
        match level {
            EmergencyLevel::General => self.general_fen,
            EmergencyLevel::Larger => self.larger_fen,
            EmergencyLevel::Major => self.major_fen,
            EmergencyLevel::Extreme => self.extreme_fen,
        }
    }
}

/// How long a reward can be claimed after the notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClaimPeriod {
    /// Calendar months; the last day of a shorter month stands for a day it lacks.
    Months(u8),
    /// Working days.
    WorkingDays(u16),
}

/// What an anonymous payee must show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PayoutIdentity {
    /// The claim code at the counter is enough.
    CodeOnly,
    /// The claim code, and an identity sealed to the payer's key when the money is paid.
    #[default]
    CodeAndIdentity,
    /// Only a report under a real name is paid.
    RealNameOnly,
}

/// Who and what is never rewarded; usual elsewhere, not read in the text in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Exclusions {
    /// Staff of ecology authorities and their relatives.
    pub staff: Switch,
    /// Whoever has a statutory duty to report.
    pub statutory_duty: Switch,
    /// Matters known, in handling or published before the report.
    pub known_matter: Switch,
    /// False reports, and reports that somebody else paid for.
    pub dishonest: Switch,
    /// Disputes in which no law was broken.
    pub dispute: Switch,
}

/// Everything that decides about rewards. [`Default`] is Chongqing's rule of 2025 (渝环规〔2025〕1号) as far as
/// it could be read, the rest filled from precedents and marked unconfirmed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RewardRules {
    /// What the portal is to the scheme.
    pub channel: Channel,
    /// The edition of the rule, as shown.
    pub edition: Text,
    /// Rewards go to citizens 公民, not to organisations.
    pub citizens_only: Switch,
    /// A report without a name can be rewarded.
    pub anonymous_allowed: Switch,
    /// The report names a definite object and violation.
    pub definite_object: Switch,
    /// The violation is one of the listed items.
    pub listed_violation: Switch,
    /// The same violation after it was dealt with can be rewarded again.
    pub repeat_offence: Switch,
    /// 查实线索: the amounts an officer chooses from, in fen, rising.
    pub clue_tiers_fen: Rule<Vec<Amount>>,
    /// 处罚决定: this many thousandths of the fine.
    pub penalty_permille: Rule<u32>,
    /// 突发环境事件: by level.
    pub emergency: Rule<EmergencyTable>,
    /// The most that one case is worth, in fen.
    pub cap_fen: Rule<Amount>,
    /// 首位有效举报人: only the first valid report of a problem is rewarded.
    pub first_effective_only: Switch,
    /// Several grounds are not added, the highest applies.
    pub no_stacking: Switch,
    /// Joint reporters share equally.
    pub equal_shares: Switch,
    /// How long a reward can be claimed after the notice.
    pub claim_period: Rule<ClaimPeriod>,
    /// What an anonymous payee must show.
    pub payout_identity: Rule<PayoutIdentity>,
    /// Amounts are shown before tax 含税.
    pub gross: Switch,
    /// Who and what is never rewarded.
    pub exclusions: Exclusions,
}
