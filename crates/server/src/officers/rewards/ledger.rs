//! The ledger as officers see it, checked as it is read.

use contract::officer::{LedgerLine, LedgerView};
use domain::{
    canonical::hex,
    ledger::{Row, verify},
};
use store::LedgerEntry;

use crate::{app::App, cases::shown_id, problem::Problem};

/// Entries of one answer: those of many years.
const MOST: u32 = 100_000;

/// Every entry, and whether the chain holds.
pub async fn shown(app: &App) -> Result<LedgerView, Problem> {
    let entries = app.store.ledger(0, MOST).await?;
    let checked = verify(entries.iter().cloned().map(Row::from), &[]);
    let head = entries.last().map_or([0; 32], |entry| entry.hash);
    let broken = checked.err().map(|broken| (broken.index, broken.to_string()));
    Ok(LedgerView { entries: entries.into_iter().map(line).collect(), head: hex(&head), broken })
}

fn line(entry: LedgerEntry) -> LedgerLine {
    LedgerLine {
        seq: entry.number,
        at: entry.at,
        kind: entry.kind,
        public_id: shown_id(&entry.public_id),
        body: entry.body,
        hash: hex(&entry.hash),
    }
}
