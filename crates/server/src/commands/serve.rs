//! `bilan serve` and `bilan check-config`.

use anyhow::{Context, Result};
use tokio::net::TcpListener;

use super::{configured, demo, hold, note, say};
use crate::{
    cli::{Configured, Serve},
    config::{Config, Finding, check},
    log,
    portal::{self, Portal},
    profile::Profile,
};

/// Runs the portal until it is told to stop.
pub async fn run(command: Serve) -> Result<()> {
    let (mut config, profile) = configured(&command.place)?;
    if let Some(listen) = command.listen {
        config.server.listen = listen;
    }
    log::start(&config.log)?;
    refuse(&config, &profile)?;
    demo::refuse_generated(&config.server.data_dir)?;
    let _held = hold(&config.server.data_dir)?;
    let listener = TcpListener::bind(config.server.listen)
        .await
        .with_context(|| format!("server.listen {}", config.server.listen))?;
    let address = format!("http://{}{}", listener.local_addr()?, config.base_path());
    let portal = Portal::start(config, profile, listener, portal::Kind::Real).await?;
    say(&format!("listening on {address}"))?;
    portal::told_to_stop().await;
    portal.stop().await
}

/// Refuses a configuration that must not be served; warns about the rest.
fn refuse(config: &Config, profile: &Profile) -> Result<()> {
    let mut refusals = Vec::new();
    for finding in check(config, profile) {
        match finding {
            Finding::Warning(text) => tracing::warn!("{text}"),
            Finding::Refusal(text) => refusals.push(text),
        }
    }
    anyhow::ensure!(refusals.is_empty(), "the portal does not start:\n  {}", refusals.join("\n  "));
    Ok(())
}

/// Says what is wrong with a configuration.
pub fn check_config(place: &Configured) -> Result<()> {
    let (config, profile) = configured(place)?;
    let findings = check(&config, &profile);
    let refused = findings.iter().any(|finding| matches!(finding, Finding::Refusal(_)));
    for finding in findings {
        match finding {
            Finding::Warning(text) => note(&format!("warning: {text}")),
            Finding::Refusal(text) => note(&format!("refused: {text}")),
        }
    }
    anyhow::ensure!(!refused, "{} is not ready to serve", place.config.display());
    say("the configuration is ready to serve")
}
