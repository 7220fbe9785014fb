//! `cargo xtask serve`: the demonstration on this machine.

use std::process::{Command, ExitStatus};

use anyhow::{Context, Result, ensure};

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
    ensure!(status.success() || ended_as_wished(status), "bilan demo ended with {status}");
    Ok(())
}

/// Ctrl-C or a polite request is how a demonstration is meant to end; a crash or a kill is not.
#[cfg(unix)]
fn ended_as_wished(status: ExitStatus) -> bool {
    use std::os::unix::process::ExitStatusExt;
    const SIGINT: i32 = 2;
    const SIGTERM: i32 = 15;
    matches!(status.signal(), Some(SIGINT | SIGTERM))
}

/// Windows says how a program ended by its code alone.
#[cfg(not(unix))]
fn ended_as_wished(_: ExitStatus) -> bool {
    false
}

#[cfg(all(test, unix))]
mod tests {
    use std::{os::unix::process::ExitStatusExt, process::ExitStatus};

    use super::ended_as_wished;

    #[test]
    fn only_a_wish_to_end_is_a_good_end() {
        let ended = |signal: i32| ended_as_wished(ExitStatus::from_raw(signal));
        assert!(ended(2) && ended(15), "SIGINT and SIGTERM");
        assert!(!ended(9) && !ended(11) && !ended(6), "SIGKILL, SIGSEGV and SIGABRT");
        assert!(!ended_as_wished(ExitStatus::from_raw(1 << 8)), "exit status 1");
    }
}
