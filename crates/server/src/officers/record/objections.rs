//! Objections as officers read them.

use contract::{
    officer::{
        SealedIdentity, Unsealing,
        record::{OfficerObjection, OpenObjections},
    },
    problem::Code,
};
use domain::{
    privacy::mask,
    rectification::ItemNumber,
    report::{ActionKind, Refusal},
    role::Permission,
};
use store::{NewAudit, Objection};

use super::{act::fault, seen, sees};
use crate::{app::App, officers::session::Officer, problem::Problem};

/// Objections that wait for an answer, of the issues that the officer sees.
pub async fn open(app: &App, officer: &Officer) -> Result<OpenObjections, Problem> {
    let looked = app.store.look(|view| {
        let with_unit = view.open_objections()?.into_iter().map(|objection| {
            let unit = view.item(&objection.item)?.and_then(|row| row.unit);
            Ok((objection, unit))
        });
        with_unit.collect::<Result<Vec<_>, store::StoreError>>()
    });
    let all = looked.await?.into_iter();
    let seen = all.filter(|(_, unit)| sees(officer, unit.as_deref()));
    Ok(OpenObjections { objections: seen.map(|(one, _)| shown(officer, one)).collect() })
}

/// One objection. Its own words are for those who answer it and those who look after them; a reader may have put more into
/// them than they meant to.
pub fn shown(officer: &Officer, objection: Objection) -> OfficerObjection {
    let reads =
        officer.roles.may(Permission::StrikeOff) || officer.roles.may(Permission::ReadAudit);
    OfficerObjection {
        item: objection.item,
        objection: objection.number,
        at: objection.at,
        masked: objection.text.as_deref().map(mask),
        text: objection.text.filter(|_| reads),
        has_contact: objection.has_contact,
        upheld: objection.upheld,
    }
}

/// The sealed contact of who objected, into the audit log first; the server cannot open it.
pub async fn contact(
    app: &App,
    officer: &Officer,
    number: &ItemNumber,
    objection: u32,
    unsealing: Unsealing,
) -> Result<SealedIdentity, Problem> {
    let row = seen(officer, app.store.item(number.as_str()).await?)?;
    let reason = unsealing.reason.trim();
    if reason.is_empty() {
        return Err(fault("reason", Refusal::NoText(ActionKind::Unseal).text()));
    }
    let entry = NewAudit {
        at: app.clock.now(),
        staff: Some(officer.staff.id),
        action: "objection_contact_taken".to_owned(),
        subject: row.number.clone(),
        version: Some(row.version),
        body: serde_json::json!({ "objection": objection, "reason": reason }).to_string(),
    };
    let sealed = app.store.take_objection_contact(&row.number, objection, entry).await?;
    let sealed = sealed.ok_or_else(|| Problem::new(Code::NotFound))?;
    Ok(SealedIdentity { sealed: String::from_utf8(sealed).map_err(Problem::internal)? })
}
