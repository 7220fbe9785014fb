//! The checks, in the order in which they run.

use std::{net::TcpListener, process::Command};

use anyhow::Result;

use crate::{
    process::{answer, cargo, run},
    server,
    setup::{self, WASM},
    size, web,
    workspace::Workspace,
};

pub(super) enum Outcome {
    Passed,
    /// Not run, and why.
    Skipped(&'static str),
}

pub(super) struct Step {
    pub(super) name: &'static str,
    pub(super) what: &'static str,
    pub(super) run: fn(&Workspace) -> Result<Outcome>,
}

pub(super) const STEPS: [Step; 10] = [
    Step { name: "format", what: "rustfmt has nothing to change", run: format },
    Step { name: "clippy", what: "no lint fires natively", run: clippy },
    Step { name: "clippy-wasm", what: "no lint fires in what browsers run", run: clippy_wasm },
    Step { name: "native", what: "unit, integration and documentation tests", run: native },
    Step { name: "tidy", what: "what ARCHITECTURE.md says is absent is absent", run: tidy },
    Step { name: "licences", what: "dependencies are allowed by deny.toml", run: licences },
    Step { name: "web", what: "the browser's bundle builds", run: bundle },
    Step { name: "size", what: "the bundle keeps its budget", run: budget },
    Step { name: "server", what: "the server builds with the bundle inside", run: release },
    Step { name: "browser", what: "journeys through the real server in Chromium", run: browser },
];

/// What the portal compiles for the browser.
const BROWSER_CRATES: [&str; 5] = ["portal", "ui", "chart", "contract", "domain"];

fn format(workspace: &Workspace) -> Result<Outcome> {
    run_cargo(workspace, &["fmt", "--all", "--check"])
}

fn clippy(workspace: &Workspace) -> Result<Outcome> {
    run_cargo(workspace, &["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"])
}

fn clippy_wasm(workspace: &Workspace) -> Result<Outcome> {
    let mut arguments = vec!["clippy", "--target", WASM];
    arguments.extend(BROWSER_CRATES.iter().flat_map(|name| ["--package", name]));
    arguments.extend(["--", "-D", "warnings"]);
    run_cargo(workspace, &arguments)
}

fn native(workspace: &Workspace) -> Result<Outcome> {
    run_cargo(workspace, &["test", "--workspace", "--no-fail-fast"])
}

/// Also part of `native`; alone it takes seconds.
fn tidy(workspace: &Workspace) -> Result<Outcome> {
    run_cargo(workspace, &["test", "--package", "portal", "--test", "tidy"])
}

fn licences(workspace: &Workspace) -> Result<Outcome> {
    if answer("cargo-deny", &["--version"]).is_none() {
        return Ok(Outcome::Skipped(
            "cargo-deny is not installed; `cargo install cargo-deny --locked`",
        ));
    }
    run_cargo(workspace, &["deny", "check", "licenses", "bans", "sources"])
}

fn bundle(workspace: &Workspace) -> Result<Outcome> {
    web::build(workspace).map(|()| Outcome::Passed)
}

fn budget(workspace: &Workspace) -> Result<Outcome> {
    size::run(workspace).map(|()| Outcome::Passed)
}

fn release(workspace: &Workspace) -> Result<Outcome> {
    server::build(workspace).map(|_| Outcome::Passed)
}

fn browser(workspace: &Workspace) -> Result<Outcome> {
    run(Command::new(workspace.npm_program("playwright"))
        .arg("test")
        .env("BILAN_CHROMIUM", setup::chromium()?)
        .env("BILAN_BIN", workspace.bilan())
        .env("BILAN_PORT", free_port()?.to_string())
        .env("BILAN_PORT_UNDER_BASE", free_port()?.to_string())
        .current_dir(&workspace.browser))?;
    Ok(Outcome::Passed)
}

/// A port that nothing listened on a moment ago.
fn free_port() -> Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

fn run_cargo(workspace: &Workspace, arguments: &[&str]) -> Result<Outcome> {
    run(cargo().args(arguments).env("BILAN_DIST", &workspace.dist).current_dir(&workspace.root))?;
    Ok(Outcome::Passed)
}
