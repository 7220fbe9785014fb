//! The same done to several issues, each on its own: one that is refused does not hold up the others.

use contract::{
    officer::record::{ItemAct, ItemBulk, ItemBulkOutcome},
    problem::Code,
};
use domain::{Text, rectification::EventKind};

use super::{
    act::{carry_out, permitted},
    open,
};
use crate::{app::App, officers::session::Officer, problem::Problem};

/// Issues of one request at most.
const MOST: usize = 100;
/// What may be done without looking at each issue.
const ALLOWED: [EventKind; 7] = [
    EventKind::Assigned,
    EventKind::Reassigned,
    EventKind::DeadlineChanged,
    EventKind::Published,
    EventKind::Closed,
    EventKind::Linked,
    EventKind::Unlinked,
];

/// Does it to each issue.
pub async fn act(app: &App, officer: &Officer, bulk: ItemBulk) -> Result<ItemBulkOutcome, Problem> {
    permitted(officer, &bulk.body)?;
    if bulk.items.len() > MOST || !ALLOWED.contains(&bulk.body.kind()) {
        return Err(Problem::new(Code::NotPermitted).with(Text::new(
            format!("此操作须逐件办理；批量操作每次最多 {MOST} 件。"),
            format!("This is done issue by issue; at most {MOST} issues are done at once."),
        )));
    }
    let mut outcome = ItemBulkOutcome { done: 0, refused: Vec::new() };
    for (name, seen_version) in bulk.items {
        let act = ItemAct { seen_version, on: None, body: bulk.body.clone() };
        let acted = match open::number(&name) {
            Ok(number) => carry_out(app, officer, &number, act).await,
            Err(problem) => Err(problem),
        };
        match acted {
            Ok(()) => outcome.done += 1,
            Err(problem) => outcome.refused.push((name, problem.sentence())),
        }
    }
    Ok(outcome)
}
