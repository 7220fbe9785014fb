//! Logs on standard error, text or JSON.

use std::io;

use anyhow::{Context, Result};
use tracing_subscriber::EnvFilter;

use crate::config::Log;

/// Starts logging for this process.
pub(crate) fn start(log: &Log) -> Result<()> {
    let filter = EnvFilter::try_new(&log.filter).with_context(|| {
        format!("log.filter: \"{}\" is not a filter such as info,ingest=debug", log.filter)
    })?;
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr);
    let started = match log.format.as_str() {
        "json" => builder.json().try_init(),
        "text" => builder.with_ansi(false).try_init(),
        other => anyhow::bail!("log.format: \"{other}\" is neither text nor json"),
    };
    started.map_err(|error| anyhow::anyhow!("logging cannot start: {error}"))
}
