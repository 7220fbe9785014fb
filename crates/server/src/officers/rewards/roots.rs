//! The end of the ledger of each day, published: whoever kept one can tell later whether the history is still the same.

use std::fmt::Write;

use domain::{canonical::hex, period::beijing_day};
use jiff::ToSpan;
use store::{LedgerRoot, StoreError};

use crate::app::App;

/// Notes where the ledger stood when yesterday ended, once. The log has it too: it lies outside the database.
///
/// # Errors
///
/// When the database cannot be written; then it is noted later.
pub async fn close_yesterday(app: &App) -> Result<Option<LedgerRoot>, StoreError> {
    let now = app.clock.now();
    let yesterday = beijing_day(now).saturating_sub(1.days());
    let root = app.store.close_ledger_day(yesterday, now).await?;
    if let Some(LedgerRoot { day, head }) = root {
        tracing::info!(%day, count = head.count, hash = hex(&head.hash), "the ledger of rewards at the end of the day");
    }
    Ok(root)
}

/// Every root as `bilan verify-ledger --published` reads them: the day as a remark, then count and hash.
///
/// # Errors
///
/// When the database cannot be read.
pub async fn published(app: &App) -> Result<String, StoreError> {
    let mut text = String::new();
    for LedgerRoot { day, head } in app.store.ledger_roots().await? {
        // Writing to a text does not fail.
        let _ = writeln!(text, "# {day}\n{} {}", head.count, hex(&head.hash));
    }
    Ok(text)
}
