//! Debian packages, when there is the right to install them.

use std::{path::Path, process::Command};

use anyhow::{Context, Result, bail};

use crate::process::{answer, run, step};

/// Installs packages, or says which command will.
pub(super) fn install(what: &str, packages: &[&str]) -> Result<()> {
    let by_hand = format!("sudo apt-get update && sudo apt-get install -y {}", packages.join(" "));
    if !Path::new("/etc/debian_version").exists() {
        bail!(
            "{what} missing; install it with your system's package manager (Debian: `{by_hand}`)"
        );
    }
    if answer("id", &["-u"]).as_deref() != Some("0") {
        bail!("{what} missing and only root may install it; run `{by_hand}`");
    }
    step(&format!("Installing {}", packages.join(", ")), || {
        run(apt_get().arg("update"))?;
        run(apt_get().args(["install", "-y", "--no-install-recommends"]).args(packages))
    })
    .with_context(|| format!("{what} missing and could not be installed; run `{by_hand}`"))
}

fn apt_get() -> Command {
    let mut command = Command::new("apt-get");
    command.env("DEBIAN_FRONTEND", "noninteractive").arg("-qq");
    command
}
