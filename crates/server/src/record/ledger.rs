//! The ledger's figures and list as of a day: one function for page, file, badge and embed.

use std::collections::BTreeMap;

use contract::rectification::{ItemLine, Ledger, LedgerHead, NamedUnit};
use domain::{
    canonical::hex,
    ledger::Head,
    rectification::{Standing, month_ends},
};
use jiff::civil::Date;
use store::ItemRow;

use super::{register, unit_name};
use crate::{app::App, problem::Problem};

/// The ledger at the end of `day`.
///
/// # Errors
///
/// When the store cannot answer.
pub async fn as_of(app: &App, day: Date) -> Result<Ledger, Problem> {
    let register = register(app).await?;
    let head = app.store.rectification_head().await?;
    let rows = app.store.items().await?;
    let rows: BTreeMap<&str, &ItemRow> =
        rows.iter().map(|row| (row.number.as_str(), row)).collect();
    let statistics = register.statistics(day, None);
    let timeline = match register.span() {
        Some((first, _)) if first <= day => register.timeline(&month_ends(first, day)),
        _ => Vec::new(),
    };
    let items: Vec<ItemLine> = register
        .standings(day)
        .filter_map(|standing| Some(line(&standing, rows.get(standing.item.as_str())?)))
        .collect();
    let units = statistics
        .by_unit
        .iter()
        .map(|group| NamedUnit {
            key: group.key.clone(),
            name: unit_name(&app.profile, &group.key),
        })
        .collect();
    let simulated = rows.values().any(|row| row.simulated);
    Ok(Ledger {
        meta: app.meta(simulated),
        statistics,
        timeline,
        units,
        items,
        head: shown(head, None),
    })
}

/// One issue in a list, as it stood.
pub fn line(standing: &Standing<'_>, row: &ItemRow) -> ItemLine {
    ItemLine {
        number: row.number.clone(),
        title: row.title.clone(),
        title_en: row.title_en.clone(),
        source: standing.source,
        batch: row.batch.clone(),
        medium: standing.medium,
        unit: standing.unit.map(str::to_owned),
        state: standing.state,
        found: standing.found,
        due: standing.due,
        closed: standing.closed,
        overdue: standing.overdue,
        origin: row.origin,
    }
}

/// A head as it is published.
pub fn shown(head: Head, day: Option<Date>) -> LedgerHead {
    LedgerHead { day, count: head.count, hash: hex(&head.hash) }
}
