//! `cargo xtask serve`: the demonstration on this machine.

use std::process::Command;

use anyhow::{Context, Result};

use crate::{process::step, server, setup, web, workspace::Workspace};

/// Builds what has changed and runs `bilan demo` until it ends or Ctrl-C.
pub(crate) fn run(workspace: &Workspace, listen: &str, more: &[String]) -> Result<()> {
    step("Looking for what the build needs", || setup::for_build(workspace))?;
    web::build(workspace)?;
    let bilan = server::build(workspace)?;
    let data = workspace.root.join(".demo");
    println!("▸ Starting the demonstration on http://{listen} (data in .demo; Ctrl-C ends it)");
    // Ctrl-C reaches the server as well; this program waits while it shuts down.
    ctrlc::set_handler(|| ()).context("Ctrl-C could not be handled")?;
    let status = Command::new(&bilan)
        .args(["demo", "--listen", listen, "--data-dir"])
        .arg(&data)
        .args(more)
        .current_dir(&workspace.root)
        .status()
        .with_context(|| format!("{} could not be started", bilan.display()))?;
    anyhow::ensure!(status.success() || ended_by_signal(status), "bilan demo ended with {status}");
    Ok(())
}

/// Ctrl-C is how a demonstration is meant to end.
fn ended_by_signal(status: std::process::ExitStatus) -> bool {
    status.code().is_none()
}
