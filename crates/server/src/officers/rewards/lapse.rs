//! A reward that nobody claimed in time lapses by itself: the ledger says so, and so does the tracking page.

use domain::{
    ledger::LedgerActor,
    period::beijing_day,
    reward::{RewardActor, RewardRefusal, RewardRules, RewardState, RewardStep},
};
use jiff::Timestamp;
use store::{NewLedgerEntry, ReportChange, ReportRow, Seen, StoreError, View};

use crate::{app::App, cases::reward, officers::webhooks};

/// As colleagues read who changed a report last.
const BY: &str = "system";

/// Why one did not lapse.
#[derive(Debug, thiserror::Error)]
enum LapseError {
    /// It was claimed, declined or lapsed meanwhile.
    #[error("{0:?}")]
    Refused(RewardRefusal),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Lets every claim lapse whose last day is over; how many did. Twice the same moment changes nothing more.
///
/// # Errors
///
/// When the database cannot be read or written; what is left follows the next time.
pub async fn lapse(app: &App) -> Result<usize, StoreError> {
    let now = app.clock.now();
    let mut lapsed = 0;
    for due in app.store.rewards_lapsed(RewardState::AwaitingClaim, now).await? {
        let (rules, hooks) =
            (app.profile.reports.reward.clone(), app.config.reports.webhooks.clone());
        let decide = move |view: &View<'_>, report: &ReportRow| {
            let mut change = expired(view, report, &rules, now)?;
            change.jobs.extend(webhooks::jobs(&hooks, report, &change));
            Ok::<_, LapseError>(change)
        };
        match app.store.act_on_report(&due.report, Seen::Any, decide).await {
            Ok(_) => lapsed += 1,
            Err(LapseError::Refused(_)) => {}
            Err(LapseError::Store(error)) => return Err(error),
        }
    }
    Ok(lapsed)
}

fn expired(
    view: &View<'_>,
    report: &ReportRow,
    rules: &RewardRules,
    now: Timestamp,
) -> Result<ReportChange, LapseError> {
    let row = view.reward(&report.id)?;
    let (step, today) = (RewardStep::Expire, beijing_day(now));
    let (next, body) = reward::known(row.as_ref())
        .act(step, RewardActor::System, today, rules)
        .map_err(LapseError::Refused)?;
    let mut change = ReportChange::of(report, BY, &format!("reward_{}", body.kind()), now);
    change.reward = Some(reward::moved(row.as_ref(), &next, rules));
    change.ledger.push(NewLedgerEntry { at: now, actor: LedgerActor::System, body });
    Ok(change)
}
