//! `bilan open311-check`: whether a server of Open311 is one that clients can rely on.

use anyhow::{Context, Result, ensure};

use super::say;
use crate::{
    cli::Open311Check,
    open311_check::{Filing, Rule, Target, check},
};

/// Prints what was found; fails if a rule is broken.
pub async fn run(command: Open311Check) -> Result<()> {
    let endpoint = command.endpoint.clone();
    let target = Target {
        filing: filing(&command)?,
        endpoint: command.endpoint,
        jurisdiction: command.jurisdiction,
    };
    let findings = check(&target).await.context("no request can be made")?;
    say(&format!("{endpoint}\n{findings}"))?;
    let broken = Rule::ALL.into_iter().filter(|rule| findings.has(*rule)).count();
    ensure!(broken == 0, "{broken} rules are broken");
    Ok(())
}

fn filing(command: &Open311Check) -> Result<Option<Filing>> {
    let Some(api_key) = command.api_key.clone() else { return Ok(None) };
    let place = command.place.as_deref().and_then(|place| place.split_once(','));
    let (lat, long) = place.context("--place is latitude,longitude, such as 29.502,106.511")?;
    Ok(Some(Filing { api_key, lat: lat.trim().to_owned(), long: long.trim().to_owned() }))
}
