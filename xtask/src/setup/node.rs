//! Node and the npm packages: wasm-opt, esbuild, Leaflet, Playwright, axe, Lighthouse.

use std::{fs, process::Command};

use anyhow::{Context, Result, bail};

use super::apt;
use crate::{
    process::{answer, run, step},
    web::sha256_hex,
    workspace::Workspace,
};

/// The oldest Node that Playwright and wasm-opt run on.
const OLDEST_NODE: u32 = 20;

/// Installs exactly what `package-lock.json` names, once per version of that file.
pub(super) fn packages(workspace: &Workspace) -> Result<()> {
    let lock = workspace.browser.join("package-lock.json");
    let wanted =
        sha256_hex(&fs::read(&lock).with_context(|| format!("reading {}", lock.display()))?);
    let stamp = workspace.browser.join("node_modules/.installed-from");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return node();
    }
    node()?;
    step("Installing npm packages", || {
        let mut npm = Command::new("npm");
        npm.args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
        // The tests drive the system's Chromium.
        npm.env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1").current_dir(&workspace.browser);
        run(&mut npm).context("run `npm ci` in tests/browser with access to the npm registry")
    })?;
    fs::write(&stamp, wanted).with_context(|| format!("writing {}", stamp.display()))
}

fn node() -> Result<()> {
    if answer("node", &["--version"]).is_none() || answer("npm", &["--version"]).is_none() {
        apt::install("Node.js is", &["nodejs", "npm"])?;
    }
    let version = answer("node", &["--version"]).unwrap_or_default();
    if major(&version).is_none_or(|major| major < OLDEST_NODE) {
        bail!(
            "Node {OLDEST_NODE} or newer is needed, found {version:?}; install it from \
             https://nodejs.org or with `npx --yes n {OLDEST_NODE}`"
        );
    }
    Ok(())
}

fn major(version: &str) -> Option<u32> {
    version.strip_prefix('v')?.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::major;

    #[test]
    fn the_major_version_is_read_and_nonsense_is_not() {
        assert_eq!(major("v20.20.2"), Some(20));
        assert_eq!(major("20.20.2"), None);
        assert_eq!(major(""), None);
    }
}
