//! The browser's bundle: from `src/` and `index.html` to `dist/`, every file hashed and precompressed.
//!
//! Cargo compiles one module, `wasm-split` cuts it at the lazy routes, `wasm-bindgen` writes the glue, `wasm-opt` makes
//! each piece small, esbuild joins the scripts, and `index.html` is rewritten to name the results. Every address stays
//! relative to `<base>`, so one bundle works under any path.

mod assets;
mod bundle;
mod compile;
mod compress;
mod emit;
mod inputs;
mod manifest;
mod optimise;
mod page;
mod split;
mod style;

use std::{fs, time::Instant};

use anyhow::{Context, Result};

pub(crate) use self::{
    emit::sha256_hex,
    manifest::{Entry, Manifest, Role},
};
use crate::{
    process::{seconds, step},
    workspace::Workspace,
};

/// Brings `dist/` up to date; does nothing past Cargo's own check when no input changed.
pub(crate) fn build(workspace: &Workspace) -> Result<()> {
    let start = Instant::now();
    let module = step("Compiling the portal for the browser", || compile::run(workspace))?;
    let source = page::Source::read(workspace)?;
    let inputs = inputs::digest(workspace, &module, &source)?;
    if Manifest::read(workspace).is_ok_and(|built| built.inputs == inputs) {
        println!("▸ dist/ is up to date");
        return Ok(());
    }
    let stage = workspace.target.join("web-stage");
    recreate(&stage)?;
    let chunks = step("Splitting at the lazy routes", || split::run(&module, &stage))?;
    step("Making each module small", || optimise::run(workspace, &stage))?;
    let mut dist = emit::Dist::start(workspace)?;
    step("Joining scripts and styles, naming files by content", || {
        let program = bundle::run(workspace, &stage, &chunks, &mut dist)?;
        let style = style::run(workspace, &source, &mut dist)?;
        assets::copy(workspace, &source, &mut dist)?;
        page::write(&source, &program, &style, &mut dist)
    })?;
    step("Compressing", || dist.finish(workspace, inputs))?;
    println!("  dist/ built in {}", seconds(start.elapsed()));
    Ok(())
}

fn recreate(folder: &std::path::Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("emptying {}", folder.display()))?;
    }
    fs::create_dir_all(folder).with_context(|| format!("creating {}", folder.display()))
}
