//! `bilan user`: accounts of staff. Passwords and authenticator secrets are shown once and kept by nobody.

use std::fmt::Write;

use anyhow::{Context, Result};
use contract::officer::NewUser;
use domain::role::RoleSet;
use store::{Staff, StaffEdit, Store};

use super::{configured, open, say};
use crate::{
    cli::{Configured, UserCommand},
    clock,
    config::Config,
    keys,
    officers::{
        accounts::{self, Credentials, add, audit, is_name, reset},
        vault::Vault,
    },
};

/// Carries out `bilan user …`.
pub async fn run(command: UserCommand) -> Result<()> {
    match command {
        UserCommand::Add { place, name, display_name, roles, department } => {
            let (config, profile) = configured(&place)?;
            if let Some(key) = &department {
                let known = profile.reports.department(key).is_some();
                anyhow::ensure!(known, "\"{key}\" is not a department of the profile");
            }
            let display_name = display_name.unwrap_or_else(|| name.clone());
            let roles = RoleSet::parse(&roles.join(","))?;
            let new = NewUser { name, display_name, department, roles: roles.iter().collect() };
            say(&added(&open(&config).await?, &vault(&config)?, &new).await?)
        }
        UserCommand::List { place } => say(&list(&opened(&place).await?).await?),
        UserCommand::Disable { place, name } => {
            let store = opened(&place).await?;
            let staff = named(&store, &name).await?;
            let edit = StaffEdit { active: Some(false), ..StaffEdit::default() };
            let entry =
                audit(by(), "user_disable", &name, Some(staff.version), &serde_json::json!({}));
            store.update_staff(&name, staff.version, edit, entry).await?;
            say(&format!("disabled {name}; its sessions have ended"))
        }
        UserCommand::Reset { place, name } => {
            let (config, _) = configured(&place)?;
            let (store, vault) = (open(&config).await?, vault(&config)?);
            let (staff, credentials) = (named(&store, &name).await?, Credentials::random()?);
            let staff = reset(&store, &vault, &staff, &credentials, by()).await?;
            let edit = StaffEdit { active: Some(true), ..StaffEdit::default() };
            let entry =
                audit(by(), "user_enable", &name, Some(staff.version), &serde_json::json!({}));
            store.update_staff(&name, staff.version, edit, entry).await?;
            say(&shown(&name, &credentials))
        }
    }
}

/// The command line acts for nobody known.
fn by() -> (Option<i64>, jiff::Timestamp) {
    (None, clock::now())
}

fn vault(config: &Config) -> Result<Vault> {
    Ok(Vault::new(&keys::read(&config.server.data_dir)?.session))
}

async fn opened(place: &Configured) -> Result<Store> {
    let (config, _) = configured(place)?;
    open(&config).await
}

async fn named(store: &Store, name: &str) -> Result<Staff> {
    store.staff_by_name(name).await?.with_context(|| format!("no account is named \"{name}\""))
}

async fn added(store: &Store, vault: &Vault, new: &NewUser) -> Result<String> {
    anyhow::ensure!(
        is_name(&new.name),
        "\"{}\" cannot be a name: 2 to 32 characters of a-z, 0-9 and . _ -, beginning with a letter",
        new.name
    );
    let credentials = Credentials::random()?;
    add(store, vault, new, &credentials, true, by()).await?;
    Ok(shown(&new.name, &credentials))
}

/// What is handed to the person, once.
fn shown(name: &str, credentials: &Credentials) -> String {
    format!(
        "name\t{name}\npassword\t{}\nauthenticator\t{}",
        credentials.password,
        credentials.totp_uri(name)
    )
}

async fn list(store: &Store) -> Result<String> {
    let mut out = String::from("name\tshown as\troles\tdepartment\tstate\tlast sign-in");
    for staff in store.all_staff().await? {
        let roles = accounts::roles(&staff).map_err(|problem| anyhow::anyhow!("{problem:?}"))?;
        let state = if staff.active { "active" } else { "disabled" };
        let seen = staff.signed_in.map_or_else(|| "-".to_owned(), |at| at.to_string());
        let department = staff.department.as_deref().unwrap_or("-");
        let (name, shown) = (&staff.name, &staff.display_name);
        write!(out, "\n{name}\t{shown}\t{roles}\t{department}\t{state}\t{seen}")?;
    }
    Ok(out)
}
