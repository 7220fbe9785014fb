//! The audit log as those read it who may.

use contract::officer::{AuditLine, AuditPage};
use serde::Deserialize;
use store::{AuditEntry, AuditFilter, Page};

use super::cases::inbox::{day, number, number_or_text};
use crate::{app::App, problem::Problem};

/// Lines of a page.
const PAGE: u32 = 100;

/// Which lines.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct AuditParams {
    actor: String,
    action: String,
    subject: String,
    from: String,
    to: String,
    page: String,
}

/// A page of the lines asked for, newest first.
pub async fn shown(app: &App, params: AuditParams) -> Result<AuditPage, Problem> {
    let page = number(&params.page)?;
    let some = |text: String| Some(text).filter(|text| !text.is_empty());
    let (from, to) = (day("from", &params.from, false)?, day("to", &params.to, true)?);
    let filter = AuditFilter {
        staff_name: some(params.actor),
        action: some(params.action),
        subject: some(number_or_text(params.subject)),
        from,
        to,
    };
    let asked = Page { number: page - 1, size: PAGE };
    let found = app.store.audit_entries(filter, asked).await?;
    let entries = found.entries.into_iter().map(line).collect();
    Ok(AuditPage { total: found.total, page, page_size: PAGE, entries })
}

fn line(entry: AuditEntry) -> AuditLine {
    AuditLine {
        id: entry.id.unsigned_abs(),
        at: entry.entry.at,
        actor: entry.staff_name.unwrap_or_else(|| "system".to_owned()),
        action: entry.entry.action,
        subject: entry.entry.subject,
        detail: entry.entry.body,
    }
}
