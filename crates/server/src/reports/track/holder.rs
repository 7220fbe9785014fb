//! What the holder of a claim code may do with a report now, and why not what they may not.

use contract::report::OfferedAction;
use domain::{
    Lang, Text,
    period::beijing_day,
    report::{ActionKind, Actor, Refusal, may},
    reward::{Reward, RewardAction, RewardActor, RewardRefusal, RewardRules},
};
use jiff::Timestamp;
use store::Publication;

use crate::{
    app::App,
    cases::{File, facts, reward},
    problem::Problem,
};

/// What is offered, in the order shown; hiding is no action of officers' rules.
const OFFERED: [ActionKind; 5] = [
    ActionKind::Answer,
    ActionKind::AddEvidence,
    ActionKind::NotFixed,
    ActionKind::Withdraw,
    ActionKind::Hide,
];

/// Why something may not be done.
#[derive(Debug, Clone, thiserror::Error)]
pub(super) enum Refused {
    /// By the rules of reports.
    #[error(transparent)]
    Report(#[from] Refusal),
    /// By the rules of rewards.
    #[error("{0:?}")]
    Reward(RewardRefusal),
    /// It is hidden already, or never shown.
    #[error("there is no public copy to hide")]
    NothingToHide,
}

impl Refused {
    /// The sentence beside the button.
    pub(super) fn text(&self) -> Text {
        match self {
            Self::Report(refusal) => {
                Text::new(refusal.sentence(Lang::Zh), refusal.sentence(Lang::En))
            }
            Self::Reward(refusal) => {
                Text::new(refusal.sentence(Lang::Zh), refusal.sentence(Lang::En))
            }
            Self::NothingToHide => Text::new(
                "本件没有公开，也不会公开，无需隐藏。",
                "This report is not public and will not become public; there is nothing to hide.",
            ),
        }
    }
}

impl From<Refused> for Problem {
    fn from(refused: Refused) -> Self {
        Self::new(contract::problem::Code::NotPermitted).with(refused.text())
    }
}

/// A report in the hands of who holds its code.
pub(super) struct Holding<'a> {
    file: &'a File,
    rules: &'a RewardRules,
    now: Timestamp,
}

impl<'a> Holding<'a> {
    /// Now.
    pub(super) fn of(app: &'a App, file: &'a File) -> Self {
        Self::at(file, &app.profile.reports.reward, app.clock.now())
    }

    /// At `now`, by `rules`.
    pub(super) const fn at(file: &'a File, rules: &'a RewardRules, now: Timestamp) -> Self {
        Self { file, rules, now }
    }

    /// Whether the holder may do `kind`.
    pub(super) fn may(&self, kind: ActionKind) -> Result<(), Refused> {
        if kind == ActionKind::Hide {
            let shown = [Publication::Waiting, Publication::Published];
            let hides = shown.contains(&self.file.report.standing.publication);
            return if hides { Ok(()) } else { Err(Refused::NothingToHide) };
        }
        Ok(may(&facts::of(self.file), kind, Actor::Reporter, self.now)?)
    }

    /// The reward as the rules know it.
    pub(super) fn reward(&self) -> Reward {
        reward::known(self.file.reward.as_ref())
    }

    /// Whether the holder may do `action` to the reward.
    pub(super) fn may_reward(&self, action: RewardAction) -> Result<(), Refused> {
        let today = beijing_day(self.now);
        let may = self.reward().may(action, RewardActor::Reporter, today, self.rules);
        may.map_err(Refused::Reward)
    }

    /// Every action with why it may not be taken.
    pub(super) fn offered(&self) -> Vec<OfferedAction> {
        let offer = |action| OfferedAction {
            action,
            refusal: self.may(action).err().map(|refused| refused.text()),
        };
        OFFERED.map(offer).to_vec()
    }
}
