//! The scripts around sealed contacts: npm's `age-encryption`, joined with a few lines of ours under its version.

use std::{fs, path::Path, process::Command};

use anyhow::{Context, Result};

use super::{emit::Dist, manifest::Role};
use crate::{
    application::{Application, CONSOLE, PORTAL},
    process::run_quietly,
    workspace::Workspace,
};

const PACKAGE: &str = "age-encryption";

/// The script of an application and its file's name.
fn script(application: &Application) -> Option<(&'static str, &'static str)> {
    if *application == CONSOLE {
        return Some(("unseal.js", include_str!("unseal.js")));
    }
    (*application == PORTAL).then_some(("seal.js", include_str!("seal.js")))
}

/// Adds `vendor/age-encryption-<version>/<script>`, which a page fetches when it is needed.
pub(super) fn run(
    workspace: &Workspace,
    application: &Application,
    stage: &Path,
    dist: &mut Dist,
) -> Result<()> {
    let Some((name, source)) = script(application) else { return Ok(()) };
    let (entry, joined) = (stage.join(name), stage.join(format!("joined-{name}")));
    fs::write(&entry, source).with_context(|| format!("writing {}", entry.display()))?;
    run_quietly(
        Command::new(workspace.npm_program("esbuild"))
            .env("NODE_PATH", workspace.browser.join("node_modules"))
            .arg(&entry)
            .args(["--bundle", "--minify", "--format=iife", "--target=es2022", "--charset=utf8"])
            .args(["--log-level=warning", &format!("--outfile={}", joined.display())]),
    )?;
    let bytes = fs::read(&joined).with_context(|| format!("reading {}", joined.display()))?;
    let path = format!("vendor/{PACKAGE}-{}/{name}", version(workspace)?);
    dist.add(&path, &bytes, Role::Lazy, true).map(drop)
}

/// The version that the lock file installs.
fn version(workspace: &Workspace) -> Result<String> {
    let path = workspace.browser.join("package-lock.json");
    let lock = fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
    let lock: serde_json::Value = serde_json::from_str(&lock).context("package-lock.json")?;
    let version = lock["packages"][format!("node_modules/{PACKAGE}")]["version"].as_str();
    Ok(version.context("package-lock.json does not install age-encryption")?.to_owned())
}
