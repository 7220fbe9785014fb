//! The demonstration's officers: one for each role, with other passwords and authenticators at every start.

use std::fmt::Write;

use anyhow::Result;
use contract::officer::NewUser;
use domain::{Lang, role::Role};
use store::{StaffEdit, Store};

use crate::{
    app::App,
    officers::accounts::{Credentials, add, audit, reset},
};

/// Makes the accounts, or gives those of an earlier start new credentials; what is printed about them.
pub(super) async fn made(app: &App) -> Result<String> {
    let mut out =
        String::from("officers of this demonstration, at console/ (the code changes every 30 s):");
    for role in Role::ALL {
        let credentials = Credentials::random()?;
        account(app, *role, &credentials).await?;
        let (name, code) = (role.key(), credentials.totp.code_at(app.clock.now()));
        let (password, uri) = (&credentials.password, credentials.totp_uri(name));
        write!(out, "\n  {name:<13} {password}  {code}  {uri}")?;
    }
    Ok(out)
}

async fn account(app: &App, role: Role, credentials: &Credentials) -> Result<()> {
    let officers = app.officers().map_err(|problem| anyhow::anyhow!("{problem:?}"))?;
    let (name, by) = (role.key(), (None, app.clock.now()));
    let Some(staff) = app.store.staff_by_name(name).await? else {
        let display_name = format!("{}（演示）", role.name(Lang::Zh));
        let new =
            NewUser { name: name.to_owned(), display_name, department: None, roles: vec![role] };
        add(&app.store, officers.vault(), &new, credentials, false, by).await?;
        return Ok(());
    };
    reset(&app.store, officers.vault(), &staff, credentials, by).await?;
    unlocked(&app.store, name, by).await
}

/// Nobody who tries the demonstration is asked for a password of their own.
async fn unlocked(store: &Store, name: &str, by: (Option<i64>, jiff::Timestamp)) -> Result<()> {
    let Some(staff) = store.staff_by_name(name).await? else { return Ok(()) };
    let edit = StaffEdit {
        active: Some(true),
        password: Some((staff.password_hash.clone(), false)),
        ..StaffEdit::default()
    };
    let entry = audit(by, "user_enable", name, Some(staff.version), &serde_json::json!({}));
    store.update_staff(name, staff.version, edit, entry).await?;
    Ok(())
}
