//! The reward of a sample, decided by the demonstration's officers and claimed by its reporter, as any other.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use contract::{officer::RewardAct, report::HolderAct};
use domain::{
    reward::{Amount, CriterionKey, RewardAction, RewardState},
    role::Role,
};
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use store::{ReportRow, Staff};

use super::{id, said};
use crate::{app::App, officers::rewards::act::decide_at, reports::track::act::carry_out};

/// How far the reward of a sample has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Course {
    /// One of the rule's tiers in yuan; of no meaning where nothing is proposed.
    #[serde(default)]
    pub tier_yuan: i32,
    /// Where it stands.
    pub until: RewardState,
}

/// Plays the rewards of the profile's samples, once; the officers' accounts bear the names of their roles.
///
/// # Errors
///
/// When the rules of rewards refuse what the profile wants, or an officer is missing.
pub async fn play_rewards(app: &App) -> Result<()> {
    for (at, sample) in app.profile.reports.samples.iter().enumerate() {
        let Some(course) = sample.reward else { continue };
        let place = || format!("the reward of sample {at} of reports.toml");
        let report = id(at, sample).to_string();
        if app.store.reward(&report).await?.is_some() {
            continue;
        }
        for action in actions(course.until).with_context(place)? {
            take(app, &report, *action, course.tier_yuan).await.with_context(place)?;
        }
    }
    Ok(())
}

/// What leads to `state`.
fn actions(state: RewardState) -> Result<&'static [RewardAction]> {
    use RewardAction as A;
    const WHOLE: [RewardAction; 5] = [A::Propose, A::Approve, A::Notify, A::Claim, A::Pay];
    Ok(match state {
        RewardState::NotEligible => &[A::FindNotEligible],
        RewardState::Rejected => &[A::Propose, A::Reject],
        RewardState::Proposed => &WHOLE[..1],
        RewardState::Approved => &WHOLE[..2],
        RewardState::AwaitingClaim => &WHOLE[..3],
        RewardState::Claimed => &WHOLE[..4],
        RewardState::Paid => &WHOLE,
        other => anyhow::bail!("no sample's reward ends as `{}`", other.key()),
    })
}

async fn take(app: &App, report: &str, action: RewardAction, tier_yuan: i32) -> Result<()> {
    let row = app.store.report(report).await?.context("the sample is not stored")?;
    let when = next_hour(&row, app.clock.now());
    let version = u64::from(row.version);
    if action == RewardAction::Claim {
        return carry_out(app, report, version, HolderAct::Claim, when).await.map_err(said);
    }
    let voucher = app.store.reward(report).await?.and_then(|row| row.reward.voucher);
    let act = RewardAct {
        seen_version: version,
        action,
        basis: Some("clue".to_owned()),
        tier_fen: Some(Amount::from_yuan(tier_yuan).fen()),
        fine_fen: None,
        level: None,
        amount_fen: None,
        verdicts: found(action),
        voucher,
        reason: None,
    };
    let staff = officer(app, action).await?;
    decide_at(app, &staff, &row, act, when).await.map_err(said)
}

/// A little after the last change, and never in the future.
fn next_hour(row: &ReportRow, now: Timestamp) -> Timestamp {
    now.min(row.changed + SignedDuration::from_hours(3))
}

/// For a proposal, officers have found every condition met that facts leave open.
fn found(action: RewardAction) -> BTreeMap<String, String> {
    let wanted = CriterionKey::ALL.iter().filter(|_| action == RewardAction::Propose);
    wanted.map(|key| (key.key().to_owned(), "met".to_owned())).collect()
}

/// Three people, whose roles permit it.
async fn officer(app: &App, action: RewardAction) -> Result<Staff> {
    let role = match action {
        RewardAction::Approve | RewardAction::Reject | RewardAction::Notify => Role::Verifier,
        RewardAction::Pay => Role::Payer,
        _ => Role::Handler,
    };
    let staff = app.store.staff_by_name(role.key()).await?;
    staff.with_context(|| format!("no officer `{}`", role.key()))
}
