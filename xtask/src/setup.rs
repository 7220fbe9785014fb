//! What the other commands need: looked for first, installed only when missing.

mod apt;
mod browser;
mod node;

use std::{path::Path, process::Command};

use anyhow::{Context, Result};

pub(crate) use self::browser::chromium;
use crate::{
    process::{answer, run, step},
    versions,
    workspace::Workspace,
};

pub(crate) const WASM: &str = "wasm32-unknown-unknown";

/// What building the bundle and the server needs.
pub(crate) fn for_build(workspace: &Workspace) -> Result<()> {
    versions::check(workspace)?;
    wasm_target()?;
    node::packages(workspace)
}

/// What the browser tests need besides [`for_build`].
pub(crate) fn for_browser_tests(workspace: &Workspace) -> Result<()> {
    node::packages(workspace)?;
    browser::install()
}

fn wasm_target() -> Result<()> {
    let libraries = answer("rustc", &["--print", "target-libdir", "--target", WASM]);
    if libraries.is_some_and(|folder| Path::new(&folder).is_dir()) {
        return Ok(());
    }
    step("Installing Rust's standard library for WebAssembly", || {
        run(Command::new("rustup").args(["target", "add", WASM])).with_context(|| {
            format!("the target {WASM} is missing; run `rustup target add {WASM}`")
        })
    })
}
