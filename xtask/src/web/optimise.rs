//! `wasm-opt` over every module.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::Mutex,
    thread,
};

use anyhow::{Context, Result, bail};

use crate::{process::run_quietly, workspace::Workspace};

/// What the compiler uses. `--all-features` writes a module that Chromium refuses.
pub(super) const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// Rewrites each `.wasm` in `stage`, one per processor at a time.
pub(super) fn run(workspace: &Workspace, stage: &Path) -> Result<()> {
    let modules = Mutex::new(modules(stage)?);
    let workers = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        let work = || -> Result<()> {
            while let Some(module) = next(&modules) {
                shrink(workspace, &module)?;
            }
            Ok(())
        };
        let threads: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        threads.into_iter().try_for_each(|thread| match thread.join() {
            Ok(result) => result,
            Err(_) => bail!("a wasm-opt worker panicked"),
        })
    })
}

fn next(modules: &Mutex<Vec<PathBuf>>) -> Option<PathBuf> {
    modules.lock().ok()?.pop()
}

/// Largest last, because they are taken from the end.
fn modules(stage: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(stage).with_context(|| format!("reading {}", stage.display()))? {
        let entry = entry?;
        if entry.path().extension().is_some_and(|extension| extension == "wasm") {
            found.push((entry.metadata()?.len(), entry.path()));
        }
    }
    found.sort();
    Ok(found.into_iter().map(|(_, path)| path).collect())
}

/// Calls npm's binaryen by path: Debian's wasm-opt 108 succeeds and yields a module that dies at start.
fn shrink(workspace: &Workspace, module: &Path) -> Result<()> {
    run_quietly(
        Command::new(workspace.npm_program("wasm-opt"))
            // Flattened first, the second pass finds more that is alike: 1.4 % of the main module.
            .args(["--flatten", "--rereloop", "-Oz", "-Oz", "--strip-debug", "--strip-producers"])
            .args(FEATURES)
            .arg(module)
            .arg("-o")
            .arg(module),
    )
}
