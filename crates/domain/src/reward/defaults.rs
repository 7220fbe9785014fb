//! The rules that apply where a profile says nothing else.

use super::{
    Amount, Channel, ClaimPeriod, EmergencyTable, Exclusions, PayoutIdentity, RewardRules, Rule,
    Switch,
};
use crate::Text;

/// Read in the text in force.
const CONFIRMED: bool = true;
/// Not read there: a precedent, or a choice of ours.
const ASSUMED: bool = false;

fn switch(confirmed: bool, zh: &str, en: &str) -> Switch {
    Switch { enabled: true, confirmed, label: Text::new(zh, en) }
}

fn rule<T>(confirmed: bool, value: T, zh: &str, en: &str) -> Rule<T> {
    Rule { enabled: true, confirmed, label: Text::new(zh, en), value }
}

impl Default for RewardRules {
    fn default() -> Self {
        Self {
            channel: Channel::Handover,
            edition: edition(),
            citizens_only: switch(
                CONFIRMED,
                "渝环规〔2025〕1号第二条",
                "Chongqing rule of 2025, art. 2",
            ),
            anonymous_allowed: switch(CONFIRMED, "渝环规〔2025〕1号", "Chongqing rule of 2025"),
            definite_object: switch(
                CONFIRMED,
                "渝环规〔2025〕1号第三条",
                "Chongqing rule of 2025, art. 3",
            ),
            listed_violation: switch(
                CONFIRMED,
                "渝环规〔2025〕1号，34 项情形（逐项文本未核）",
                "Chongqing rule of 2025, 34 items (their wording was not read)",
            ),
            repeat_offence: switch(CONFIRMED, "渝环规〔2025〕1号", "Chongqing rule of 2025"),
            clue_tiers_fen: clue_tiers(),
            penalty_permille: rule(
                CONFIRMED,
                50,
                "渝环规〔2025〕1号：罚款金额的 5%",
                "Chongqing rule of 2025: 5 % of the fine",
            ),
            emergency: emergency(),
            cap_fen: rule(
                ASSUMED,
                Amount::from_yuan(100_000),
                "推定：以突发环境事件最高 10 万元为单件上限",
                "assumed: the emergency maximum of 100,000 yuan caps every case",
            ),
            first_effective_only: switch(
                ASSUMED,
                "推定：参照重庆 2024 年有奖举报活动",
                "assumed: as in the Chongqing campaign of 2024",
            ),
            no_stacking: switch(
                ASSUMED,
                "推定：参照重庆 2024 年有奖举报活动，就高不累加",
                "assumed: as in the Chongqing campaign of 2024, the highest applies",
            ),
            equal_shares: switch(
                ASSUMED,
                "推定：参照洛阳，联名举报平均分配",
                "assumed: as in Luoyang, joint reporters share equally",
            ),
            claim_period: rule(
                ASSUMED,
                ClaimPeriod::Months(6),
                "推定：参照镇江，自通知起 6 个月",
                "assumed: as in Zhenjiang, 6 months from the notice",
            ),
            payout_identity: rule(
                ASSUMED,
                PayoutIdentity::CodeAndIdentity,
                "推定：匿名领取程序尚待市局明确",
                "assumed: how an anonymous payee identifies is not settled",
            ),
            gross: switch(
                ASSUMED,
                "推定：参照 2024 年自然保护地线索征集，金额含税",
                "assumed: amounts before tax, as in the call for protected areas of 2024",
            ),
            exclusions: Exclusions::default(),
        }
    }
}

fn edition() -> Text {
    Text::new(
        "《重庆市生态环境违法行为有奖举报办法（2025年版）》渝环规〔2025〕1号",
        "Chongqing rule on rewarded reporting of environmental violations (2025), 渝环规〔2025〕1号",
    )
}

fn clue_tiers() -> Rule<Vec<Amount>> {
    rule(
        CONFIRMED,
        [500, 1_000, 2_000].map(Amount::from_yuan).into(),
        "渝环规〔2025〕1号：查实线索 500 / 1000 / 2000 元",
        "Chongqing rule of 2025: verified clue 500 / 1,000 / 2,000 yuan",
    )
}

/// The amounts of the single levels were not read: officers decide up to the maximum.
fn emergency() -> Rule<EmergencyTable> {
    let table = EmergencyTable {
        maximum_fen: Amount::from_yuan(100_000),
        general_fen: None,
        larger_fen: None,
        major_fen: None,
        extreme_fen: None,
    };
    rule(
        CONFIRMED,
        table,
        "渝环规〔2025〕1号：最高 10 万元（分级金额未核）",
        "Chongqing rule of 2025: up to 100,000 yuan (the amounts by level were not read)",
    )
}

impl Default for Exclusions {
    fn default() -> Self {
        let usual = || {
            switch(ASSUMED, "推定：各地通行的不予奖励情形", "assumed: a usual exclusion elsewhere")
        };
        Self {
            staff: usual(),
            statutory_duty: usual(),
            known_matter: usual(),
            dishonest: usual(),
            dispute: usual(),
        }
    }
}
