//! `bilan import`: recorded files through the same checks and the same channel as live data.

mod list;

use std::fs::File;

use anyhow::{Context, Result};
use ingest::import::{Format, Lookup, import};

use super::{configured, hold, say};
use crate::{
    cli::Import,
    portal::{Kind, Portal},
};

/// Reads the file and says what became of its rows.
pub async fn run(command: Import) -> Result<()> {
    if command.format == "rectification" {
        return list::run(command).await;
    }
    let (config, profile) = configured(&command.place)?;
    let _held = hold(&config.server.data_dir)?;
    let format = Format::from_key(&command.format)
        .with_context(|| format!("--format {}", command.format))?;
    let path = &command.path;
    let file = File::open(path).with_context(|| path.display().to_string())?;
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let portal = Portal::store_only(config, profile.clone(), Kind::Real).await?;
    let lookup = Lookup {
        knows_station: &|code| profile.station(code).is_some(),
        section_code: &|province, name| profile.section_code(province, name).map(str::to_owned),
    };
    let report = import(format, file, &name, &lookup, &portal.app.wiring("csv")).await;
    portal.stop().await?;
    say(&report?.to_string())
}
