//! `bilan backup`, `restore` and `rebuild`.

use anyhow::Result;
use store::{Contents, Overwrite};

use super::{configured, database, hold, open, say};
use crate::{
    cli::{Backup, Configured, Restore},
    clock,
};

/// Copies the database, in use or not, and checks the copy.
pub fn backup(command: &Backup) -> Result<()> {
    let (config, _) = configured(&command.place)?;
    let contents = store::backup(&database(&config.server.data_dir), &command.to)?;
    say(&format!("{}: {}", command.to.display(), described(contents)))
}

/// Puts a checked copy in the database's place.
pub fn restore(command: &Restore) -> Result<()> {
    let (config, _) = configured(&command.place)?;
    let _held = hold(&config.server.data_dir)?;
    let overwrite = if command.replace { Overwrite::Replace } else { Overwrite::Refuse };
    let to = database(&config.server.data_dir);
    let contents = store::restore(&command.from, &to, overwrite)?;
    say(&format!("{}: {}", to.display(), described(contents)))
}

/// Computes everything derived anew.
pub async fn rebuild(place: &Configured) -> Result<()> {
    let (config, _) = configured(place)?;
    let _held = hold(&config.server.data_dir)?;
    let store = open(&config).await?;
    store.rebuild(clock::now()).await?;
    store.integrity_check().await?;
    store.close().await?;
    say("everything derived has been computed anew; the database is sound")
}

fn described(contents: Contents) -> String {
    let Contents { stations, observations, corrections, reports, bytes, .. } = contents;
    format!(
        "{stations} stations, {observations} observations, {corrections} corrections, {reports} reports, {bytes} bytes, checked"
    )
}
