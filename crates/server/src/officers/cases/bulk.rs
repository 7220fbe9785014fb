//! The same action on several cases, each on its own: one that is refused does not hold up the others.

use contract::{
    officer::{BulkAct, BulkOutcome},
    problem::Code,
};
use domain::{Text, report::ActionKind};

use super::{act::carry_out, file};
use crate::{app::App, officers::session::Officer, problem::Problem};

/// Cases of one request at most.
const MOST: usize = 100;
/// What may be done without looking at each case.
const ALLOWED: [ActionKind; 8] = [
    ActionKind::Accept,
    ActionKind::Refuse,
    ActionKind::Dispatch,
    ActionKind::Merge,
    ActionKind::Link,
    ActionKind::Note,
    ActionKind::Prioritise,
    ActionKind::Hide,
];

/// Carries the action out on each case.
pub async fn act(app: &App, officer: &Officer, bulk: BulkAct) -> Result<BulkOutcome, Problem> {
    if bulk.cases.len() > MOST || !ALLOWED.contains(&bulk.act.action) {
        return Err(Problem::new(Code::NotPermitted).with(Text::new(
            format!("此操作须逐件办理；批量操作每次最多 {MOST} 件。"),
            format!("This is done case by case; at most {MOST} cases are done at once."),
        )));
    }
    let mut outcome = BulkOutcome { done: Vec::new(), refused: Vec::new() };
    for (public_id, seen) in bulk.cases {
        let acted = match file::found(app, officer, &public_id).await {
            Ok(report) => {
                let seen = u32::try_from(seen).unwrap_or(u32::MAX);
                carry_out(app, officer, &report, bulk.act.clone(), seen).await
            }
            Err(problem) => Err(problem),
        };
        match acted {
            Ok(()) => outcome.done.push(public_id),
            Err(problem) => outcome.refused.push((public_id, problem.sentence())),
        }
    }
    Ok(outcome)
}
