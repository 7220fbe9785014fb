//! `cargo xtask dev`: hot reload by Trunk beside a running server.

use std::process::{Child, Command};

use anyhow::{Context, Result, bail};

use crate::{
    process::{self, answer, cargo, step},
    setup,
    workspace::Workspace,
};

/// Ends the demonstration server when Trunk ends.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself on the same Ctrl-C.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Serves the portal on port 8081, with the server's own addresses passed on to port 8080.
pub(crate) fn run(workspace: &Workspace) -> Result<()> {
    if answer("trunk", &["--version"]).is_none() {
        bail!("Trunk is not installed; run `cargo install trunk --locked --version 0.21.14`");
    }
    setup::for_build(workspace)?;
    step("Compiling the server", || {
        process::run(
            cargo()
                .args(["build", "--package", "server", "--bin", "bilan"])
                .current_dir(&workspace.root),
        )
    })?;
    let bilan =
        workspace.target.join("debug/bilan").with_extension(std::env::consts::EXE_EXTENSION);
    ctrlc::set_handler(|| ()).context("Ctrl-C could not be handled")?;
    let server = Command::new(&bilan)
        .args(["demo", "--listen", "127.0.0.1:8080", "--data-dir"])
        .arg(workspace.root.join(".demo"))
        .spawn()
        .with_context(|| format!("{} could not be started", bilan.display()))?;
    let _server = Running(server);
    process::run(Command::new("trunk").arg("serve").current_dir(&workspace.root))
}
