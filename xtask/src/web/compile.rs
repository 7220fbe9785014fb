//! An application as one WebAssembly module, with what splitting needs left in.

use std::{env, path::PathBuf};

use anyhow::{Context, Result};

use crate::{
    application::Application,
    process::{self, cargo},
    setup::WASM,
    workspace::Workspace,
};

/// Compiles the application's package and returns the module's path.
///
/// The arguments after `--` concern the last crate alone, so that dependencies need not be built again: `wasm-split` finds
/// its cuts by relocations and symbol names.
pub(super) fn run(workspace: &Workspace, application: &Application) -> Result<PathBuf> {
    process::run(
        cargo()
            .args(["rustc", "--package", application.name, "--bin", application.name])
            .args(["--profile", "web", "--target", WASM])
            .args(["--config", &remap()?])
            .args(["--", "-Cstrip=none", "-Clink-args=--emit-relocs"])
            .current_dir(&workspace.root),
    )?;
    Ok(workspace.target.join(WASM).join("web").join(application.name).with_extension("wasm"))
}

/// Keeps this machine's folders out of panic messages, so that the bundle is the same wherever it is built.
fn remap() -> Result<String> {
    let home = env::home_dir().context("no home folder; set HOME")?;
    let cargo_home = env::var_os("CARGO_HOME").map_or_else(|| home.join(".cargo"), PathBuf::from);
    let flag = format!("--remap-path-prefix={}=/cargo", cargo_home.display());
    Ok(format!("target.{WASM}.rustflags={}", serde_json::to_string(&[flag])?))
}
