//! The browser's bundles: from each application's sources and `index.html` to `dist/`, every file hashed and precompressed.
//!
//! Cargo compiles a module, `wasm-split` cuts it at the lazy routes, `wasm-bindgen` writes the glue, `wasm-opt` makes
//! each piece small, esbuild joins the scripts, and `index.html` is rewritten to name the results. Every address stays
//! relative to `<base>`, so one build works under any path.

mod age;
mod assets;
mod bundle;
mod compile;
mod compress;
mod emit;
mod foreign;
mod inputs;
mod manifest;
mod merge;
mod names;
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
    application::{APPLICATIONS, Application},
    process::{seconds, step},
    workspace::Workspace,
};

/// Brings `dist/` up to date, application by application, and checks that none carries what is another's.
pub(crate) fn build(workspace: &Workspace) -> Result<()> {
    step("Compiling what browsers run", || compile::run(workspace))?;
    for application in APPLICATIONS {
        build_one(workspace, application)?;
    }
    foreign::check(workspace)
}

/// Does nothing past Cargo's own check when no input of the application changed.
fn build_one(workspace: &Workspace, application: &Application) -> Result<()> {
    let (start, name) = (Instant::now(), application.name);
    let module = compile::module(workspace, application);
    let source = page::Source::read(workspace, application)?;
    let inputs = inputs::digest(workspace, &module, &source)?;
    if Manifest::read(workspace, application).is_ok_and(|built| built.inputs == inputs) {
        println!("▸ The {name} in dist/ is up to date");
        return Ok(());
    }
    let stage = workspace.target.join("web-stage").join(name);
    recreate(&stage)?;
    let mut chunks = step("Splitting at the lazy routes", || split::run(name, &module, &stage))?;
    step("Joining what few routes share", || {
        merge::run(workspace, application, &stage, &mut chunks)
    })?;
    step("Making each module small", || optimise::run(workspace, &stage))?;
    let mut dist = emit::Dist::start(workspace, application)?;
    step("Joining scripts and styles, naming files by content", || {
        let program = bundle::run(workspace, application, &stage, &chunks, &mut dist)?;
        let style = style::run(workspace, application, &source, &mut dist)?;
        assets::copy(&source, &mut dist)?;
        age::run(workspace, application, &stage, &mut dist)?;
        page::write(name, &source, &program, &style, &mut dist)
    })?;
    step("Compressing", || dist.finish(workspace, application, inputs))?;
    println!("  The {name} built in {}", seconds(start.elapsed()));
    Ok(())
}

fn recreate(folder: &std::path::Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("emptying {}", folder.display()))?;
    }
    fs::create_dir_all(folder).with_context(|| format!("creating {}", folder.display()))
}
