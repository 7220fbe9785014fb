//! The applications as one WebAssembly module each, with what splitting needs left in.

use std::{
    env,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

use crate::{
    application::{APPLICATIONS, Application},
    process::{self, cargo},
    setup::WASM,
    workspace::Workspace,
};

/// `wasm-split` finds its cuts by relocations and symbol names.
const FOR_SPLITTING: [&str; 2] = ["-Cstrip=none", "-Clink-args=--emit-relocs"];

/// Compiles every application whose sources changed.
///
/// In one go, because Cargo gives dependencies the features that the chosen packages wish for together: one after the
/// other, most of them would be compiled twice.
pub(super) fn run(workspace: &Workspace) -> Result<()> {
    let mut command = cargo();
    command.arg("build");
    for application in APPLICATIONS {
        command.args(["--package", application.name, "--bin", application.name]);
    }
    process::run(
        command
            .args(["--profile", "web", "--target", WASM])
            .args(["--config", &flags()?])
            .current_dir(&workspace.root),
    )
}

/// Where [`run`] leaves the module of an application.
pub(super) fn module(workspace: &Workspace, application: &Application) -> PathBuf {
    workspace.target.join(WASM).join("web").join(application.name).with_extension("wasm")
}

/// Also keeps this machine's folders out of panic messages, so that the bundle is the same wherever it is built.
fn flags() -> Result<String> {
    let home = env::home_dir().context("no home folder; set HOME")?;
    let cargo_home = env::var_os("CARGO_HOME").map_or_else(|| home.join(".cargo"), PathBuf::from);
    let flags = [&[remap(&cargo_home)][..], &FOR_SPLITTING.map(str::to_owned)].concat();
    Ok(format!("target.{WASM}.rustflags={}", serde_json::to_string(&flags)?))
}

fn remap(cargo_home: &Path) -> String {
    format!("--remap-path-prefix={}=/cargo", cargo_home.display())
}
