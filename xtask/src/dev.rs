//! `cargo xtask dev`: hot reload by Trunk beside a running server.

use std::process::{Child, Command};

use anyhow::{Context, Result, bail};

use crate::{
    application::APPLICATIONS,
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

/// Serves an application on the port its `Trunk.toml` names, with the server's own addresses passed on to port 8080.
pub(crate) fn run(workspace: &Workspace, name: &str) -> Result<()> {
    let known = APPLICATIONS.iter().find(|application| application.name == name);
    let application = known.with_context(|| {
        let names = APPLICATIONS.map(|application| application.name).join(", ");
        format!("no application {name:?}; there are {names}")
    })?;
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
    let page = workspace.root.join(application.folder);
    process::run(Command::new("trunk").arg("serve").current_dir(page))
}
