//! Why something cannot be done to a reward, in a sentence.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Amount, RewardAction, RewardState};
use crate::{Lang, Text};

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
    /// The reward has no last day to claim.
    NoDeadline,
    /// The voucher is not the one that was issued.
    WrongVoucher,
    /// Rewards are switched off for this district.
    NoChannel,
}

impl RewardRefusal {
    /// The sentence.
    pub fn sentence(&self, lang: Lang) -> String {
        let text = self.text();
        match lang {
            Lang::Zh => text.zh,
            Lang::En => text.en,
        }
    }

    /// The sentence in both languages.
    pub fn text(&self) -> Text {
        match self {
            Self::State { state, action } => Text::new(
                format!("奖励目前为“{}”，不能“{}”。", state.name(Lang::Zh), action.name(Lang::Zh)),
                format!(
                    "The reward is \"{}\"; it does not allow \"{}\".",
                    state.name(Lang::En),
                    action.name(Lang::En)
                ),
            ),
            Self::WrongActor { action } => wrong_actor(*action),
            Self::Amount { least_fen, most_fen } if least_fen == most_fen => Text::new(
                format!("按规则金额应为 {most_fen} 元。"),
                format!("By the rules the amount is {most_fen} yuan."),
            ),
            Self::Amount { least_fen, most_fen } => Text::new(
                format!("按规则金额应在 {least_fen} 元至 {most_fen} 元之间。"),
                format!("By the rules the amount is from {least_fen} to {most_fen} yuan."),
            ),
            Self::TooLate { last_day } => Text::new(
                format!("领取期限已于 {last_day} 届满。"),
                format!("The last day to claim was {last_day}."),
            ),
            Self::TooEarly { last_day } => Text::new(
                format!("领取期限至 {last_day}，尚未届满。"),
                format!("The reward can still be claimed until {last_day}."),
            ),
            other => {
                let (zh, en) = other.fixed();
                Text::new(zh, en)
            }
        }
    }

    /// The sentences without a value in them.
    const fn fixed(&self) -> (&'static str, &'static str) {
        match self {
            Self::OwnProposal => (
                "提出奖励的人员不能审批本人提出的奖励，须由另一人审批。",
                "Whoever proposed the reward cannot decide on it; a second officer must.",
            ),
            Self::OwnDecision => (
                "提出或批准奖励的人员不能发放该奖励，须由另一人发放。",
                "Whoever proposed or approved the reward cannot pay it; another officer must.",
            ),
            Self::NotEligible => (
                "尚有不符合或待核实的条件，不能提出奖励。",
                "A criterion is not met or not clear yet; no reward can be proposed.",
            ),
            Self::NoReason => (
                "认定不符合奖励条件须至少说明一项原因。",
                "Finding a report not eligible needs at least one reason.",
            ),
            Self::NoGround => (
                "按现有事实，规则中没有相应的奖励。",
                "For these facts the rules provide no reward.",
            ),
            Self::NoDeadline => ("该奖励没有领取期限。", "The reward has no last day to claim."),
            Self::WrongVoucher => (
                "凭证号与本件签发的不一致，请核对。",
                "The voucher number is not the one issued for this case; please compare them.",
            ),
            Self::NoChannel
            | Self::State { .. }
            | Self::WrongActor { .. }
            | Self::Amount { .. }
            | Self::TooLate { .. }
            | Self::TooEarly { .. } => (
                "本区未开通奖励申报，举报仅作线索受理、转办。",
                "This district hands no reports on for rewards; they are handled as clues.",
            ),
        }
    }
}

/// Who has to do it instead.
fn wrong_actor(action: RewardAction) -> Text {
    let (zh, en) = match action {
        RewardAction::Claim | RewardAction::Decline => {
            ("只能由举报人凭查询码操作。", "Only the reporter can do this, with the claim code.")
        }
        RewardAction::Expire => {
            ("期限届满后由系统办理。", "The portal does this by itself after the deadline.")
        }
        _ => ("只能由工作人员办理。", "Only an officer can do this."),
    };
    Text::new(zh, en)
}
