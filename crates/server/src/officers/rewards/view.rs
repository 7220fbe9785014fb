//! A reward as officers see it.

use contract::{
    officer::{OfferedReward, RewardCase, Rewards},
    report::CriterionView,
};
use domain::{
    Lang, Text,
    period::beijing_day,
    reward::{
        Amount, Candidate, Criterion, Outcome, RewardAction, RewardActor, RewardRefusal,
        RewardState, Verdict, award, eligibility, outcome,
    },
    role::Permission,
};
use jiff::Timestamp;
use serde::Deserialize;
use store::Page;

use super::facts;
use crate::{
    app::App,
    cases::{
        reward::{self, Kept},
        shown_id,
    },
    officers::{
        cases::file::{self, CaseFile},
        hands,
        names::Names,
        session::Officer,
    },
    problem::Problem,
    query::unknown,
};

/// Rewards of one answer.
const MOST: u32 = 200;

/// The parameters of the list.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct RewardParams {
    state: String,
}

/// Cases with a reward, the latest change first.
pub async fn listed(
    app: &App,
    officer: &Officer,
    params: &RewardParams,
) -> Result<Rewards, Problem> {
    let now = app.clock.now();
    let asked: Vec<&str> = params.state.split(',').filter(|key| !key.is_empty()).collect();
    let known = |key: &&str| {
        let allowed = || RewardState::ALL.iter().map(|state| state.key().to_owned()).collect();
        RewardState::from_key(key)
            .ok_or_else(|| Problem::parameter("state", unknown(key), allowed()))
    };
    let states = asked.iter().map(known).collect::<Result<Vec<_>, _>>()?;
    let rows = app.store.rewards(states, Page { number: 0, size: MOST }).await?;
    let by_state = app.store.rewards_by_state().await?;
    let staff = officer.staff.id;
    let files = app.store.look(move |view| {
        let mut files = Vec::new();
        for row in &rows {
            if let Some(report) = view.report(&row.report)? {
                let file = CaseFile::read(view, &report)?;
                let candidates = facts::candidates(view, &file)?;
                let doubles = facts::doubles(view, &file, staff)?;
                files.push((file, candidates, doubles));
            }
        }
        Ok(files)
    });
    let (files, names) = (files.await?, Names::of(app));
    let seen = files.iter().filter(|(file, ..)| file::sees(officer, &file.report));
    let rewards = seen.map(|(file, candidates, doubles)| {
        of(&names, (officer, doubles.as_slice()), file, candidates, now)
    });
    let rewards = rewards.collect();
    Ok(Rewards { server_time: now, by_state: by_state.into_iter().collect(), rewards })
}

/// A reward that nobody has considered.
pub fn none(file: &CaseFile) -> RewardCase {
    RewardCase {
        public_id: shown_id(&file.report.public_id),
        version: u64::from(file.report.version),
        state: RewardState::None,
        amount_fen: None,
        basis: None,
        edition: None,
        criteria: Vec::new(),
        proposed_by: None,
        approved_by: None,
        paid_by: None,
        claim_until: None,
        actions: Vec::new(),
    }
}

/// The reward of a case, for an officer and the accounts before that count as theirs.
pub fn of(
    names: &Names<'_>,
    officer: (&Officer, &[i64]),
    file: &CaseFile,
    candidates: &[Candidate],
    now: Timestamp,
) -> RewardCase {
    let (row, kept) = (file.reward.as_ref(), Kept::shown(file.reward.as_ref()));
    let reward = reward::known(row);
    let known = reward::eligibility(file, &kept, facts::first(file, candidates), names.rules);
    let criteria = eligibility(&known, names.rules);
    let people = row.map(|row| row.names.clone()).unwrap_or_default();
    let [proposed_by, approved_by, paid_by] = people;
    let today = beijing_day(now);
    let offer = |action| OfferedReward {
        action,
        refusal: refusal(&reward, action, officer, today, names, outcome(&criteria)),
    };
    RewardCase {
        state: reward.state,
        amount_fen: reward.amount_fen.map(Amount::fen),
        basis: award(&kept.facts, names.rules).map(|award| grounds(&award.grounds)),
        edition: Some(names.rules.edition.clone()),
        criteria: criteria.iter().map(criterion).collect(),
        proposed_by,
        approved_by,
        paid_by,
        claim_until: reward.claim_until,
        actions: officers().map(offer).collect(),
        ..none(file)
    }
}

/// What officers do to a reward; the rest is the reporter's and the portal's.
fn officers() -> impl Iterator<Item = RewardAction> {
    RewardAction::ALL.iter().copied().filter(|action| action.permission().is_some())
}

fn refusal(
    reward: &domain::reward::Reward,
    action: RewardAction,
    (officer, doubles): (&Officer, &[i64]),
    today: jiff::civil::Date,
    names: &Names<'_>,
    outcome: Outcome,
) -> Option<Text> {
    if let Some(needed) = action.permission().filter(|needed| !officer.roles.may(*needed)) {
        return Some(domain::report::Refusal::NoPermission(needs(needed)).text());
    }
    let may = reward.may(action, RewardActor::Officer(&officer.number()), today, names.rules);
    let one_person = doubles.iter().any(|staff| {
        let as_other = RewardActor::Officer(&staff.to_string());
        let own = [Err(RewardRefusal::OwnProposal), Err(RewardRefusal::OwnDecision)];
        own.contains(&reward.may(action, as_other, today, names.rules))
    });
    // What is unclear can be answered while proposing; what is not met cannot.
    match may {
        Ok(()) if action == RewardAction::Propose && outcome == Outcome::NotEligible => {
            Some(RewardRefusal::NotEligible.text())
        }
        Ok(()) if one_person => Some(hands::one_person()),
        may => may.err().map(|refusal| refusal.text()),
    }
}

/// The permission as a refusal names it.
pub const fn needs(permission: Permission) -> &'static [Permission] {
    match permission {
        Permission::ApproveReward => &[Permission::ApproveReward],
        Permission::PayReward => &[Permission::PayReward],
        _ => &[Permission::ProposeReward],
    }
}

fn grounds(grounds: &[domain::reward::Ground]) -> Text {
    let named = |lang: Lang, by: &str| {
        grounds.iter().map(|ground| ground.name(lang)).collect::<Vec<_>>().join(by)
    };
    Text::new(named(Lang::Zh, "、"), named(Lang::En, ", "))
}

fn criterion(criterion: &Criterion) -> CriterionView {
    CriterionView {
        key: criterion.key.key().to_owned(),
        verdict: verdict(criterion.verdict).to_owned(),
        explanation: criterion.explanation.clone(),
        confirmed: criterion.confirmed,
    }
}

const fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Met => "met",
        Verdict::NotMet => "not_met",
        Verdict::Unclear => "unclear",
        Verdict::NotRequired => "not_required",
    }
}
