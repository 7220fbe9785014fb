//! A sealed contact is handed out: with a reason, into the history and the audit log first.

use contract::{
    officer::{CaseAct, SealedIdentity, Unsealing},
    problem::Code,
};
use domain::report::ActionKind;
use store::NewAudit;

use super::{act::carry_out, file};
use crate::{app::App, officers::session::Officer, problem::Problem};

/// The sealed bytes of who reported; the server cannot open them.
pub async fn taken(
    app: &App,
    officer: &Officer,
    public_id: &str,
    unsealing: Unsealing,
) -> Result<SealedIdentity, Problem> {
    let report = file::found(app, officer, public_id).await?;
    let reason = unsealing.reason.trim().to_owned();
    let act = CaseAct {
        seen_version: u64::from(report.version),
        action: ActionKind::Unseal,
        reason: Some(reason.clone()),
        finding: None,
        department: None,
        assignee: None,
        other: None,
        text: None,
        photos: Vec::new(),
        public_text: None,
        public_photos: Vec::new(),
    };
    carry_out(app, officer, &report, act, report.version).await?;
    let entry = NewAudit {
        at: app.clock.now(),
        staff: Some(officer.staff.id),
        action: "identity_taken".into(),
        subject: report.public_id.clone(),
        version: Some(report.version),
        body: serde_json::json!({ "reason": reason }).to_string(),
    };
    let contact = app.store.take_contact(&report.id, entry).await?;
    let contact = contact.ok_or_else(|| Problem::new(Code::NotFound))?;
    let sealed = String::from_utf8(contact.sealed).map_err(Problem::internal)?;
    Ok(SealedIdentity { sealed })
}
