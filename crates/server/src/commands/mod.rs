//! What each subcommand does. Results go to standard output, everything else to standard error.

pub mod demo;
mod demo_officers;
pub mod import;
pub mod keygen;
pub mod keys;
pub mod ledger;
pub mod maintenance;
pub mod open311_check;
pub mod serve;
pub mod users;

use std::{
    fs::File,
    io::Write,
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::{Context, Result};
use store::{Options, Store};

use crate::{
    cli::Configured,
    config::{self, Config},
    profile::Profile,
};

/// The database's name in the data folder.
const DATABASE: &str = "bilan.sqlite";

/// The database in a data folder.
pub fn database(data_dir: &Path) -> PathBuf {
    data_dir.join(DATABASE)
}

/// The configuration and the profile that a command names.
pub fn configured(place: &Configured) -> Result<(Config, Arc<Profile>)> {
    let mut config = config::load(&place.config, std::env::vars())?;
    if let Some(data_dir) = &place.data_dir {
        config.server.data_dir.clone_from(data_dir);
    }
    let profile = Profile::load(&config.server.profile)
        .with_context(|| format!("server.profile = \"{}\"", config.server.profile.display()))?;
    Ok((config, Arc::new(profile)))
}

/// Opens the database of a data folder, creating both.
pub async fn open(config: &Config) -> Result<Store> {
    let folder = &config.server.data_dir;
    std::fs::create_dir_all(folder)
        .with_context(|| format!("server.data_dir {} cannot be created", folder.display()))?;
    let options = Options {
        hot_days: config.store.hot_days,
        readers: config.store.readers,
        most_pages: most_pages(config.store.most_mebibytes),
        ..Options::at(database(folder))
    };
    Ok(Store::open(options).await?)
}

/// SQLite counts pages of 4 KiB.
fn most_pages(mebibytes: u32) -> Option<u32> {
    (mebibytes > 0).then(|| mebibytes.saturating_mul(256))
}

/// Holds a data folder for one writing process as long as it lives.
pub struct Held(#[expect(dead_code, reason = "the lock ends with the file")] File);

/// Takes a data folder for this process.
///
/// # Errors
///
/// When another process has it.
pub fn hold(data_dir: &Path) -> Result<Held> {
    std::fs::create_dir_all(data_dir)
        .with_context(|| format!("{} cannot be created", data_dir.display()))?;
    let path = data_dir.join("bilan.lock");
    let file = File::create(&path).with_context(|| path.display().to_string())?;
    file.try_lock().map_err(|_held| {
        anyhow::anyhow!("{} is in use by another bilan; stop it first", data_dir.display())
    })?;
    Ok(Held(file))
}

/// Writes a line to standard output.
pub fn say(line: &str) -> Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}")?;
    Ok(out.flush()?)
}

/// Writes a line to standard error.
pub fn note(line: &str) {
    // Whoever closed standard error does not want to know.
    let _ = writeln!(std::io::stderr().lock(), "{line}");
}
